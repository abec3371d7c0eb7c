"""Every computed cell of a table, by the search that the import uses for rows and for columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from measures.importing.arithmetic.lines import Lines
from measures.importing.arithmetic.relations import find_relations

if TYPE_CHECKING:
    from measures.importing.arithmetic.lines import Matrix

Cell = tuple[int, int]

MOST_MISSES_IN_ROWS = 0.75
"""A row of totals need not add up in every column: shares and averages stand beside the counts."""


class Derived(NamedTuple):
    """A computed cell: row and column, how it is computed, and from which cells."""

    cell: Cell
    operator: str
    parts: tuple[Cell, ...]


def find_derived(matrix: Matrix, *, base: int = 1, is_rounded: bool = False) -> list[Derived]:
    """``matrix``: the rows, None where there is no number. ``base`` and ``is_rounded``: see ``Lines``."""
    width = max(map(len, matrix), default=0)
    rows = [[*row, *[None] * (width - len(row))] for row in matrix]
    if not rows or not width:
        return []
    columns = Lines(list(zip(*rows, strict=True)), base=base, is_rounded=is_rounded, is_stacked=True)
    known: dict[Cell, Derived] = {}
    for relation in find_relations(columns):
        for row in relation.matches:
            parts = tuple((row, part) for part in relation.parts)
            cell = (row, relation.target)
            known.setdefault(cell, Derived(cell, relation.operator, parts))
    lines = Lines(rows, base=base, is_rounded=is_rounded)
    for relation in find_relations(lines, most_misses=MOST_MISSES_IN_ROWS):
        for column in relation.matches:
            parts = tuple((part, column) for part in relation.parts)
            cell = (relation.target, column)
            known.setdefault(cell, Derived(cell, relation.operator, parts))
    return sorted(known.values())
