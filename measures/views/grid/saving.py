"""Storing what was typed into cells, and the answer to those that were left, pasted or undone."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from measures.exceptions import (
    FigureRefusedError,
    RoundClosedError,
    SubmissionBusyError,
    SubmissionNotEditableError,
)
from measures.forms.grid import GridForm, Unreadable, among
from measures.models import Submission
from measures.permissions import why_read_only
from measures.selectors.changes import who_cleared
from measures.selectors.entry_grid import EntryGrid, GridLayout
from measures.selectors.recording.cells import CellChoice, EntryCell
from measures.selectors.recording.occupations import OccupationSheet
from measures.services.recording import CellResult, FigureChangedMeanwhileError, SaveOutcome, save_figures
from measures.typed_values import Entry, written_plainly
from measures.views.grid.showing import around_cells
from measures.views.submissions import demand, find_for_cells, signed_in
from measures.workflow import SubmissionAction
from partners.middleware import PortalRequest
from partners.sign_in import kept_forms

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Stored:
    """What became of the cells. A notice means that nothing at all was stored, and why."""

    status: HTTPStatus
    results: Sequence[CellResult] = ()
    notice: str = ""

    @property
    def at(self) -> dt.datetime | None:
        """When something was changed, if anything was."""
        return next((each.at for each in self.results if each.at), None)


@require_POST
def submission_cell(request: PortalRequest, pk: int) -> HttpResponse:
    """Store the cells that were left, pasted or undone, and answer with what became of each."""
    if kept_forms.is_of_somebody_else(request, reverse("measures:submission_detail", args=[pk])):
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
    submission = find_for_cells(request, pk)
    layout = GridLayout(submission)
    form = GridForm(request.POST, find_cells=among(layout.empty().cells))
    form.is_valid()
    stored = store_cells(request, submission, form)
    grid = layout.filled()
    mark_cells(grid, form, stored)
    items = {cell.item.pk for cell in form.sent_cells.values()}
    context = around_cells(request, submission, grid, saved_at=stored.at) | {
        "notice": stored.notice,
        "cells": [grid.cells[name] for name in form.sent],
        "neighbours": [cell for cell in grid.cells.values() if cell.item.pk in items],
        "sums": grid.sums_of(items),
        "groups": grid.groups_of(items),
        "is_answer": True,
    }
    return render(request, "measures/partials/_cells.html", context, status=stored.status)


def store_cells(
    request: PortalRequest,
    submission: Submission,
    form: GridForm,
    save: Callable[..., list[CellResult]] = save_figures,
) -> Stored:
    """Save what could be read of what was sent."""
    if not demand(request, submission, SubmissionAction.RECORD):
        return Stored(HTTPStatus.CONFLICT, notice=str(why_read_only(request.access, submission)))
    try:
        results = save(
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


def mark_cells(grid: EntryGrid | OccupationSheet, form: GridForm, stored: Stored) -> None:
    """Write to each cell that was sent what became of it, keeping what was typed."""
    marked = set()
    for unreadable in form.unreadable:
        mark_unreadable(grid.cells[unreadable.cell.name], unreadable)
        marked.add(unreadable.cell.name)
    for result in stored.results:
        cell = grid.cells[result.cell.name]
        cell.outcome = result.outcome
        marked.add(cell.name)
        if result.outcome == SaveOutcome.CONFLICT:
            mark_conflict(cell, result.cell.entry)
        elif not result.is_stored:
            cell.typed, cell.message = _typed(form, cell, result.cell.entry), result.message
    for name in form.sent.keys() - marked:
        mark_unsaved(grid.cells[name], form, _("Not saved."))
    _name_who_cleared(grid)


def mark_unreadable(cell: EntryCell, unreadable: Unreadable) -> None:
    cell.typed, cell.message = unreadable.typed, unreadable.message
    cell.choices = [
        CellChoice(reading.token, f"{unreadable.typed} = {written_plainly(reading.value)}")
        for reading in unreadable.readings
        if reading.value is not None
    ]


def mark_conflict(cell: EntryCell, wanted: Entry) -> None:
    """Somebody else was faster: both contents are shown, to choose from."""
    cell.outcome = SaveOutcome.CONFLICT
    cell.typed, cell.message = wanted.text, FigureChangedMeanwhileError.message
    cell.choices = [
        CellChoice(wanted.token, _("Save mine")),
        CellChoice(cell.entry.token, _("Keep what is stored")),
    ]


def mark_unsaved(cell: EntryCell, form: GridForm, message: "StrOrPromise") -> None:
    """Keep in the cell what was sent, unless that stands there anyway."""
    entries = {each.name: each.entry for each in form.entries}
    typed = _typed(form, cell, entries[cell.name])
    if typed != cell.text:
        cell.typed, cell.message = typed, message


def _typed(form: GridForm, cell: EntryCell, entry: Entry) -> str:
    sent = form.sent[cell.name]
    return entry.text if sent.token is not None else sent.typed


def _name_who_cleared(grid: EntryGrid | OccupationSheet) -> None:
    conflicts = (cell for cell in grid.cells.values() if cell.outcome == SaveOutcome.CONFLICT)
    emptied = {
        (cell.item.pk, cell.key.region, cell.occupation, cell.key.target_group): cell
        for cell in conflicts
        if cell.figure is None
    }
    for key, (person, at) in who_cleared(emptied).items():
        emptied[key].cleared_by, emptied[key].cleared_at = person, at
