"""What browsers report about our content security policy: one bounded line in the log, and nothing kept."""

import json
import logging
import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from redis import RedisError

logger = logging.getLogger(__name__)

MAX_BYTES = 16 * 1024
MAX_REPORTS = 5
MAX_LENGTH = 120
MINUTE = 60
MEDIA_TYPES = frozenset({"application/csp-report", "application/reports+json", "application/json"})


@csrf_exempt
@require_POST
@login_not_required
def csp_report(request: HttpRequest) -> HttpResponse:
    """Log what was blocked and where, without what people may have typed into an address."""
    if request.content_type not in MEDIA_TYPES:
        return HttpResponse(status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
        return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    for directive, blocked, page in _reports(request.body):
        if not _is_within_the_limit():
            break
        logger.warning("Content security policy: %s blocked %s on %s", directive, blocked, page)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _reports(body: bytes) -> Iterator[tuple[str, str, str]]:
    """Directive, what was blocked, and the page, of either form of report; nothing of what is neither."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return
    for each in (sent if isinstance(sent, list) else [sent])[:MAX_REPORTS]:
        if not isinstance(each, dict):
            continue
        report = each.get("csp-report", each.get("body"))
        if isinstance(report, dict):
            yield (
                _bounded(report.get("effective-directive", report.get("effectiveDirective"))),
                _blocked(report.get("blocked-uri", report.get("blockedURL"))),
                _page(report.get("document-uri", report.get("documentURL"))),
            )


def _blocked(address: Any) -> str:
    """What was blocked: a keyword such as "inline", or where it would have come from."""
    scheme, host = _split(address)[:2]
    return _bounded(f"{scheme}://{host}" if host else scheme or address)


def _page(address: Any) -> str:
    """The page by the name of its route: an address may hold the secret of an invitation."""
    try:
        return _bounded(resolve(_split(address)[2]).view_name)
    except Resolver404:
        return "?"


def _split(address: Any) -> tuple[str, str, str]:
    """Scheme, host and path of an address, empty where it has none."""
    try:
        parts = urlsplit(address if isinstance(address, str) else "")
    except ValueError:
        return "", "", ""
    return parts.scheme, parts.hostname or "", parts.path


def _bounded(text: Any) -> str:
    """Printable ASCII alone, so that nobody writes lines of the log, and not much of it."""
    shown = re.sub(r"[^\x21-\x7e]+", " ", text).strip() if isinstance(text, str) else ""
    return shown[:MAX_LENGTH] or "?"


def _is_within_the_limit() -> bool:
    """Count the lines of a minute; without a cache nothing is logged."""
    try:
        cache.add("csp-reports", 0, MINUTE)
        return cache.incr("csp-reports") <= settings.CSP_REPORTS_A_MINUTE
    except (RedisError, ValueError):  # out of reach, or the minute has just ended
        return False
