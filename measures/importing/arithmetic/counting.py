"""Which sums and means nobody would calculate, though their numbers fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from measures.importing.arithmetic.lines import Relation

_ADDED = ("sum", "mean")


def without_double_counting(relations: list[Relation]) -> list[Relation]:
    """Leave out sums and means over a total and the parts of that total.

    They fit wherever a column is twice or half of a total. What is really calculated is then a multiple, of
    which nothing says which of the two is the figure.
    """
    totals = {relation.target: set(relation.parts) for relation in relations if relation.operator == "sum"}
    return [relation for relation in relations if not _counts_twice(relation, totals)]


def _counts_twice(relation: Relation, totals: dict[int, set[int]]) -> bool:
    if relation.operator not in _ADDED:
        return False
    parts = set(relation.parts)
    return any(part in totals and totals[part] <= parts for part in parts)
