"""An administrator sees the portal as another person does: whose pages these are, and that nothing changes.

The session stays the administrator's. For each request the person takes their place, every method that could
change something is refused, and ``partners.middleware.ReadOnlyMiddleware`` has the database refuse it, too.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import cast

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.enums import SecurityEventKind
from partners.middleware import OUTSIDE_OF_TRANSACTIONS, READING_METHODS, PortalRequest, view_name
from partners.models import Impersonation, User
from partners.services import impersonations
from partners.services.security_events import record
from partners.sign_in.authentication import PortalBackend
from partners.sign_in.events import sender_of

IN_SESSION = "impersonation"
END = "partners:impersonation_end"
OWN_PAGES = ("account_", "mfa_", "usersessions_", "openid_")
"""Views, by how their names begin, that show a person's own account: to nobody else."""


class ImpersonationMiddleware:
    """Stands behind whatever concerns the session, and in front of whatever asks for rights.

    The person takes the administrator's place for everything but the end of it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponseBase:
        request.impersonation = None
        pk = request.session.get(IN_SESSION)
        name = view_name(request)
        if pk is None or name == END or not request.user.is_authenticated:
            return self.get_response(request)
        viewer = request.user
        found = impersonations.current(impersonation_id=pk, viewer=viewer)
        if found is None:
            return _over(request, pk, viewer)
        request.impersonation = found
        request.user = PortalBackend().get_user(found.person_id) or AnonymousUser()
        is_of_account = name.startswith(OWN_PAGES) or name in OUTSIDE_OF_TRANSACTIONS
        if is_of_account or request.method not in READING_METHODS:
            return _refused(request, found)
        return self.get_response(request)


def begin_here(request: PortalRequest, impersonation: Impersonation) -> None:
    """Forms on pages of before are worth nothing from here on, and those of the view after it."""
    request.session[IN_SESSION] = impersonation.pk
    rotate_token(request)


def end_here(request: PortalRequest) -> None:
    pk = request.session.pop(IN_SESSION, None)
    if pk is not None:
        impersonations.end_of(impersonation_id=pk, viewer=cast("User", request.user))
        rotate_token(request)


def has_fresh_second_factor(request: HttpRequest) -> bool:
    """Whether the person has used a second factor within the last minutes; a password alone will not do."""
    used = [
        step["at"] for step in get_authentication_records(request, request.user) if step["method"] == "mfa"
    ]
    limit: int = app_settings.REAUTHENTICATION_TIMEOUT
    return bool(used) and timezone.now().timestamp() - max(used) < limit


def _over(request: PortalRequest, pk: int, viewer: User) -> HttpResponseBase:
    """It has run out. What this request asks for was meant to be seen by the person: it is not done."""
    del request.session[IN_SESSION]
    impersonations.end_of(impersonation_id=pk, viewer=viewer)
    rotate_token(request)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=HTTPStatus.FORBIDDEN, headers={"HX-Redirect": "/"})
    messages.info(request, _("The view as another person has ended."))
    return redirect("/")


def _refused(request: PortalRequest, impersonation: Impersonation) -> HttpResponseBase:
    record(
        SecurityEventKind.REFUSED,
        sender_of(request),
        person_id=impersonation.viewer_id,
        subject_id=impersonation.person_id,
        target=_address(request),
    )
    text = _("You see the portal as another person does: nothing can be changed. End the view first.")
    if not request.accepts("text/html"):
        return JsonResponse({"detail": text}, status=HTTPStatus.FORBIDDEN)
    return render(request, "partners/impersonation_refused.html", {"text": text}, status=HTTPStatus.FORBIDDEN)


def _address(request: PortalRequest) -> str:
    """Whoever reads the event is not to get what a link from a mail proves."""
    try:
        token = resolve(request.path_info).kwargs.get("token")
    except Resolver404:
        return request.path
    return request.path.replace(token, "…") if token else request.path
