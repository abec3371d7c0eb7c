"""What was typed when the session had ended: shown again in its cells, for its sender to save."""

from django.utils.translation import gettext as _

from measures.forms.grid import GridForm, among
from measures.models import Submission
from measures.permissions import can
from measures.selectors.entry_grid import EntryGrid
from measures.selectors.recording.occupations import OccupationSheet
from measures.views.grid.saving import mark_conflict, mark_unreadable, mark_unsaved
from measures.workflow import SubmissionAction
from partners.middleware import PortalRequest
from partners.sign_in import kept_forms

DISCARD = "discard"
"""The field by which somebody lets go of what was kept."""


def show_kept(request: PortalRequest, submission: Submission, grid: EntryGrid | OccupationSheet) -> bool:
    """Put what was kept into its cells. Where the stored value is another one now, both are shown."""
    fields = kept_forms.kept(request)
    if not fields or not can(request.access, SubmissionAction.RECORD, submission):
        return False
    form = GridForm(fields, find_cells=among(grid.cells))
    form.is_valid()
    for unreadable in form.unreadable:
        mark_unreadable(unreadable.cell, unreadable)
    for entry in form.entries:
        cell = grid.cells[entry.name]
        if entry.entry in (entry.seen, cell.entry):
            continue
        if entry.seen == cell.entry:
            mark_unsaved(cell, form, _("Not saved yet."))
        else:
            mark_conflict(cell, entry.entry)
    return any(cell.typed is not None for cell in grid.cells.values())
