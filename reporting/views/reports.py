"""Progress reports: the list, one as a page, its numbers' frozen trail, its documents."""

from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from measures.models import Indicator, ReportingRound
from partners.middleware import PortalRequest
from partners.permissions import Access
from partners.sign_in.kept_forms import filled, keeps_posted_form, stands_on
from reporting import tasks
from reporting.enums import DocumentFormat, ProductionStatus, ReportStatus
from reporting.exceptions import ReportError
from reporting.forms.editions import ReportRequestForm
from reporting.frozen.links import with_scope
from reporting.models import Document, ProgressReport
from reporting.permissions import can_request, could_ever_release, why_others_release
from reporting.renderers import wording
from reporting.renderers.versions import version_of
from reporting.selectors.editions import EditionNames, edition_names, editions_for, newer_release, title_of
from reporting.selectors.public.addresses import number_address
from reporting.selectors.reports import (
    by_organisation,
    frozen_figures,
    parts_of_trail,
    printed_number,
    trail_address,
)
from reporting.selectors.stored_pages import drawn_as_stored
from reporting.services.documents import repeat_document
from reporting.services.reports import request_reports
from reporting.views.acting import person_of, send_after_commit
from reporting.views.downloads import document_response

REPORTS_ON_A_PAGE = 20
FIGURES_ON_A_PAGE = 100


@require_safe
def report_list(request: PortalRequest) -> HttpResponse:
    form = _request_form(request.access)
    return _report_list(request, form and filled(request, form, reverse("reporting:report_request")))


