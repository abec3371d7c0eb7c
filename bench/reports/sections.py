"""What a large report has beside its figures: the market, offers, money, texts, resolutions, sources."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from reporting.frozen.codes import (
    ANR,
    APPEARED,
    DEMAND_EXTENDED,
    EANR,
    INVITED,
    OFFERED,
    PLACED,
    REGISTERED,
    SHARE_UNFILLED,
    SUPPLY,
    UNFILLED,
    UNPLACED,
)
from reporting.frozen.contents import (
    ChangeRow,
    Changes,
    LandRatios,
    Market,
    MarketSeries,
    MoneyRow,
    NarrativeData,
    Offers,
    OfferStage,
    Passage,
    SeriesBreakData,
    Span,
)
from reporting.frozen.schema import (
    CommitmentData,
    ControlTotalData,
    Participation,
    Remark,
    ResolutionData,
    SourceData,
    StatementData,
    Text,
)
from reporting.frozen.values import Amount, AmountState, Basis

PARTNERS = ("DIHK", "ZDH", "BFB", "BA", "BDA", "BDI", "DGB", "LAENDER", "BUND")
COUNTS = (UNFILLED, UNPLACED, SUPPLY, DEMAND_EXTENDED, *(f"input_{number}" for number in range(9)))
RATIOS = (ANR, EANR, SHARE_UNFILLED)
STAGES = (UNPLACED, REGISTERED, INVITED, APPEARED, *OFFERED)
RESOLUTIONS, SOURCES, CHANGED, PARAGRAPHS = 5, 40, 12, 2
SENTENCE = (
    "Die Partner haben vereinbart, was sie gemeinsam tun, und sagen hier, was im Berichtsjahr daraus wurde. "
)


def others(measures: Sequence[str], years: Sequence[int], laender: Sequence[str]) -> dict[str, Any]:
    """The fields of the frozen data by name; ``measures`` are codes."""
    return {
        "participation": tuple(
            Participation(code=code, name=Text(de=code), due=16, approved=14, missing=("Bremen", "Saarland"))
            for code in PARTNERS
        ),
        "market": _market(years, laender),
        "offers": Offers(stages=tuple(_stages()), verdict="open", lacking=(STAGES[-1],)),
        "money": tuple(
            MoneyRow(
                measure=measure,
                source=Text(de=source),
                amounts=tuple(_amount(1_000_000 + year) for year in years),
            )
            for measure in measures
            for source in ("Bundeshaushalt", "Europäischer Sozialfonds (ESF)")
        ),
        "narratives": tuple(_narratives()),
        "resolutions": tuple(_resolutions(measures)),
        "statements": tuple(
            StatementData(code=f"{kind}{number}", kind=kind, text=Text(de=SENTENCE.strip()), year=years[-1])
            for kind in ("product", "outcome", "lesson", "success")
            for number in range(5)
        ),
        "control_totals": tuple(
            ControlTotalData(
                file=f"Sammelmeldung_{number}.xlsx",
                sheet="Meldung",
                cell=f"F{number}",
                indicator="indicator_2",
                year=years[-1],
                stated=Decimal(number),
                sum=Decimal(number),
                ok=True,
            )
            for number in range(SOURCES // 4)
        ),
        "sources": tuple(
            SourceData(
                name=f"Sammelmeldung_{number}.xlsx",
                sha256=f"{number:064x}",
                organisation=Text(de="Industrie- und Handelskammer"),
                sheets=2,
                figures=400,
            )
            for number in range(SOURCES)
        ),
        "changes": (
            Changes(
                year=years[-2],
                taken_at=datetime(2025, 2, 12, 8, 15, tzinfo=UTC),
                sha256="1" * 64,
                rows=tuple(
                    ChangeRow(
                        indicator=f"indicator_{number}",
                        name=Text(de=f"Zusätzlich angebotene Plätze der Reihe {number}"),
                        unit="places",
                        year=years[-2],
                        before=_amount(number),
                        now=_amount(number + 10),
                        reasons=(Remark(text="Doppelzählung", by=Text(de="HWK Berlin")),),
                    )
                    for number in range(2, CHANGED + 2)
                ),
            ),
        ),
    }


def _amount(value: int | str) -> Amount:
    return Amount(state=AmountState.VALUE, value=Decimal(value), basis=Basis.DERIVED, reported=1, due=1)


def _market(years: Sequence[int], laender: Sequence[str]) -> Market:
    def series(code: str, form: str, amounts: tuple[Amount, ...]) -> MarketSeries:
        return MarketSeries(
            code=code,
            name=Text(de=f"Größe {code} des Ausbildungsmarkts"),
            form=form,
            definition=Text(de=SENTENCE.strip()),
            source=Text(de="BIBB-Erhebung zum 30. September"),
            amounts=amounts,
        )

    return Market(
        years=tuple(years),
        series=(
            *(series(code, "count", tuple(_amount(500_000 + year) for year in years)) for code in COUNTS),
            *(series(code, "ratio", tuple(_amount(f"9{year % 10}.5") for year in years)) for code in RATIOS),
        ),
        contracts=Text(de="Neuabschlüsse aller zuständigen Stellen laut BIBB-Erhebung"),
        land_series=RATIOS,
        lands=tuple(
            LandRatios(
                code=f"{place:02}",
                name=Text(de=name),
                amounts=tuple(_amount(f"{90 + place}.{number}") for number in range(len(RATIOS))),
            )
            for place, name in enumerate(laender, start=1)
        ),
        breaks=(SeriesBreakData(indicator=UNFILLED, year=years[1], reason=Text(de="neues Fachverfahren")),),
    )


def _stages() -> Iterator[OfferStage]:
    for place, code in enumerate((*STAGES, *PLACED)):
        yield OfferStage(
            code=code,
            name=Text(de=f"Station {place + 1} nach dem 30. September"),
            amount=_amount(20_000 - 1_500 * place),
            is_part=code in PLACED,
        )


def _narratives() -> Iterator[NarrativeData]:
    paragraph = Passage(kind="paragraph", lines=((Span(text=SENTENCE * 5),),))
    for section in ("foreword", "assessment", "market", "funding", "results", "outlook"):
        yield NarrativeData(report_type="annual", section=section, de=(paragraph,) * PARAGRAPHS)
    for partner in PARTNERS:
        yield NarrativeData(
            report_type="annual", section="contributions", organisation=Text(de=partner), de=(paragraph,)
        )


def _resolutions(measures: Sequence[str]) -> Iterator[ResolutionData]:
    for number in range(RESOLUTIONS):
        yield ResolutionData(
            title=Text(de=f"Beschluss {number} der Partner"),
            meeting=Text(de="Sitzung der Allianz"),
            resolved_on=date(2024, number % 12 + 1, 1),
            state="open",
            commitments=tuple(
                CommitmentData(organisation=Text(de=partner), state="open", reason=SENTENCE.strip())
                for partner in PARTNERS[:5]
            ),
            measures=tuple(measures[:1]),
        )
