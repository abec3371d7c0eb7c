"""What one column of a table is computed from, by the numbers of a sample of its rows."""

from __future__ import annotations

from itertools import combinations
from math import log2
from typing import TYPE_CHECKING, NamedTuple

from measures.importing.arithmetic.lines import Lines, Relation, Tally
from measures.importing.arithmetic.ratios import find_ratios
from measures.importing.arithmetic.sums import find_sums

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

LEAST_BITS = 10.0
LEAST_SHARE = 0.8
_LEAST_ROWS = 3


class Computation(NamedTuple):
    """How a column is computed (``sum``, ``difference``, ``share``, ``change``, ``running``), from which."""

    operator: str
    parts: tuple[int, ...]
    matches: tuple[int, ...]
    misses: tuple[int, ...]
    bits: float


def computation_of(
    cells: Sequence[Sequence[Decimal | None]], column: int, *, base: int = 1
) -> Computation | None:
    """The best proven computation of a column from the others; None where the numbers do not prove one.

    ``cells``: the columns. At least three rows with different values have to agree, and four of five
    of all that could; a column of equal numbers or of zeros and ones proves nothing.
    """
    lines = Lines(cells, base=base)
    others = [number for number in range(len(lines)) if number != column]
    found = [
        *(each for each in find_sums(lines, targets={column})),
        *_differences(lines, column, others),
        *find_ratios(lines, [column]),
        *_running(lines, column, others),
    ]
    proven = [each for each in found if _is_proven(each)]
    if not proven:
        return None
    best = max(proven, key=lambda each: (each.bits, -len(each.parts)))
    return Computation(best.operator, best.parts, best.matches, best.misses, best.bits)


def _is_proven(relation: Relation) -> bool:
    return (
        relation.bits >= LEAST_BITS and relation.share >= LEAST_SHARE and relation.supporting >= _LEAST_ROWS
    )


def _differences(lines: Lines, column: int, others: list[int]) -> list[Relation]:
    """The column as one column less another: what is left of a pair's sum."""
    found = []
    cost = 3 * log2(len(lines))
    size = _usual_size(lines, column)
    for minuend, subtrahend in combinations(others, 2):
        for one, other in ((minuend, subtrahend), (subtrahend, minuend)):
            tally = Tally(lines, column)
            rows = zip(lines.values[column], lines.values[one], lines.values[other], strict=True)
            allowed = lines.tolerance(2, lines.units[column])
            for position, (value, left, right) in enumerate(rows):
                if value is None or left is None or right is None:
                    continue
                tally.add(
                    position,
                    value,
                    abs(left - right - value),
                    allowed,
                    is_evidence=bool(left and right),
                    size=size,
                )
            if relation := tally.relation("difference", (one, other), cost):
                found.append(relation)
    return found


def _usual_size(lines: Lines, column: int) -> int:
    """How far the numbers of a column reach, without outliers: what a difference is improbable by."""
    sizes = sorted(abs(value) for value in lines.values[column] if value is not None)
    return min(lines.spreads[column], 4 * sizes[len(sizes) // 2]) if sizes else 0


def _running(lines: Lines, column: int, others: list[int]) -> list[Relation]:
    """The column as the sum of another down to each row."""
    found = []
    for other in others:
        tally = Tally(lines, column)
        total = count = 0
        for position, (value, part) in enumerate(zip(lines.values[column], lines.values[other], strict=True)):
            total += part or 0
            count += bool(part)
            if value is not None:
                tally.add(
                    position, value, abs(total - value), lines.tolerance(count, 1), is_evidence=count > 1
                )
        if relation := tally.relation("running", (other,), 2 * log2(len(lines) + 1)):
            found.append(relation)
    return found
