"""A page in words where there is no room left on a disk."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from partners.files.disk_full import is_disk_full

logger = logging.getLogger(__name__)


class DiskFullMiddleware:
    """Stands before whatever reads the form: a large upload is put on disk while it arrives."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.content_type != "multipart/form-data":
            return None
        try:
            request.POST  # noqa: B018  # has the upload received
        except OSError as error:
            if not is_disk_full(error):
                raise
            return _no_room(request, error)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return _no_room(request, exception) if is_disk_full(exception) else None


def _no_room(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.error("No room left on a disk", exc_info=error)
    return render(request, "507.html", status=HTTPStatus.INSUFFICIENT_STORAGE)