@keeps_posted_form
@require_POST
def report_request(request: PortalRequest) -> HttpResponse:
    """Ask for one report, or for those of all Länder or umbrellas at once."""
    form = _request_form(request.access, request.POST)
    if form is None:
        raise PermissionDenied
    form = filled(request, form)
    if not form.is_valid():
        return _report_list(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with transaction.atomic():
            asked = request_reports(
                year=form.cleaned_data["year"],
                actor=person_of(request),
                report_type=form.report_type,
                scopes=form.scopes,
            )
            for report in asked:
                send_after_commit(tasks.produce_report.delay, report.pk)
    except ReportError as error:
        form.add_error("year", str(error.message))
        return _report_list(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if len(form.scopes) == 1:
        return redirect("reporting:report_detail", pk=asked[0].pk)
    messages.success(
        request,
        ngettext("%(count)s report is being produced.", "%(count)s reports are being produced.", len(asked))
        % {"count": len(asked)},
    )
    if without := form.names_except(report.scope for report in asked):
        text = gettext("No values are approved yet, and no report is produced, of: %(names)s.")
        messages.info(request, text % {"names": ", ".join(without)})
    return redirect("reporting:report_list")


def _request_form(access: Access, given: Mapping[str, str] | None = None) -> ReportRequestForm | None:
    """None where there is nothing that the person may ask for."""
    years = list(ReportingRound.objects.order_by("-year").values_list("year", flat=True))
    editions = editions_for(access, years[0]) if years else []
    return ReportRequestForm(given, years=years, editions=editions) if editions else None


def _report_list(
    request: PortalRequest, form: ReportRequestForm | None, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    here = reverse("reporting:report_list")
    stands_on(request, here)
    reports = (
        ProgressReport.objects.visible_to(request.access)
        .select_related("requested_by", "released_by", "snapshot", "corrects")
        .defer("snapshot__data")
        .prefetch_related("documents")
    )
    page = Paginator(reports, REPORTS_ON_A_PAGE).get_page(request.GET.get("page"))
    names = edition_names(page)
    context = {
        "page_obj": page,
        "reports": [_report_row(report, names) for report in page],
        "form": form,
        "here": here,
    }
    return render(request, "reporting/report_list.html", context, status=status)


@require_safe
def report_detail(request: PortalRequest, pk: int) -> HttpResponse:
    """The finished report as a page whose numbers lead to their origin; before that, its progress."""
    return _report_page(request, _report(request, pk, with_data=True))


@require_POST
def document_repeat(request: PortalRequest, pk: int, production: int) -> HttpResponse:
    """Have one document that failed made again."""
    report = _report(request, pk)
    if not can_request(request.access, report):
        raise PermissionDenied
    found = get_object_or_404(report.productions, pk=production)
    try:
        with transaction.atomic():
            repeat_document(production_id=found.pk)
            send_after_commit(tasks.produce_document.delay, found.pk)
    except ReportError as error:
        messages.error(request, str(error.message))
    return redirect("reporting:report_detail", pk=report.pk)


def _report_page(request: PortalRequest, report: ProgressReport) -> HttpResponse:
    if not report.is_finished or report.snapshot is None:
        progress = _progress(report, request.access)
        return render(request, "reporting/report_progress.html", progress)

    try:
        data = report.data
        version = version_of(data)
    except ReportError as error:
        return _not_readable(request, error)
    language = get_language() or "de"
    prefetch_related_objects([report], "documents")
    context = {
        "report": version.compose(
            data,
            language,
            sha256=report.snapshot.sha256,
            trail_url=partial(trail_address, report),
            draw=drawn_as_stored(report, language),
        ),
        "body": version.body,
        "stylesheet": version.stylesheet,
        "downloads": _downloads(report),
        "release": _release(request, report),
    }
    return render(request, "reporting/progress_report.html", context)


@require_safe
def report_progress(request: PortalRequest, pk: int) -> HttpResponse:
    """What the waiting page asks for again and again; a finished report calls for the whole page."""
    report = _report(request, pk)
    response = render(request, "reporting/partials/_report_progress.html", _progress(report, request.access))
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
    return document_response(document)


@require_safe
def report_trail(request: PortalRequest, pk: int, indicator: str, year: int) -> HttpResponse:
    """The figures a number of a report was added up from, in the versions approved at that time."""
    report = _report(request, pk, with_data=True)
    if report.snapshot is None:
        raise Http404
    parts = parts_of_trail(request.GET)
    try:
        printed = printed_number(report.data, indicator, year, with_scope(report.data, parts))
    except ReportError as error:
        return _not_readable(request, error)
    if printed is None:
        raise Http404
    figures = frozen_figures(report, indicator, year, parts, request.access)
    page = Paginator(figures.versions, FIGURES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "report": report,
        "title": title_of(report),
        "year": str(year),
        "parts": printed.parts,
        "meaning": number_address(report, get_language() or "de", indicator, year, parts),
        "indicator": get_object_or_404(Indicator, code=indicator),
        "text": wording.amount(printed.amount),
        "coverage": wording.coverage(printed.amount),
        "page_obj": page,
        "organisations": by_organisation(page, request.access),
        "hidden_count": figures.hidden_count,
        "taken_at": report.snapshot.taken_at,
    }
    return render(request, "reporting/report_trail.html", context)


def _not_readable(request: PortalRequest, error: ReportError) -> HttpResponse:
    """Back to the list, where the documents of such a report still are, with the reason."""
    messages.error(request, str(error.message))
    return redirect("reporting:report_list")


def _report(request: PortalRequest, pk: int, *, with_data: bool = False) -> ProgressReport:
    """The frozen data are large: they come along where they are shown."""
    visible = ProgressReport.objects.visible_to(request.access)
    people = ("requested_by", "released_by", "withdrawn_by")
    found = visible.select_related("snapshot", "corrects", *people)
    return get_object_or_404(found if with_data else found.defer("snapshot__data"), pk=pk)


def _release(request: PortalRequest, report: ProgressReport) -> dict[str, Any]:
    """What a reader must know about the release: its number, what it corrects, what replaces it."""
    is_german = (get_language() or "de") == "de"
    return {
        "of": report,
        "newer": newer_release(report) if report.is_published else None,
        "correction": report.correction_de if is_german else report.correction_en,
        "withdrawal": report.withdrawal_de if is_german else report.withdrawal_en,
        "may_decide": could_ever_release(request.access),
        "why_others": why_others_release(request.access, report),
    }


def _report_row(report: ProgressReport, names: EditionNames) -> dict[str, Any]:
    return {
        "report": report,
        "title": names.title_of(report),
        "status_label": report.get_status_display(),
        "documents": _downloads(report)["for_reading"],
    }


def _downloads(report: ProgressReport) -> dict[str, list[dict[str, Any]]]:
    """The documents for readers, and those for programs: what each is, its language, size and address."""
    found: dict[str, list[dict[str, Any]]] = {"for_reading": [], "for_programs": []}
    order = DocumentFormat.values
    for each in sorted(report.documents.all(), key=lambda one: (one.language, order.index(one.format))):
        group = "for_reading" if each.format in DocumentFormat.for_reading else "for_programs"
        found[group].append(
            {
                "label": each.get_format_display(),
                "language": each.get_language_display(),
                "size": each.size,
                "url": _document_url(each),
            }
        )
    return found


def _document_url(document: Document) -> str:
    return reverse("reporting:document", args=[document.report_id, document.language, document.format])


def _progress(report: ProgressReport, access: Access) -> dict[str, Any]:
    productions = list(report.productions.all())
    made = sum(each.status == ProductionStatus.DONE for each in productions)
    return {
        "report": report,
        "title": title_of(report),
        "status_label": report.get_status_display(),
        "is_pending": report.status in ReportStatus.pending,
        "has_failed": report.status == ReportStatus.FAILED,
        "productions": productions,
        "percent": 100 * made // len(productions) if productions else None,
        "may_repeat": can_request(access, report),
    }
