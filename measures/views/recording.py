"""Recording: the list of submissions, the grid, submitting, and every version of every figure."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures.exceptions import (
    FigureRefusedError,
    RoundClosedError,
    StepNotPossibleError,
    SubmissionBusyError,
    SubmissionChangedMeanwhileError,
    SubmissionHasFindingsError,
    SubmissionNotEditableError,
)
from measures.forms.recording import CorrectionForm, GridForm, SubmissionFilterForm, SubmitForm, WordsForm
from measures.models import Figure, FigureVersion, Submission
from measures.permissions import can, submission_actions, why_read_only
from measures.selectors.changes import authors_of
from measures.selectors.discussion import put_comments_on
from measures.selectors.entry_grid import EntryGrid, empty_grid, entry_grid
from measures.selectors.review_marks import current_marks, marks_of, put_on_cells
from measures.selectors.submission_lists import listed
from measures.selectors.submission_versions import SubmissionVersion, version_of
from measures.services.recording import CellResult, SaveOutcome, save_figures
from measures.services.review import start_correction, submit_submission
from measures.views.submissions import (
    PAGE_SIZE,
    demand,
    demand_step,
    demand_unchanged,
    find_submission,
    find_with_version,
    list_filter,
    meanwhile,
    moved_on,
    not_taken,
    opens_review,
    seen_version,
    signed_in,
)
from measures.workflow import WORKFLOW, Page, SubmissionAction
from partners.middleware import PortalRequest


@require_safe
def submission_list(request: PortalRequest) -> HttpResponse:
    form = list_filter(SubmissionFilterForm, request.GET)
    visible = Submission.objects.visible_to(request.access)
    found = listed(visible, **asdict(form.chosen), groups=form.groups)
    ordered = found.submissions.select_related("round", "organisation").with_progress()
    page = Paginator(ordered, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(submission, can(request.access, SubmissionAction.RECORD, submission)) for submission in page]
    context = {"form": form, "page": page, "rows": rows, "chips": found.chips}
    return render(request, "measures/submission_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def submission_detail(request: PortalRequest, pk: int) -> HttpResponse:
    """Show the grid; posted without JavaScript, store all its cells at once."""
    submission = find_submission(request, pk)
    if request.method != "POST":
        # The version comes first: what changes in between makes it old, never newer than what is shown.
        version, grid = version_of(pk), entry_grid(submission)
        context = _page(request, submission, grid) | _more(submission, grid, version)
        context |= meanwhile(submission, request.GET.get("seen", ""))
        return render(request, "measures/submission_detail.html", context)
    form = GridForm(request.POST, cells=empty_grid(submission).cells)
    form.is_valid()
    stored = _store(request, submission, form)
    if stored.status == HTTPStatus.OK:
        messages.success(request, _("Your values have been saved."))
        return redirect("measures:submission_detail", pk=pk)
    submission, version = find_with_version(request, pk)
    grid = entry_grid(submission)
    _mark_cells(grid, form, stored)
    context = _page(request, submission, grid) | _more(submission, grid, version)
    context |= {
        "notice": stored.notice,
        "is_partly_saved": not stored.notice,
    }
    return render(request, "measures/submission_detail.html", context, status=stored.status)


def step_not_taken(
    request: PortalRequest, pk: int, seen: SubmissionVersion | None, error: Exception
) -> HttpResponse:
    """Show the page once more, for whoever wanted to take a step on it: why not, and what has changed."""
    submission, version = find_with_version(request, pk)
    grid = entry_grid(submission)
    context = _page(request, submission, grid) | _more(submission, grid, version)
    context |= not_taken(submission, seen, error)
    return render(request, "measures/submission_detail.html", context, status=HTTPStatus.CONFLICT)


@require_POST
def submission_cell(request: PortalRequest, pk: int) -> HttpResponse:
    """Store the cells that were left or pasted, and answer with what became of each."""
    submission = find_submission(request, pk)
    form = GridForm(request.POST, cells=empty_grid(submission).cells)
    form.is_valid()
    stored = _store(request, submission, form)
    grid = entry_grid(submission)
    _mark_cells(grid, form, stored)
    sent = {cell.item.pk for cell in form.cells.values()}
    context = _page(request, submission, grid) | {
        "notice": stored.notice,
        "cells": [grid.cells[name] for name in form.cells],
        "neighbours": [cell for cell in grid.cells.values() if cell.item.pk in sent],
        "is_answer": True,
    }
    return render(request, "measures/partials/_cells.html", context, status=stored.status)


@require_http_methods(["GET", "HEAD", "POST"])
def submission_submit(request: PortalRequest, pk: int) -> HttpResponse:
    submission, version = find_with_version(request, pk)
    grid = entry_grid(submission)
    form = SubmitForm(request.POST if request.method == "POST" else None, needs_comment=bool(grid.queries))
    context = {"submission": submission, "version": version, "grid": grid, "form": form}
    template = "measures/submission_submit.html"
    seen = seen_version(request)
    try:
        demand_step(request, submission, SubmissionAction.SUBMIT)
        if request.method != "POST":
            return render(request, template, context)
        demand_unchanged(seen, version)
        if not form.is_valid() or grid.errors:
            return render(request, template, context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        submit_submission(
            submission_id=submission.pk,
            actor=signed_in(request),
            seen=seen,
            comment=form.cleaned_data["comment"],
        )
    except SubmissionChangedMeanwhileError as error:
        context |= not_taken(submission, seen, error)
        return render(request, template, context, status=HTTPStatus.CONFLICT)
    except StepNotPossibleError:
        return moved_on(request, submission)
    except SubmissionHasFindingsError as error:
        messages.error(request, str(error))
        return redirect("measures:submission_submit", pk=pk)
    messages.success(request, _("The submission has been handed over for review."))
    return redirect("measures:submission_detail", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def submission_correct(request: PortalRequest, pk: int) -> HttpResponse:
    """Reopen an approved submission, with a reason."""
    submission, version = find_with_version(request, pk)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    context = {"submission": submission, "version": version, "form": form}
    template = "measures/submission_correct.html"
    seen = seen_version(request)
    try:
        demand_step(request, submission, SubmissionAction.CORRECT)
        if request.method != "POST":
            return render(request, template, context)
        demand_unchanged(seen, version)
        if not form.is_valid():
            return render(request, template, context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        start_correction(
            submission_id=submission.pk,
            actor=signed_in(request),
            seen=seen,
            reason=form.cleaned_data["reason"],
        )
    except SubmissionChangedMeanwhileError as error:
        context |= not_taken(submission, seen, error)
        return render(request, template, context, status=HTTPStatus.CONFLICT)
    except StepNotPossibleError:
        return moved_on(request, submission)
    messages.success(request, _("The submission is a draft again. What was approved stays in force."))
    return redirect("measures:submission_detail", pk=pk)


@require_safe
def submission_history(request: PortalRequest, pk: int) -> HttpResponse:
    submission = find_submission(request, pk)
    versions = (
        FigureVersion.objects.filter(item__submission=submission)
        .select_related(
            "item__indicator",
            "region",
            "occupation",
            "target_group",
            "entered_by",
            "import_run",
            "pgh_context",
        )
        .order_by("-pgh_id")
    )
    page = Paginator(versions, 2 * PAGE_SIZE).get_page(request.GET.get("page"))
    authors = authors_of(page)
    rows = [(version, authors.get(version.pgh_id)) for version in page]
    events = submission.events.select_related("actor", "batch__proposed_by")
    context = {
        "submission": submission,
        "page": page,
        "rows": rows,
        "events": events,
        "marks": marks_of(submission),
    }
    return render(request, "measures/submission_history.html", context)


@require_safe
def submission_breakdown(request: PortalRequest, pk: int) -> HttpResponse:
    """Every stored figure, with those by occupation, and where each came from."""
    submission = find_submission(request, pk)
    figures = (
        Figure.objects.filter(item__submission=submission)
        .select_related("item__indicator", "region", "occupation", "target_group", "import_run")
        .order_by("item__indicator__position", "region", "target_group__position", "occupation")
    )
    page = Paginator(figures, 2 * PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "measures/submission_breakdown.html", {"submission": submission, "page": page})


def _page(request: PortalRequest, submission: Submission, grid: EntryGrid) -> dict[str, Any]:
    actions = submission_actions(request.access, submission)
    marks = current_marks(submission, marks_of(submission)) if submission.is_editable else []
    put_on_cells(grid, marks)
    return {
        "submission": submission,
        "marks": marks,
        "grid": grid,
        "may": {action.value: action in actions for action in SubmissionAction},
        "opens_review": opens_review(request, submission),
        "steps": WORKFLOW.offered(Page.RECORDING, actions),
        "plain_steps": [each for each in WORKFLOW.offered(Page.RECORDING, actions) if not each.has_own_page],
        "why_read_only": why_read_only(request.access, submission),
        "saved_at": max(
            (cell.figure.entered_at for cell in grid.cells.values() if cell.figure), default=None
        ),
    }


def _more(submission: Submission, grid: EntryGrid, version: SubmissionVersion) -> dict[str, Any]:
    """What the page shows around the grid, and an answer to a cell does not."""
    comments = put_comments_on(grid, submission)
    return {"version": version, "form": WordsForm(), "comment_count": comments.total()}


@dataclass(frozen=True)
class Stored:
    """What became of the cells. A notice means that nothing at all was stored, and why."""

    status: HTTPStatus
    results: Sequence[CellResult] = ()
    notice: str = ""


def _store(request: PortalRequest, submission: Submission, form: GridForm) -> Stored:
    """Save what could be read of what was sent."""
    if not demand(request, submission, SubmissionAction.RECORD):
        return Stored(HTTPStatus.CONFLICT, notice=str(why_read_only(request.access, submission)))
    try:
        results = save_figures(
            submission_id=submission.pk,
            cells=form.entries,
            actor=signed_in(request),
            after_closing=request.access.manages_data,
        )
    except (
        SubmissionNotEditableError,
        RoundClosedError,
        FigureRefusedError,
        SubmissionBusyError,
    ) as error:
        return Stored(HTTPStatus.CONFLICT, notice=str(error))
    if any(result.outcome == SaveOutcome.CONFLICT for result in results):
        return Stored(HTTPStatus.CONFLICT, results)
    if form.unreadable or not all(result.is_stored for result in results):
        return Stored(HTTPStatus.UNPROCESSABLE_ENTITY, results)
    return Stored(HTTPStatus.OK, results)


def _mark_cells(grid: EntryGrid, form: GridForm, stored: Stored) -> None:
    """Write to each cell that was sent what became of it, keeping what was typed."""
    marked = set()
    for unreadable in form.unreadable:
        cell = grid.cells[unreadable.cell.name]
        cell.typed, cell.message = unreadable.typed, unreadable.message
        marked.add(cell.name)
    for result in stored.results:
        cell = grid.cells[_name(result)]
        cell.outcome = result.outcome
        marked.add(cell.name)
        if not result.is_stored:
            cell.typed, cell.message = form.data[f"value-{cell.name}"], result.message
    for name in form.cells.keys() - marked:
        cell, typed = grid.cells[name], form.data[f"value-{name}"]
        if typed != cell.text:
            cell.typed, cell.message = typed, _("Not saved.")


def _name(result: CellResult) -> str:
    return f"{result.cell.item_id}-{result.cell.region}-{result.cell.target_group}"
