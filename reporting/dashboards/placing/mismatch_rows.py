"""The numbers of the mismatch for programs: cells as stated, and what is calculated from them."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from measures.enums import TOTAL
from measures.models import Indicator
from reporting.dashboards.filters import Filters
from reporting.dashboards.placing.calculation import Calculation
from reporting.dashboards.rows import ViewRow
from reporting.frozen.schema import AmountState, Basis
from reporting.mismatch.cells import MarketCell
from reporting.mismatch.decomposition import MismatchKind
from reporting.mismatch.matching import MatchingOutcome

VIEW = "mismatch"
UNSOLVED = AmountState.INCOMPLETE.value
"""The state of what could not be calculated in time."""


def rows(found: Calculation, filters: Filters) -> Iterator[ViewRow]:
    """The whole country first, then what belongs to the Land of the filters, or to all of them."""
    if found.market.cells:
        yield from _country(found, filters)
    for region in found.regions:
        if filters.region in ("", region):
            yield from _land(found, filters, region)


def exact(value: Fraction | float) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(repr(round(value, 6)))


def in_land(found: Calculation, kind: MismatchKind, region: str) -> Fraction:
    """The pairs of a Land, of the kinds that lie within one: in characteristics or in the occupation."""
    pairs = found.decomposition.within[kind]
    if kind is MismatchKind.CHARACTERISTICS:
        return sum((pairs.get(cell, Fraction()) for cell in cells_of(found, region)), Fraction())
    return pairs.get(region, Fraction())


def cells_of(found: Calculation, region: str) -> list[MarketCell]:
    """The Land's cells with both numbers."""
    return [cell for cell in found.market.cells if cell.region == region]


def served_in_land(found: Calculation, region: str) -> float:
    return sum(count for cell, count in found.matching.served.items() if cell.region == region)


def _country(found: Calculation, filters: Filters) -> Iterator[ViewRow]:
    parts = found.decomposition
    for name, value in (
        ("unfilled", Fraction(parts.unfilled)),
        ("searching", Fraction(parts.searching)),
        ("meetable", Fraction(parts.meetable)),
        ("surplus_places", Fraction(parts.surplus_places)),
        ("surplus_people", Fraction(parts.surplus_people)),
        *((kind.value, parts.parts[kind]) for kind in MismatchKind),
    ):
        yield _calculated(f"mismatch_{name}", filters, exact(value))
    for code, pairs in parts.within[MismatchKind.REGIONAL].items():
        yield _calculated("mismatch_regional", filters, exact(pairs), occupation=str(code))
    is_solved = found.matching.outcome is MatchingOutcome.SOLVED
    yield _calculated("three_offers_at_most", filters, Decimal(found.matching.at_most) if is_solved else None)
    yield _calculated(
        "three_offers_at_least", filters, Decimal(found.matching.at_least) if is_solved else None
    )


def _land(found: Calculation, filters: Filters, region: str) -> Iterator[ViewRow]:
    cells = cells_of(found, region)
    market, matching = found.market, found.matching
    if cells:
        is_solved = matching.outcome is MatchingOutcome.SOLVED
        for name, value in (
            ("mismatch_unfilled", Decimal(sum(market.unfilled[cell] for cell in cells))),
            ("mismatch_searching", Decimal(sum(market.searching[cell] for cell in cells))),
            ("mismatch_characteristics", exact(in_land(found, MismatchKind.CHARACTERISTICS, region))),
            ("mismatch_occupational", exact(in_land(found, MismatchKind.OCCUPATIONAL, region))),
            ("three_offers", exact(served_in_land(found, region)) if is_solved else None),
        ):
            yield _calculated(name, filters, value, region=region)
    for code in found.occupations:
        cell = MarketCell(region, code)
        for indicator in (found.sources.places, found.sources.people):
            yield _stated(found, filters, indicator, cell)
        if cell in market.unfilled:
            pairs = found.decomposition.within[MismatchKind.CHARACTERISTICS].get(cell, Fraction())
            yield _calculated(
                "mismatch_characteristics", filters, exact(pairs), region=region, occupation=code
            )
            if cell in matching.served:
                served = exact(matching.served[cell])
                yield _calculated("three_offers", filters, served, region=region, occupation=code)
            if price := matching.price_of_place.get(cell):
                yield _calculated("price_of_place", filters, exact(price), region=region, occupation=code)


def _stated(found: Calculation, filters: Filters, indicator: Indicator, cell: MarketCell) -> ViewRow:
    content = found.sources.value(indicator, cell)
    is_value = isinstance(content, Decimal)
    return ViewRow(
        view=VIEW,
        indicator=indicator.code,
        year=filters.year,
        region=cell.region,
        occupation=cell.occupation,
        measure=indicator.measure.code if indicator.measure else "",
        value=content if isinstance(content, Decimal) else None,
        state=AmountState.VALUE.value if isinstance(content, Decimal) else content.value,
        basis=Basis.STATED.value if is_value else "",
        reported=int(is_value),
        due=1,
    )


def _calculated(
    indicator: str, filters: Filters, value: Decimal | None, *, region: str = "", occupation: str = TOTAL
) -> ViewRow:
    return ViewRow(
        view=VIEW,
        indicator=indicator,
        year=filters.year,
        region=region,
        occupation=occupation,
        value=value,
        state=UNSOLVED if value is None else AmountState.VALUE.value,
        basis="" if value is None else Basis.DERIVED.value,
    )
