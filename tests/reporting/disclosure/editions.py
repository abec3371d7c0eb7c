"""Editions with one indicator for one year, or with tied ones, as they print the tables of a small world."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal

from reporting.disclosure.cells import CellKey
from reporting.frozen.schema import (
    Amount,
    AmountState,
    CrossedRow,
    DisclosureData,
    IndicatorData,
    PartRow,
    RelationData,
    RevisedCell,
    SnapshotData,
    Text,
    YearFigure,
)
from tests.reporting.sample_snapshot import BA, make_snapshot, told, withheld

INDICATOR = "mentored_pupils"
YEAR = 2016


def edition(
    values: Mapping[CellKey, Decimal],
    secret: Collection[CellKey] = (),
    *,
    revised: Collection[CellKey] = (),
) -> SnapshotData:
    """An edition that withholds ``secret`` and prints the others."""
    snapshot = make_snapshot(
        control_totals=(),
        disclosure=DisclosureData(
            withheld=len(secret),
            relations=(),
            revised=tuple(
                RevisedCell(
                    indicator=INDICATOR,
                    year=YEAR,
                    region=cell.region,
                    group=cell.group,
                    umbrella=cell.umbrella,
                )
                for cell in sorted(revised)
            ),
        ),
    )
    return with_indicator(snapshot, _indicator(INDICATOR, values, secret))


def tied_edition(
    values: Mapping[CellKey, Decimal], secret: Collection[CellKey], relations: tuple[RelationData, ...]
) -> SnapshotData:
    """An edition of several indicators; cells are named by theirs."""
    codes = dict.fromkeys(cell.indicator for cell in values)
    own = {code: {cell: value for cell, value in values.items() if cell.indicator == code} for code in codes}
    snapshot = make_snapshot(
        control_totals=(), disclosure=DisclosureData(withheld=len(secret), relations=relations)
    )
    return with_indicator(snapshot, *(_indicator(code, own[code], secret) for code in codes))


def _indicator(code: str, values: Mapping[CellKey, Decimal], secret: Collection[CellKey]) -> IndicatorData:
    def amount(cell: CellKey) -> Amount:
        return withheld(1, 1) if cell in secret else told(int(values[cell]), 1, 1)

    def rows(name: str) -> tuple[PartRow, ...]:
        cells = sorted(cell for cell in values if cell.depth == 1 and getattr(cell, name))
        return tuple(
            PartRow(code=part, name=Text(de=part, en=part), amounts=(amount(cell),))
            for cell in cells
            if (part := getattr(cell, name))
        )

    (whole,) = (cell for cell in values if not cell.depth)
    return IndicatorData(
        code=code,
        name=Text(de="Eintritte", en="Starts"),
        unit="persons",
        kind="flow",
        period="calendar_year",
        source=BA,
        is_protected=True,
        years=(YearFigure(year=YEAR, amount=amount(whole)),),
        lands=rows("region"),
        groups=rows("group"),
        umbrellas=rows("umbrella"),
        crossed=tuple(
            CrossedRow(region=cell.region, group=cell.group, umbrella=cell.umbrella, amounts=(amount(cell),))
            for cell in sorted(values)
            if cell.depth == 2
        ),
    )


def with_indicator(snapshot: SnapshotData, *indicators: IndicatorData) -> SnapshotData:
    measure = replace(snapshot.measures[0], indicators=indicators)
    return replace(snapshot, measures=(measure, *snapshot.measures[1:]))


def with_total(snapshot: SnapshotData, **changes) -> SnapshotData:
    """The edition with something else beside its total of the year."""
    indicator = snapshot.measures[0].indicators[0]
    return with_indicator(snapshot, replace(indicator, years=(replace(indicator.years[0], **changes),)))


def with_state(snapshot: SnapshotData, state: AmountState) -> SnapshotData:
    return with_total(snapshot, amount=Amount(state=state, due=1))
