"""What the top or the foot of a sheet restricts, it restricts in each table of the sheet.

A table knows the lines around it. Above a gap at the top of the sheet, and below its last table, a line is of
all tables: what is asked about beside one of them is asked about the others, too.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from measures.importing.addresses import address, place_of
from measures.importing.columns.around.surroundings import LEAVE_OUT, NO_EFFECT, WORDING
from measures.importing.decisions import Line
from measures.importing.problems import Question
from measures.importing.text import wording
from measures.importing.text.folding import fold
from measures.importing.text.periods import YEAR
from measures.importing.vocabulary import TOTAL, TableAnswers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from measures.importing.columns.plan import Plan
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.vocabulary import Answers

_NARROWING = {wording.NARROWING, wording.UNKNOWN, wording.TARGET_GROUP, wording.FACTOR}


def share_doubts(plans: list[tuple[int, Plan]], grids: list[SheetGrid], answers: Answers) -> None:
    """Ask each table of a sheet about the lines of the whole sheet that one of them asks about."""
    by_sheet: dict[int, list[Plan]] = defaultdict(list)
    for number, plan in plans:
        by_sheet[number].append(plan)
    for number, together in by_sheet.items():
        if len(together) > 1:
            for doubt in list(_doubts_of_sheet(together, grids[number])):
                for plan in together:
                    _ask(plan, doubt, answers.tables.get(plan.table.fingerprint, TableAnswers()))


def _doubts_of_sheet(plans: list[Plan], grid: SheetGrid) -> Iterator[Question]:
    """What is asked about lines that stand apart above all tables, or below all of them."""
    first = min(plan.block.header[0] for plan in plans)
    last = max(plan.block.data[-1] for plan in plans)
    gap = next((row for row in range(first - 1, -1, -1) if not any(grid.filled(row))), -1)
    for plan in plans:
        for doubt in plan.doubts:
            row, _ = place_of(doubt.cell)
            if (row < gap or row > last) and _may_narrow(doubt.found, grid):
                yield doubt
        line = _line_of_group(plan)
        if line is not None and line.row < gap:
            cell = address(line.row, line.first_column)
            yield Question(WORDING, grid.sheet.name, cell, str(line), plan.table.fingerprint)


def _line_of_group(plan: Plan) -> Line | None:
    """The title that says which group all figures of a table are of, if one does."""
    group = plan.found_constants.get("target_group")
    if group is None or group.code == TOTAL:
        return None
    return next((each for each in plan.block.titles if isinstance(each, Line) and each == group.line), None)


def _may_narrow(text: str, grid: SheetGrid) -> bool:
    """Whether words say more than which indicator, whose or of which year the figures are."""
    parts = wording.parts_of(text, grid.names)
    return any(part.kind in _NARROWING or (part.period and part.period.form != YEAR) for part in parts)


def _ask(plan: Plan, doubt: Question, given: TableAnswers) -> None:
    known = [(each.code, each.found) for each in plan.doubts]
    if plan.is_foreign or (doubt.code, doubt.found) in known or doubt.found == _line_of_group(plan):
        return
    words = {fold(text) or text: answer for text, answer in given.wording.items()}
    answer = words.get(fold(doubt.found) or doubt.found, "")
    if answer == LEAVE_OUT:
        plan.leave_out()
    elif answer != NO_EFFECT:
        plan.doubts.append(doubt)
        plan.questions.append(doubt._replace(table=plan.table.fingerprint))
