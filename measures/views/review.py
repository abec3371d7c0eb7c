"""Review: what has been handed over, one submission at a time or several at once."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from measures.exceptions import StepNotPossibleError
from measures.forms.recording import ReasonForm, ReviewFilterForm, SubmissionSelectionForm
from measures.models import ControlTotal, Submission
from measures.permissions import prepared_by, submission_actions, why_others_decide
from measures.querysets import SubmissionQuerySet
from measures.selectors.changes import changes_since_approval
from measures.selectors.entry_grid import entry_grid
from measures.selectors.submission_lists import listed
from measures.selectors.submission_versions import SubmissionVersion, versions_of
from measures.services.review import approve_submissions, take_step
from measures.views.submissions import (
    PAGE_SIZE,
    demand_step,
    demand_unchanged,
    find_with_version,
    list_filter,
    meanwhile,
    not_taken,
    seen_version,
    signed_in,
)
from measures.workflow import WORKFLOW, Page, SubmissionAction
from partners.middleware import PortalRequest


@require_safe
def review_list(request: PortalRequest) -> HttpResponse:
    return _list_page(request, request.GET)


@require_POST
def review_approve_selected(request: PortalRequest) -> HttpResponse:
    """Approve what is ticked; what is not as the list showed it is left alone and listed."""
    if not request.access.reviews:
        raise PermissionDenied
    visible = _for_review(request).order_by()
    ticked = request.POST.getlist("submissions")
    form = SubmissionSelectionForm(request.POST, choices=list(visible.values_list("pk", flat=True)))
    if not ticked:
        messages.error(request, _("Nothing is ticked. Tick the submissions you want to approve."))
        return _back_to_list(request)
    chosen = form.cleaned_data["submissions"] if form.is_valid() else []
    seen = {pk: seen_version(request, f"seen-{pk}") for pk in chosen}
    steps = approve_submissions(seen=seen, actor=signed_in(request))
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
    if steps.own:
        messages.warning(
            request,
            ngettext(
                "%(count)s submission has to be approved by somebody else: you prepared some of it.",
                "%(count)s submissions have to be approved by somebody else: you prepared some of them.",
                len(steps.own),
            )
            % {"count": len(steps.own)},
        )
    left = len(ticked) - len(steps.done) - len(steps.own)
    if not left:
        return _back_to_list(request)
    messages.warning(
        request,
        ngettext(
            "%(count)s submission has moved on in the meantime and was left alone.",
            "%(count)s submissions have moved on in the meantime and were left alone.",
            left,
        )
        % {"count": left},
    )
    alone = [(submission, seen[submission.pk]) for submission in (*steps.moved_on, *steps.changed)]
    return _list_page(request, request.GET, left_alone=alone, status=HTTPStatus.CONFLICT)


def _back_to_list(request: PortalRequest) -> HttpResponse:
    """The list with the choice it had."""
    chosen = request.GET.urlencode()
    return redirect(f"{reverse('measures:review_list')}{'?' if chosen else ''}{chosen}")


@require_safe
def review_detail(request: PortalRequest, pk: int) -> HttpResponse:
    submission, version = _find(request, pk)
    context = meanwhile(submission, request.GET.get("seen", ""))
    return _review_page(request, submission, version, ReasonForm(), context)


@require_POST
def submission_step(request: PortalRequest, pk: int, action: SubmissionAction) -> HttpResponse:
    """Take a step that needs no more than a button or a reason, of the version that the page showed."""
    step = WORKFLOW.step(action)
    submission, version = find_with_version(request, pk)
    form = ReasonForm(request.POST) if step.needs_reason else ReasonForm()
    seen = seen_version(request)
    try:
        demand_step(request, submission, action)
        demand_unchanged(seen, version)
        if step.needs_reason and not form.is_valid():
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            return _review_page(request, submission, version, form, status=status)
        reason = form.cleaned_data["reason"] if step.needs_reason else ""
        take_step(step=step, submission_id=pk, actor=signed_in(request), seen=seen, reason=reason)
    except StepNotPossibleError as error:
        submission, version = _find(request, pk)
        context = not_taken(submission, seen, error)
        return _review_page(request, submission, version, form, context, status=HTTPStatus.CONFLICT)
    messages.success(request, str(step.notice))
    return redirect("measures:review_detail", pk=pk)


def _list_page(
    request: PortalRequest,
    asked: Mapping[str, str],
    *,
    left_alone: Sequence[tuple[Submission, SubmissionVersion | None]] = (),
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    submissions = _for_review(request)
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
    rows = [
        (
            submission,
            SubmissionAction.APPROVE in submission_actions(request.access, submission, known_prepared=own),
            submission.pk in own,
            versions.get(submission.pk, ""),
        )
        for submission in page
    ]
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "chips": found.chips,
        "can_approve_some": any(may_approve for _submission, may_approve, _is_own, _version in rows),
        "left_alone": left_alone,
    }
    return render(request, "measures/review_list.html", context, status=status)


def _for_review(request: PortalRequest) -> SubmissionQuerySet:
    """What this person reviews or oversees: everything, or the members of their umbrella."""
    access = request.access
    if not (access.reads_all or access.coordinates):
        raise PermissionDenied
    submissions = Submission.objects.visible_to(access)
    if not access.reads_all:
        submissions = submissions.filter(organisation__in=access.coordinates)
    return submissions.select_related("round", "organisation", "submitted_by").with_umbrella()


def _find(request: PortalRequest, pk: int) -> tuple[Submission, SubmissionVersion]:
    """Find a submission for review; whoever only records for it works with the recording page."""
    submission, version = find_with_version(request, pk)
    access = request.access
    if not (access.reads_all or submission.organisation_id in access.coordinates):
        raise PermissionDenied
    return submission, version


def _review_page(  # noqa: PLR0913  # what is shown, and what is said about it
    request: PortalRequest,
    submission: Submission,
    version: SubmissionVersion,
    form: ReasonForm,
    more: Mapping[str, Any] = MappingProxyType({}),
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
        "version": version,
        "grid": grid,
        "explanation": explanations[-1] if explanations else "",
        "cells": grid.cells_by_item,
        "changes": changes_since_approval(submission),
        "control_totals": control_totals,
        "events": events,
        "form": form,
        "steps": WORKFLOW.offered(Page.REVIEW, actions),
        "why_others_decide": why_others_decide(request.access, submission, actions),
        **more,
    }
    return render(request, "measures/review_detail.html", context, status=status)
