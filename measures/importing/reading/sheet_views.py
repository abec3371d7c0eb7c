"""A sheet as the reader understood it: an excerpt of its rows, what each holds, and where the tables are."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from string import ascii_uppercase
from typing import TYPE_CHECKING

from measures.importing.addresses import column_letters, column_number
from measures.importing.formats.workbook import hidden_parts
from measures.importing.layout.fingerprints import cells_shown, shown_part
from measures.importing.layout.grid import DERIVED, FACTORS, UNITS, CellKind
from measures.importing.results import AreaView, RowView, SheetView
from measures.importing.text.folding import fold

if TYPE_CHECKING:
    from measures.importing.columns.plan import Plan
    from measures.importing.layout.blocks import Block
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.rows.table_rows import TableRows

_FROM_TOP = 40
_LABELS = ("organisation", "region", "occupation", "occupation_label")
_AROUND = 3
MOST_SHEETS, MOST_ROWS = 20, 80


@dataclass(slots=True)
class Understood:
    """A block with what became of it: its table's fingerprint and columns, and the rows that state totals."""

    block: Block
    fingerprint: str = ""
    first_column: int = 0
    last_column: int = 0
    is_read: bool = False
    label_columns: tuple[int, ...] = ()
    total_rows: frozenset[int] = frozenset()


def understood_block(grid: SheetGrid, block: Block, plan: Plan | None, rows: TableRows | None) -> Understood:
    """``plan`` None: nothing in the block is a value; ``rows`` None: it was not read, or not yet."""
    if plan is None:
        window = grid.window(block.left, block.right)
        rows_seen = (*block.header, block.data[0], block.data[-1])
        columns = [column for row in rows_seen for column, _ in window.filled(row)]
        return Understood(block, "", min(columns, default=block.left), max(columns, default=block.left))
    table = plan.table
    totals = rows.control_totals if rows else []
    return Understood(
        block,
        table.fingerprint,
        column_number(table.columns[0].letter),
        column_number(table.columns[-1].letter),
        bool(plan.values),
        tuple(plan.roles[role] for role in _LABELS if role in plan.roles),
        frozenset(int(total.cell.lstrip(ascii_uppercase)) - 1 for total in totals)
        | (rows.subtotal_rows if rows else frozenset()),
    )


def sheet_view(grid: SheetGrid, fingerprint: str, understood: list[Understood]) -> SheetView:
    hidden_rows, hidden_columns = hidden_parts(grid.sheet)
    return SheetView(
        name=grid.sheet.name,
        fingerprint=fingerprint,
        row_count=len(grid.rows),
        column_count=grid.width,
        rows=[
            RowView(row + 1, _kind(grid, row, understood), cells_shown(grid, row))
            for row in _excerpt(grid, understood)
        ],
        hidden_rows=hidden_rows,
        hidden_columns=hidden_columns,
        areas=[_area(each) for each in understood],
    )


def _area(each: Understood) -> AreaView:
    block = each.block
    return AreaView(
        each.fingerprint,
        block.header[0] + 1,
        block.header[-1] + 1,
        block.data[0] + 1,
        block.data[-1] + 1,
        column_letters(each.first_column),
        column_letters(each.last_column),
        each.is_read,
    )


def _excerpt(grid: SheetGrid, understood: list[Understood]) -> list[int]:
    height = len(grid.rows)
    rows = set(range(min(_FROM_TOP, height)))
    for each in understood:
        head, end = each.block.header, each.block.data[-1]
        around = (
            *range(head[0] - _AROUND, head[-1] + 1 + _AROUND),
            *range(end + 1 - _AROUND, end + 1 + _AROUND),
        )
        if len(rows) + len(around) > MOST_ROWS:
            break
        rows.update(row for row in around if 0 <= row < height)
    return sorted(rows)


def _kind(grid: SheetGrid, row: int, understood: list[Understood]) -> str:
    if next(grid.filled(row), None) is None:
        return "blank"
    kinds = [kind for each in understood if (kind := _kind_within(grid, row, each))]
    if kinds:
        return kinds[0]
    return "title" if understood and row < understood[0].block.header[0] else "note"


def _kind_within(grid: SheetGrid, row: int, each: Understood) -> str:
    """What the row is to one table; empty: nothing."""
    block = each.block
    if row in block.header:
        return "unit" if _is_unit_row(grid, row) else "header"
    place = bisect_left(block.data, row)
    if place < len(block.data) and block.data[place] == row:
        kind = "total" if _is_total(grid, row, each) else "data"
        return kind if each.is_read else "ignored"
    outside = {
        **dict.fromkeys(block.title_rows, "title"),
        **dict.fromkeys(block.note_rows, "note"),
        **dict.fromkeys((place for place, _ in block.sections), "section"),
    }
    return outside.get(row, "ignored" if block.header[0] < row < block.data[-1] else "")


def _is_unit_row(grid: SheetGrid, row: int) -> bool:
    texts = [fold(shown_part(value)) or shown_part(value) for _, value in grid.filled(row)]
    return all(text in UNITS or text in FACTORS or text in DERIVED or text == "%" for text in texts)


def _is_total(grid: SheetGrid, row: int, each: Understood) -> bool:
    return row in each.total_rows or any(
        grid.kind(grid.rows[row][column]) is CellKind.TOTAL for column in each.label_columns
    )
