"""A progress report's snapshot as 2016 would give it, with the published figures."""

from datetime import UTC, date, datetime
from decimal import Decimal

from reporting.frozen.schema import (
    AbsenceCount,
    Alliance,
    Amount,
    AmountState,
    Basis,
    CommitmentData,
    ControlTotalData,
    DisclosureData,
    IndicatorData,
    MeasureData,
    ObjectiveData,
    Participation,
    PartRow,
    ResolutionData,
    SnapshotData,
    SourceData,
    StatementData,
    TargetData,
    Text,
    YearFigure,
)

SHA256 = "0123456789abcdef" * 4
"""What stands in for the hash stored with a snapshot: printed as it is, never computed from the data."""

BMAS = Text(
    de="Bundesministerium für Arbeit und Soziales", en="Federal Ministry of Labour and Social Affairs"
)
BMWI = Text(de="Bundesministerium für Wirtschaft und Energie", en="Federal Ministry of Economics and Energy")
BA = Text(de="Bundesagentur für Arbeit", en="Federal Employment Agency")
BDA = Text(de="Bundesvereinigung der Deutschen Arbeitgeberverbände")
DIHK = Text(de="Deutscher Industrie- und Handelskammertag")
ZDH = Text(de="Zentralverband des Deutschen Handwerks")
BFB = Text(de="Bundesverband der Freien Berufe")
DGB = Text(de="Deutscher Gewerkschaftsbund")
OWN_REPORTS = Text(de="Eigene Angaben der Partner", en="Partners' own reports")
BA_STATISTICS = Text(de="Förderstatistik der BA", en="BA support statistics")

LAENDER = (
    ("01", "Schleswig-Holstein", "Schleswig-Holstein", 240, 610),
    ("02", "Hamburg", "Hamburg", 210, 480),
    ("03", "Niedersachsen", "Lower Saxony", 690, 1_702),
    ("04", "Bremen", "Bremen", 70, 151),
    ("05", "Nordrhein-Westfalen", "North Rhine-Westphalia", 1_540, 3_866),
    ("06", "Hessen", "Hesse", 520, 1_310),
    ("07", "Rheinland-Pfalz", "Rhineland-Palatinate", 350, 902),
    ("08", "Baden-Württemberg", "Baden-Württemberg", 1_080, 2_714),
    ("09", "Bayern", "Bavaria", 1_290, 3_105),
    ("10", "Saarland", "Saarland", 90, 204),
    ("11", "Berlin", "Berlin", 260, 655),
    ("12", "Brandenburg", "Brandenburg", 190, 458),
    ("13", "Mecklenburg-Vorpommern", "Mecklenburg-Western Pomerania", -20, 301),
    ("14", "Sachsen", "Saxony", 370, 806),
    ("15", "Sachsen-Anhalt", "Saxony-Anhalt", 210, 437),
    ("16", "Thüringen", "Thuringia", 210, 417),
)


def told(value: int, reported: int, due: int, **more) -> Amount:
    return Amount(
        state=AmountState.VALUE,
        value=Decimal(value),
        reported=reported,
        due=due,
        **{"basis": Basis.STATED} | more,
    )


def withheld(reported: int, due: int) -> Amount:
    return Amount(state=AmountState.WITHHELD, reported=reported, due=due)


def silent(due: int) -> Amount:
    return Amount(state=AmountState.NOT_REPORTED, due=due)


def make_snapshot(**changes) -> SnapshotData:
    content = {
        "year": 2016,
        "taken_at": datetime(2017, 2, 14, 9, 30, tzinfo=UTC),
        "data_as_of": date(2017, 1, 31),
        "alliance": Alliance(
            name=Text(
                de="Allianz für Aus- und Weiterbildung", en="Alliance for Initial and Further Training"
            ),
            phase="2015-2018",
            implementing_body=BMAS,
            homepage="http://www.aus-und-weiterbildungsallianz.de/",
        ),
        "objectives": _objectives(),
        "measures": _measures(),
        "participation": _participation(),
        "control_totals": _control_totals(),
        "statements": _statements(),
        "method_notes": (
            Text(
                de="Die Meldung der Handwerkskammern für 2016 ist vorläufig.",
                en="The report of the chambers of skilled crafts for 2016 is preliminary.",
            ),
        ),
        "sources": _sources(),
        "disclosure": DisclosureData(relations=()),
    }
    return SnapshotData(**content | changes)


