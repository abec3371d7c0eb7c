"""A name for each request: in every line logged for it, in its answer and on the pages of errors."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from pghistory.middleware import HistoryMiddleware

from alliance_portal.logs import context

logger = logging.getLogger("portal.requests")

HEADER = "X-Request-ID"


class RequestIdMiddleware:
    """Stands first, so that the lines of all others carry the name too.

    What was going on stays known after the answer: Django logs an error when the middleware is through.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = self._given(request) or context.new_id()
        request.request_id = request_id  # type: ignore[attr-defined]  # for the pages of errors
        context.begin(request, request_id=request_id)
        started = time.monotonic()
        response = self.get_response(request)
        response.headers[HEADER] = request_id
        logger.info(
            "%s answered",
            request.method,
            extra={
                "status_code": response.status_code,
                "duration_ms": round((time.monotonic() - started) * 1000),
            },
        )
        return response

    def process_view(self, request: HttpRequest, view: object, args: Any, kwargs: dict[str, Any]) -> None:
        if request.resolver_match:
            context.add(view=request.resolver_match.view_name, **context.keys_of(kwargs))

    @staticmethod
    def _given(request: HttpRequest) -> str:
        """The name from the proxy, where the operator says that the proxy sets it."""
        given = request.headers.get(HEADER, "") if settings.REQUEST_ID_FROM_PROXY else ""
        return given if context.WELL_FORMED_ID.fullmatch(given) else ""


class NamedHistoryMiddleware(HistoryMiddleware):
    """Versions of figures and changes of rights name the request that made them."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().get_context(request) | {"request_id": getattr(request, "request_id", "")}
