"""Review: what has been handed over, one submission at a time or several at once."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from measures.exceptions import StepNotPossibleError
from measures.forms.recording import ReasonForm, ReviewFilterForm, SubmissionSelectionForm
from measures.models import ControlTotal, ReportingRound, Submission
from measures.permissions import submission_actions
from measures.querysets import SubmissionQuerySet
from measures.selectors.changes import changes_since_approval
from measures.selectors.entry_grid import entry_grid
from measures.services.review import approve_submissions, take_step
from measures.views.submissions import PAGE_SIZE, demand, find_submission, moved_on, signed_in
from measures.workflow import WORKFLOW, Page, SubmissionAction, SubmissionStatus
from partners.middleware import PortalRequest


@require_safe
def review_list(request: PortalRequest) -> HttpResponse:
    submissions = _for_review(request)
    years = list(ReportingRound.objects.values_list("year", flat=True))
    form = ReviewFilterForm(request.GET, years=years)
    chosen = form.cleaned_data if form.is_valid() else {"status": ReviewFilterForm.WAITING}
    if chosen.get("year"):
        submissions = submissions.filter(round__year=chosen["year"])
    if chosen["status"] == ReviewFilterForm.WAITING:
        submissions = submissions.filter(status__in=SubmissionStatus.in_review)
    elif chosen["status"] != ReviewFilterForm.ALL:
        submissions = submissions.filter(status=chosen["status"])
    ordered = submissions.with_progress().order_by(
        "-round__year", F("umbrella_key").asc(nulls_first=True), "organisation__sort_key"
    )
    page = Paginator(ordered, 2 * PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [
        (submission, SubmissionAction.APPROVE in submission_actions(request.access, submission))
        for submission in page
    ]
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "can_approve_some": any(may_approve for _submission, may_approve in rows),
    }
    return render(request, "measures/review_list.html", context)


@require_POST
def review_approve_selected(request: PortalRequest) -> HttpResponse:
    """Approve what is ticked; what has moved on meanwhile is counted and left alone."""
    if not request.access.reviews:
        raise PermissionDenied
    visible = _for_review(request).order_by()
    ticked = request.POST.getlist("submissions")
    form = SubmissionSelectionForm(request.POST, choices=list(visible.values_list("pk", flat=True)))
    if not ticked:
        messages.error(request, _("Nothing is ticked. Tick the submissions you want to approve."))
        return redirect("measures:review_list")
    chosen = form.cleaned_data["submissions"] if form.is_valid() else []
    steps = approve_submissions(submission_ids=chosen, actor=signed_in(request))
    left = len(ticked) - len(steps.done)
    if steps.done:
        messages.success(
            request,
            ngettext(
                "%(count)s submission has been approved.",
                "%(count)s submissions have been approved.",
                len(steps.done),
            )
            % {"count": len(steps.done)},
        )
    if left:
        messages.warning(
            request,
            ngettext(
                "%(count)s submission has moved on in the meantime and was left alone.",
                "%(count)s submissions have moved on in the meantime and were left alone.",
                left,
            )
            % {"count": left},
        )
    return redirect("measures:review_list")


@require_safe
def review_detail(request: PortalRequest, pk: int) -> HttpResponse:
    return _review_page(request, _find(request, pk), ReasonForm())


@require_POST
def submission_step(request: PortalRequest, pk: int, action: SubmissionAction) -> HttpResponse:
    """Take a step that needs no more than a button or a reason."""
    step = WORKFLOW.step(action)
    submission = find_submission(request, pk)
    if not demand(request, submission, action):
        return moved_on(request, submission)
    form = ReasonForm(request.POST)
    if step.needs_reason and not form.is_valid():
        return _review_page(request, submission, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    reason = form.cleaned_data["reason"] if step.needs_reason else ""
    try:
        take_step(step=step, submission_id=submission.pk, actor=signed_in(request), reason=reason)
    except StepNotPossibleError:
        return moved_on(request, submission)
    messages.success(request, str(step.notice))
    return redirect("measures:review_detail", pk=pk)


def _for_review(request: PortalRequest) -> SubmissionQuerySet:
    """What this person reviews or oversees: everything, or the members of their umbrella."""
    access = request.access
    if not (access.reads_all or access.coordinates):
        raise PermissionDenied
    submissions = Submission.objects.visible_to(access)
    if not access.reads_all:
        submissions = submissions.filter(organisation__in=access.coordinates)
    return submissions.select_related("round", "organisation", "submitted_by").with_umbrella()


def _find(request: PortalRequest, pk: int) -> Submission:
    """Find a submission for review; whoever only records for it works with the recording page."""
    submission = find_submission(request, pk)
    access = request.access
    if not (access.reads_all or submission.organisation_id in access.coordinates):
        raise PermissionDenied
    return submission


def _review_page(
    request: PortalRequest,
    submission: Submission,
    form: ReasonForm,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    grid = entry_grid(submission)
    actions = submission_actions(request.access, submission)
    control_totals = (
        ControlTotal.objects.visible_to(request.access)
        .filter(
            import_run__figures__item__submission=submission,
            indicator__items__submission=submission,
            year=submission.round.year,
        )
        .select_related("indicator", "region", "target_group", "import_run")
        .distinct()
    )
    events = list(submission.events.select_related("actor"))
    explanations = [event.reason for event in events if event.action == SubmissionAction.SUBMIT]
    context = {
        "submission": submission,
        "grid": grid,
        "explanation": explanations[-1] if explanations else "",
        "cells": grid.cells_by_item,
        "changes": changes_since_approval(submission),
        "control_totals": control_totals,
        "events": events,
        "form": form,
        "steps": WORKFLOW.offered(Page.REVIEW, actions),
    }
    return render(request, "measures/review_detail.html", context, status=status)
