"""The pages of the project itself: what went wrong."""

import sys
from collections.abc import Iterator
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views import csrf
from django.views.decorators.csrf import requires_csrf_token

from alliance_portal.logs import context
from alliance_portal.serving.pages import RETRY_AFTER_SECONDS
from alliance_portal.stores import outage
from alliance_portal.stores.probe import Address
from partners.sign_in import kept_forms
from partners.views.notices.languages import ask_again

POSTGRES_PORT = 5432
SECONDS_OF_A_MINUTE = 60


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _without_stores("400.html", HTTPStatus.BAD_REQUEST)


@login_not_required
def not_found(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """For pages of others that the portal does not have."""
    raise Http404


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Signing in again, in another tab, ends the token of a page that was open: what was typed there is kept.

    Nothing of the form is carried out; its page shows it again, to whom it was shown before.
    """
    if page := kept_forms.keep(request):
        return redirect(page)
    if request.path == reverse("set_language") and request.user.is_authenticated:
        return ask_again(request)
    return csrf.csrf_failure(request, reason)


def too_many_attempts(request: HttpRequest) -> HttpResponse:
    """What allauth shows whose attempts are counted: it does not say for how long."""
    return _too_many(None)


def too_many_calls(request: HttpRequest, seconds: int) -> HttpResponse:
    """When to ask again, in a header for programs and in words for people."""
    response = _too_many(seconds)
    response.headers["Retry-After"] = str(seconds)
    return response


def _too_many(seconds: int | None) -> HttpResponse:
    minutes = -(-seconds // SECONDS_OF_A_MINUTE) if seconds and seconds > SECONDS_OF_A_MINUTE else None
    return _without_stores("429.html", HTTPStatus.TOO_MANY_REQUESTS, seconds=seconds, minutes=minutes)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """A database that is gone or busy is no bug: the page asks to try again."""
    if not any(isinstance(error, OperationalError | InterfaceError) for error in _chain(sys.exception())):
        return _without_stores("500.html", HTTPStatus.INTERNAL_SERVER_ERROR)
    database = connection.settings_dict
    if database["HOST"]:
        outage.confirm(Address(database["HOST"], int(database["PORT"] or POSTGRES_PORT)))
    response = _without_stores("503.html", HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _without_stores(template: str, status: HTTPStatus, **more: object) -> HttpResponse:
    """A page made of nothing that may be down or is not to be trusted: no request, person or database."""
    content = render_to_string(template, {"request_id": context.request_id(), **more})
    return HttpResponse(content, status=status)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and those during whose handling it came up: cleaning up after one often fails differently."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
