"""Frozen data as a large report has them: figures of several years, by Land, target group and umbrella."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product

from bench.reports import sections
from reporting.frozen.schema import (
    Alliance,
    Amount,
    AmountState,
    Basis,
    CrossedRow,
    DisclosureData,
    IndicatorData,
    MeasureData,
    ObjectiveData,
    PartRow,
    SnapshotData,
    TargetData,
    Text,
    YearFigure,
)

LAENDER = (
    "Schleswig-Holstein",
    "Hamburg",
    "Niedersachsen",
    "Bremen",
    "Nordrhein-Westfalen",
    "Hessen",
    "Rheinland-Pfalz",
    "Baden-Württemberg",
    "Bayern",
    "Saarland",
    "Berlin",
    "Brandenburg",
    "Mecklenburg-Vorpommern",
    "Sachsen",
    "Sachsen-Anhalt",
    "Thüringen",
)
UMBRELLAS = ("DIHK", "ZDH", "DGB")
YEARS = (2022, 2023, 2024, 2025)
SHA256 = "0" * 64
GROUPS = (
    "Ausbildende Betriebe",
    "Noch nicht ausbildende Betriebe",
    "Junge Menschen mit Migrationshintergrund",
    "Geflüchtete und Asylsuchende",
    "Benachteiligte junge Menschen",
    "Junge Menschen mit Behinderungen",
)
OBJECTIVES = 7
HEADLINES, GROUPED = 6, 4
"""So many of the measures have a target, and figures by target group."""


def large_edition(measures: int) -> SnapshotData:
    """Two indicators for each measure, by Land, target group and umbrella; those of the first have targets.

    It has every section that a real report has; ``bench/reports/sections.py`` holds those beside the figures.
    """
    names = [Text(de=f"Maßnahme {number}", en=f"Measure {number}") for number in range(1, measures + 1)]
    codes = [f"M{number}" for number in range(1, measures + 1)]
    return SnapshotData(
        year=YEARS[-1],
        taken_at=datetime(2026, 2, 14, 9, 30, tzinfo=UTC),
        data_as_of=date(2026, 1, 31),
        portal="https://portal.example.org",
        alliance=Alliance(
            name=Text(
                de="Allianz für Aus- und Weiterbildung", en="Alliance for Initial and Further Training"
            ),
            phase="2023-2026",
            implementing_body=Text(de="Bundesministerium für Arbeit und Soziales"),
        ),
        objectives=tuple(
            ObjectiveData(
                code=f"Z{place}", name=Text(de=f"Ziel {place}"), measures=tuple(codes[place - 1 :: 7])
            )
            for place in range(1, 8)
        ),
        measures=tuple(
            MeasureData(
                code=f"M{number}",
                name=name,
                kind="training_offer",
                leads=(Text(de="Deutscher Industrie- und Handelskammertag"),),
                objectives=("Z1",),
                target_groups=tuple(Text(de=group) for group in GROUPS),
                funding=(Text(de="Bundeshaushalt"), Text(de="Europäischer Sozialfonds (ESF)")),
                indicators=(
                    _indicator(2 * number, is_headline=number <= HEADLINES, is_grouped=number <= GROUPED),
                    _indicator(2 * number + 1),
                ),
            )
            for number, name in enumerate(names, start=1)
        ),
        disclosure=DisclosureData(withheld=12, relations=()),
        **sections.others(codes, YEARS, LAENDER),
    )


def long_annex(rows: int) -> SnapshotData:
    """An edition with so many figures, most of them of parts of the Alliance."""
    parts = rows // len(YEARS) - 1
    indicator = _indicator(1, parts=[f"Kreis {number}" for number in range(parts)])
    edition = large_edition(3)
    first, *others = edition.measures
    return replace(edition, measures=(replace(first, indicators=(indicator,)), *others))


def _indicator(
    number: int, *, is_headline: bool = False, is_grouped: bool = False, parts: Sequence[str] = LAENDER
) -> IndicatorData:
    groups = GROUPS if is_grouped else ()
    umbrellas = UMBRELLAS if parts is LAENDER else ()
    amounts = [_amount(number * 1_000 + year) for year in YEARS]
    target = TargetData(value=Decimal(number * 2_000), per_year=True) if is_headline else None
    return IndicatorData(
        code=f"indicator_{number}",
        name=Text(
            de=f"Zusätzlich angebotene Plätze der Reihe {number}", en=f"Additional places of series {number}"
        ),
        definition=Text(de="Plätze mehr als im Basisjahr der Zusage", en="Places above the baseline year"),
        unit="places",
        kind="flow",
        period="calendar_year",
        source=Text(de="Eigene Angaben der Partner", en="Partners' own reports"),
        is_headline=is_headline,
        years=tuple(
            YearFigure(
                year=year,
                amount=amount,
                target=target,
                attainment=amount.value / target.value if target and amount.value else None,
                notes=(Text(de=f"HWK Bremen: Anmerkung zu {number}."),),
            )
            for year, amount in zip(YEARS, amounts, strict=True)
        ),
        lands=tuple(
            PartRow(code=f"{place:02}", name=Text(de=name), amounts=_amounts(place * 100))
            for place, name in enumerate(parts, start=1)
        ),
        umbrellas=tuple(
            PartRow(code=code, name=Text(de=code), amounts=_amounts(number * 500)) for code in umbrellas
        ),
        groups=tuple(
            PartRow(code=f"G{place}", name=Text(de=name), amounts=_amounts(place * 50))
            for place, name in enumerate(groups)
        ),
        crossed=tuple(_crossed(len(groups), umbrellas)) if umbrellas else (),
    )


def _crossed(groups: int, umbrellas: Sequence[str]) -> Iterator[CrossedRow]:
    """What the editions of the Länder and umbrellas show."""
    for place, umbrella in product(range(1, len(LAENDER) + 1), umbrellas):
        yield CrossedRow(region=f"{place:02}", umbrella=umbrella, amounts=_amounts(place * 30))
    for group in range(groups):
        for place in range(1, len(LAENDER) + 1):
            yield CrossedRow(region=f"{place:02}", group=f"G{group}", amounts=_amounts(place * 20))
        for umbrella in umbrellas:
            yield CrossedRow(umbrella=umbrella, group=f"G{group}", amounts=_amounts(group * 40 + 10))


def _amounts(value: int) -> tuple[Amount, ...]:
    return tuple(_amount(value + year) for year in YEARS)


def _amount(value: int) -> Amount:
    """Some are preliminary, so that the tables have notes."""
    return Amount(
        state=AmountState.VALUE,
        value=Decimal(value),
        basis=Basis.STATED,
        reported=132,
        due=133,
        qualities=("preliminary",) if value % 3 == 0 else (),
    )