def _objectives() -> tuple[ObjectiveData, ...]:
    return (
        ObjectiveData(
            code="Z1",
            name=Text(
                de="Qualität und Attraktivität der dualen Ausbildung",
                en="Quality and attractiveness of dual training",
            ),
            measures=("M02", "M08", "M12"),
        ),
        ObjectiveData(
            code="Z3",
            name=Text(
                de="Ein Pfad für alle: Ausbildungsgarantie", en="A path for everyone: the training guarantee"
            ),
            measures=("M04", "M05", "M08", "M09"),
        ),
        ObjectiveData(
            code="Z5",
            name=Text(
                de="Mehr Ausbildungsplätze und Ausbildungsbetriebe",
                en="More training places and training companies",
            ),
            measures=("M04", "M09", "M12"),
        ),
    )


def _measures() -> tuple[MeasureData, ...]:
    return (
        MeasureData(
            code="M02",
            name=Text(de="Qualitätsstandards für Praktika", en="Quality standards for internships"),
            kind="training_offer",
            leads=(DIHK,),
            contributing=(DGB,),
            objectives=("Z1",),
            target_groups=(
                Text(de="Benachteiligte junge Menschen", en="Disadvantaged young people"),
                Text(de="Ausbildende Betriebe", en="Companies that already train"),
            ),
            indicators=(_internships(),),
        ),
        MeasureData(
            code="M04",
            name=Text(
                de="Zusätzliche betriebliche Ausbildungsplätze", en="Additional in-company training places"
            ),
            kind="training_offer",
            leads=(BDA,),
            objectives=("Z3", "Z5"),
            target_groups=(
                Text(de="Ausbildende Betriebe", en="Companies that already train"),
                Text(de="Noch nicht ausbildende Betriebe", en="Companies that do not yet train"),
            ),
            indicators=(_additional_places(),),
        ),
        MeasureData(
            code="M05",
            name=Text(de="Einstiegsqualifizierung (EQ)", en="Entry-level qualification (EQ)"),
            kind="training_offer",
            leads=(BDA,),
            objectives=("Z3",),
            indicators=(_training_placements(),),
        ),
        MeasureData(
            code="M08",
            name=Text(de="Assistierte Ausbildung (AsA)", en="Assisted training"),
            kind="legislative",
            leads=(BMAS,),
            objectives=("Z1", "Z3"),
            funding=(Text(de="Bundeshaushalt", en="Federal budget"),),
            indicators=(_assisted_starts(),),
        ),
        MeasureData(
            code="M09",
            name=Text(de="Willkommenslotsen in den Kammern", en="Welcome mentors in the chambers"),
            kind="advisory",
            leads=(BMWI,),
            objectives=("Z3", "Z5"),
            indicators=(_welcome_mentors(),),
        ),
        MeasureData(
            code="M12",
            name=Text(de="Woche der Ausbildung", en="Week of Dual Vocational Training"),
            kind="promotional",
            leads=(BA,),
            objectives=("Z1", "Z5"),
            indicators=(),
        ),
    )


def _internships() -> IndicatorData:
    target = TargetData(value=Decimal(500_000), per_year=True, responsible=("BDA", "DIHK", "ZDH"))
    return IndicatorData(
        code="internships",
        name=Text(
            de="Praktikumsplätze nach Qualitätsstandard", en="Internship places meeting the quality standard"
        ),
        unit="places",
        kind="flow",
        period="calendar_year",
        source=OWN_REPORTS,
        is_headline=True,
        years=tuple(
            YearFigure(year=year, amount=silent(133), target=target, reference_date=date(year, 12, 31))
            for year in (2015, 2016)
        ),
    )


