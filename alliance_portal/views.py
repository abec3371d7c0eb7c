"""The pages of the project itself: what went wrong."""

import sys
from collections.abc import Iterator
from http import HTTPStatus

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

from alliance_portal.logs import context
from alliance_portal.serving.pages import RETRY_AFTER_SECONDS
from alliance_portal.stores import outage
from alliance_portal.stores.probe import Address

POSTGRES_PORT = 5432
SECONDS_OF_A_MINUTE = 60


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _without_stores("400.html", HTTPStatus.BAD_REQUEST)


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
