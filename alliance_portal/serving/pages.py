"""Answers that need neither a thread nor a store: that the process lives, why a request is refused."""

import json
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, parse_cookie
from django.template.loader import render_to_string
from django.utils import translation

from alliance_portal.serving.limits import WebLimits

Headers = list[tuple[bytes, bytes]]

RETRY_AFTER_SECONDS = 10
TEMPLATES = {
    HTTPStatus.BAD_REQUEST: "400.html",
    HTTPStatus.REQUEST_TIMEOUT: "408.html",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "413.html",
    HTTPStatus.INTERNAL_SERVER_ERROR: "500.html",
    HTTPStatus.SERVICE_UNAVAILABLE: "503.html",
}
_SAFE = [
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (
        b"content-security-policy",
        (
            b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            b"font-src 'self'; form-action 'self'; base-uri 'none'; "
            b"object-src 'none'; frame-ancestors 'none'"
        ),
    ),
]


def answer_json(status: HTTPStatus, data: dict[str, Any]) -> tuple[HTTPStatus, Headers, bytes]:
    return status, [*_SAFE, (b"content-type", b"application/json")], json.dumps(data).encode()


def answer_page(
    status: HTTPStatus, scope: dict[str, Any], limits: WebLimits
) -> tuple[HTTPStatus, Headers, bytes]:
    """The page that says it in words, in the reader's language."""
    content = _page(status, _language(scope), _mebibytes(limits))
    headers = [*_SAFE, (b"content-type", b"text/html; charset=utf-8")]
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append((b"retry-after", str(RETRY_AFTER_SECONDS).encode()))
    return status, headers, content


def prepare(limits: WebLimits) -> None:
    """Render every page once, so that none waits for a disk or for translations later."""
    for status in TEMPLATES:
        for language, _name in settings.LANGUAGES:
            _page(status, language, _mebibytes(limits))


def _mebibytes(limits: WebLimits) -> int:
    return limits.upload_bytes // 1024 // 1024


@lru_cache(maxsize=64)
def _page(status: HTTPStatus, language: str, upload_mebibytes: int) -> bytes:
    with translation.override(language):
        return render_to_string(TEMPLATES[status], {"upload_mebibytes": upload_mebibytes}).encode()


def _language(scope: dict[str, Any]) -> str:
    sent = dict(scope["headers"])
    request = HttpRequest()
    request.path_info = scope["path"]
    request.META["HTTP_ACCEPT_LANGUAGE"] = sent.get(b"accept-language", b"").decode("latin-1")
    request.COOKIES = parse_cookie(sent.get(b"cookie", b"").decode("latin-1"))
    return translation.get_language_from_request(request) or settings.LANGUAGE_CODE
