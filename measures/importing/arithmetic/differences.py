"""Lines that are one line less another: what is left of a pair's sum."""

from __future__ import annotations

from itertools import combinations
from math import log2

from measures.importing.arithmetic.lines import Lines, Relation, Tally


def find_differences(lines: Lines, target: int, others: list[int]) -> list[Relation]:
    """The line as one of the others less another: what is left of a pair's sum."""
    found = []
    cost = 3 * log2(len(lines))
    size = _usual_size(lines, target)
    for minuend, subtrahend in combinations(others, 2):
        for one, other in ((minuend, subtrahend), (subtrahend, minuend)):
            tally = Tally(lines, target)
            rows = zip(lines.values[target], lines.values[one], lines.values[other], strict=True)
            allowed = lines.tolerance(2, lines.units[target])
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


def _usual_size(lines: Lines, target: int) -> int:
    """How far the numbers of a target reach, without outliers: what a difference is improbable by."""
    sizes = sorted(abs(value) for value in lines.values[target] if value is not None)
    return min(lines.spreads[target], 4 * sizes[len(sizes) // 2]) if sizes else 0
