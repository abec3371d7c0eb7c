"""Public pages are kept in the process for some seconds, so that a release day costs no more than another.

What is kept was public when it was made, so nothing can show before its time; a withdrawal shows some seconds
late. Nothing that came with a cookie is looked up or kept, and only under the very host that was allowed.
Pages are compressed, too: they hold no secret that could be told from their length. Why Django's own cache of
pages is not used: docs/adr/0129-releases-are-signed-and-public-pages-are-the-same-for-all.md.
"""

import gzip
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import re_accepts_gzip
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_path

MOST_BYTES = 64 * 1024 * 1024
SECONDS_TO_WAIT = 10
"""For a page that is being made for somebody else."""
LEVEL = 4
"""Of compression: a page of 600 kB becomes one of 40 kB in 3 ms."""

Key = tuple[bool, str, str]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """``compressed`` is empty where that saves nothing."""

    until: float
    content: bytes
    compressed: bytes
    headers: dict[str, str]

    @property
    def size(self) -> int:
        return len(self.content) + len(self.compressed)

    def answer(self, request: HttpRequest) -> HttpResponse:
        if self.compressed and re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            length = {"Content-Encoding": "gzip", "Content-Length": str(len(self.compressed))}
            return HttpResponse(self.compressed, headers=self.headers | length)
        return HttpResponse(self.content, headers=self.headers)


class PublicPageMiddleware:
    """Stands outside of everything that costs: the rate of strangers, the database, the templates.

    Of all who ask for a page at once, one has it made. The others get the one before it, or wait.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.kept: dict[Key, KeptPage] = {}
        self.bytes = 0
        self.lock = threading.Lock()
        self.making: dict[Key, threading.Event] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = _key(request) if settings.PUBLIC_PAGES_KEPT_SECONDS else None
        if key is None:
            return self.get_response(request)
        page = self._found(key)
        if page is not None:
            return page.answer(request)
        with self.lock:
            others = self.making.get(key)
            if others is None:
                self.making[key] = threading.Event()
        if others is None:
            return self._made(key, request)
        page = self._found(key, late=settings.PUBLIC_PAGES_KEPT_SECONDS)
        if page is None:
            others.wait(SECONDS_TO_WAIT)
            page = self._found(key)
        return page.answer(request) if page else self.get_response(request)

    def _found(self, key: Key, *, late: float = 0) -> KeptPage | None:
        """``late``: so many seconds beyond its time it still serves."""
        page = self.kept.get(key)
        return page if page is not None and page.until + late > time.monotonic() else None

    def _made(self, key: Key, request: HttpRequest) -> HttpResponseBase:
        try:
            response = self.get_response(request)
            if not isinstance(response, HttpResponse) or not _may_be_kept(response):
                return response
            page = _page_of(response)
            self._keep(key, page)
            return page.answer(request)
        finally:
            with self.lock:
                self.making.pop(key).set()

    def _keep(self, key: Key, page: KeptPage) -> None:
        with self.lock:
            if self.bytes + page.size > MOST_BYTES:
                self.kept, self.bytes = {}, 0
            former = self.kept.get(key)
            self.bytes += page.size - (former.size if former else 0)
            self.kept[key] = page


def _page_of(response: HttpResponse) -> KeptPage:
    patch_vary_headers(response, ["Accept-Encoding"])
    compressed = gzip.compress(response.content, compresslevel=LEVEL, mtime=0)
    return KeptPage(
        until=time.monotonic() + settings.PUBLIC_PAGES_KEPT_SECONDS,
        content=response.content,
        compressed=compressed if len(compressed) < len(response.content) else b"",
        headers=dict(response.headers),
    )


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
