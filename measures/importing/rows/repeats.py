"""The same figure given twice in one file: one figure if the statements agree, else all are held."""

from __future__ import annotations

from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from measures.importing.addresses import place_of
from measures.importing.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from measures.importing.results import FigureRow
    from measures.importing.rows.table_rows import TableRows

PlacedProblem = tuple[int, int, int, Problem]


_key = itemgetter(0, 1, 2, 3, 4, 6)
"""Indicator, year, organisation, region, occupation and target group of a row."""
_STATED = ("value", "absence", "quality", "below_half_unit", "uncertain", "note")
"""The columns of a figure, as a row has them."""
_OPEN = ("", False, "final")
"""What these columns hold where nothing is stated; a value is final unless something else is."""


def stated_together(one: Sequence[Any], other: Sequence[Any]) -> list[Any] | None:
    """What two statements of one figure say together, as its columns; None: they differ.

    Value and absence have to be the same; quality, flags and note as well, unless one leaves them open.
    """
    if one[:2] != other[:2]:
        return None
    pairs = list(zip(one[2:], other[2:], strict=True))
    if any(a != b and a not in _OPEN and b not in _OPEN for a, b in pairs):
        return None
    return [*one[:2], *(b if a in _OPEN else a for a, b in pairs)]


class _Place(NamedTuple):
    sheet: int
    table: TableRows
    position: int

    @property
    def row(self) -> FigureRow:
        return self.table.rows[self.position]

    def takes_in(self, other: FigureRow) -> bool:
        """Whether the other states nothing different; what only it says of the figure is kept here."""
        row = self.row
        together = stated_together([getattr(row, n) for n in _STATED], [getattr(other, n) for n in _STATED])
        if together is None:
            return False
        self.table.rows[self.position] = row._replace(**dict(zip(_STATED, together, strict=True)))
        return True

    def hold(self) -> None:
        self.table.rows[self.position] = self.row._replace(held=True)

    def problem(self, code: str, other: _Place) -> PlacedProblem:
        cell = other.row.cell
        where = cell if other.row.sheet == self.row.sheet else f"{other.row.sheet}!{cell}"
        problem = Problem(code, self.row.sheet, self.row.cell, self.row.original, (("other", where),))
        return (self.sheet, *place_of(self.row.cell), problem)


def settle_repeated(read: list[tuple[int, TableRows]]) -> list[PlacedProblem]:
    """Drop equal repetitions, hold differing ones. What cannot be read or placed is never a repetition.

    Of two that agree the first stays, with the quality, marks and remark that only the other has.
    """
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
            if earlier.takes_in(row):
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
