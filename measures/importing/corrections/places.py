"""Where the rows a person named stand in another file of the same form, or in its part shown."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from measures.importing.vocabulary import SheetAnswers

FURTHEST = 200
"""How many rows up or down a row is looked for that has moved."""


def rows_around(numbers: Iterable[int], height: int) -> list[int]:
    """The rows, counted from 1, among which the rows of these numbers are looked for."""
    return sorted(
        {
            row
            for number in numbers
            for row in range(max(1, number - FURTHEST + 1), min(height + 1, number + FURTHEST))
        }
    )


def places(named: Mapping[int, str], marks: Mapping[int, str]) -> dict[int, int]:
    """Where each row named stands now; 0: nowhere near. No two of them stand on the same row.

    ``named`` and ``marks`` hold the mark of each row by its number, then and now. Rows with a mark of their
    own are found first, and show how far those have moved that share one; these keep their order.
    """
    then, now = _by_mark(named), _by_mark(marks)
    alone = {mark for mark, numbers in then.items() if len(numbers) == 1 and len(now[mark]) == 1}
    found = {then[mark][0]: _nearest(now[mark], then[mark][0]) for mark in alone}
    moves = {number: row - number for number, row in found.items() if row}
    for mark in then.keys() - alone:
        wanted = {number: number + _move_beside(moves, number) for number in then[mark]}
        found |= dict(zip(wanted, _in_order(now[mark], list(wanted.values())), strict=True))
    return found


def moved(overrides: SheetAnswers, found: Mapping[int, int]) -> SheetAnswers:
    """The answer with its rows where ``places`` found them; a row that is not there is left out."""
    tables = []
    for area in overrides.tables:
        first = found.get(area.header_first, area.header_first) or area.header_first
        shift = first - area.header_first
        last = area.data_last + shift if area.data_last else 0
        tables.append(
            replace(
                area,
                header_first=first,
                header_last=area.header_last + shift,
                data_first=area.data_first + shift,
                data_last=found.get(area.data_last, last),
            )
        )
    without_mark = {number: kind for number, kind in overrides.rows.items() if number not in found}
    with_mark = {found[number]: kind for number, kind in overrides.rows.items() if found.get(number)}
    marks = {row: overrides.marks[number] for number, row in found.items() if row}
    return replace(overrides, tables=tables, rows=without_mark | with_mark, marks=marks)


def _by_mark(marks: Mapping[int, str]) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for number, mark in sorted(marks.items()):
        rows[mark].append(number)
    return rows


def _move_beside(moves: Mapping[int, int], number: int) -> int:
    """How far the nearest row has moved of which that is known."""
    beside = min(moves, key=lambda other: (abs(other - number), other), default=None)
    return 0 if beside is None else moves[beside]


def _in_order(rows: Sequence[int], wanted: Sequence[int]) -> list[int]:
    """A row for each wanted, in the same order and none twice; with too few rows the last ones get none."""
    found: list[int] = []
    free = 0
    for later, number in zip(range(len(wanted) - 1, -1, -1), wanted, strict=True):
        row = _nearest(rows[free : max(free + 1, len(rows) - later)], number)
        found.append(row)
        free = rows.index(row) + 1 if row else free
    return found


def _nearest(rows: Sequence[int], wanted: int) -> int:
    row = min(rows, key=lambda row: (abs(row - wanted), -row), default=0)
    return row if abs(row - wanted) < FURTHEST else 0
