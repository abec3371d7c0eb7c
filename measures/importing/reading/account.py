"""What became of every cell that holds something in a table that is read; the counts add up to the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from measures.importing.addresses import column_number
from measures.importing.results import CellAccount

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measures.importing.columns.plan import Plan
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.rows.table_rows import TableRows

COLUMN_NOT_READ, QUESTION_OPEN, REPEATED = "column_not_read", "question_open", "repeated"
ROW_NOT_READ, NO_FIGURE = "row_not_read", "no_figure"
"""Why a cell was not read."""


def account_of(grid: SheetGrid, plan: Plan, rows: TableRows | None, repeated: int = 0) -> CellAccount:
    """``rows`` None: a question about the whole table is open. ``repeated``: figures given before, alike."""
    block, columns = plan.block, [column_number(column.letter) for column in plan.table.columns]
    window = range(min(columns), max(columns) + 1)
    inside = range(block.header[0], block.data[-1] + 1)
    data, heads = set(block.data), {*block.header, *(row for row, _ in block.sections)}
    labels = set(plan.roles.values())
    asked = {question.column for question in (*plan.questions, *(rows.questions if rows else ()))} - {-1}
    read = {value.index for value in plan.values if value.offset not in asked} - labels if rows else set()
    waiting = {columns[place] for place in asked if place < len(columns)} if rows else set(window)
    account = CellAccount(
        cells=_count(grid, inside, window),
        headings=_count(grid, (row for row in inside if row in heads and row not in data), window),
        labels=_count(grid, block.data, labels),
    )
    in_data, values = _count(grid, block.data, window), _count(grid, block.data, read)
    open_cells = _count(grid, block.data, waiting - labels - read)
    rest = values
    if rows is not None:
        account.held = sum(row.held for row in rows.rows)
        account.figures = len(rows.rows) - account.held
        rest -= len(rows.rows)
        totals = len({total.cell for total in rows.control_totals}) + _count(grid, rows.subtotal_rows, read)
        account.totals = min(rest, totals)
        rest -= account.totals
    reasons = {
        REPEATED: min(rest, repeated),
        NO_FIGURE: rest - min(rest, repeated),
        QUESTION_OPEN: open_cells,
        COLUMN_NOT_READ: in_data - account.labels - values - open_cells,
        ROW_NOT_READ: account.cells - account.headings - in_data,
    }
    account.not_read = {reason: count for reason, count in reasons.items() if count}
    return account


def _count(grid: SheetGrid, rows: Iterable[int], columns: Iterable[int]) -> int:
    """Cells that hold something, errors and empty formulas included."""
    wanted, states = list(columns), grid.sheet.states
    count = 0
    for row in rows:
        line = grid.rows[row]
        for column in wanted:
            value = line[column]
            if value == "" or (value.__class__ is str and not value.strip()):
                count += (row, column) in states if states else 0
            else:
                count += 1
    return count
