"""Which cells of a table are computed from others, from its numbers alone.

What is searched: sums of rows and of columns (also over gaps, nested, repeated at a distance), shares,
relative changes and means. See ``lines.Tally`` for what counts as evidence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from measures.importing.arithmetic.lines import Lines, Relation
from measures.importing.arithmetic.means import find_means
from measures.importing.arithmetic.ratios import find_ratios
from measures.importing.arithmetic.sums import find_sums

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from measures.importing.arithmetic.lines import Matrix

MOST_MISSES_IN_COLUMNS = 0.3
MOST_MISSES_IN_ROWS = 0.75
"""A row of totals need not add up in every column: shares and averages stand beside the counts."""
_MOST_ROWS_FOR_RATIOS = 150
_MOST_ROWS_FOR_MEANS = 400

Cell = tuple[int, int]


class Derived(NamedTuple):
    """A computed cell: row and column, how it is computed, from which cells, and by how much it differs."""

    cell: Cell
    operator: str
    parts: tuple[Cell, ...]
    error: Decimal


class Summary(NamedTuple):
    """A row or column as a whole: what it is computed from in how many of its cells that could contradict."""

    line: int
    operator: str
    parts: tuple[int, ...]
    agreeing: int
    differing: int
    bits: float


@dataclass(slots=True)
class DerivedCells:
    cells: list[Derived] = field(default_factory=list)
    rows: list[Summary] = field(default_factory=list)
    columns: list[Summary] = field(default_factory=list)


def find_derived(matrix: Matrix, *, base: int = 1, is_rounded: bool = False) -> DerivedCells:
    """``matrix``: the rows, None where there is no number. ``base`` and ``is_rounded``: see ``Lines``."""
    found = DerivedCells()
    width = max(map(len, matrix), default=0)
    rows = [[*row, *[None] * (width - len(row))] for row in matrix]
    if not rows or not width:
        return found
    known: dict[Cell, Derived] = {}
    columns = Lines(list(zip(*rows, strict=True)), base=base, is_rounded=is_rounded, is_stacked=True)
    for relation in _relations(columns, most_misses=MOST_MISSES_IN_COLUMNS):
        found.columns.append(_summary(relation))
        for row in relation.matches:
            parts = tuple((row, part) for part in relation.parts)
            known.setdefault(
                (row, relation.target), _derived(columns, relation, row, (row, relation.target), parts)
            )
    lines = Lines(rows, base=base, is_rounded=is_rounded)
    for relation in _relations(lines, most_misses=MOST_MISSES_IN_ROWS):
        found.rows.append(_summary(relation))
        for column in relation.matches:
            parts = tuple((part, column) for part in relation.parts)
            known.setdefault(
                (relation.target, column), _derived(lines, relation, column, (relation.target, column), parts)
            )
    found.cells = sorted(known.values())
    return found


def _relations(lines: Lines, *, most_misses: float) -> list[Relation]:
    sums = find_sums(lines, most_misses=most_misses)
    totals = {relation.target for relation in sums}
    found = list(sums)
    if len(lines) <= _MOST_ROWS_FOR_RATIOS:
        found += find_ratios(lines, range(len(lines)))
    if len(lines) <= _MOST_ROWS_FOR_MEANS:
        means = find_means(lines, [number for number in range(len(lines)) if number not in totals])
        rest = set(range(len(lines))) - totals - {relation.target for relation in means}
        found += means + find_means(lines, list(range(len(lines))), rest)
    return found


def _summary(relation: Relation) -> Summary:
    agreeing, differing = len(relation.matches), len(relation.misses)
    return Summary(relation.target, relation.operator, relation.parts, agreeing, differing, relation.bits)


def _derived(lines: Lines, relation: Relation, position: int, cell: Cell, parts: Sequence[Cell]) -> Derived:
    return Derived(cell, relation.operator, tuple(parts), lines.error(relation, position))
