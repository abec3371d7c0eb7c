"""Tables side by side on a sheet: parted by empty columns, each with labels of its own."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from measures.importing.decisions import evidence
from measures.importing.layout.blocks import Block, find_blocks, lines_of
from measures.importing.layout.grid import CellKind, SheetGrid, role_of

if TYPE_CHECKING:
    from collections.abc import Iterable

Window = tuple[int, int]
"""Columns from the first up to, not including, the last."""

_LABELS = {CellKind.ENTITY, CellKind.TOTAL, CellKind.YEAR, CellKind.INDICATOR, CellKind.GROUP}
_ROLES = {"organisation", "region", "indicator", "target_group", "year", "occupation", "occupation_label"}
_SAMPLE = 60
_HALF = 0.5


def find_tables(grid: SheetGrid) -> list[Block]:
    """Every table of a sheet, in the order in which they are read."""
    whole = range(len(grid.rows))
    if windows := _windows(grid, whole):
        return _within(grid, windows, whole)
    blocks = find_blocks(grid)
    found: list[Block] = []
    for block, following in zip_longest(blocks, blocks[1:]):
        rows = range(block.title_rows.start, following.title_rows.start if following else len(grid.rows))
        windows = _windows(grid, rows)
        found += _within(grid, windows, rows) if windows else [block]
    _share_titles(found)
    return found


def _within(grid: SheetGrid, windows: list[Window], rows: range) -> list[Block]:
    blocks = [block for window in windows for block in find_blocks(grid.window(*window), rows)]
    above = lines_of(grid, range(rows.start, min(block.header[0] for block in blocks)))
    for block in blocks:
        block.shared = above
        block.evidence.append(evidence("apart_by_empty_columns"))
        if not block.titles:
            block.titles = above
    return sorted(blocks, key=lambda block: block.header[0])


def _share_titles(blocks: list[Block]) -> None:
    """What the sheet says at its top may hold for the tables further down, too."""
    for block in blocks[1:]:
        block.shared = block.shared or blocks[0].titles


def _windows(grid: SheetGrid, rows: range) -> list[Window]:
    """The columns of each table, or nothing where there is only one."""
    filled = [row for row in rows[: 4 * _SAMPLE] if not _is_title(grid, row)][:_SAMPLE]
    used = {column for row in filled for column, _ in grid.filled(row)}
    if not used:
        return []
    gaps = [
        column
        for column in range(min(used), max(used))
        if column not in used and _is_empty(grid, column, rows) and not _is_spanned(grid, column, filled)
    ]
    if not gaps:
        return []
    windows: list[Window] = []
    for window in _between(min(used), max(used) + 1, gaps):
        blocks = find_blocks(grid.window(*window), rows)
        if windows and not any(_has_labels(grid.window(*window), block) for block in blocks):
            windows[-1] = windows[-1][0], window[1]
        else:
            windows.append(window)
    is_several = len(windows) > 1 and bool(find_blocks(grid.window(*windows[0]), rows))
    return windows if is_several else []


def _between(first: int, end: int, gaps: list[int]) -> Iterable[Window]:
    left = first
    for gap in [*gaps, end]:
        if gap > left:
            yield left, gap
        left = gap + 1


def _is_title(grid: SheetGrid, row: int) -> bool:
    return sum(1 for _ in grid.filled(row)) < 2  # noqa: PLR2004  one cell alone, or none


def _is_empty(grid: SheetGrid, column: int, rows: range) -> bool:
    """Whether only titles, which run over everything, reach into the column."""
    return not any(grid.rows[row][column] != "" and not _is_title(grid, row) for row in rows)


def _is_spanned(grid: SheetGrid, column: int, rows: list[int]) -> bool:
    """Whether a heading over several columns covers the empty one: then it only keeps them apart."""
    return any(grid.anchor(row, column)[1] < column for row in rows)


def _has_labels(grid: SheetGrid, block: Block) -> bool:
    if not block.data:
        return False
    roles = {role_of(value) for row in block.header for _, value in grid.filled(row)}
    if roles & _ROLES:
        return True
    first = [next(grid.filled(row), (0, ""))[1] for row in block.data[:_SAMPLE]]
    return sum(grid.kind(value) in _LABELS for value in first) >= _HALF * len(first)
