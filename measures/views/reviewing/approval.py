"""Approving one submission, knowing what that changes."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from measures.exceptions import StepNotPossibleError
from measures.permissions import submission_actions
from measures.selectors.checks.findings import holding_approval
from measures.selectors.notices.audience import waits_for_endorsement
from measures.services.review import take_step
from measures.views.submissions import (
    demand_step,
    demand_unchanged,
    find_for_review,
    meanwhile,
    not_taken,
    seen_version,
    signed_in,
)
from measures.workflow import WORKFLOW, SubmissionAction
from partners.middleware import PortalRequest


@require_http_methods(["GET", "HEAD", "POST"])
def submission_approve(request: PortalRequest, pk: int) -> HttpResponse:
    """Show what the approval would change in the totals; with POST take the step."""
    submission, version = find_for_review(request, pk)
    context = {"submission": submission, "version": version, "submissions": [submission]}
    seen = seen_version(request)
    try:
        demand_step(request, submission, SubmissionAction.APPROVE)
        if request.method != "POST":
            context |= meanwhile(submission, request.GET.get("seen", "")) | _held(pk)
            context["waits_for_endorsement"] = waits_for_endorsement(submission)
            return render(request, "measures/submission_approve.html", context)
        demand_unchanged(seen, version)
        take_step(
            step=WORKFLOW.step(SubmissionAction.APPROVE),
            submission_id=pk,
            actor=signed_in(request),
            seen=seen,
        )
    except StepNotPossibleError as error:
        if request.method != "POST":
            messages.info(request, str(error))
            return redirect("measures:review_detail", pk=pk)
        submission, version = find_for_review(request, pk)
        context = {"submission": submission, "version": version, "submissions": [submission]}
        context |= not_taken(submission, seen, error) | _held(pk)
        context["is_over"] = SubmissionAction.APPROVE not in submission_actions(request.access, submission)
        return render(request, "measures/submission_approve.html", context, status=HTTPStatus.CONFLICT)
    messages.success(request, _("The submission has been approved. Reports now use its figures."))
    return redirect("measures:review_detail", pk=pk)


def _held(pk: int) -> dict[str, list[str]]:
    """What keeps it from being approved, in words."""
    return {"held": [finding.message for finding in holding_approval([pk]).get(pk, [])]}
