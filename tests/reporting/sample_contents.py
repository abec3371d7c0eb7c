"""What a snapshot holds beside measures and indicators, as 2016 would give it."""

from datetime import UTC, date, datetime
from decimal import Decimal

from reporting.frozen.contents import (
    Aspect,
    ChangeRow,
    Changes,
    DefinitionChange,
    LandRatios,
    Market,
    MarketSeries,
    MoneyRow,
    NarrativeData,
    Offers,
    OfferStage,
    Passage,
    Practice,
    SeriesBreakData,
    Span,
)
from reporting.frozen.values import Amount, AmountState, Basis, Remark, Text
from tests.reporting.sample_snapshot import BA, BDA, BMWI, DGB, LAENDER, ZDH, silent, told, withheld

_ACT = Text(de="§ 86 BBiG; BIBB", en="§ 86 of the Vocational Training Act; BIBB")
_BIBB = Text(de="BIBB-Erhebung zum 30. September", en="BIBB survey as of 30 September")


def decimal(value: str) -> Amount:
    return Amount(state=AmountState.VALUE, value=Decimal(value), basis=Basis.STATED, reported=1, due=1)


def _series(code: str, form: str, de: str, en: str, *amounts: Amount) -> MarketSeries:
    return MarketSeries(
        code=code,
        name=Text(de=de, en=en),
        form=form,
        definition=Text(de="", en="")
        if form == "count"
        else Text(de="Angebot ÷ Nachfrage × 100", en="Supply ÷ demand × 100"),
        source=_BIBB if form == "count" else _ACT,
        amounts=amounts,
    )


def sample_market() -> Market:
    return Market(
        years=(2015, 2016),
        series=(
            _series(
                "unfilled_30sep",
                "count",
                "Unbesetzte gemeldete Ausbildungsstellen am 30. September",
                "Registered places unfilled on 30 September",
                told(41_000, 1, 1),
                told(43_478, 1, 1),
            ),
            _series(
                "unplaced_30sep",
                "count",
                "Unversorgte Bewerber am 30. September",
                "Applicants without a place on 30 September",
                told(20_782, 1, 1),
                told(20_550, 1, 1),
            ),
            _series(
                "supply",
                "count",
                "Angebot an Ausbildungsplätzen",
                "Supply of training places",
                told(563_230, 1, 1),
                told(563_751, 1, 1),
            ),
            _series(
                "demand_extended",
                "count",
                "Nachfrage nach Ausbildungsplätzen, erweiterte Definition",
                "Demand for training places, extended definition",
                told(602_900, 1, 1),
                told(600_915, 1, 1),
            ),
            _series(
                "anr",
                "ratio",
                "Angebots-Nachfrage-Relation (ANR)",
                "Supply-demand ratio (ANR)",
                decimal("103.7"),
                decimal("104.2"),
            ),
            _series(
                "eanr",
                "ratio",
                "Erweiterte Angebots-Nachfrage-Relation (eANR)",
                "Extended supply-demand ratio (eANR)",
                decimal("93.4"),
                decimal("93.8"),
            ),
            _series(
                "share_unfilled",
                "share",
                "Anteil unbesetzter betrieblicher Stellen",
                "Share of company places unfilled",
                silent(1),
                decimal("8.0"),
            ),
        ),
        contracts=Text(
            de="Neuabschlüsse aller zuständigen Stellen laut BIBB-Erhebung",
            en="New contracts of all competent bodies, BIBB survey",
        ),
        land_series=("eanr", "anr"),
        lands=tuple(
            LandRatios(
                code=code,
                name=Text(de=de, en=en),
                amounts=(decimal(str(90 + position)), decimal(f"{95 + position}.5")),
            )
            for position, (code, de, en, *_values) in enumerate(LAENDER)
        ),
        breaks=(
            SeriesBreakData(
                indicator="unfilled_30sep",
                year=2016,
                reason=Text(de="neues Fachverfahren der BA", en="new procedure of the Agency"),
            ),
        ),
    )


def sample_offers() -> Offers:
    def stage(code: str, de: str, en: str, value: int, *, is_part: bool = False) -> OfferStage:
        return OfferStage(code=code, name=Text(de=de, en=en), amount=told(value, 132, 132), is_part=is_part)

    return Offers(
        stages=(
            stage("unplaced_30sep", "Unversorgte Bewerber", "Applicants without a place", 20_550),
            stage("post_invited", "Eingeladen", "Invited", 14_800),
            stage("post_offered_3", "Mit drei Angeboten", "With three offers", 585),
            stage(
                "post_placed_training", "In Ausbildung vermittelt", "Placed in training", 410, is_part=True
            ),
        ),
        verdict="open",
        lacking=("post_offered_3",),
    )


