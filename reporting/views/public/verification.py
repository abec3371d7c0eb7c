"""Checking a file: whether it is a released document, of which release, unchanged."""

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from reporting.selectors.editions import edition_names
from reporting.selectors.public.addresses import report_address
from reporting.selectors.public.verification import fingerprint, released_as, trusted_keys

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from reporting.models import ProgressReport

SHA256 = re.compile(r"[0-9a-f]{64}")


@login_not_required
@csrf_exempt  # visitors get no cookie, and nothing is changed: the file is read, and forgotten
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: "HttpRequest") -> "HttpResponse":
    """With a script the browser computes the fingerprint and the file stays there; without, it is sent."""
    asked = request.GET.get("sha256", "").strip().lower()
    status = HTTPStatus.OK
    problem = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        asked = fingerprint(file.chunks()) if file else ""
        if not file:
            problem, status = "file", HTTPStatus.UNPROCESSABLE_ENTITY
    elif asked and not SHA256.fullmatch(asked):
        problem, asked = "fingerprint", ""
    context = {
        "asked": asked,
        "problem": problem,
        "results": _results(request, asked) if asked else [],
        "keys": trusted_keys(),
    }
    return render(request, "public/verify.html", context, status=status)


@login_not_required
@require_safe
def keys(request: "HttpRequest") -> JsonResponse:
    """The public keys for programs."""
    found = [
        {
            "id": entry.key.id,
            "algorithm": "Ed25519",
            "public_key": entry.key.base64,
            "pem": entry.key.pem,
            "is_current": entry.is_current,
        }
        for entry in trusted_keys()
    ]
    return JsonResponse({"keys": found})


def _results(request: "HttpRequest", sha256: str) -> list[dict[str, Any]]:
    """What is known of the content, the release that stands first."""
    matches = released_as(sha256)
    names = edition_names([match.document.report for match in matches])
    rows = []
    for match in matches:
        report: ProgressReport = match.document.report
        rows.append(
            {
                "title": names.title_of(report),
                "release": report.release,
                "released_at": report.released_at,
                "document": match.document,
                "address": report_address(report, request.LANGUAGE_CODE),
                "is_genuine": match.is_genuine,
                "key": match.key,
                "is_withdrawn": report.withdrawn_at is not None,
                "is_superseded": match.is_superseded,
            }
        )
    return rows
