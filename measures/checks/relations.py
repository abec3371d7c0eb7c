"""How indicators are tied by what they count, as the formulas of plausibility checks say it.

A formula ties indicators where one side names a single indicator and the other adds up such that are part of
it: ``searching = unplaced + with_alternative``, ``offered_2 <= offered_1 <= appeared``. What is said of last
year, of single target groups, or with numbers and differences, is no relation.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from measures.checks.formula import Formula, FormulaComparison, FormulaSide


class IndicatorRelation(NamedTuple):
    """``total`` counts all that ``parts`` count, and nothing else where ``is_sum``."""

    total: str
    parts: tuple[str, ...]
    is_sum: bool = False

    @property
    def indicators(self) -> tuple[str, ...]:
        return (self.total, *self.parts)

    def without(self, part: str) -> "IndicatorRelation":
        """What is left of it: the total still contains the other parts."""
        return IndicatorRelation(self.total, tuple(code for code in self.parts if code != part))

    def with_parts_of(self, part: "IndicatorRelation") -> "IndicatorRelation":
        """With what one of the parts counts in its place."""
        others = self.without(part.total).parts
        is_sum = self.is_sum and part.is_sum and set(others).isdisjoint(part.parts)
        return IndicatorRelation(self.total, tuple(dict.fromkeys((*others, *part.parts))), is_sum)


def relations_in(formula: Formula) -> Iterator[IndicatorRelation]:
    """Each side with the next."""
    is_sum = formula.comparison is FormulaComparison.EQUAL
    for left, right in pairwise(formula.sides):
        smaller, larger = (right, left) if formula.comparison is FormulaComparison.AT_LEAST else (left, right)
        if is_sum and len(larger.terms) > 1:
            smaller, larger = larger, smaller
        parts, total = _indicators(smaller), _indicators(larger)
        if parts and len(total) == 1 and total[0] not in parts:
            yield IndicatorRelation(total[0], parts, is_sum)


def relations_among(
    relations: Sequence[IndicatorRelation], codes: Collection[str]
) -> Iterator[IndicatorRelation]:
    """What follows for these indicators alone: ``c <= a`` of ``c <= b <= a`` without b. None may be negative.

    In place of another one stands what is part of it; without it, the total still contains the rest.
    """
    asked = [each for each in relations if each.total in codes]
    seen: set[IndicatorRelation] = set()
    while asked:
        relation = asked.pop(0)
        if relation in seen or not relation.parts or relation.total in relation.parts:
            continue
        seen.add(relation)
        other = next((part for part in relation.parts if part not in codes), None)
        if other is None:
            yield relation
        else:
            asked += [relation.with_parts_of(each) for each in relations if each.total == other]
            asked.append(relation.without(other))


def _indicators(side: FormulaSide) -> tuple[str, ...]:
    """What is added up on a side; nothing if that is more than plain indicators, each once."""
    found = [
        term.reference.indicator
        for term in side.terms
        if term.factor == 1
        and term.reference
        and not (term.reference.is_last_year or term.reference.target_group)
    ]
    return tuple(found) if len(set(found)) == len(side.terms) else ()