def _additional_places() -> IndicatorData:
    return IndicatorData(
        code="additional_places",
        name=Text(de="Zusätzlich angebotene Ausbildungsplätze", en="Additional training places offered"),
        definition=Text(
            de="Plätze mehr als im Basisjahr der Zusage (2014)",
            en="Places above the commitment's baseline year (2014)",
        ),
        unit="places",
        kind="flow",
        period="calendar_year",
        source=OWN_REPORTS,
        is_headline=True,
        years=(
            YearFigure(
                year=2015,
                amount=told(7_300, 133, 133),
                reference_date=date(2015, 12, 31),
                target=TargetData(
                    value=Decimal(20_000),
                    baseline=Decimal(0),
                    baseline_year=2014,
                    responsible=("BDA", "BDI", "DIHK", "ZDH", "BFB"),
                    note=Text(
                        de="Der Wert ist selbst die Differenz zu 2014.",
                        en="The figure is itself the difference to 2014.",
                    ),
                ),
                attainment=Decimal("0.365"),
            ),
            YearFigure(
                year=2016,
                amount=told(18_118, 133, 133, basis=Basis.MIXED, qualities=("preliminary",)),
                reference_date=date(2016, 12, 31),
            ),
        ),
        lands=tuple(
            PartRow(code=code, name=Text(de=de, en=en), amounts=(told(before, 1, 1), told(now, 1, 1)))
            for code, de, en, before, now in LAENDER
        ),
    )


def _training_placements() -> IndicatorData:
    target = TargetData(
        value=Decimal(20_000),
        per_year=True,
        responsible=("BDA", "DIHK", "ZDH"),
        note=Text(
            de="Für die Zahl ist keine veröffentlichte Quelle bekannt.",
            en="No published source of the number is known.",
        ),
    )
    return IndicatorData(
        code="training_placements",
        name=Text(
            de="Betriebliche Plätze für Teilnehmende (Einstiegsqualifizierung)",
            en="Training placements in companies (entry-level qualification)",
        ),
        definition=Text(
            de="Angebotene Plätze der Einstiegsqualifizierung", en="Entry-level qualification places offered"
        ),
        unit="places",
        kind="flow",
        period="calendar_year",
        source=OWN_REPORTS,
        is_headline=True,
        years=(
            YearFigure(year=2015, amount=told(19_020, 132, 132), target=target, attainment=Decimal("0.951")),
            YearFigure(
                year=2016,
                amount=Amount(
                    state=AmountState.INCOMPLETE,
                    due=132,
                    absences=(AbsenceCount(state=AmountState.UNKNOWN, count=53),),
                ),
                target=target,
            ),
        ),
    )


def _assisted_starts() -> IndicatorData:
    return IndicatorData(
        code="assisted_starts",
        name=Text(de="Eintritte in Assistierte Ausbildung", en="Young people starting assisted training"),
        unit="persons",
        kind="flow",
        period="calendar_year",
        source=BA_STATISTICS,
        is_headline=True,
        years=(
            YearFigure(
                year=2015,
                amount=told(5_000, 1, 1),
                target=TargetData(value=Decimal(10_000), is_ceiling=True, responsible=("BMAS", "BA")),
                attainment=Decimal("0.5"),
            ),
            YearFigure(year=2016, amount=silent(1)),
        ),
    )


def _welcome_mentors() -> IndicatorData:
    return IndicatorData(
        code="welcome_mentors",
        name=Text(de="Willkommenslotsen", en="Welcome mentors in post"),
        unit="mentors",
        kind="stock",
        period="reference_31dec",
        source=OWN_REPORTS,
        is_headline=True,
        years=(
            YearFigure(year=2015, amount=silent(132)),
            YearFigure(
                year=2016,
                amount=told(140, 132, 132),
                reference_date=date(2016, 12, 31),
                target=TargetData(
                    value=Decimal(150),
                    per_year=True,
                    responsible=("BMWi",),
                    note=Text(de="Zahl der geförderten Stellen.", en="The number of posts funded."),
                ),
                attainment=Decimal(140) / Decimal(150),
            ),
        ),
    )


def _participation() -> tuple[Participation, ...]:
    return (
        Participation(code="DIHK", name=DIHK, due=79, approved=79),
        Participation(code="ZDH", name=ZDH, due=53, approved=53),
        Participation(code="BFB", name=BFB, due=1, approved=1),
        Participation(code="BA", name=BA, due=1, approved=0, missing=("Bundesagentur für Arbeit",)),
        Participation(
            code="LAND",
            name=Text(de="Länder", en="Länder"),
            due=16,
            approved=14,
            missing=("Bremen", "Saarland"),
        ),
    )


