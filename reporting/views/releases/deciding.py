"""Deciding on a release: the checklist, the decision, publication later, withdrawal and correction."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from partners.middleware import PortalRequest
from partners.sign_in.kept_forms import filled, keeps_posted_form, kept, stands_on
from reporting import tasks
from reporting.enums import ReportStatus
from reporting.exceptions import ReleaseNotPossibleError, ReportError
from reporting.forms.releases import NoteForm, PreviewForm, ReleaseForm, WarningForm
from reporting.models import ProgressReport
from reporting.permissions import could_ever_release, why_others_release
from reporting.selectors.checklist import checklist
from reporting.selectors.editions import title_of
from reporting.selectors.report_versions import version_of
from reporting.services.release import accept_warning, cancel_publication, release_report, withdraw_report
from reporting.services.releases.previews import invite_reader, revoke_preview
from reporting.services.reports import Correction, request_report
from reporting.views.acting import person_of, send_after_commit


def _report(request: PortalRequest, pk: int) -> ProgressReport:
    """For those who could release one."""
    visible = ProgressReport.objects.visible_to(request.access)
    report: ProgressReport = get_object_or_404(
        visible.select_related("snapshot", "requested_by", "released_by", "withdrawn_by", "corrects"),
        pk=pk,
    )
    if not could_ever_release(request.access):
        raise PermissionDenied
    return report


def _of_finished_report(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand over the report; one without documents has nothing to decide on, and its own page says why."""

    @wraps(view)
    def with_report(request: PortalRequest, pk: int, **more: int) -> HttpResponse:
        report = _report(request, pk)
        if report.is_finished:
            return view(request, report, **more)
        messages.info(request, _("Nothing can be released here: the report has not been finished."))
        return redirect("reporting:report_detail", pk=report.pk)

    return with_report


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
@_of_finished_report
def report_release(request: PortalRequest, report: ProgressReport) -> HttpResponse:
    """Release the report that the page showed, at once or later; what stands in the way is shown on it."""
    if request.method != "POST":
        return _page(request, report)
    form = filled(request, ReleaseForm(request.POST))
    if not form.is_valid():
        return _page(request, report, release_form=form)
    try:
        with transaction.atomic():
            released = release_report(
                report_id=report.pk,
                actor=person_of(request),
                seen=request.POST.get("seen", ""),
                publish_at=form.cleaned_data["publish_at"],
            )
            send_after_commit(tasks.announce_releases.delay)
            send_after_commit(tasks.check_waiting_reports.delay)
    except ReleaseNotPossibleError as error:
        return _page(request, _report(request, report.pk), refused=error, status=HTTPStatus.CONFLICT)
    except ReportError as error:
        form.add_error("day", str(error.message))
        return _page(request, report, release_form=form)
    if released.publish_at is None:
        messages.success(request, _("The report is released. Everyone can read it."))
        return redirect("reporting:report_detail", pk=report.pk)
    moment = date_format(localtime(released.publish_at), "SHORT_DATETIME_FORMAT")
    messages.success(request, _("The report will be published on %(moment)s.") % {"moment": moment})
    return redirect("reporting:report_release", pk=report.pk)


@keeps_posted_form
@require_POST
@_of_finished_report
def warning_accept(request: PortalRequest, report: ProgressReport) -> HttpResponse:
    form = filled(request, WarningForm(request.POST))
    if not form.is_valid():
        return _page(request, report, warning_form=form)
    return _done(
        request,
        report,
        _("The warning is accepted; your reason is kept with the report."),
        lambda: accept_warning(report_id=report.pk, actor=person_of(request), **form.cleaned_data),
    )


@require_POST
@_of_finished_report
def publication_cancel(request: PortalRequest, report: ProgressReport) -> HttpResponse:

    def cancel() -> None:
        with transaction.atomic():
            cancel_publication(report_id=report.pk)
            send_after_commit(tasks.check_waiting_reports.delay)

    return _done(
        request, report, _("The report will not be published. It waits for its release again."), cancel
    )


@keeps_posted_form
@require_POST
@_of_finished_report
def report_withdraw(request: PortalRequest, report: ProgressReport) -> HttpResponse:
    form = filled(request, NoteForm(request.POST, prefix="withdrawal"))
    if not form.is_valid():
        return _page(request, report, withdrawal_form=form)
    note = form.cleaned_data

    def withdraw() -> None:
        with transaction.atomic():
            withdraw_report(
                report_id=report.pk,
                actor=person_of(request),
                reason_de=note["german"],
                reason_en=note["english"],
            )
            send_after_commit(tasks.announce_releases.delay)

    return _done(
        request,
        report,
        _("The release is withdrawn. It stays readable, marked with your reason."),
        withdraw,
    )


