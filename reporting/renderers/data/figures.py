"""Every number of a report as one row under columns that do not change.

These rows are the contract of the open data: CSV, JSON and SDMX-CSV are three spellings of them, and
``dictionary`` describes them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal

from reporting.enums import ScopeKind
from reporting.frozen.schema import (
    Amount,
    IndicatorData,
    PartRow,
    RatioTargetData,
    ScopeData,
    SnapshotData,
    YearFigure,
)

ALL = "_T"
"""What stands for all regions, target groups or organisations, as it does in the catalogue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutout:
    """The part of the Alliance that a number is of; the first three columns of the key beside the year."""

    region: str = ALL
    target_group: str = ALL
    organisation: str = ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class DataRow:
    """An indicator in a year, of a part of the Alliance: its value, or the reason why there is none.

    The key is the first five. ``quality`` holds flags separated by spaces. A share, and the attainment, is
    0.365, not 36.5. Targets stand at the totals of the report alone.
    """

    indicator: str
    year: int
    region: str
    target_group: str
    organisation: str
    value: Decimal | None
    unit: str
    state: str
    basis: str
    reported: int
    due: int
    quality: str
    target: Decimal | None = None
    target_kind: str = ""
    attainment: Decimal | None = None
    reference_date: date | None = None
    data_as_of: date | None = None


COLUMNS = tuple(field.name for field in fields(DataRow))


def figure_rows(snapshot: SnapshotData) -> Iterator[DataRow]:
    """In the order of the report: by indicator, its totals by year, then its parts, each by year."""
    for indicator in snapshot.indicators:
        yield from rows_of(indicator, snapshot.scope)


def rows_of(indicator: IndicatorData, scope: ScopeData | None) -> Iterator[DataRow]:
    """Those of one indicator. ``scope``: that of the report."""
    whole = _whole(scope)
    for figure in indicator.years:
        yield _with_target(_row(indicator, figure, whole, figure.amount), figure)
    for part_of, part in _parts(indicator, whole):
        for figure, amount in zip(indicator.years, part.amounts, strict=True):
            yield _row(indicator, figure, part_of, amount)


def _whole(scope: ScopeData | None) -> Cutout:
    """What the totals of the report are of."""
    if scope is None:
        return Cutout()
    is_land = scope.kind == ScopeKind.LAND
    return Cutout(region=scope.code) if is_land else Cutout(organisation=scope.code)


def _parts(indicator: IndicatorData, whole: Cutout) -> Iterator[tuple[Cutout, PartRow]]:
    for part in indicator.lands:
        yield replace(whole, region=part.code), part
    for part in indicator.groups:
        yield replace(whole, target_group=part.code), part
    for part in indicator.umbrellas:
        yield replace(whole, organisation=part.code), part


def _row(indicator: IndicatorData, figure: YearFigure, part_of: Cutout, amount: Amount) -> DataRow:
    return DataRow(
        indicator=indicator.code,
        year=figure.year,
        region=part_of.region,
        target_group=part_of.target_group,
        organisation=part_of.organisation,
        value=amount.value,
        unit=indicator.unit,
        state=amount.state.value,
        basis=amount.basis.value if amount.basis else "",
        reported=amount.reported,
        due=amount.due,
        quality=" ".join(amount.qualities),
        reference_date=figure.reference_date,
        data_as_of=figure.data_as_of,
    )


def _with_target(row: DataRow, figure: YearFigure) -> DataRow:
    promised = figure.promised
    if promised is None:
        return row
    if isinstance(promised, RatioTargetData):
        value, kind = promised.goal, "ratio"
    elif promised.is_ceiling:
        value, kind = promised.value, "ceiling"
    else:
        value, kind = promised.value, "per_year" if promised.per_year else "value"
    return replace(row, target=value, target_kind=kind, attainment=figure.attainment)
