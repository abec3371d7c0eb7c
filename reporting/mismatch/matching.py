"""How many people could be offered three places each: the best that could be reached, as a linear programme.

Greatest Σ n over all cells, n of which are offered three places each, with n ≤ those searching, offers from a
cell = 3 n, offers into a cell ≤ q × its places (a place is offered to at most q people), and offers from one
cell into another ≤ n × its places (nobody is offered a place twice). HiGHS solves it and says what one more
place or person would change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import floor

from reporting.mismatch.cells import ALMOST, OFFERS, MarketCell, MarketCells

MOST_PAIRS = 100_000
"""Pairs of cells between which offers may go; larger programmes are not tried."""

SECONDS = 5.0


class MatchingOutcome(StrEnum):
    SOLVED = "solved"
    TOO_LARGE = "too_large"
    OUT_OF_TIME = "out_of_time"


@dataclass(frozen=True)
class Matching:
    """``served``: how many people of a cell get three offers. The prices hold for one more at the margin.

    ``without_choice``: cells with people but fewer than three places in reach, so that nobody can get three.
    """

    outcome: MatchingOutcome
    served: Mapping[MarketCell, float]
    searching: Mapping[MarketCell, int]
    price_of_place: Mapping[MarketCell, float]
    price_of_person: Mapping[MarketCell, float]
    without_choice: tuple[MarketCell, ...]

    @cached_property
    def people(self) -> float:
        return sum(self.served.values())

    @property
    def at_most(self) -> int:
        """No distribution of offers reaches more whole people."""
        return floor(self.people + ALMOST)

    @property
    def at_least(self) -> int:
        """So many whole people can be reached: whoever is served in part is left out."""
        return sum(floor(count + ALMOST) for count in self.served.values())

    @property
    def short_of_places(self) -> list[MarketCell]:
        """Where another place would help somebody, the most helpful first, then where most go without."""
        return sorted(
            self.price_of_place,
            key=lambda cell: (-round(self.price_of_place[cell], 6), -self._without_three(cell), cell),
        )

    @property
    def fully_served(self) -> list[MarketCell]:
        """Where everybody gets three offers, and another person would too."""
        return sorted(self.price_of_person)

    def _without_three(self, cell: MarketCell) -> float:
        """How many people of the cell do not get three offers."""
        return self.searching.get(cell, 0) - self.served.get(cell, 0.0)


def best_matching(
    market: MarketCells,
    reach: Mapping[MarketCell, Sequence[MarketCell]],
    offers_per_place: int = 3,
    *,
    most_pairs: int = MOST_PAIRS,
    seconds: float = SECONDS,
) -> Matching:
    """``reach``: for each cell those its people may be offered places in. Numbers only where solved."""
    people = {cell: count for cell, count in market.searching.items() if count}
    near = {cell: [each for each in reach[cell] if market.unfilled[each]] for cell in people}
    choosing = [cell for cell in people if sum(market.unfilled[each] for each in near[cell]) >= OFFERS]
    without_choice = tuple(cell for cell in people if cell not in set(choosing))
    pairs = [(cell, each) for cell in choosing for each in near[cell]]
    if len(pairs) > most_pairs:
        return Matching(MatchingOutcome.TOO_LARGE, {}, people, {}, {}, without_choice)
    from reporting.mismatch.programme import Programme  # noqa: PLC0415  # HiGHS takes a fifth of a second to load

    programme = Programme(market, choosing, pairs, offers_per_place)
    solved = programme.solve(seconds)
    if solved is None:
        return Matching(MatchingOutcome.OUT_OF_TIME, {}, people, {}, {}, without_choice)
    served, places, persons = solved
    return Matching(MatchingOutcome.SOLVED, served, people, places, persons, without_choice)