@keeps_posted_form
@require_POST
@_of_finished_report
def report_correct(request: PortalRequest, report: ProgressReport) -> HttpResponse:
    """Have a report produced that corrects this release; it goes through the same release."""
    form = filled(request, NoteForm(request.POST, prefix="correction"))
    if not form.is_valid():
        return _page(request, report, correction_form=form)
    if not report.is_published:
        raise PermissionDenied
    note = form.cleaned_data
    correction = Correction(release=report, note_de=note["german"], note_en=note["english"])
    try:
        with transaction.atomic():
            asked = request_report(
                year=report.year,
                actor=person_of(request),
                report_type=report.report_type,
                scope=report.scope,
                correction=correction,
            )
            send_after_commit(tasks.produce_report.delay, asked.pk)
    except ReportError as error:
        form.add_error("german", str(error.message))
        return _page(request, report, correction_form=form)
    return redirect("reporting:report_detail", pk=asked.pk)


@require_POST
@_of_finished_report
def report_verify(request: PortalRequest, report: ProgressReport) -> HttpResponse:
    if report.snapshot_id is not None:
        with transaction.atomic():
            send_after_commit(tasks.check_snapshot.delay, report.snapshot_id)
    messages.info(request, _("Figures and protection are being checked. Load this page again in a moment."))
    return redirect("reporting:report_release", pk=report.pk)


@keeps_posted_form
@require_POST
@_of_finished_report
def preview_invite(request: PortalRequest, report: ProgressReport) -> HttpResponse:
    form = filled(request, PreviewForm(request.POST))
    if not form.is_valid():
        return _page(request, report, preview_form=form)
    return _done(
        request,
        report,
        _("The link is on its way by mail."),
        lambda: invite_reader(report_id=report.pk, actor=person_of(request), **form.cleaned_data),
    )


@require_POST
@_of_finished_report
def preview_revoke(request: PortalRequest, report: ProgressReport, preview: int) -> HttpResponse:
    found = get_object_or_404(report.previews, pk=preview)
    return _done(request, report, _("The link no longer works."), lambda: revoke_preview(preview_id=found.pk))


def _done(
    request: PortalRequest, report: ProgressReport, message: str, step: Callable[[], object]
) -> HttpResponse:
    """Take the step and go back to the page, with the reason where it was not possible."""
    try:
        step()
    except ReportError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, message)
    return redirect("reporting:report_release", pk=report.pk)


def _page(
    request: PortalRequest,
    report: ProgressReport,
    *,
    refused: ReleaseNotPossibleError | None = None,
    status: HTTPStatus | None = None,
    **typed: Form,
) -> HttpResponse:
    """``typed``: a form that has errors to show, in place of the empty one."""
    here = _address("report_release", report)
    stands_on(request, here)
    others = why_others_release(request.access, report)
    waits = report.status == ReportStatus.READY
    lines = checklist(report) if not report.is_published else []
    context: dict[str, Any] = {
        "report": report,
        "title": title_of(report),
        "lines": lines,
        "blocks": any(line.blocks for line in lines),
        "why_others": others,
        "waits": waits,
        "may_release": waits and not others,
        "version": version_of(report),
        "refused": refused and refused.message,
        "is_scheduled": report.status == ReportStatus.SCHEDULED,
        "here": here,
        "release_form": filled(request, ReleaseForm(), here),
        "warning_form": None,
        "preview_form": filled(
            request, PreviewForm(initial={"language": "de"}), _address("preview_invite", report)
        ),
        "withdrawal_form": filled(
            request, NoteForm(prefix="withdrawal"), _address("report_withdraw", report)
        ),
        "correction_form": filled(request, NoteForm(prefix="correction"), _address("report_correct", report)),
        "previews": list(report.previews.select_related("invited_by")),
        **typed,
    }
    accept = _address("warning_accept", report)
    context["warnings"] = [
        (line, _warning_form(request, line.finding, context["warning_form"], accept)) for line in lines
    ]
    status = status or (HTTPStatus.UNPROCESSABLE_ENTITY if typed else HTTPStatus.OK)
    return render(request, "reporting/releases/release.html", context, status=status)


def _warning_form(request: PortalRequest, finding: str, typed: Form | None, address: str) -> Form:
    """The one that has errors, or an empty one for this warning, with what was kept of it."""
    if typed is not None and typed.data.get("finding") == finding:
        return typed
    form = WarningForm(initial={"finding": finding}, auto_id=f"id_{finding}_%s")
    fields = kept(request, address)
    return filled(request, form, address) if fields and fields.get("finding") == finding else form


def _address(route: str, report: ProgressReport) -> str:
    return reverse(f"reporting:{route}", args=[report.pk])
