"""A block from a spreadsheet: where each of its values would go. Nothing is stored here."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from measures.forms.pasting import PasteForm
from measures.importing.text.names import NameIndex
from measures.models import Submission
from measures.permissions import why_read_only
from measures.selectors.entry_grid import entry_grid
from measures.selectors.imports.vocabulary import vocabulary_of_grid
from measures.selectors.recording.cells import EntryCell
from measures.selectors.recording.occupations import OccupationSheet
from measures.services.recording import CellEntry, FigureKey, refusals_of
from measures.views.submissions import demand, find_for_cells
from measures.workflow import SubmissionAction
from partners.middleware import PortalRequest
from partners.sign_in import kept_forms

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PLAN_PAGE = "measures/partials/_paste_plan.html"
MOST_LISTED = 200


@require_POST
def submission_paste(request: PortalRequest, pk: int) -> HttpResponse:
    """Answer with the plan for a pasted block; the page sends the values of it like any others."""
    if kept_forms.is_of_somebody_else(request, reverse("measures:submission_detail", args=[pk])):
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
    submission = find_for_cells(request, pk)
    return answer_paste(request, submission, lambda: entry_grid(submission).cells)


def answer_paste(  # noqa: PLR0913  # the parts of a page
    request: PortalRequest,
    submission: Submission,
    load_cells: Callable[[], Mapping[str, EntryCell]],
    *,
    occupations: Collection[str] = (),
    find_refusals: "Callable[[Submission, Sequence[CellEntry]], dict[FigureKey, StrOrPromise]]" = refusals_of,
    load_beyond: Callable[[Collection[str]], OccupationSheet] | None = None,
) -> HttpResponse:
    """The plan for a block that is pasted among these cells, or why there is none.

    ``occupations``: those that its headings can name; ``load_beyond``: those of them that other pages show.
    """
    if not demand(request, submission, SubmissionAction.RECORD):
        refused = {"errors": [why_read_only(request.access, submission)]}
        return render(request, PLAN_PAGE, refused, status=HTTPStatus.CONFLICT)
    form = PasteForm(request.POST)
    if not form.is_valid():
        errors = [str(error) for each in form.errors.values() for error in each]
        return render(request, PLAN_PAGE, {"errors": errors}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    cells = load_cells()
    indicators = {cell.item.indicator_id for cell in cells.values()}
    names = NameIndex(vocabulary_of_grid(indicators, occupations))
    headings = form.headings(names)
    shown = {cell.occupation for cell in cells.values()}
    named = headings.occupations - shown
    beyond = load_beyond(named) if load_beyond and named else None
    plan = form.plan({**cells, **(beyond.cells if beyond else {})}, headings, submission.round.year)
    plan = plan.judged(find_refusals(submission, [value.as_cell_entry for value in plan.ready]))
    context = {
        "plan": plan,
        "sent": json.dumps(plan.sent),
        "most_listed": MOST_LISTED,
        "beyond": beyond,
        "submission": submission,
        "may": {"record": True},
    }
    return render(request, PLAN_PAGE, context)
