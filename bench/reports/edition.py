"""Frozen data as a large report has them: measures with figures of several years, by Land."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from reporting.frozen.schema import (
    Alliance,
    Amount,
    AmountState,
    Basis,
    IndicatorData,
    MeasureData,
    ObjectiveData,
    Participation,
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
HEADLINES = 6


def large_edition(measures: int) -> SnapshotData:
    """Two indicators for each measure, each by Land; those of the first measures have targets."""
    names = [Text(de=f"Maßnahme {number}", en=f"Measure {number}") for number in range(1, measures + 1)]
    return SnapshotData(
        year=YEARS[-1],
        taken_at=datetime(2026, 2, 14, 9, 30, tzinfo=UTC),
        data_as_of=date(2026, 1, 31),
        alliance=Alliance(
            name=Text(
                de="Allianz für Aus- und Weiterbildung", en="Alliance for Initial and Further Training"
            ),
            phase="2023-2026",
            implementing_body=Text(de="Bundesministerium für Arbeit und Soziales"),
        ),
        objectives=(
            ObjectiveData(
                code="Z1", name=Text(de="Ausbildung stärken", en="Strengthen training"), measures=("M1", "M2")
            ),
            ObjectiveData(code="Z2", name=Text(de="Wege öffnen", en="Open ways"), measures=("M3",)),
        ),
        measures=tuple(
            MeasureData(
                code=f"M{number}",
                name=name,
                kind="training_offer",
                leads=(Text(de="Deutscher Industrie- und Handelskammertag"),),
                objectives=("Z1",),
                indicators=(
                    _indicator(2 * number, is_headline=number <= HEADLINES),
                    _indicator(2 * number + 1),
                ),
            )
            for number, name in enumerate(names, start=1)
        ),
        participation=(Participation(code="DIHK", name=Text(de="DIHK"), due=79, approved=79),),
    )


def long_annex(rows: int) -> SnapshotData:
    """An edition with so many figures, most of them of parts of the Alliance."""
    parts = rows // len(YEARS) - 1
    indicator = _indicator(1, parts=[f"Kreis {number}" for number in range(parts)])
    edition = large_edition(3)
    first, *others = edition.measures
    return replace(edition, measures=(replace(first, indicators=(indicator,)), *others))


def _indicator(number: int, *, is_headline: bool = False, parts: Sequence[str] = LAENDER) -> IndicatorData:
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
            )
            for year, amount in zip(YEARS, amounts, strict=True)
        ),
        lands=tuple(
            PartRow(
                code=f"{place:02}", name=Text(de=name), amounts=tuple(_amount(place * 100) for _ in YEARS)
            )
            for place, name in enumerate(parts, start=1)
        ),
        umbrellas=tuple(
            PartRow(code=code, name=Text(de=code), amounts=tuple(_amount(number * 500) for _ in YEARS))
            for code in (UMBRELLAS if parts is LAENDER else ())
        ),
    )


def _amount(value: int) -> Amount:
    return Amount(state=AmountState.VALUE, value=Decimal(value), basis=Basis.STATED, reported=132, due=133)
