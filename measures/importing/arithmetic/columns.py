"""What one column of a table is computed from, by the numbers of a sample of its rows."""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING, NamedTuple

from measures.importing.arithmetic.differences import find_differences
from measures.importing.arithmetic.lines import Lines, Relation, Tally
from measures.importing.arithmetic.relations import find_relations

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

LEAST_BITS, EXPECTED_BITS = 10.0, 2.0
LEAST_SHARE = 0.8
_LEAST_ROWS = 3


class Computation(NamedTuple):
    """How a column is computed, by a key of ``COMPUTATIONS`` in the decisions, and from which columns."""

    operator: str
    parts: tuple[int, ...]
    matches: tuple[int, ...]
    misses: tuple[int, ...]
    bits: float


def computation_of(
    cells: Sequence[Sequence[Decimal | None]], column: int, *, base: int = 1, is_expected: bool = False
) -> Computation | None:
    """The best proven computation of a column from the others; None where the numbers do not prove one.

    ``cells``: the columns. At least three rows with different values have to agree, and four of five
    of all that could; a column of equal numbers or of zeros and ones proves nothing. ``is_expected``: its
    heading says that it is computed, so that less proves how.
    """
    lines = Lines(cells, base=base)
    others = [number for number in range(len(lines)) if number != column]
    found = [
        *find_relations(lines, targets={column}),
        *find_differences(lines, column, others),
        *_running(lines, column, others),
    ]
    least = EXPECTED_BITS if is_expected else LEAST_BITS
    proven = [each for each in found if each.target == column and _is_proven(each, least)]
    if not proven:
        return None
    best = max(proven, key=lambda each: (each.bits, -len(each.parts)))
    return Computation(best.operator, best.parts, best.matches, best.misses, best.bits)


def _is_proven(relation: Relation, least: float) -> bool:
    return relation.bits >= least and relation.share >= LEAST_SHARE and relation.supporting >= _LEAST_ROWS


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
