"""The cells of a year, and what is calculated from them under the reader's settings."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import msgspec
from django.core.cache import cache

from measures.models import Indicator, Occupation
from partners.enums import RegionLevel
from partners.models import Region
from reporting.aggregates.regions import in_reading_order
from reporting.aggregates.totals import Totals, load_totals_by_occupation
from reporting.dashboards.filters import Filters
from reporting.dashboards.indicators import recorded_indicators
from reporting.dashboards.placing.settings import (
    NEIGHBOURS,
    OFFERS_PER_PLACE,
    ORDER,
    PEOPLE,
    RELATED,
    UNFILLED,
)
from reporting.frozen.schema import Amount, AmountState
from reporting.mismatch.cells import MarketCell, MarketCells, market_of
from reporting.mismatch.decomposition import Decomposition, SplitOrder, decompose
from reporting.mismatch.matching import Matching, MatchingOutcome, best_matching
from reporting.mismatch.reach import Occupations, Regions, reachable

KEPT_FOR = 24 * 60 * 60

Content = Decimal | AmountState
"""What a cell holds: a value, or the reason why there is none."""

Stated = Mapping[MarketCell, Content]


@dataclass(frozen=True, slots=True)
class Sources:
    """What is stated of both sides by region and group of occupations, as fine as both of them are."""

    places: Indicator
    people: Indicator
    stated: Mapping[str, Stated]
    level: int
    qualities: tuple[str, ...]

    def value(self, indicator: Indicator, cell: MarketCell) -> Content:
        return self.stated[indicator.code].get(cell, AmountState.NOT_REPORTED)

    def outside(self, indicator: Indicator) -> int:
        """How many are stated of no Land or no occupation, and so of no cell."""
        return sum(
            int(content)
            for (region, occupation), content in self.stated[indicator.code].items()
            if not isinstance(content, AmountState)
            and (not occupation.isdigit() or region in (Region.COUNTRY, Region.UNASSIGNED))
        )


@dataclass(frozen=True, slots=True)
class Calculation:
    sources: Sources
    market: MarketCells
    decomposition: Decomposition
    matching: Matching
    regions: Mapping[str, Region]
    occupations: Mapping[str, Occupation]


def calculate(filters: Filters) -> Calculation:
    """Six queries at most. Cells are all Länder by all groups of occupations that anything is stated of."""
    sources = _sources(filters)
    codes = {occupation for stated in sources.stated.values() for _region, occupation in stated}
    occupations = Occupation.objects.in_bulk({code for code in codes if code.isdigit()})
    lands = in_reading_order(Region.objects.filter(level=RegionLevel.LAND))
    cells = [MarketCell(region.code, code) for region in lands for code in sorted(occupations)]
    market = market_of(cells, _values(sources, sources.places), _values(sources, sources.people))
    return Calculation(
        sources=sources,
        market=market,
        decomposition=decompose(market, SplitOrder(ORDER.of(filters))),
        matching=_matching(market, filters),
        regions={region.code: region for region in lands},
        occupations=occupations,
    )


def _sources(filters: Filters) -> Sources:
    codes = (UNFILLED, PEOPLE.of(filters))
    indicators = {each.code: each for each in recorded_indicators().filter(code__in=codes)}
    places, people = (indicators[code] for code in codes)
    totals = load_totals_by_occupation(
        indicators=[places, people], years=[filters.year], standing=filters.standing, as_of=filters.as_of
    )
    amounts = {code: _amounts(totals, code, filters.year) for code in codes}
    level = min((_level(found) for found in amounts.values() if found), default=0)
    return Sources(
        places=places,
        people=people,
        stated={code: _at_level(found, level) for code, found in amounts.items()},
        level=level,
        qualities=tuple(
            sorted({flag for found in amounts.values() for each in found.values() for flag in each.qualities})
        ),
    )


def _amounts(totals: Mapping[str, Totals], indicator: str, year: int) -> dict[MarketCell, Amount]:
    """The cells that something is stated of."""
    return {
        MarketCell(region, occupation): found.total(indicator, year, region)
        for occupation, found in totals.items()
        for region in found.regions(indicator, year)
    }


def _level(amounts: Iterable[MarketCell]) -> int:
    """How many digits the occupations have."""
    return max((len(cell.occupation) for cell in amounts if cell.occupation.isdigit()), default=0)


def _at_level(amounts: Mapping[MarketCell, Amount], digits: int) -> dict[MarketCell, Content]:
    """By occupations of so many digits: finer ones are added up, where all of them are values."""
    parts: dict[MarketCell, list[Amount]] = defaultdict(list)
    for cell, amount in amounts.items():
        known = cell.occupation[:digits] if cell.occupation.isdigit() else cell.occupation
        parts[MarketCell(cell.region, known)].append(amount)
    return {cell: _content(found) for cell, found in parts.items()}


def _content(amounts: Sequence[Amount]) -> Content:
    """The values together; with a gap among them no number, and its reason where it is the only one."""
    if all(each.is_complete for each in amounts):
        return sum((each.value for each in amounts if each.value is not None), Decimal(0))
    reasons = {each.state for each in amounts}
    reason = reasons.pop()
    return AmountState.INCOMPLETE if reasons or reason is AmountState.VALUE else reason


def _values(sources: Sources, indicator: Indicator) -> dict[MarketCell, Decimal | None]:
    return {
        cell: None if isinstance(content, AmountState) else content
        for cell, content in sources.stated[indicator.code].items()
    }


def _matching(market: MarketCells, filters: Filters) -> Matching:
    """Solved once for the same numbers and settings: the solution is kept under what it is made from."""
    regions, occupations = Regions(NEIGHBOURS.of(filters)), Occupations(RELATED.of(filters))
    per_place = int(OFFERS_PER_PLACE.of(filters))
    numbers = [(*cell, market.unfilled[cell], market.searching[cell]) for cell in market.cells]
    content = msgspec.json.encode([regions, occupations, per_place, numbers])
    key = f"matching-{hashlib.sha256(content).hexdigest()}"
    kept = cache.get(key)
    if kept is not None:
        return msgspec.msgpack.decode(kept, type=Matching)
    found = best_matching(market, reachable(market.cells, regions, occupations), per_place)
    if found.outcome is MatchingOutcome.SOLVED:
        cache.set(key, msgspec.msgpack.encode(found), KEPT_FOR)
    return found
