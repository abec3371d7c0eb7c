"""A number of the frozen data by what its permanent link names: its code, year and parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from reporting.frozen.contents import ChangeRow, MoneyRow
from reporting.frozen.links import FigurePart, PartKind, scope_part
from reporting.frozen.schema import IndicatorData, PartRow, SnapshotData
from reporting.frozen.values import Amount, Text

Line = TypeVar("Line")

_TOO_LONG = 7
"""No table has a line whose number is so long; Python refuses to read one of thousands of digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenNumber:
    """``parts``: of which part of the Alliance it is; ``form``: as those of the training market's series."""

    name: Text
    amount: Amount
    parts: tuple[Text, ...] = ()
    form: str = "count"


def find_number(data: SnapshotData, code: str, year: int, parts: Sequence[FigurePart]) -> FrozenNumber | None:
    """An indicator's number, or else one of the training market or of the three offers.

    The data of a Land or umbrella hold the numbers of that and of its parts, all others those of the Alliance
    and of its parts.
    """
    scope = scope_part(data)
    if scope and scope not in parts:
        return None
    within = [part for part in parts if part != scope]
    indicator = next((each for each in data.indicators if each.code == code), None)
    if indicator is not None:
        return _of_indicator(data, indicator, year, within)
    return _of_market(data, code, year, within) or _of_offers(data, code, year, within)


def _of_indicator(
    data: SnapshotData, indicator: IndicatorData, year: int, within: Sequence[FigurePart]
) -> FrozenNumber | None:
    place = place_of_year(indicator, year)
    if place is None or len(within) > 1:
        return None
    names = [data.scope.name] if data.scope else []
    amount = indicator.years[place].amount
    if within:
        row = find_row(indicator, *within[0])
        if row is None:
            return None
        names.append(row.name)
        amount = row.amounts[place]
    return FrozenNumber(name=indicator.name, amount=amount, parts=tuple(names))


def _of_market(data: SnapshotData, code: str, year: int, within: Sequence[FigurePart]) -> FrozenNumber | None:
    market = data.market
    series = next((each for each in market.series if each.code == code), None) if market else None
    if market is None or series is None or year not in market.years:
        return None
    if not within:
        amount = series.amounts[market.years.index(year)]
        return FrozenNumber(name=series.name, amount=amount, form=series.form)
    land = next((each for each in market.lands if within == [(PartKind.REGION, each.code)]), None)
    if land is None or year != data.year or code not in market.land_series:
        return None
    amount = land.amounts[market.land_series.index(code)]
    return FrozenNumber(name=series.name, amount=amount, parts=(land.name,), form=series.form)


def _of_offers(data: SnapshotData, code: str, year: int, within: Sequence[FigurePart]) -> FrozenNumber | None:
    stages = data.offers.stages if data.offers else ()
    stage = next((each for each in stages if each.code == code), None)
    if stage is None or year != data.year or within:
        return None
    return FrozenNumber(name=stage.name, amount=stage.amount)


def parts_of_change(row: ChangeRow) -> tuple[FigurePart, ...]:
    """What a number is of that reads otherwise than before."""
    kinds = {PartKind.REGION: row.region, PartKind.GROUP: row.group, PartKind.UMBRELLA: row.umbrella}
    return tuple((kind, code) for kind, code in kinds.items() if code)


def place_of_year(indicator: IndicatorData, year: int) -> int | None:
    return next((place for place, figure in enumerate(indicator.years) if figure.year == year), None)


def find_row(indicator: IndicatorData, by: str, code: str) -> PartRow | None:
    rows = {
        PartKind.REGION: indicator.lands,
        PartKind.GROUP: indicator.groups,
        PartKind.UMBRELLA: indicator.umbrellas,
    }
    of_kind = rows.get(PartKind(by), ()) if by in list(PartKind) else ()
    return next((row for row in of_kind if row.code == code), None)


def find_line(lines: Sequence[Line], place: str) -> Line | None:
    """The line of a table by its place, from 1."""
    known = int(place) if len(place) < _TOO_LONG and place.isascii() and place.isdecimal() else 0
    return lines[known - 1] if 0 < known <= len(lines) else None


def find_money(data: SnapshotData, year: int, parts: Sequence[FigurePart]) -> tuple[MoneyRow, Amount] | None:
    """What was spent in a year on a measure from one of its sources."""
    named = dict(parts)
    years = sorted({figure.year for each in data.indicators for figure in each.years})
    rows = [row for row in data.money if row.measure == named.get(PartKind.MEASURE)]
    row = find_line(rows, named.get(PartKind.SOURCE, ""))
    return (row, row.amounts[years.index(year)]) if row and year in years else None
