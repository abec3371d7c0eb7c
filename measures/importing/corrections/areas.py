"""A person's word on a sheet, before our own reading: where its tables are and what its rows hold."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING

from measures.importing.addresses import column_number
from measures.importing.corrections.places import moved, places, rows_around
from measures.importing.decisions import evidence
from measures.importing.layout.blocks import FIGURES, TOTAL_ROW, lines_of, read_area, read_open_area
from measures.importing.layout.fingerprints import cells_shown, row_mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measures.importing.layout.blocks import Block
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.vocabulary import AreaAnswer, SheetAnswers

_SECTION, _NOTE = "section", "note"


def corrected(grid: SheetGrid, detected: list[Block], given: SheetAnswers) -> list[Block]:
    """The tables as a person says they are; as detected, where nobody stated anything."""
    if given.ignored:
        return []
    given = moved(given, places(given.marks, _marks(grid, given.marks)))
    blocks = _pointed_at(grid, given.tables) if given.tables else detected
    for number, kind in sorted(given.rows.items()):
        row = number - 1
        for block in _around(blocks, row) if row < len(grid.rows) else ():
            _set_kind(grid.window(block.left, block.right), block, row, kind)
    return [block for block in blocks if block.data]


def _around(blocks: list[Block], row: int) -> list[Block]:
    """The tables a row may belong to: the last one that begins above it, and those side by side with that."""
    above = [block for block in blocks if block.header[0] <= row]
    return [
        block
        for block in above
        if not any(
            block.header[0] < other.header[0]
            and _overlap((block.left, block.right), (other.left, other.right))
            for other in above
        )
    ]


def _marks(grid: SheetGrid, numbers: Iterable[int]) -> dict[int, str]:
    """The marks of the rows among which those of these numbers are looked for."""
    return {row: row_mark(cells_shown(grid, row - 1)) for row in rows_around(numbers, len(grid.rows))}


def _pointed_at(grid: SheetGrid, areas: list[AreaAnswer]) -> list[Block]:
    blocks: list[Block] = []
    within = [area for area in areas if 1 <= area.header_first <= len(grid.rows)]
    for area in sorted(within, key=lambda area: area.header_first):
        here = _columns(area, grid)
        beside = [other for other in within if _overlap(_columns(other, grid), here)]
        above = [block for block in blocks if block.data and _overlap((block.left, block.right), here)]
        blocks.append(
            _block(
                grid.window(*here),
                area,
                floor=max((block.data[-1] + 1 for block in above), default=0),
                below=min(
                    (other.header_first - 1 for other in beside if other.header_first > area.header_first),
                    default=len(grid.rows),
                ),
            )
        )
    return blocks


def _columns(area: AreaAnswer, grid: SheetGrid) -> tuple[int, int]:
    left = column_number(area.first_column.upper()) if area.first_column else 0
    right = column_number(area.last_column.upper()) + 1 if area.last_column else grid.width
    return left, right


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _block(grid: SheetGrid, area: AreaAnswer, *, floor: int, below: int) -> Block:
    header = list(range(area.header_first - 1, min(max(area.header_first, area.header_last), below)))
    first = max(area.data_first - 1, header[-1] + 1)
    if area.data_last:
        block = read_area(grid, header, floor, range(first, min(area.data_last, below)), below)
    else:
        block = read_open_area(grid, header, floor, first, below)
    block.evidence.append(evidence("person_points"))
    for row in header:
        block.reasons.add(row, evidence("person_chose_row"))
    return block


def _set_kind(grid: SheetGrid, block: Block, row: int, kind: str) -> None:
    """Give a row the kind a person says it has, and take every other from it."""
    if row in block.header:
        if len(block.header) == 1:
            return
        block.header.remove(row)
    place = bisect_left(block.data, row)
    if place < len(block.data) and block.data[place] == row:
        del block.data[place]
    block.sections = [section for section in block.sections if section[0] != row]
    if row in block.note_rows:
        block.note_rows.remove(row)
    value = next((value for _, value in grid.filled(row)), None)
    if kind in (FIGURES, TOTAL_ROW) and value is not None:
        insort(block.data, row)
        block.overrides[row] = kind
    elif kind == _SECTION and value is not None:
        insort(block.sections, (row, value), key=lambda section: section[0])
    elif kind == _NOTE:
        insort(block.note_rows, row)
    block.notes = lines_of(grid, block.note_rows)
    block.reasons.replace(row, evidence("person_chose_row"))
