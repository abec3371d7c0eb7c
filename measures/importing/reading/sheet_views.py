"""A sheet as the reader understood it: an excerpt of its rows, what each holds, and where the tables are."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from measures.importing.formats.xlsx_states import column_letters, column_number
from measures.importing.layout.grid import DERIVED, FACTORS, UNITS, Kind, shown
from measures.importing.text.names import fold, split_marks, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measures.importing.columns.planning import Plan
    from measures.importing.formats.workbook import Sheet
    from measures.importing.formats.xlsx_states import Span
    from measures.importing.layout.blocks import Block
    from measures.importing.layout.grid import Grid
    from measures.importing.rows.row_reader import TableRows

MOST_SHEETS, MOST_ROWS, MOST_COLUMNS, LONGEST_TEXT = 20, 80, 30, 60
_FROM_TOP = 40
_LABELS = ("organisation", "region", "occupation", "occupation_label")
_AROUND = 3
_MASKED_ROWS = 15
_YEARS = re.compile(r"\d{4,}(?:\s*[/–-]\s*\d{2,4}(?!\d))?(?:\s*(?:\(?\d{1,2}\)|[¹²³⁴-⁹]+|\*+|\s\d{1,2}$))?")
"""Years as forms write them, with the footnote marks that come and go with them."""
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]{2}")
_LONGEST_MARK = 200


@dataclass(slots=True)
class RowView:
    """``kind``: title, header, unit, section, data, total, note, blank or ignored. Numbers count from one."""

    number: int
    kind: str
    cells: list[str]


@dataclass(slots=True)
class AreaView:
    """Where a table is, as ``AreaAnswer`` would say it; without a fingerprint it has no column of values."""

    fingerprint: str
    header_first: int
    header_last: int
    data_first: int
    data_last: int
    first_column: str
    last_column: str
    is_read: bool = True


@dataclass(slots=True)
class SheetView:
    """``rows`` is an excerpt: the top of the sheet, and what stands around the heads and ends of tables."""

    name: str
    hidden: bool = False
    fingerprint: str = ""
    row_count: int = 0
    column_count: int = 0
    rows: list[RowView] = field(default_factory=list)
    hidden_rows: list[str] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)
    areas: list[AreaView] = field(default_factory=list)


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


def masked(text: str) -> str:
    """Text as the same form has it every year."""
    return fold(_YEARS.sub("#", split_marks(text)[0]))


def row_mark(cells: Iterable[str]) -> str:
    """What a row is known by in the next file of the same form: its words, not its numbers and years."""
    return masked(" ".join(text for text in cells if _WORD.search(text)))[:_LONGEST_MARK]


def sheet_fingerprint(grid: Grid, blocks: list[Block]) -> str:
    """From what was detected, so that it is the same next year, whatever a person said of it since."""
    parts = [masked(grid.sheet.name)]
    if blocks:
        rows: Iterable[int] = (row for block in blocks for row in block.header)
        parts += [masked(_text(value)) for row in rows for _, value in grid.filled(row)]
    else:
        rows = range(min(_MASKED_ROWS, len(grid.rows)))
        parts += [fold(_DIGITS.sub("#", _text(value))) for row in rows for _, value in grid.filled(row)]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def hidden_parts(sheet: Sheet) -> tuple[list[str], list[str]]:
    """Hidden rows and columns within the sheet's content, as ranges a person can read."""
    height, width = len(sheet.rows), len(sheet.rows[0]) if sheet.rows else 0
    return (
        _ranges(sheet.hidden_rows, height, lambda row: str(row + 1)),
        _ranges(sheet.hidden_columns, width, column_letters),
    )


def _ranges(spans: list[Span], size: int, name: Any) -> list[str]:
    within = [(first, min(last, size - 1)) for first, last in spans if first < size]
    return [name(first) if first == last else f"{name(first)}–{name(last)}" for first, last in within]


def understood_block(grid: Grid, block: Block, plan: Plan | None, rows: TableRows | None) -> Understood:
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


def sheet_view(grid: Grid, fingerprint: str, understood: list[Understood]) -> SheetView:
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


def _excerpt(grid: Grid, understood: list[Understood]) -> list[int]:
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


def _text(value: Any) -> str:
    return shown(value[: 4 * LONGEST_TEXT] if isinstance(value, str) else value)


def cells_shown(grid: Grid, row: int) -> list[str]:
    states = grid.sheet.states
    texts = []
    for column, value in enumerate(grid.rows[row][:MOST_COLUMNS]):
        text = states.get((row, column), "") if value == "" else _text(value)
        texts.append(tidy(text.removesuffix(" 00:00:00"))[:LONGEST_TEXT])
    return texts


def _kind(grid: Grid, row: int, understood: list[Understood]) -> str:
    if next(grid.filled(row), None) is None:
        return "blank"
    kinds = [kind for each in understood if (kind := _kind_within(grid, row, each))]
    if kinds:
        return kinds[0]
    return "title" if understood and row < understood[0].block.header[0] else "note"


def _kind_within(grid: Grid, row: int, each: Understood) -> str:
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


def _is_unit_row(grid: Grid, row: int) -> bool:
    texts = [fold(_text(value)) or _text(value) for _, value in grid.filled(row)]
    return all(text in UNITS or text in FACTORS or text in DERIVED or text == "%" for text in texts)


def _is_total(grid: Grid, row: int, each: Understood) -> bool:
    return row in each.total_rows or any(
        grid.kind(grid.rows[row][column]) is Kind.TOTAL for column in each.label_columns
    )
