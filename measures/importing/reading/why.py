"""Why a sheet was read as it was: the decisions about its areas, rows, columns and words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from measures.importing.addresses import column_letters
from measures.importing.columns.plan import DIMENSIONS
from measures.importing.decisions import (
    AREA,
    COLUMN,
    ROW,
    WORD,
    Decision,
    Evidence,
    Line,
    RowEvidence,
    Subject,
    evidence,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from measures.importing.columns.plan import Constant, Plan
    from measures.importing.layout.blocks import Block
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.rows.table_rows import TableRows

Reasons = tuple[Evidence, ...]
RowDecision = tuple[int, int, str, Reasons]
"""First and last row, counted from zero, what they were taken for, and why."""

_NO_REASONS = RowEvidence()


def decisions_of_sheet(
    grid: SheetGrid,
    tables: list[tuple[Block, Plan | None, TableRows | None]],
    *,
    is_ignored: bool,
    has_figures: bool,
) -> list[Decision]:
    """``tables``: the blocks of a sheet with what became of them; ``has_figures``: the file has any."""
    if not tables:
        reason = evidence("person_ignores_sheet" if is_ignored else "without_table")
        whole = Subject(grid.sheet.name, 1, len(grid.rows))
        return [Decision(whole, ROW, "ignored" if is_ignored else "note", (reason,))] if grid.rows else []
    found: list[Decision] = []
    for block, plan, rows in tables:
        found.append(_area(grid, block, plan, rows, has_figures=has_figures))
        found += _rows(grid, block, plan, rows)
        if plan is not None:
            found += decisions_of_columns(plan)
            found += _words(plan)
    found += _outside(grid, [block for block, _, _ in tables], found)
    return found


def decisions_of_own_table(plan: Plan, rows: TableRows) -> list[Decision]:
    """The portal's own workbook is known by its technical row; nothing around it counts."""
    table, block = plan.table, plan.block
    reason = evidence("technical_row", row=block.header[0] + 1)
    first, last = table.columns[0].letter, table.columns[-1].letter
    top, bottom = block.header[0] + 1, (block.data or block.header)[-1] + 1
    area = Subject(table.sheet, top, bottom, first, last)
    by_name = evidence("technical_name")
    plan.column_reasons = {column.index: [by_name] for column in table.columns}
    return [
        Decision(area, AREA, "table", (reason,)),
        *_in_order(table.sheet, _data(block, plan, rows)),
        *decisions_of_columns(plan),
    ]


def _area(
    grid: SheetGrid, block: Block, plan: Plan | None, rows: TableRows | None, *, has_figures: bool
) -> Decision:
    heading = evidence("heading_over_figures", count=len(block.data), row=block.header[-1] + 1)
    reasons = [*block.evidence, heading]
    if plan is None:
        reasons.append(evidence("no_column_of_values"))
        first, last = column_letters(block.left), column_letters(max(block.right - 1, block.left))
    else:
        first, last = plan.table.columns[0].letter, plan.table.columns[-1].letter
        if plan.is_foreign and has_figures:
            reasons.append(evidence("names_nothing_known"))
        elif plan.questions:
            reasons.append(evidence("question_open"))
        elif not plan.values:
            reasons.append(evidence("no_column_of_values"))
    area = Subject(grid.sheet.name, block.header[0] + 1, block.data[-1] + 1, first, last)
    is_read = rows is not None or (plan is not None and bool(plan.questions))
    return Decision(area, AREA, "table" if is_read else "ignored", tuple(reasons))


def _rows(grid: SheetGrid, block: Block, plan: Plan | None, rows: TableRows | None) -> Iterator[Decision]:
    header, above = set(block.header), (evidence("above_heading", row=block.header[0] + 1),)
    below = (evidence("below_figures", row=block.data[-1] + 1),)
    by_person, reasons = (evidence("person_chose_row"),), block.reasons.by_row
    entries: list[RowDecision] = []
    window = grid.window(block.left, block.right)
    entries += [(row, row, "title", above) for row in _filled(window, block.title_rows)]
    entries += [(row, row, "header", reasons.get(row, by_person)) for row in block.header]
    entries += [(row, row, "section", reasons[row]) for row, _ in block.sections if row in reasons]
    entries += [(row, row, "note", reasons.get(row, below)) for row in block.note_rows]
    known = header | set(block.title_rows) | set(block.note_rows) | {row for row, _ in block.sections}
    entries += [
        (row, row, "ignored", found)
        for row, found in reasons.items()
        if row not in known and not _holds(block.data, row)
    ]
    if elsewhere := [row for row in block.reasons.left_out if not _holds(block.data, row)]:
        reason = evidence("further_rows", count=len(elsewhere))
        entries.append((min(elsewhere), max(elsewhere), "section", (reason,)))
    entries += _data(block, plan, rows)
    return _in_order(grid.sheet.name, entries)


