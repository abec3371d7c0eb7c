"""The same figure given twice in one file: one figure if the values agree, else all are held."""

from __future__ import annotations

from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from measures.importing.addresses import place_of
from measures.importing.problems import Problem

if TYPE_CHECKING:
    from measures.importing.results import FigureRow
    from measures.importing.rows.table_rows import TableRows

PlacedProblem = tuple[int, int, int, Problem]


_key = itemgetter(0, 1, 2, 3, 4, 6)
"""Indicator, year, organisation, region, occupation and target group of a row."""


class _Place(NamedTuple):
    sheet: int
    table: TableRows
    position: int

    @property
    def row(self) -> FigureRow:
        return self.table.rows[self.position]

    def hold(self) -> None:
        self.table.rows[self.position] = self.row._replace(held=True)

    def problem(self, code: str, other: _Place) -> PlacedProblem:
        cell = other.row.cell
        where = cell if other.row.sheet == self.row.sheet else f"{other.row.sheet}!{cell}"
        problem = Problem(code, self.row.sheet, self.row.cell, self.row.original, (("other", where),))
        return (self.sheet, *place_of(self.row.cell), problem)


def settle_repeated(read: list[tuple[int, TableRows]]) -> list[PlacedProblem]:
    """Drop equal repetitions, hold differing ones. What cannot be read or placed is never a repetition."""
    suspects = _hashes_seen_twice(read)
    if not suspects:
        return []
    first: dict[Any, _Place] = {}
    problems: list[PlacedProblem] = []
    differing: set[Any] = set()
    dropped: list[_Place] = []
    for sheet, table in read:
        for index, row in enumerate(table.rows):
            key = _key(row)
            if hash(key) not in suspects or index in table.unreadable:
                continue
            later = _Place(sheet, table, index)
            earlier = first.setdefault(key, later)
            if earlier is later:
                continue
            if (earlier.row.value, earlier.row.absence) == (row.value, row.absence):
                problems.append(later.problem("repeated_equal", earlier))
                dropped.append(later)
                continue
            problems.append(later.problem("repeated_different", earlier))
            if key not in differing:
                problems.append(earlier.problem("repeated_different", later))
            differing.add(key)
            earlier.hold()
            later.hold()
    for _, table in read:
        gone = {place.position for place in dropped if place.table is table}
        if gone:
            table.rows = [row for index, row in enumerate(table.rows) if index not in gone]
    return problems


def _hashes_seen_twice(read: list[tuple[int, TableRows]]) -> set[int]:
    """Numbers instead of keys: a file of a million figures that are all different costs next to nothing."""
    rows = chain.from_iterable(table.rows for _, table in read)
    hashes = list(map(hash, map(_key, rows)))
    seen = set(hashes)
    if len(seen) == len(hashes):
        return set()
    twice: set[int] = set()
    for number in hashes:
        if number in seen:
            seen.discard(number)
        else:
            twice.add(number)
    return twice
