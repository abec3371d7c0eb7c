"""Texts over columns without figures: they head nothing, and so are words around the table."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from measures.importing.addresses import address, column_number
from measures.importing.columns.around.sources import Source
from measures.importing.layout.grid import CellKind, is_date, role_of, shown
from measures.importing.text import wording
from measures.importing.text.folding import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from measures.importing.columns.plan import Plan
    from measures.importing.layout.blocks import Block
    from measures.importing.layout.grid import SheetGrid

_MOST_TEXTS = 100
_SET_ASIDE = ("heading_derived", "heading_not_kept")
_NAMED_ASIDE = "heading_role"
_NAMES_OF_ROWS = (CellKind.TOTAL, CellKind.GROUP, CellKind.INDICATOR, CellKind.ENTITY)


class TextOverNothing(NamedTuple):
    """``is_title``: it stands above the headings, and not among them."""

    source: Source
    is_title: bool


def is_above_nothing(grid: SheetGrid, block: Block, column: int) -> bool:
    """Whether a text in the row above the headings stands to the right of them all, over no figures."""
    last = block.header[-1]
    rightmost = max((each for each, _ in grid.filled(last)), default=column)
    return len(block.header) > 1 and column > rightmost and grid.spanned(last, column) == ""


def texts_over_nothing(plan: Plan, grid: SheetGrid, known: frozenset[str]) -> Iterator[TextOverNothing]:
    """What stands in columns that are passed over and hold no figure, each text once."""
    block = plan.block
    for each in plan.table.columns:
        column = column_number(each.letter)
        reason = next((found.code for found in plan.column_reasons.get(each.index, ())), "")
        if each.role != "ignore" or reason == _NAMED_ASIDE or _has_figures(grid, block, column):
            continue
        is_empty = all(grid.rows[row][column] == "" for row in block.data)
        is_title = is_empty and len(block.header) > 1 and grid.spanned(block.header[-1], column) == ""
        rows = [row for row in block.header if is_title or is_empty or reason in _SET_ASIDE]
        rows += block.data if reason in _SET_ASIDE else []
        seen: set[str] = set()
        for row in rows:
            value = grid.rows[row][column]
            text = tidy(shown(value))
            if not text or text in seen or is_date(value) or len(seen) >= _MOST_TEXTS:
                continue
            seen.add(text)
            if reason in _SET_ASIDE and row in block.header and not is_title and not _has_number(grid, text):
                continue
            parts = wording.parts_of(text, grid.names, known)
            yield TextOverNothing(Source(text, address(row, column), parts), is_title)


def rows_among_headings(plan: Plan, grid: SheetGrid) -> Iterator[Source]:
    """``Gruppe | 2015``, then ``Insgesamt | 2015``: the latter may be a row whose value is 2015."""
    columns = set(plan.roles.values())
    for above, row in pairwise(plan.block.header):
        values = dict(grid.filled(row))
        column = min(values, default=-1)
        is_label = column in columns and role_of(grid.rows[above][column]) != ""
        kinds = [grid.kind(value) for value in values.values()]
        if is_label and kinds[0] in _NAMES_OF_ROWS and CellKind.YEAR in kinds[1:]:
            yield Source(tidy(shown(values[column])), address(row, column), [])


def _has_figures(grid: SheetGrid, block: Block, column: int) -> bool:
    return any(
        grid.kind(value) in (CellKind.NUMBER, CellKind.MARKER, CellKind.YEAR)
        for row in block.data
        if (value := grid.rows[row][column]) != ""
    ) or any((row, column) in grid.sheet.states for row in block.data)


def _has_number(grid: SheetGrid, text: str) -> bool:
    """``Ziel: 50``: more than the heading of a column that is yet to be filled in."""
    return any(grid.kind(word) is CellKind.NUMBER for word in text.split())
