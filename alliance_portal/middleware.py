"""At the door: refuse what cannot be stored or comes too often, record refusals and downloads."""

import logging
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote_plus

from allauth.core.internal.ratelimit import truncate_ip
from django.core.exceptions import BadRequest
from django.http import HttpRequest

from alliance_portal.log_filter import without_tokens
from alliance_portal.serving import rates
from alliance_portal.views import too_many_calls
from partners.enums import SecurityEventKind
from partners.middleware import view_name
from partners.services.security_events import record
from partners.sign_in.events import sender_of

NUL = "\0"

logger = logging.getLogger(__name__)


class StorableRequestMiddleware:
    """Answer 400 to a NUL in address, query or field: no keyboard types one, no column of text holds it.

    Checked once here, since each search, filter and form would have to do it otherwise. From the names of
    files Django takes such signs away.
    """

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        if NUL in request.path_info or NUL in unquote_plus(request.META.get("QUERY_STRING", "")):
            raise BadRequest("NUL in the address")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        """Fields are looked at once the check for forged requests has read them, and the view is known."""
        for name, values in request.POST.lists():
            if any(NUL in text for text in (name, *values)):
                raise BadRequest("NUL in a field")


class CallRateMiddleware:
    """Answer 429 to whoever asks too often, before anything is computed for them.

    Stands behind the sign-in, so that each person is counted by themselves wherever they are. Static files
    are answered before it, and signs of life before Django.
    """

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        if request.user.is_authenticated:
            kinds = rates.kinds_of_call(
                view_name(request),
                method=str(request.method),
                searches=bool(request.GET.get("q")),
                as_file=request.GET.get("format", "html") != "html",
            )
            excess = rates.exceeded(f"person:{request.user.pk}", kinds)
        else:
            client = truncate_ip(sender_of(request).address or "unknown")
            excess = rates.exceeded(f"client:{client}", [rates.CallKind.STRANGERS])
        if excess is None:
            return self.get_response(request)
        if excess.is_first:
            logger.warning("Too many calls in a short time (%s)", excess.kind)
        return too_many_calls(request, excess.seconds)


class SecurityEventMiddleware:
    """Record who was refused what, and who downloaded what: for every view, whoever writes the next one.

    Stands around the read-only transaction of requests that read. Somebody else's record is answered like
    one that does not exist; so a 404 of a view counts as a refusal, an address that leads nowhere does not.
    Whatever has the name of a file is a download, shown in the browser or saved.
    """

    REFUSALS = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        response = self.get_response(request)
        if request.resolver_match and (kind := self._kind(response)) and request.user.is_authenticated:
            impersonation = getattr(request, "impersonation", None)
            record(
                kind,
                sender_of(request),
                person_id=impersonation.viewer_id if impersonation else request.user.pk,
                subject_id=impersonation.person_id if impersonation else None,
                target=without_tokens(request.path),
            )
        return response

    def _kind(self, response: Any) -> SecurityEventKind | None:
        if response.status_code in self.REFUSALS:
            return SecurityEventKind.REFUSED
        if "filename" in response.headers.get("Content-Disposition", ""):
            return SecurityEventKind.DOWNLOADED
        return None