def _control_totals() -> tuple[ControlTotalData, ...]:
    def total(where: tuple[str, str, str], figure: tuple[str, int], stated: int, summed: int | None):
        file, sheet, cell = where
        return ControlTotalData(
            file=file,
            sheet=sheet,
            cell=cell,
            indicator=figure[0],
            year=figure[1],
            stated=Decimal(stated),
            sum=None if summed is None else Decimal(summed),
            ok=None if summed is None else stated == summed,
        )

    places = ("additional_places", 2016)
    return (
        total(("DIHK_Sammelmeldung_2015-2016.xlsx", "Meldung", "F400"), places, 11_040, 11_040),
        total(("ZDH_Handwerkskammern_2015-2016.xlsx", "Tab 3", "C7"), places, 5_436, 5_436),
        total(("BFB_Laender_2015-2016.csv", "BFB_Laender", "C20"), places, 1_642, 1_642),
        total(("BA_AsA_2015.ods", "AsA", "C12"), ("assisted_starts", 2015), 410, None),
    )


def _statements() -> tuple[StatementData, ...]:
    return (
        StatementData(
            code="P1",
            kind="product",
            measure="M12",
            year=2016,
            text=Text(
                de="Woche der Ausbildung eingeführt", en="Week of Dual Vocational Training established"
            ),
        ),
        StatementData(
            code="O3",
            kind="outcome",
            text=Text(
                de="Engere Abstimmung und regelmäßiger Austausch der Partner",
                en="Better coordination and regular exchange among partners",
            ),
        ),
        StatementData(
            code="L2",
            kind="lesson",
            text=Text(
                de="Maßnahmen auf Zielgruppen zuschneiden, Bedarf früh feststellen",
                en="Tailor measures to target groups and assess their needs early",
            ),
        ),
    )


def _sources() -> tuple[SourceData, ...]:
    return (
        SourceData(
            name="DIHK_Sammelmeldung_2015-2016.xlsx",
            sha256="7d7c4f0b3f3f0f6f2a9f4d8f7c1f9e4d51a0b8c3e2d4f6a7b8c9d0e1f2a3b4c5",
            organisation=DIHK,
            sheets=2,
            figures=395,
        ),
        SourceData(
            name="ZDH_Handwerkskammern_2015-2016.xlsx",
            sha256="19a0c1b2d3e4f5061728394a5b6c7d8e9f0a1b2c3d4e5f60718293a4b5c6d7e8",
            organisation=ZDH,
            sheets=1,
            figures=265,
        ),
    )


def sample_resolutions() -> tuple[ResolutionData, ...]:
    """One that was not kept by all, one on its way, and one without a day and an English title."""
    signing = Text(de="Unterzeichnung der Allianz", en="Signing of the Alliance")
    return (
        ResolutionData(
            title=Text(de="20.000 zusätzliche Ausbildungsplätze", en="20,000 additional training places"),
            text=Text(de="Gegenüber 2014.", en="Against 2014."),
            meeting=signing,
            resolved_on=date(2014, 12, 12),
            due_on=date(2015, 12, 31),
            state="not_kept",
            measures=("M01",),
            commitments=(
                CommitmentData(organisation=DIHK, state="not_kept", reason="7.300 statt 20.000 Plätze."),
                CommitmentData(organisation=ZDH, state="kept", reason="Der eigene Anteil wurde erreicht."),
            ),
        ),
        ResolutionData(
            title=Text(de="Willkommenslotsen in den Kammern", en="Welcome mentors in the chambers"),
            meeting=Text(de="Sitzung im September 2015", en="Meeting in September 2015"),
            resolved_on=date(2015, 9, 18),
            due_on=date(2016, 3, 1),
            state="in_work",
            commitments=(CommitmentData(organisation=BMWI, state="in_work", reason="140 von 150."),),
        ),
        ResolutionData(
            title=Text(de="Gemeinsame Qualitätsstandards für Praktika"),
            meeting=signing,
            resolved_on=date(2014, 12, 12),
            state="open",
            commitments=(CommitmentData(organisation=BDA, state="open"),),
        ),
    )
