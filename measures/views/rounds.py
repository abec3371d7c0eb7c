"""The rounds: all of them, one with plan and log, closing and reopening it, extensions."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from measures.exceptions import RoundRefusedError
from measures.forms.rounds import ExtensionForm, ReopenForm, RoundReasonForm
from measures.models import ReportingRound, Submission
from measures.permissions import may_change_rounds, may_see_rounds
from measures.selectors.due import drift, shown
from measures.selectors.round_log import round_log
from measures.selectors.round_plans import reminders_of
from measures.services.rounds import NOT_CLOSED, NOT_OPEN, close_round, extend_submission, reopen_round
from measures.views.submissions import find_submission, signed_in
from partners.middleware import PortalRequest
from partners.sign_in.kept_forms import filled, keeps_posted_form


def demand_steward(request: PortalRequest) -> None:
    if not may_change_rounds(request.access):
        raise PermissionDenied


@require_safe
def round_list(request: PortalRequest) -> HttpResponse:
    if not may_see_rounds(request.access):
        raise PermissionDenied
    context = {
        "rounds": ReportingRound.objects.with_counts(),
        "may_change": may_change_rounds(request.access),
    }
    return render(request, "measures/rounds/list.html", context)


@require_safe
def round_detail(request: PortalRequest, year: int) -> HttpResponse:
    """What the round asks of whom, where it stands, what has changed since in the tree, and its log."""
    if not may_see_rounds(request.access):
        raise PermissionDenied
    reporting_round = get_object_or_404(ReportingRound.objects.with_counts(), year=year)
    changes = drift(reporting_round)
    extended = Submission.objects.filter(round=reporting_round).exclude(extended_until=None)
    context = {
        "round": reporting_round,
        "asked": reporting_round.asked.select_related("indicator"),
        "reminders": reminders_of(reporting_round),
        "drift": shown(changes, reporting_round.pk) if changes.is_change else None,
        "extended": extended.select_related("organisation").order_by("organisation__sort_key"),
        "log": round_log(reporting_round),
        "may_change": may_change_rounds(request.access),
    }
    return render(request, "measures/rounds/detail.html", context)


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def round_close(request: PortalRequest, year: int) -> HttpResponse:
    demand_steward(request)
    reporting_round = get_object_or_404(ReportingRound, year=year)
    if not reporting_round.is_open:
        return _refused(request, reporting_round, NOT_OPEN)
    form = filled(request, RoundReasonForm(request.POST if request.method == "POST" else None))
    context = {"round": reporting_round, "form": form}
    if not form.is_valid():
        return render(request, "measures/rounds/close.html", context, status=_status(form))
    try:
        close_round(round_id=reporting_round.pk, actor=signed_in(request), reason=form.cleaned_data["reason"])
    except RoundRefusedError as error:
        return _refused(request, reporting_round, str(error))
    messages.success(request, _("The round is closed. Organisations with an extension record until it ends."))
    return redirect("measures:round_detail", year)


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def round_reopen(request: PortalRequest, year: int) -> HttpResponse:
    demand_steward(request)
    reporting_round = get_object_or_404(ReportingRound, year=year)
    if not reporting_round.is_closed:
        return _refused(request, reporting_round, NOT_CLOSED)
    form = filled(request, ReopenForm(request.POST if request.method == "POST" else None))
    context = {"round": reporting_round, "form": form}
    if form.is_valid():
        try:
            reopen_round(round_id=reporting_round.pk, actor=signed_in(request), **form.cleaned_data)
        except RoundRefusedError as error:
            form.add_error("closes_on", str(error))
        else:
            messages.success(request, _("The round is open again."))
            return redirect("measures:round_detail", year)
    return render(request, "measures/rounds/reopen.html", context, status=_status(form))


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def submission_extend(request: PortalRequest, pk: int) -> HttpResponse:
    """Extend the window of one submission with a reason, or withdraw that."""
    submission = find_submission(request, pk)
    demand_steward(request)
    initial = {"until": submission.extended_until, "reason": submission.extension_reason}
    form = ExtensionForm(request.POST if request.method == "POST" else None, initial=initial)
    form = filled(request, form)
    if form.is_valid():
        try:
            extend_submission(submission_id=pk, actor=signed_in(request), **form.cleaned_data)
        except RoundRefusedError as error:
            form.add_error("until", str(error))
        else:
            is_withdrawn = form.cleaned_data["until"] is None
            messages.success(
                request,
                _("The extension has been withdrawn.")
                if is_withdrawn
                else _("The window has been extended."),
            )
            return redirect("measures:submission_detail", pk)
    context = {"submission": submission, "form": form}
    return render(request, "measures/rounds/extend.html", context, status=_status(form))


def _status(form: Any) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK


def _refused(request: PortalRequest, reporting_round: ReportingRound, why: Any) -> HttpResponse:
    messages.warning(request, str(why))
    return redirect("measures:round_detail", reporting_round.year)
