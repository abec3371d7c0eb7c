"""Progress reports: the list, one as a page, its numbers' frozen trail, its documents."""

from itertools import groupby
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

from measures.models import FigureVersion, Indicator, ReportingRound
from partners.middleware import PortalRequest
from partners.models import User
from reporting import tasks
from reporting.aggregates.trail import in_reading_order, with_sources
from reporting.enums import ReportStatus
from reporting.exceptions import ReportError
from reporting.models import Document, ProgressReport
from reporting.permissions import can_request_report
from reporting.renderers import wording
from reporting.renderers.composition import compose
from reporting.renderers.document import Amount, Snapshot
from reporting.services.reports import request_report
from reporting.views.trail import figure_rows

REPORTS_ON_A_PAGE = 20
FIGURES_ON_A_PAGE = 100


@require_safe
def report_list(request: PortalRequest) -> HttpResponse:
    reports = (
        ProgressReport.objects.visible_to(request.access)
        .select_related("requested_by", "snapshot")
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
    report = _report(request, pk)
    if report.status != ReportStatus.READY or report.snapshot is None:
        return render(request, "reporting/report_progress.html", _progress(report))

    def leads_to(indicator: str, year: int, region: str) -> str:
        address = reverse("reporting:report_trail", args=[report.pk, indicator, year])
        return f"{address}?land={region}" if region else address

    context = {
        "report": compose(report.snapshot.frozen, get_language() or "de", trail_url=leads_to),
        "downloads": [
            (f"{each.get_format_display()} ({each.get_language_display()})", _document_url(each))
            for each in report.documents.all()
        ],
    }
    return render(request, "reporting/progress_report.html", context)


@require_safe
def report_progress(request: PortalRequest, pk: int) -> HttpResponse:
    """What the waiting page asks for again and again; a finished report calls for the whole page."""
    report = _report(request, pk)
    response = render(request, "reporting/partials/_report_progress.html", _progress(report))
    if report.status == ReportStatus.READY:
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
    """The figures a printed number was added up from, in the versions approved at that time."""
    report = _report(request, pk)
    if report.snapshot is None:
        raise Http404
    region = request.GET.get("land", "")
    printed = _printed(report.snapshot.frozen, indicator, year, region)
    if printed is None:
        raise Http404
    uses = report.snapshot.uses.of_number(indicator, year, region or None)
    versions = with_sources(FigureVersion.objects.filter(pk__in=uses.values("version"))).select_related(
        "item__submission__organisation"
    )
    seen = versions
    if not request.access.reads_all:
        seen = versions.filter(item__submission__organisation__in=request.access.acts_for)
    ordered = in_reading_order(seen, "item__submission__organisation__sort_key")
    page = Paginator(ordered, FIGURES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "report": report,
        "year": str(year),
        "report_year": str(report.year),
        "region": printed["region"],
        "indicator": get_object_or_404(Indicator, code=indicator),
        "text": wording.amount(printed["amount"]),
        "coverage": wording.coverage(printed["amount"]),
        "page_obj": page,
        "organisations": [
            {"name": name, "figures": figure_rows(list(rows), request.access, with_history=False)}
            for name, rows in groupby(page, key=lambda each: each.item.submission.organisation.short_name)
        ],
        "hidden_count": versions.values("item__submission").distinct().count()
        - seen.values("item__submission").distinct().count(),
        "taken_at": report.snapshot.taken_at,
    }
    return render(request, "reporting/report_trail.html", context)


def _person(request: PortalRequest) -> User:
    return get_object_or_404(User, pk=request.access.user_id)


def _report(request: PortalRequest, pk: int) -> ProgressReport:
    visible = ProgressReport.objects.visible_to(request.access)
    return get_object_or_404(visible.select_related("snapshot", "requested_by"), pk=pk)


def _report_row(report: ProgressReport) -> dict[str, Any]:
    return {
        "report": report,
        "title": gettext("Progress report %(year)s") % {"year": report.year},
        "status_label": report.get_status_display(),
        "documents": [
            (f"{each.get_format_display()} ({each.get_language_display()})", _document_url(each))
            for each in report.documents.all()
        ],
    }


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


def _printed(data: Snapshot, code: str, year: int, region: str) -> dict[str, Any] | None:
    """The amount that the report prints there, if it prints one."""
    for indicator in data.indicators:
        if indicator.code != code:
            continue
        for position, figure in enumerate(indicator.years):
            if figure.year != year:
                continue
            if not region:
                return {"amount": figure.amount, "region": ""}
            for row in indicator.lands:
                if row.code == region:
                    amount: Amount = row.amounts[position]
                    return {"amount": amount, "region": row.name.in_language(get_language() or "de")}
    return None
