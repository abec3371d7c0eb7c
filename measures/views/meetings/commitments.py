"""One organisation's commitment: its reports, what was decided on them, and the forms for both."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from measures.enums import CommitmentState
from measures.exceptions import CommitmentOfOneselfError, CommitmentReportedMeanwhileError
from measures.forms.meetings import DecisionForm, ReportForm
from measures.models import Commitment, Resolution
from measures.permissions import may_change_meetings, may_report_commitment
from measures.services.meetings.commitments import decide_commitment, report_commitment
from measures.views.submissions import signed_in
from partners.middleware import PortalRequest
from partners.sign_in.kept_forms import filled, keeps_posted_form, stands_on


@require_safe
def commitment_detail(request: PortalRequest, pk: int) -> HttpResponse:
    return _page(request, _find(request, pk))


@keeps_posted_form
@require_POST
def commitment_report(request: PortalRequest, pk: int) -> HttpResponse:
    commitment = _find(request, pk)
    if not may_report_commitment(request.access, commitment):
        raise PermissionDenied
    form = filled(request, ReportForm(request.POST))
    if not form.is_valid():
        return _page(request, commitment, {"report_form": form}, HTTPStatus.UNPROCESSABLE_ENTITY)
    data = form.cleaned_data
    report_commitment(
        commitment_id=pk,
        state=CommitmentState(data["state"]),
        text=data["text"],
        evidence=data["evidence"],
        actor=signed_in(request),
    )
    messages.success(request, _("Your report has been saved. The data management decides on it."))
    return redirect("measures:commitment_detail", pk)


@keeps_posted_form
@require_POST
def commitment_decide(request: PortalRequest, pk: int) -> HttpResponse:
    commitment = _find(request, pk)
    if not may_change_meetings(request.access):
        raise PermissionDenied
    form = filled(request, DecisionForm(request.POST, commitment=commitment, newest_report=None))
    if not form.is_valid():
        return _page(request, commitment, {"decision_form": form}, HTTPStatus.UNPROCESSABLE_ENTITY)
    data = form.cleaned_data
    try:
        decide_commitment(
            commitment_id=pk,
            state=CommitmentState(data["state"]),
            reason=data["reason"],
            actor=signed_in(request),
            seen_report=data["seen"],
        )
    except (CommitmentReportedMeanwhileError, CommitmentOfOneselfError) as error:
        commitment = _find(request, pk)
        form.show_as_seen(commitment.newest_report)  # type: ignore[attr-defined]  # annotated
        form.add_error(None, str(error))
        return _page(request, commitment, {"decision_form": form}, HTTPStatus.CONFLICT)
    messages.success(request, _("The decision has been saved."))
    return redirect("measures:commitment_detail", pk)


def _find(request: PortalRequest, pk: int) -> Commitment:
    """The commitment, if this person may see its resolution; to everybody else it does not exist."""
    visible = Resolution.objects.visible_to(request.access)
    commitments = Commitment.objects.with_report().filter(resolution__in=visible.values("pk"))
    found: Commitment = get_object_or_404(
        commitments.select_related("organisation", "resolution__meeting", "state_by"), pk=pk
    )
    return found


def _page(
    request: PortalRequest,
    commitment: Commitment,
    forms: dict[str, Any] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    stands_on(request, reverse("measures:commitment_detail", args=[commitment.pk]))
    newest = commitment.newest_report  # type: ignore[attr-defined]  # annotated
    context: dict[str, Any] = {
        "commitment": commitment,
        "reports": commitment.reports.select_related("author").order_by("-pk"),
        "events": commitment.events.select_related("actor").order_by("-pk"),
    }
    if may_report_commitment(request.access, commitment):
        address = reverse("measures:commitment_report", args=[commitment.pk])
        context["report_form"] = filled(request, ReportForm(), address)
    if may_change_meetings(request.access):
        address = reverse("measures:commitment_decide", args=[commitment.pk])
        decision_form = DecisionForm(commitment=commitment, newest_report=newest)
        context["decision_form"] = filled(request, decision_form, address)
    context |= forms or {}
    return render(request, "measures/meetings/commitment.html", context, status=status)
