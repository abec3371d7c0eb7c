"""Public pages are kept in the process for some seconds, so that a release day costs no more than another.

What is kept was public when it was made, so nothing can show before its time; a withdrawal shows some seconds
late. Nothing that came with a cookie is looked up or kept, and only under the very host that was allowed.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language_from_path

MOST_BYTES = 32 * 1024 * 1024

Key = tuple[bool, str, str]


@dataclass(frozen=True, slots=True)
class KeptPage:
    until: float
    content: bytes
    headers: tuple[tuple[str, str], ...]


class PublicPageMiddleware:
    """Stands outside of everything that costs: the rate of strangers, the database, the templates."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.kept: dict[Key, KeptPage] = {}
        self.bytes = 0

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = _key(request) if settings.PUBLIC_PAGES_KEPT_SECONDS else None
        if key is None:
            return self.get_response(request)
        page = self.kept.get(key)
        if page is not None and page.until > time.monotonic():
            return HttpResponse(page.content, headers=dict(page.headers))
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and _may_be_kept(response):
            self._keep(key, response)
        return response

    def _keep(self, key: Key, response: HttpResponse) -> None:
        if self.bytes + len(response.content) > MOST_BYTES:
            self.kept, self.bytes = {}, 0
        former = self.kept.get(key)
        self.bytes += len(response.content) - (len(former.content) if former else 0)
        until = time.monotonic() + settings.PUBLIC_PAGES_KEPT_SECONDS
        self.kept[key] = KeptPage(until, response.content, tuple(response.headers.items()))


def _key(request: HttpRequest) -> Key | None:
    """None: whoever asks may be somebody, or asks for more than a page of the public site."""
    meta = request.META
    is_plain = request.method == "GET" and not meta.get("QUERY_STRING") and not meta.get("HTTP_COOKIE")
    if not is_plain or get_language_from_path(request.path_info) is None:
        return None
    return request.is_secure(), meta.get("HTTP_HOST", ""), request.path_info


def _may_be_kept(response: HttpResponse) -> bool:
    """What caches may keep, as ConfidentialityMiddleware decides by the names of views."""
    return (
        response.status_code == HTTPStatus.OK
        and response.headers.get("Cache-Control", "").startswith("public")
        and not response.cookies
    )
