"""A report before its release, for the one person whom the link was sent to. Without an account."""

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from partners.views.links import without_referrer
from reporting.exceptions import ReportError
from reporting.models import ReportPreview
from reporting.renderers.versions import version_of
from reporting.selectors.editions import title_of
from reporting.services.releases.previews import preview_of, record_opening
from reporting.views.downloads import document_response
from reporting.views.releases.preview_cookies import give_cookies

if TYPE_CHECKING:
    from django.http import HttpRequest


@csrf_exempt  # the link stands for the person, and a visitor has no cookies
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: "HttpRequest", token: str) -> HttpResponse:
    """What the link is about; with the button the person begins to read, which is recorded."""
    found = _preview(token)
    if request.method == "POST":
        record_opening(preview_id=found.pk)
        return _unlisted(redirect("reporting:preview_read", token=token))
    context = {"preview": found, "title": title_of(found.report)}
    return _unlisted(render(request, "reporting/releases/preview.html", context))


@login_not_required
@never_cache
@require_safe
def preview_read(request: "HttpRequest", token: str) -> HttpResponse:
    found = _preview(token)
    report = found.report
    if found.opened_at is None or report.snapshot is None:
        return _unlisted(redirect("reporting:preview", token=token))
    try:
        data = report.data
        version = version_of(data)
    except ReportError as error:
        raise Http404 from error
    context = {
        "preview": found,
        "report": version.compose(data, get_language() or "de", sha256=report.snapshot.sha256),
        "body": version.body,
        "stylesheet": version.stylesheet,
        "downloads": [
            (
                f"{each.get_format_display()} ({each.get_language_display()})",
                reverse("reporting:preview_document", args=[token, each.language, each.format]),
            )
            for each in report.documents.all()
        ],
    }
    answer = render(request, "reporting/releases/preview_read.html", context)
    give_cookies(answer, found, report.snapshot.sha256)
    return _unlisted(answer)


@login_not_required
@never_cache
@require_safe
def preview_document(
    request: "HttpRequest", token: str, language: str, document_format: str
) -> HttpResponse | FileResponse:
    found = _preview(token)
    if found.opened_at is None:
        return _unlisted(redirect("reporting:preview", token=token))
    document = get_object_or_404(found.report.documents, language=language, format=document_format)
    return _unlisted(document_response(document))


def _preview(token: str) -> ReportPreview:
    found = preview_of(token)
    if found is None:
        raise Http404
    return found


def _unlisted(response):
    """No search engine lists it, and no other site learns its address."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return without_referrer(response)