def sample_money() -> tuple[MoneyRow, ...]:
    federal = Text(de="Bundeshaushalt", en="Federal budget")
    return (
        MoneyRow(measure="M08", source=federal, amounts=(silent(1), decimal("48250000.50"))),
        MoneyRow(
            measure="M08",
            source=Text(de="Europäischer Sozialfonds (ESF)", en="European Social Fund (ESF)"),
            amounts=(silent(1), silent(1)),
        ),
        MoneyRow(measure="M09", source=federal, amounts=(decimal("3100000"), decimal("6840000"))),
    )


def sample_narratives() -> tuple[NarrativeData, ...]:
    def line(text: str) -> tuple[Span, ...]:
        return (Span(text=text),)

    return (
        NarrativeData(
            report_type="annual",
            section="assessment",
            de=(
                Passage(
                    kind="paragraph",
                    lines=(
                        (
                            Span(text="Die Partner haben 2016 mehr erreicht als "),
                            Span(text="im ersten Jahr", is_emphasised=True),
                            Span(text=". Was offen blieb, steht in der "),
                            Span(text="Übersicht", url="https://www.example.org/"),
                            Span(text="."),
                        ),
                    ),
                ),
            ),
            en=(Passage(kind="paragraph", lines=(line("In 2016 the partners reached more than in 2015."),)),),
        ),
        NarrativeData(
            report_type="annual",
            section="contributions",
            organisation=ZDH,
            de=(
                Passage(kind="heading", lines=(line("Handwerk"),)),
                Passage(
                    kind="bullets",
                    lines=(
                        line("53 Kammern berieten Betriebe."),
                        (Span(text="Neu: Lotsen.", is_strong=True),),
                    ),
                ),
            ),
        ),
    )


def sample_changes(sha256: str) -> tuple[Changes, ...]:
    places = Text(de="Zusätzlich angebotene Ausbildungsplätze", en="Additional training places offered")
    return (
        Changes(
            year=2015,
            taken_at=datetime(2016, 2, 12, 8, 15, tzinfo=UTC),
            sha256=sha256,
            rows=(
                ChangeRow(
                    indicator="additional_places",
                    name=places,
                    unit="places",
                    year=2015,
                    before=told(7_150, 130, 133),
                    now=told(7_300, 133, 133),
                    reasons=(Remark(text="Doppelzählung", by=Text(de="HWK Berlin")),),
                ),
                ChangeRow(
                    indicator="additional_places",
                    name=places,
                    unit="places",
                    year=2015,
                    part=Text(de="Berlin", en="Berlin"),
                    region="11",
                    before=told(410, 1, 1),
                    now=told(260, 1, 1),
                ),
                ChangeRow(
                    indicator="additional_places",
                    name=places,
                    unit="places",
                    year=2015,
                    part=Text(de="Handwerk", en="Skilled crafts"),
                    umbrella="ZDH",
                    before=told(2_100, 53, 53),
                    now=told(2_250, 53, 53),
                ),
            ),
            definitions=(
                DefinitionChange(
                    code="additional_places",
                    name=places,
                    aspect=Aspect.DEFINITION,
                    before=Text(de="Plätze mehr als 2014"),
                    now=Text(
                        de="Plätze mehr als im Basisjahr der Zusage (2014)",
                        en="Places above the commitment's baseline year (2014)",
                    ),
                ),
                DefinitionChange(
                    code="additional_places",
                    name=places,
                    aspect=Aspect.TARGET,
                    years=(2015,),
                    before=Text(de=""),
                    now=Text(de="20.000", en="20,000"),
                ),
            ),
            added=(Text(de="Willkommenslotsen", en="Welcome mentors in post"),),
            dropped=(Text(de="Betriebsbesuche", en="Visits to companies"),),
        ),
        Changes(
            year=2016,
            taken_at=datetime(2017, 2, 13, 8, 15, tzinfo=UTC),
            sha256=sha256,
            is_correction=True,
            rows=(
                ChangeRow(
                    indicator="additional_places",
                    name=places,
                    unit="places",
                    year=2016,
                    part=Text(de="Industrie- und Handelskammern", en="Chambers of industry and commerce"),
                    umbrella="DIHK",
                    before=withheld(79, 79),
                    now=told(11_040, 79, 79),
                ),
            ),
        ),
    )


def sample_practice() -> Practice:
    return Practice(
        title=Text(
            de="Duale Berufsausbildung durch eine Allianz der Beteiligten entwickeln und fördern",
            en="Developing and promoting dual vocational training through stakeholder alliance",
        ),
        original_title="Allianz für Aus- und Weiterbildung",
        starts_on=date(2014, 12, 1),
        ends_on=date(2018, 12, 31),
        partners=(BMWI, BA, BDA, ZDH, DGB),
        target_groups=(Text(de="Geflüchtete und Asylsuchende", en="Refugees and asylum seekers"),),
        funding=(Text(de="Bundeshaushalt", en="Federal budget"),),
        sources=(Text(de="Beschreibung guter Praxis", en="Good-practice description"),),
    )
