"""Places left unfilled and people still searching, by region and group of occupations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

OFFERS = 3
"""Promised to everybody who is without a place on 30 September."""

ALMOST = 1e-6
"""What the solver may be off by."""


class MarketCell(NamedTuple):
    region: str
    occupation: str


class Gap(StrEnum):
    """Which of its two numbers a cell lacks."""

    UNFILLED = "unfilled"
    SEARCHING = "searching"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class MarketCells:
    """The cells with both numbers, and by name those without: a missing number is no zero."""

    unfilled: Mapping[MarketCell, int]
    searching: Mapping[MarketCell, int]
    missing: Mapping[MarketCell, Gap]

    @property
    def cells(self) -> tuple[MarketCell, ...]:
        return tuple(self.unfilled)


Stated = Mapping[MarketCell, Decimal | None]
"""What is stated of each cell; a cell that is not in it, and None, are missing numbers."""


def market_of(cells: Iterable[MarketCell], unfilled: Stated, searching: Stated) -> MarketCells:
    """Both numbers of each of ``cells``. Places and people are whole and never negative."""
    found_unfilled, found_searching, missing = {}, {}, {}
    for cell in cells:
        places, people = unfilled.get(cell), searching.get(cell)
        if places is None or people is None:
            missing[cell] = _gap(places, people)
        else:
            found_unfilled[cell], found_searching[cell] = int(places), int(people)
    return MarketCells(found_unfilled, found_searching, missing)


def _gap(places: Decimal | None, people: Decimal | None) -> Gap:
    if places is None and people is None:
        return Gap.BOTH
    return Gap.UNFILLED if places is None else Gap.SEARCHING
