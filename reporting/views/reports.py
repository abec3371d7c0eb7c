"""Progress reports: the list, one as a page, its numbers' frozen trail, its documents."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from measures.models import Indicator, ReportingRound
from partners.middleware import PortalRequest
from partners.models import User
from reporting import tasks
from reporting.enums import ReportStatus
from reporting.exceptions import ReleaseNotPossibleError, ReportError, SnapshotVersionError
from reporting.models import Document, ProgressReport
from reporting.permissions import can_request_report, could_ever_release, why_others_release
from reporting.renderers import wording
from reporting.renderers.versions import version_of
from reporting.selectors.report_versions import version_of as report_version
from reporting.selectors.reports import by_organisation, frozen_figures, printed_number
from reporting.services.release import release_report
from reporting.services.reports import request_report

REPORTS_ON_A_PAGE = 20
FIGURES_ON_A_PAGE = 100


@require_safe
def report_list(request: PortalRequest) -> HttpResponse:
    reports = (
        ProgressReport.objects.visible_to(request.access)
        .select_related("requested_by", "released_by", "snapshot")
        .defer("snapshot__data")
        .prefetch_related("documents")
    )
    page = Paginator(reports, REPORTS_ON_A_PAGE).get_page(request.GET.get("page"))
    may_request = can_request_report(request.access)
    context = {
        "page_obj": page,
        "reports": [_report_row(report) for report in page],
        "may_request": may_request,
        "years": [str(each.year) for each in ReportingRound.objects.all()] if may_request else [],
        "sees_all": request.access.reads_all,
    }
    return render(request, "reporting/report_list.html", context)


@require_POST
def report_request(request: PortalRequest) -> HttpResponse:
    if not can_request_report(request.access):
        raise PermissionDenied
    year = request.POST.get("year", "")
    try:
        with transaction.atomic():
            report = request_report(year=int(year) if year.isdecimal() else 0, actor=_person(request))
            # With the queue out of reach the request stands: beat hands it out as soon as the queue is back.
            transaction.on_commit(lambda: tasks.produce_report.delay(report.pk), robust=True)
    except ReportError as error:
        messages.error(request, str(error.message))
        return redirect("reporting:report_list")
    return redirect("reporting:report_detail", pk=report.pk)


@require_safe
def report_detail(request: PortalRequest, pk: int) -> HttpResponse:
    """The finished report as a page whose numbers lead to their origin; before that, its progress."""
    return _report_page(request, _report(request, pk))


@require_POST
def report_release(request: PortalRequest, pk: int) -> HttpResponse:
    """Release the report that the page showed; what stands in the way is shown on it."""
    report = _report(request, pk)
    if not could_ever_release(request.access):
        raise PermissionDenied
    try:
        release_report(report_id=report.pk, actor=_person(request), seen=request.POST.get("seen", ""))
    except ReleaseNotPossibleError as error:
        return _report_page(request, _report(request, pk), not_released=error, status=HTTPStatus.CONFLICT)
    messages.success(request, gettext("The report is released. Everyone who is signed in can read it."))
    return redirect("reporting:report_detail", pk=report.pk)


def _report_page(
    request: PortalRequest,
    report: ProgressReport,
    *,
    not_released: ReleaseNotPossibleError | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    if not report.is_finished or report.snapshot is None:
        return render(request, "reporting/report_progress.html", _progress(report), status=status)

    def leads_to(indicator: str, year: int, region: str) -> str:
        address = reverse("reporting:report_trail", args=[report.pk, indicator, year])
        return f"{address}?land={region}" if region else address

    try:
        data = report.snapshot.frozen
        version = version_of(data)
    except SnapshotVersionError as error:
        return _not_readable(request, error)
    context = {
        "report": version.compose(
            data, get_language() or "de", sha256=report.snapshot.sha256, trail_url=leads_to
        ),
        "body": version.body,
        "downloads": _downloads(report),
        "release": _release(request, report) | {"not_released": not_released and not_released.message},
    }
    return render(request, "reporting/progress_report.html", context, status=status)


@require_safe
def report_progress(request: PortalRequest, pk: int) -> HttpResponse:
    """What the waiting page asks for again and again; a finished report calls for the whole page."""
    report = _report(request, pk)
    response = render(request, "reporting/partials/_report_progress.html", _progress(report))
    if report.is_finished:
        response["HX-Redirect"] = reverse("reporting:report_detail", args=[report.pk])
    return response


@require_safe
def document_download(request: PortalRequest, pk: int, language: str, document_format: str) -> FileResponse:
    document = get_object_or_404(
        Document.objects.select_related("report"),
        report=_report(request, pk),
        language=language,
        format=document_format,
    )
    return FileResponse(document.file.open(), as_attachment=True, filename=document.file_name)


@require_safe
def report_trail(request: PortalRequest, pk: int, indicator: str, year: int) -> HttpResponse:
    """The figures a number of a report was added up from, in the versions approved at that time."""
    report = _report(request, pk)
    if report.snapshot is None:
        raise Http404
    region = request.GET.get("land", "")
    try:
        printed = printed_number(report.snapshot.frozen, indicator, year, region)
    except SnapshotVersionError as error:
        return _not_readable(request, error)
    if printed is None:
        raise Http404
    figures = frozen_figures(report.snapshot, indicator, year, region, request.access)
    page = Paginator(figures.versions, FIGURES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "report": report,
        "year": str(year),
        "report_year": str(report.year),
        "region": printed.region,
        "indicator": get_object_or_404(Indicator, code=indicator),
        "text": wording.amount(printed.amount),
        "coverage": wording.coverage(printed.amount),
        "page_obj": page,
        "organisations": by_organisation(page, request.access),
        "hidden_count": figures.hidden_count,
        "taken_at": report.snapshot.taken_at,
    }
    return render(request, "reporting/report_trail.html", context)


def _not_readable(request: PortalRequest, error: SnapshotVersionError) -> HttpResponse:
    """Back to the list, where the documents of such a report still are, with the reason."""
    messages.error(request, str(error.message))
    return redirect("reporting:report_list")


def _person(request: PortalRequest) -> User:
    return get_object_or_404(User, pk=request.access.user_id)


def _report(request: PortalRequest, pk: int) -> ProgressReport:
    visible = ProgressReport.objects.visible_to(request.access)
    return get_object_or_404(visible.select_related("snapshot", "requested_by", "released_by"), pk=pk)


def _release(request: PortalRequest, report: ProgressReport) -> dict[str, Any]:
    """Whether the report is released, by whom and when; for whoever may release it, the version shown."""
    others = why_others_release(request.access, report)
    may_release = not report.is_released and could_ever_release(request.access) and not others
    return {
        "pk": report.pk,
        "is_released": report.is_released,
        "requested_by": report.requested_by,
        "requested_at": report.requested_at,
        "released_by": report.released_by,
        "released_at": report.released_at,
        "why_others": others,
        "may_release": may_release,
        "version": report_version(report) if may_release else "",
    }


def _report_row(report: ProgressReport) -> dict[str, Any]:
    return {
        "report": report,
        "title": gettext("Progress report %(year)s") % {"year": report.year},
        "status_label": report.get_status_display(),
        "documents": _downloads(report),
    }


def _downloads(report: ProgressReport) -> list[tuple[str, str]]:
    """Each document's name for people, and its address."""
    return [
        (f"{each.get_format_display()} ({each.get_language_display()})", _document_url(each))
        for each in report.documents.all()
    ]


def _document_url(document: Document) -> str:
    return reverse("reporting:document", args=[document.report_id, document.language, document.format])


def _progress(report: ProgressReport) -> dict[str, Any]:
    return {
        "report": report,
        "year": str(report.year),
        "status_label": report.get_status_display(),
        "is_pending": report.status in ReportStatus.pending,
        "has_failed": report.status == ReportStatus.FAILED,
    }
