"""Which lines of a table are computed from others: the one search for rows and for columns.

What is searched: sums of lines (also over gaps, nested, repeated at a distance, copied), products, shares,
relative changes and means. See ``lines.Tally`` for what counts as evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from measures.importing.arithmetic.counting import without_double_counting
from measures.importing.arithmetic.means import find_means
from measures.importing.arithmetic.ratios import find_ratios
from measures.importing.arithmetic.sums import find_sums

if TYPE_CHECKING:
    from measures.importing.arithmetic.lines import Lines, Relation

MOST_MISSES = 0.2
_MOST_LINES_FOR_RATIOS = 150
_MOST_LINES_FOR_MEANS = 400


def find_relations(
    lines: Lines, *, targets: set[int] | None = None, most_misses: float = MOST_MISSES
) -> list[Relation]:
    """The proven relations of the lines, or of the ``targets`` among them."""
    found = find_sums(lines, most_misses=most_misses, targets=targets)
    wanted = set(range(len(lines))) if targets is None else targets
    totals = {relation.target for relation in found}
    if len(lines) <= _MOST_LINES_FOR_RATIOS:
        found += find_ratios(lines, sorted(wanted))
    if len(lines) <= _MOST_LINES_FOR_MEANS:
        everything = list(range(len(lines)))
        means = find_means(lines, [number for number in everything if number not in totals], wanted - totals)
        rest = wanted - totals - {relation.target for relation in means}
        found += means + find_means(lines, everything, rest)
    found = without_double_counting(found)
    return [relation for relation in found if relation.target in wanted]
