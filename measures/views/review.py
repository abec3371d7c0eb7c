"""Review: what has been handed over, one submission at a time or several at once."""

from collections.abc import Mapping
from dataclasses import asdict
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from measures.exceptions import StepNotPossibleError
from measures.forms.recording import ReasonForm, ReviewFilterForm, reason_form
from measures.forms.reviewing import MarksForm
from measures.models import ControlTotal, Submission
from measures.permissions import batch_actions, prepared_by, submission_actions, why_others_decide
from measures.selectors.batches import waiting_batches
from measures.selectors.changes import changes_since_approval, changes_since_return
from measures.selectors.discussion import put_comments_on
from measures.selectors.entry_grid import empty_grid, entry_grid
from measures.selectors.review_marks import marks_of
from measures.selectors.reviewing.submission_log import explanation_of, request_back
from measures.selectors.submission_lists import listed
from measures.selectors.submission_versions import SubmissionVersion, versions_of
from measures.services.review import send_back_submission, take_step
from measures.views.recording import step_not_taken
from measures.views.submissions import (
    PAGE_SIZE,
    demand_step,
    demand_unchanged,
    find_for_review,
    find_with_version,
    for_review,
    list_filter,
    meanwhile,
    not_taken,
    opens_review,
    seen_version,
    signed_in,
)
from measures.workflow import WORKFLOW, Page, SubmissionAction
from partners.middleware import PortalRequest
from partners.sign_in.kept_forms import filled, keeps_posted_form, kept, stands_on

if TYPE_CHECKING:
    from measures.querysets import SubmissionQuerySet

A = SubmissionAction


@require_safe
def review_list(request: PortalRequest) -> HttpResponse:
    return _list_page(request, request.GET)


@require_safe
def review_detail(request: PortalRequest, pk: int) -> HttpResponse:
    submission, version = find_for_review(request, pk)
    context = meanwhile(submission, request.GET.get("seen", ""))
    return _review_page(request, submission, version, ReasonForm(), context)


@keeps_posted_form
@require_POST
def submission_step(request: PortalRequest, pk: int, action: SubmissionAction) -> HttpResponse:
    """Take a step that needs no more than a button or words, of the version that the page showed."""
    step = WORKFLOW.step(action)
    submission, version = find_with_version(request, pk)
    form = filled(request, reason_form(step, request.POST))
    marks = MarksForm(request.POST, cells=empty_grid(submission).cells if action == A.SEND_BACK else {})
    seen = seen_version(request)
    try:
        demand_step(request, submission, action)
        demand_unchanged(seen, version)
        if not (form.is_valid() and marks.is_valid()):
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            if not opens_review(request, submission):
                messages.error(request, _("What you have written is too long."))
                return redirect("measures:submission_detail", pk=pk)
            return _review_page(request, submission, version, form, status=status, marks=marks)
        reason = form.cleaned_data.get("reason", "")
        if action == A.SEND_BACK:
            send_back_submission(
                submission_id=pk, actor=signed_in(request), seen=seen, reason=reason, marks=marks.marks
            )
        else:
            take_step(step=step, submission_id=pk, actor=signed_in(request), seen=seen, reason=reason)
    except StepNotPossibleError as error:
        if not opens_review(request, submission):
            return step_not_taken(request, pk, seen, error)
        submission, version = find_for_review(request, pk)
        context = not_taken(submission, seen, error)
        return _review_page(
            request, submission, version, form, context, status=HTTPStatus.CONFLICT, marks=marks
        )
    messages.success(request, str(step.notice))
    is_reviewing = opens_review(request, submission)
    return redirect("measures:review_detail" if is_reviewing else "measures:submission_detail", pk=pk)


def _list_page(
    request: PortalRequest,
    asked: Mapping[str, str],
) -> HttpResponse:
    submissions = for_review(request).focused_on(request.access).with_request()
    form = list_filter(ReviewFilterForm, asked)
    found = listed(submissions, **asdict(form.chosen), groups=form.groups)
    ordered = found.submissions.with_progress().order_by(
        "-round__year", F("umbrella_key").asc(nulls_first=True), "organisation__sort_key"
    )
    page = Paginator(ordered, 2 * PAGE_SIZE).get_page(asked.get("page"))
    # The versions come first: what changes in between makes them old, never newer than what is listed.
    shown = cast("SubmissionQuerySet", page.object_list)
    versions = versions_of(shown.values_list("pk", flat=True))
    own = prepared_by(request.access.user_id, versions)
    actions = {submission.pk: batch_actions(request.access, submission) for submission in page}
    rows = [
        (
            submission,
            bool(actions[submission.pk]) and submission.pk not in own,
            bool(actions[submission.pk]) and submission.pk in own,
            versions.get(submission.pk, ""),
        )
        for submission in page
    ]
    offered = {action for submission, may, *_rest in rows if may for action in actions[submission.pk]}
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "chips": found.chips,
        "bulk_steps": [step for step in WORKFLOW.steps if step.action in offered],
        "waiting_batches": [] if request.access.focus is not None else waiting_batches(request.access),
    }
    return render(request, "measures/review_list.html", context)


def _review_page(  # noqa: PLR0913  # what is shown, and what is said about it
    request: PortalRequest,
    submission: Submission,
    version: SubmissionVersion,
    form: forms.Form,
    more: Mapping[str, Any] = MappingProxyType({}),
    *,
    status: HTTPStatus = HTTPStatus.OK,
    marks: MarksForm | None = None,
) -> HttpResponse:
    stands_on(request, reverse("measures:review_detail", args=[submission.pk]))
    grid = entry_grid(submission)
    send_back = reverse(WORKFLOW.step(A.SEND_BACK).route, args=[submission.pk])
    if marks is None and (fields := kept(request, send_back)):
        marks = MarksForm(fields, cells=grid.cells)
    if marks:
        marks.put_on(grid.cells)
    actions = submission_actions(request.access, submission)
    events = list(submission.events.select_related("actor", "batch__proposed_by"))
    comments = put_comments_on(grid, submission)
    context = {
        "submission": submission,
        "version": version,
        "grid": grid,
        "explanation": explanation_of(events),
        "cells": grid.cells_by_item,
        "changes": changes_since_approval(submission),
        "changes_since_return": changes_since_return(submission, events),
        "request_back": request_back(submission, events),
        "marks": marks_of(submission),
        "may_mark": A.SEND_BACK in actions,
        "comment_count": comments.total(),
        "control_totals": ControlTotal.objects.visible_to(request.access).stated_with(submission),
        "events": events,
        "form": filled(request, form if isinstance(form, ReasonForm) else ReasonForm(), send_back),
        "steps": WORKFLOW.offered(Page.REVIEW, actions),
        "why_others_decide": why_others_decide(request.access, submission, actions),
        **more,
    }
    return render(request, "measures/review_detail.html", context, status=status)
