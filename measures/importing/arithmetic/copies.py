"""Sums that repeat the shape of proven ones: a formula is copied from line to line.

A total over three rows proves little with two small numbers. Where other totals of the table add up their
three rows in the same place, it needs to prove no more than that it is one of them.
"""

from __future__ import annotations

from collections import Counter
from math import log2
from typing import TYPE_CHECKING

from measures.importing.arithmetic.parts import sum_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from measures.importing.arithmetic.lines import Lines, Relation

Shape = tuple[int, ...]

_LEAST_COPIES = 2
_MOST_SHAPES = 8
LEAST_BITS = 2.0
_LEAST_SHARE = 0.7


def find_copies(
    lines: Lines, proven: list[Relation], likely: list[Relation], targets: Collection[int]
) -> list[Relation]:
    """Sums of those targets that are none yet, in the shapes proven or likely sums have at least twice."""
    kinds = {(shape_of(relation), relation.target) for relation in (*proven, *likely)}
    shapes = Counter(shape for shape, _ in kinds)
    totals = {relation.target for relation in proven}
    taken = {frozenset(relation.parts) for relation in proven}
    found: dict[int, Relation] = {}
    for shape, count in shapes.most_common(_MOST_SHAPES):
        if count < _LEAST_COPIES:
            break
        cost = log2(len(lines) / count) + 1
        first, last = -min(0, *shape), len(lines) - max(0, *shape)
        for target in targets:
            if not first <= target < last or target in totals or target in found:
                continue
            parts = tuple(target + offset for offset in shape)
            if frozenset(parts) in taken:
                continue
            relation = sum_of(lines, target, parts, cost)
            if relation and relation.bits >= LEAST_BITS and relation.share >= _LEAST_SHARE:
                found[target] = relation
                taken.add(frozenset(parts))
    return list(found.values())


def shape_of(relation: Relation) -> Shape:
    return tuple(part - relation.target for part in relation.parts)