def _filled(grid: SheetGrid, rows: Iterable[int]) -> Iterator[int]:
    return (row for row in rows if next(grid.filled(row), None) is not None)


def _holds(rows: list[int], row: int) -> bool:
    place = bisect_left(rows, row)
    return place < len(rows) and rows[place] == row


def _data(block: Block, plan: Plan | None, rows: TableRows | None) -> list[RowDecision]:
    """The rows of data one by one where there is something to say of them, the others in runs."""
    layout, read = block.reasons, rows.reasons if rows else _NO_REASONS
    left_out = [row for row in (*layout.left_out, *read.left_out) if _holds(block.data, row)]
    end = min(left_out, default=block.data[-1] + 1 if block.data else 0)
    known = {row for row in (*layout.by_row, *read.by_row, *block.overrides) if row < end}
    own = {row for row in known if _holds(block.data, row)}
    plain = (_reason_of_plain(plan, rows),)
    breaks = sorted(known | {row for row, _ in block.sections if row < end})
    entries: list[RowDecision] = []
    for before, after in zip([-1, *breaks], [*breaks, end], strict=True):
        first, last = bisect_right(block.data, before), bisect_left(block.data, after) - 1
        if first <= last:
            entries.append((block.data[first], block.data[last], "data", plain))
    totals = rows.totals_by_row | rows.subtotal_rows if rows else frozenset()
    for row in own:
        kind = "total" if row in totals or block.overrides.get(row) == "total" else "data"
        found = (*layout.by_row.get(row, ()), *read.by_row.get(row, ()))
        entries.append((row, row, kind, found or (evidence("person_chose_row"),)))
    if left_out:
        reason = evidence("further_rows", count=len(set(left_out)))
        entries.append((end, block.data[-1], "data", (reason,)))
    return entries


def _reason_of_plain(plan: Plan | None, rows: TableRows | None) -> Evidence:
    if plan is None or rows is None:
        return evidence("not_yet_read")
    kinds = ", ".join(role for role in DIMENSIONS if role in plan.roles)
    columns = ", ".join(column_letters(value.index) for value in plan.values)
    if not kinds:
        return evidence("values_alone", columns=columns)
    return evidence("labels_and_values", kinds=kinds, columns=columns)


def _in_order(sheet: str, entries: list[RowDecision]) -> Iterator[Decision]:
    """One decision for rows that follow each other and are alike."""
    in_order = sorted(entries, key=itemgetter(0, 1))
    for (kind, reasons), alike in groupby(in_order, key=itemgetter(2, 3)):
        rows = list(alike)
        yield Decision(Subject(sheet, rows[0][0] + 1, rows[-1][1] + 1), ROW, kind, reasons)


def decisions_of_columns(plan: Plan) -> Iterator[Decision]:
    table = plan.table
    last = (plan.block.data or plan.block.header)[-1] + 1
    for column in table.columns:
        subject = Subject(
            table.sheet, plan.block.header[0] + 1, last, column.letter, column.letter, column.header
        )
        reasons = tuple(plan.column_reasons.get(column.index, ()))
        meaning = tuple(column.meaning.items()) if column.role == "value" else ()
        yield Decision(subject, COLUMN, column.role, reasons, meaning)


def _words(plan: Plan) -> Iterator[Decision]:
    """What holds for the whole table, with the words that say so and where they stand."""
    for kind, constant in plan.found_constants.items():
        if constant.source:
            yield _word(plan, kind, constant)
    yield from plan.words


def _word(plan: Plan, kind: str, constant: Constant) -> Decision:
    line = constant.line
    subject = line.subject if isinstance(line, Line) else Subject(plan.table.sheet, text=line)
    code = constant.code or plan.constants.get(kind, "")
    return Decision(subject, WORD, kind, (evidence(constant.source),), ((kind, code),) if code else ())


def _outside(grid: SheetGrid, blocks: list[Block], found: list[Decision]) -> Iterator[Decision]:
    """Rows that hold something and belong to no table of the sheet."""
    known = {
        row
        for decision in found
        if decision.kind == ROW
        for row in range(decision.subject.first_row - 1, decision.subject.last_row)
    }
    rest = [row for row in range(len(grid.rows)) if row not in known and _is_beside(grid, blocks, row)]
    reason = (evidence("outside_tables"),)
    return _in_order(grid.sheet.name, [(row, row, "note", reason) for row in rest])


def _is_beside(grid: SheetGrid, blocks: list[Block], row: int) -> bool:
    """Whether some cell of the row lies in none of the tables."""
    columns = {column for column, _ in grid.filled(row)}
    for block in blocks:
        if columns and block.header[0] <= row <= block.data[-1]:
            columns.difference_update(range(block.left, block.right))
    return bool(columns)
