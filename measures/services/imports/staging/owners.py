"""Whose figures a file holds, as far as it was understood: who may see it follows from that."""

from measures.enums import Verdict
from measures.import_workflow import ImportStatus
from measures.importing.process.transfer import ReadingSummary
from measures.importing.reading.sheet_views import MOST_SHEETS
from measures.models import ImportRun, StagedFigure
from partners.models import Organisation


def note(run: ImportRun, outline: ReadingSummary) -> None:
    """Keep who is named in the file, also in a refused one, and whether all that was found is theirs."""
    named = {*outline.organisations, *(total.organisation for total in outline.control_totals)} - {""}
    found = set(Organisation.objects.filter(code__in=named).values_list("pk", flat=True))
    run.organisations = sorted(found | ({run.supplier_id} if run.supplier_id else set()))
    run.is_attributed = run.status != ImportStatus.REFUSED and _is_all_somebodys(run, outline)


def note_corrected(run: ImportRun, organisation: str) -> None:
    """Keep that a corrected row is of this organisation."""
    corrected = Organisation.objects.filter(code=organisation).values_list("pk", flat=True)
    run.organisations = sorted({*run.organisations, *corrected})


def _is_all_somebodys(run: ImportRun, outline: ReadingSummary) -> bool:
    """Whether no question is open, no sheet or table set aside, and each row has its organisation."""
    if outline.questions or not outline.row_count or len(outline.sheets) >= MOST_SHEETS:
        return False
    if any(sheet.hidden or not all(area.is_read for area in sheet.areas) for sheet in outline.sheets):
        return False
    of_nobody = StagedFigure.objects.filter(import_run=run, verdict=Verdict.HELD, organisation="")
    return not (run.held_count and of_nobody.exists())
