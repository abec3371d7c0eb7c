"""A file handed back with its problems marked, in the reader's language."""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Case, IntegerField, QuerySet, When
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from measures.enums import Severity
from measures.exceptions import MarkingBusyError
from measures.import_workflow import ImportStatus
from measures.importing.marking import losses
from measures.importing.marking.job import NOT_READ, TOO_MANY_ROWS, MarkingResult
from measures.importing.marking.marks import Mark, Order, Wording
from measures.importing.marking.new_workbook import (
    HIDDEN_LEFT_OUT,
    LIST_CUT,
    MOST_LISTED,
    NEW_WORKBOOK,
    write_alone,
)
from measures.importing.process.folders import working_folder
from measures.importing.process.guard import TooCostlyError, run_guarded
from measures.models import ImportProblem, ImportRun
from measures.selectors.imports.messages import problem_text
from measures.selectors.imports.vocabulary import limits
from measures.selectors.visible_imports import VisibleImport

logger = logging.getLogger(__name__)

AUTHOR = "Allianz-Portal"
"""In every language: by it the portal knows its own comments again."""

TOO_COSTLY, IN_PART = "too_costly", "in_part"
UNREAD = (ImportStatus.UPLOADED.value, *ImportStatus.not_taken)

NAMESPACE = 0x4D4152
"""Of the advisory locks on marking; the second key is the person's."""

_MARK_FILE = "measures.importing.marking.job:mark_file"
_LAST_ROW = re.compile(r"(\d+)$")
_PROBLEMS_AT_ONCE = 2000


def can_be_marked(run: ImportRun) -> bool:
    """What was not read has nothing to mark, and what turned out to be infected is not there."""
    return run.status not in UNREAD and bool(run.source_file.content)


@transaction.atomic
def marked_workbook(visible: VisibleImport, *, actor_id: int) -> BinaryIO:
    """The file with its problems marked, open for reading and gone when it is closed.

    Their own workbook if it is an xlsx, else a new one of its cells. The list of problems alone where the
    file is too long or cannot be worked on within the limits, or is not all the reader's to see; the list
    then gives the reason.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [NAMESPACE, actor_id])
        if not cursor.fetchone()[0]:
            raise MarkingBusyError
    problems = _problems(visible)
    total = problems.count()
    wording = _wording(visible.run)
    with working_folder() as folder:
        target = Path(folder) / "marked.xlsx"
        if why := _why_alone(visible, problems, total, wording, target):
            write_alone(target, _marks(visible, problems), wording, total=total, reasons=[why])
        return target.open("rb")


def _why_alone(
    visible: VisibleImport, problems: QuerySet[ImportProblem], total: int, wording: Wording, target: Path
) -> str:
    """Mark the file; if that is out of reach, why."""
    if not visible.is_whole:
        return IN_PART
    run = visible.run
    most = settings.IMPORT_MAX_MARKED_ROWS
    if max(total, _rows_with_values(run)) > most:
        return TOO_MANY_ROWS
    order = Order(list(_marks(visible, problems)), wording, most)
    allowed = replace(limits(), seconds=settings.IMPORT_MAX_MARKING_SECONDS)
    arguments = {
        "path": Path(run.source_file.content.path),
        "name": run.file_name,
        "target": target,
        "order": order,
        "limits": allowed,
    }
    try:
        outcome = run_guarded(_MARK_FILE, arguments, allowed, MarkingResult)
    except TooCostlyError:
        return TOO_COSTLY
    if outcome.trouble:
        logger.warning("The workbook of import %s could not be kept: %s", run.pk, outcome.trouble)
    return outcome.why


def _rows_with_values(run: ImportRun) -> int:
    """At least so many rows the file has: what its tables cover, without opening it."""
    last: dict[str, int] = {}
    for table in run.tables:
        if found := _LAST_ROW.search(table["data_range"]):
            last[table["sheet"]] = max(int(found[1]), last.get(table["sheet"], 0))
    return sum(last.values())


def _problems(visible: VisibleImport) -> QuerySet[ImportProblem]:
    """Errors first, then in the order a reader meets them."""
    rank = Case(
        *(When(severity=severity, then=severity.rank) for severity in Severity),
        output_field=IntegerField(),
    )
    return visible.problems().order_by(rank, "sheet", "row", "column", "pk")


def _marks(visible: VisibleImport, problems: QuerySet[ImportProblem]) -> Iterator[Mark]:
    for problem in problems.iterator(chunk_size=_PROBLEMS_AT_ONCE):
        yield Mark(
            problem.severity,
            problem.sheet,
            problem.cell,
            problem.found,
            problem_text(problem.code, problem.found, visible.message_of(problem)),
            problem.holds,
        )


def _wording(run: ImportRun) -> Wording:
    severities = {value: str(label) for value, label in Severity.choices}
    most = settings.IMPORT_MAX_MARKED_ROWS
    return Wording(
        author=AUTHOR,
        sheet_name=_("Problems found"),
        title=_("Problems found in the file"),
        summary=_("File: {file}, read on {date}").format(
            file=run.file_name,
            date=date_format(timezone.localtime(run.read_at or run.created_at), "SHORT_DATETIME_FORMAT"),
        ),
        what_to_do=_(
            "Correct the marked cells, save this file and upload it. This list is left out when it is read; "
            "the marks go once the cells are right and the file is handed back again."
        ),
        what_to_do_alone=_("Correct the cells in your own file, save it and upload it again."),
        headers=(
            _("Kind"),
            _("Sheet"),
            _("Cell"),
            _("Found"),
            _("What is wrong and what to do"),
            _("Effect"),
        ),
        severities=severities,
        held=_("The value is not applied."),
        not_held=_("Every value can be applied."),
        no_problem=_("No problem was found."),
        not_kept=_("Not kept as they are in your file: {list}. Your own file is unchanged."),
        fewer_comments=_("Only the {count} most serious cells carry a comment; the list is complete."),
        losses={
            losses.CHARTS: _("charts (drawn anew in a simple form)"),
            losses.CONTROLS: _("form controls"),
            losses.MACROS: _("macros"),
            losses.SLICERS: _("slicers and timelines"),
            losses.THREADS: _("threads of comments (kept as simple comments)"),
            losses.EMBEDDED: _("embedded documents"),
            losses.CONNECTIONS: _("data connections"),
            losses.SIGNATURES: _("digital signatures"),
            losses.IMAGES: _("images"),
            losses.PIVOTS: _("pivot tables"),
            losses.SHAPES: _("shapes and text boxes"),
            losses.SPARKLINES: _("sparklines"),
            losses.CONDITIONS: _("some conditional formats"),
            losses.VALIDATIONS: _("some drop-down lists"),
        },
        reasons={
            TOO_MANY_ROWS: _(
                "The file has more than {count} rows or problems, so it is not handed back itself. This is "
                "the list of its problems."
            ).format(count=most),
            TOO_COSTLY: _(
                "Marking the file took too much time or memory and was stopped. This is the list of its "
                "problems."
            ),
            IN_PART: _(
                "The file holds figures of other organisations, too, so it is not handed back itself. This "
                "is the list of the problems with your own."
            ),
            NOT_READ: _("The file could not be opened for marking. This is the list of its problems."),
            NEW_WORKBOOK: _(
                "The other sheets hold the cells of your file in a new workbook: their content, not their "
                "formulas and formats."
            ),
            HIDDEN_LEFT_OUT: _("Hidden sheets are not in it."),
            LIST_CUT: _("Only the first {count} problems are listed.").format(count=MOST_LISTED),
        },
    )
