"""Published reports under their permanent addresses, with their documents and manifests."""

import base64
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from reporting.exceptions import ReportError
from reporting.selectors.public.releases import Release, body_of, edition_of, editions, stylesheet_of
from reporting.views.downloads import document_response

if TYPE_CHECKING:
    from django.http import HttpRequest

    from reporting.selectors.public.releases import PublishedEdition

SIGNATURE_TYPE = "application/octet-stream"
INLINE = {"pdf", "html"}


@login_not_required
@require_safe
def report_list(request: "HttpRequest") -> HttpResponse:
    """Every published report, the withdrawn ones marked."""
    return render(request, "public/report_list.html", {"editions": editions()})


@login_not_required
@require_safe
def latest(request: "HttpRequest", *, report_type: str, year: int, scope: str) -> HttpResponse:
    """The edition's last release, under the address that stays the same when it is corrected."""
    return _report_page(request, _edition(report_type, year, scope).newest)


@login_not_required
@require_safe
def report(request: "HttpRequest", *, report_type: str, year: int, scope: str, release: int) -> HttpResponse:
    """One release, for good."""
    return _report_page(request, _release(report_type, year, scope, release))


@login_not_required
@require_safe
def document(  # noqa: PLR0913  # the parts of its address
    request: "HttpRequest", *, report_type: str, year: int, scope: str, release: int, name: str
) -> FileResponse:
    """The file of this name, below either language: the catalogue entry of a release names all of them."""
    for link in _release(report_type, year, scope, release).documents:
        if link.document.file_name == name:
            return document_response(link.document, as_attachment=link.document.format not in INLINE)
    raise Http404


@login_not_required
@require_safe
def manifest(
    request: "HttpRequest", *, report_type: str, year: int, scope: str, release: int
) -> HttpResponse:
    """The very bytes that were signed."""
    stored = _release(report_type, year, scope, release).report.manifest
    return HttpResponse(stored.content.encode(), content_type="application/json")


@login_not_required
@require_safe
def signature(
    request: "HttpRequest", *, report_type: str, year: int, scope: str, release: int
) -> HttpResponse:
    """The 64 bytes of the signature, as openssl reads them."""
    stored = _release(report_type, year, scope, release).report.manifest
    answer = HttpResponse(base64.b64decode(stored.signature), content_type=SIGNATURE_TYPE)
    answer["Content-Disposition"] = 'attachment; filename="manifest.sig"'
    return answer


def _report_page(request: "HttpRequest", release: Release) -> HttpResponse:
    try:
        stylesheet = stylesheet_of(release.report)
        body = body_of(release.report, get_language() or "de")
    except ReportError:
        return redirect("public:reports")
    context = {"release": release, "body": body, "stylesheet": stylesheet}
    return render(request, "public/report.html", context)


def _edition(report_type: str, year: int, scope: str) -> "PublishedEdition":
    found = edition_of(report_type, year, scope)
    if found is None:
        raise Http404
    return found


def _release(report_type: str, year: int, scope: str, release: int) -> Release:
    for each in _edition(report_type, year, scope).releases:
        if each.number == release:
            return each
    raise Http404
