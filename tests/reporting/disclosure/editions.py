"""Editions with one indicator for one year, as they print the tables of a small world."""

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

    def amount(cell: CellKey) -> Amount:
        return withheld(1, 1) if cell in secret else told(int(values[cell]), 1, 1)

    def rows(name: str) -> tuple[PartRow, ...]:
        cells = sorted(cell for cell in values if cell.depth == 1 and getattr(cell, name))
        return tuple(
            PartRow(code=code, name=Text(de=code, en=code), amounts=(amount(cell),))
            for cell in cells
            if (code := getattr(cell, name))
        )

    indicator = IndicatorData(
        code=INDICATOR,
        name=Text(de="Eintritte", en="Starts"),
        unit="persons",
        kind="flow",
        period="calendar_year",
        source=BA,
        is_protected=True,
        years=(YearFigure(year=YEAR, amount=amount(CellKey())),),
        lands=rows("region"),
        groups=rows("group"),
        umbrellas=rows("umbrella"),
        crossed=tuple(
            CrossedRow(region=cell.region, group=cell.group, umbrella=cell.umbrella, amounts=(amount(cell),))
            for cell in sorted(values)
            if cell.depth == 2
        ),
    )
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
    return with_indicator(snapshot, indicator)


def with_indicator(snapshot: SnapshotData, indicator: IndicatorData) -> SnapshotData:
    measure = replace(snapshot.measures[0], indicators=(indicator,))
    return replace(snapshot, measures=(measure, *snapshot.measures[1:]))


def with_total(snapshot: SnapshotData, **changes) -> SnapshotData:
    """The edition with something else beside its total of the year."""
    indicator = snapshot.measures[0].indicators[0]
    return with_indicator(snapshot, replace(indicator, years=(replace(indicator.years[0], **changes),)))


def with_state(snapshot: SnapshotData, state: AmountState) -> SnapshotData:
    return with_total(snapshot, amount=Amount(state=state, due=1))
