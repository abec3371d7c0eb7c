"""The same figure given twice in one file: one figure if the values agree, else all are held."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from measures.importing.problems import Problem
from measures.importing.results import FIELDS, KEY_FIELDS

if TYPE_CHECKING:
    from measures.importing.rows import TableRows

_HELD = FIELDS.index("held")
_SHEET, _CELL, _ORIGINAL = (FIELDS.index(name) for name in ("sheet", "cell", "original"))
_key = itemgetter(*map(FIELDS.index, KEY_FIELDS))
_content = itemgetter(FIELDS.index("value"), FIELDS.index("absence"))

PlacedProblem = tuple[int, int, int, Problem]


class _Place(NamedTuple):
    sheet: int
    table: TableRows
    position: int

    @property
    def row(self) -> tuple[Any, ...]:
        return self.table.rows[self.position]

    def hold(self) -> None:
        self.table.rows[self.position] = (*self.row[:_HELD], True)

    def problem(self, code: str, other: _Place) -> PlacedProblem:
        cell = other.row[_CELL]
        where = cell if other.row[_SHEET] == self.row[_SHEET] else f"{other.row[_SHEET]}!{cell}"
        problem = Problem(code, self.row[_SHEET], self.row[_CELL], self.row[_ORIGINAL], (("other", where),))
        return (self.sheet, *self.table.places[self.position], problem)


def settle_repeated(read: list[tuple[int, TableRows]]) -> list[PlacedProblem]:
    """Drop equal repetitions, hold differing ones. What cannot be read or placed is never a repetition."""
    first: dict[Any, _Place] = {}
    problems: list[PlacedProblem] = []
    differing: set[Any] = set()
    dropped: list[_Place] = []
    for sheet, table in read:
        for index, row in enumerate(table.rows):
            if not table.readable[index]:
                continue
            key = _key(row)
            earlier = first.get(key)
            if earlier is None:
                first[key] = _Place(sheet, table, index)
                continue
            later = _Place(sheet, table, index)
            if _content(earlier.row) == _content(row):
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
