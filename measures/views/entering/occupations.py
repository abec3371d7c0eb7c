"""An indicator by occupation: search, fill in, save each cell or, without JavaScript, the whole page."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from measures.forms.grid import GridForm
from measures.forms.occupations import OccupationFilterForm
from measures.models import Submission
from measures.permissions import can, why_read_only
from measures.selectors.recording.occupation_lists import OccupationLists, cells_called, codes_at_level
from measures.selectors.recording.occupations import (
    OccupationChoice,
    OccupationSheet,
    find_by_occupation,
    occupation_sheet,
)
from measures.selectors.submission_versions import last_saved_at
from measures.services.occupation_levels import refusals_by_occupation, save_by_occupation
from measures.views.grid.keeping import DISCARD, show_kept
from measures.views.grid.pasting import answer_paste
from measures.views.grid.saving import Stored, mark_cells, store_cells
from measures.views.grid.showing import for_scripts
from measures.views.submissions import find_for_cells, find_submission
from measures.workflow import SubmissionAction
from partners.middleware import PortalRequest
from partners.sign_in import kept_forms
from partners.sign_in.kept_forms import keeps_posted_form


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def submission_occupations(request: PortalRequest, pk: int, item_pk: int) -> HttpResponse:
    """Show the list as chosen in the address; posted without JavaScript, store all the cells it showed."""
    submission, lists = _find(request, pk, item_pk, find_submission)
    form = _filter_form(request, lists)
    if request.method != "POST":
        sheet = occupation_sheet(lists.item, form.chosen, lists=lists)
        return _page(request, submission, sheet, form)
    kept_forms.forget(request)
    if DISCARD in request.POST:
        return redirect(request.get_full_path())
    cells, stored = _store(request, submission, lists, form.chosen)
    if stored.status == HTTPStatus.OK:
        messages.success(request, _("Your values have been saved."))
        return redirect(request.get_full_path())
    sheet = _sheet_of(lists, form.chosen, cells)
    mark_cells(sheet, cells, stored)
    return _page(request, submission, sheet, form, stored)


@require_POST
def submission_occupation_cell(request: PortalRequest, pk: int, item_pk: int) -> HttpResponse:
    """Store the cells that were left or pasted, and answer with what became of each and with the sums."""
    if kept_forms.is_of_somebody_else(request, _address(pk, item_pk)):
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
    submission, lists = _find(request, pk, item_pk)
    chosen = _filter_form(request, lists).chosen
    cells, stored = _store(request, submission, lists, chosen)
    sheet = _sheet_of(lists, chosen, cells)
    mark_cells(sheet, cells, stored)
    context = _shared(request, submission, sheet, saved_at=stored.at) | {
        "notice": stored.notice,
        "cells": [sheet.cells[name] for name in cells.sent],
        "neighbours": [column.total for column in sheet.columns if column.total.name not in cells.sent],
        "is_answer": True,
    }
    return render(request, "measures/recording/_occupation_answer.html", context, status=stored.status)


@require_POST
def submission_occupation_paste(request: PortalRequest, pk: int, item_pk: int) -> HttpResponse:
    """The plan for a block that is pasted among the occupations that the page shows.

    A row that names its occupation goes there whichever page shows it.
    """
    if kept_forms.is_of_somebody_else(request, _address(pk, item_pk)):
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
    submission, lists = _find(request, pk, item_pk)
    chosen = _filter_form(request, lists).chosen
    sheet = occupation_sheet(lists.item, chosen, lists=lists)
    columns = replace(chosen, groups=tuple(column.code for column in sheet.columns))

    def load_beyond(codes: Collection[str]) -> OccupationSheet:
        return occupation_sheet(lists.item, columns, codes=codes, lists=lists)

    return answer_paste(
        request,
        submission,
        lambda: sheet.cells,
        occupations=codes_at_level(sheet.digits),
        find_refusals=refusals_by_occupation,
        load_beyond=load_beyond,
    )


def _address(pk: int, item_pk: int) -> str:
    return reverse("measures:submission_occupations", args=[pk, item_pk])


def _find(
    request: PortalRequest,
    pk: int,
    item_pk: int,
    find: Callable[[PortalRequest, int], Submission] = find_for_cells,
) -> tuple[Submission, OccupationLists]:
    submission = find(request, pk)
    item = find_by_occupation(submission, item_pk)
    if item is None:
        raise Http404
    return submission, OccupationLists(item)


def _filter_form(request: PortalRequest, lists: OccupationLists) -> OccupationFilterForm:
    groups = lists.names.groups
    return OccupationFilterForm(
        request.GET,
        areas=lists.areas,
        regions=[(region.code, region.name) for region in lists.regions],
        digits=lists.digits,
        groups={code: groups[code] for code in groups if code in lists.item.target_groups},
    )


def _store(
    request: PortalRequest, submission: Submission, lists: OccupationLists, chosen: OccupationChoice
) -> tuple[GridForm, Stored]:
    region = lists.region(chosen.region).code
    form = GridForm(request.POST, find_cells=partial(cells_called, lists.item, region))
    form.is_valid()
    return form, store_cells(request, submission, form, save_by_occupation)


def _sheet_of(lists: OccupationLists, chosen: OccupationChoice, sent: GridForm) -> OccupationSheet:
    """The rows and columns that were sent, whatever the address would find by now."""
    cells = sent.sent_cells.values()
    shown = replace(chosen, groups=(*chosen.groups, *(cell.key.target_group for cell in cells)))
    return occupation_sheet(lists.item, shown, codes={cell.occupation for cell in cells}, lists=lists)


def _shared(
    request: PortalRequest,
    submission: Submission,
    sheet: OccupationSheet,
    *,
    saved_at: dt.datetime | None = None,
) -> dict[str, Any]:
    return {
        "submission": submission,
        "item": sheet.item,
        "sheet": sheet,
        "grid": sheet,
        "unsaved": [cell for cell in sheet.cells.values() if cell.typed is not None],
        "may": {"record": can(request.access, SubmissionAction.RECORD, submission)},
        "saved_at": saved_at or last_saved_at(submission),
        "is_answer": False,
        "cell_url": _with_query(request, "measures:submission_occupation_cell", submission, sheet),
    }


def _with_query(request: PortalRequest, name: str, submission: Submission, sheet: OccupationSheet) -> str:
    address = reverse(name, args=[submission.pk, sheet.item.pk])
    query = request.GET.urlencode()
    return f"{address}?{query}" if query else address


def _page(
    request: PortalRequest,
    submission: Submission,
    sheet: OccupationSheet,
    form: OccupationFilterForm,
    stored: Stored | None = None,
) -> HttpResponse:
    is_kept = stored is None and show_kept(request, submission, sheet)
    overview = reverse("measures:submission_detail", args=[submission.pk])
    context = _shared(request, submission, sheet) | {
        "form": form,
        "page": sheet.page,
        "why_read_only": why_read_only(request.access, submission),
        "notice": stored.notice if stored else "",
        "is_partly_saved": stored is not None and not stored.notice,
        "crumbs": [(str(submission), overview)],
        "is_kept": is_kept,
        **for_scripts(
            request,
            address=_address(submission.pk, sheet.item.pk),
            paste_url=_with_query(request, "measures:submission_occupation_paste", submission, sheet),
        ),
    }
    status = stored.status if stored else HTTPStatus.OK
    return render(request, "measures/submission_occupations.html", context, status=status)
