"""Where what does not match lies: in characteristics, in the region, in the occupation, or in both.

``meetable`` is how many places and people there are in pairs if nothing stood between them. Those in the same
cell do not meet for characteristics of company or applicant; of the rest, some have the occupation in common,
some the region, the others neither. What is matched in a step is taken from its cells in proportion to what
is left in them. Which of region and occupation comes first changes the split, so every result names it.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from reporting.mismatch.cells import MarketCell, MarketCells


class SplitOrder(StrEnum):
    """Which of the two kinds is looked for first once the pairs within cells are gone."""

    REGIONAL = "regional"  # the same occupation in other regions, then other occupations in the same region
    OCCUPATIONAL = "occupational"  # the other way round


class MismatchKind(StrEnum):
    """What stands between a place and a person."""

    CHARACTERISTICS = "characteristics"
    REGIONAL = "regional"
    OCCUPATIONAL = "occupational"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Decomposition:
    """``parts`` add up to ``meetable``; ``within``: the pairs of each kind by what they have in common."""

    order: SplitOrder
    unfilled: int
    searching: int
    parts: Mapping[MismatchKind, Fraction]
    within: Mapping[MismatchKind, Mapping[MarketCell | str, Fraction]]

    @property
    def meetable(self) -> int:
        return min(self.unfilled, self.searching)

    @property
    def surplus_places(self) -> int:
        """Places without anybody for them, whatever was done: a problem of filling places."""
        return self.unfilled - self.meetable

    @property
    def surplus_people(self) -> int:
        """People without any place for them: a problem of supply."""
        return self.searching - self.meetable


Remaining = dict[MarketCell, Fraction]

_STEPS: Mapping[SplitOrder, tuple[MismatchKind, ...]] = {
    SplitOrder.REGIONAL: (
        MismatchKind.CHARACTERISTICS,
        MismatchKind.REGIONAL,
        MismatchKind.OCCUPATIONAL,
        MismatchKind.BOTH,
    ),
    SplitOrder.OCCUPATIONAL: (
        MismatchKind.CHARACTERISTICS,
        MismatchKind.OCCUPATIONAL,
        MismatchKind.REGIONAL,
        MismatchKind.BOTH,
    ),
}
_IN_COMMON: Mapping[MismatchKind, Callable[[MarketCell], MarketCell | str]] = {
    MismatchKind.CHARACTERISTICS: lambda cell: cell,
    MismatchKind.REGIONAL: lambda cell: cell.occupation,
    MismatchKind.OCCUPATIONAL: lambda cell: cell.region,
    MismatchKind.BOTH: lambda _cell: "",
}


def decompose(market: MarketCells, order: SplitOrder = SplitOrder.REGIONAL) -> Decomposition:
    """Exact, in fractions: in proportion means that a part need not be a whole number."""
    places = {cell: Fraction(count) for cell, count in market.unfilled.items()}
    people = {cell: Fraction(count) for cell, count in market.searching.items()}
    within = {kind: _match(places, people, _IN_COMMON[kind]) for kind in _STEPS[order]}
    return Decomposition(
        order=order,
        unfilled=sum(market.unfilled.values()),
        searching=sum(market.searching.values()),
        parts={kind: sum(within[kind].values(), Fraction()) for kind in MismatchKind},
        within=within,
    )


def _match(
    places: Remaining, people: Remaining, in_common: Callable[[MarketCell], MarketCell | str]
) -> dict[MarketCell | str, Fraction]:
    """The pairs within each group of cells, which are taken from both sides."""
    groups: dict[MarketCell | str, list[MarketCell]] = defaultdict(list)
    for cell in places:
        groups[in_common(cell)].append(cell)
    matched = {}
    for group, cells in groups.items():
        there, searching = sum(places[cell] for cell in cells), sum(people[cell] for cell in cells)
        pairs = min(there, searching)
        if pairs:
            matched[group] = Fraction(pairs)
            for cell in cells:
                places[cell] *= 1 - pairs / there
                people[cell] *= 1 - pairs / searching
    return matched
