"""A chart of each kind, with what makes charts hard: long names, gaps, breaks, values over the edge."""

from decimal import Decimal

from reporting.charts.attainment import AttainmentBar, attainment_chart
from reporting.charts.bars import EVEN, diverging_bars, ranked_bars
from reporting.charts.chart import Chart
from reporting.charts.funnel import Stage, funnel
from reporting.charts.laender_map import LandMark, laender_map
from reporting.charts.layout import ChartMark
from reporting.charts.matrix import Field, matrix
from reporting.charts.path import Goal, path_to_target
from reporting.charts.series import Break, Point, SeriesLine, series

LAENDER = {
    "01": "Schleswig-Holstein",
    "02": "Hamburg",
    "03": "Niedersachsen",
    "04": "Bremen",
    "05": "Nordrhein-Westfalen",
    "06": "Hessen",
    "07": "Rheinland-Pfalz",
    "08": "Baden-Württemberg",
    "09": "Bayern",
    "10": "Saarland",
    "11": "Berlin",
    "12": "Brandenburg",
    "13": "Mecklenburg-Vorpommern",
    "14": "Sachsen",
    "15": "Sachsen-Anhalt",
    "16": "Thüringen",
}
LONG = "Industrie- und Handelskammer für München und Oberbayern"
GROUPS = (
    "insgesamt",
    "Junge Menschen mit Migrationshintergrund",
    "Menschen mit Behinderungen",
    "Geflüchtete",
    "Altbewerberinnen und Altbewerber",
    "Lernbeeinträchtigte und sozial Benachteiligte",
    "Studienabbrecherinnen und Studienabbrecher",
)
OBJECTIVES = (
    "Mehr Ausbildungsplätze",
    "Berufsorientierung und Übergang von der Schule in die Ausbildung verbessern",
    "Ausbildungsplatzpotenziale in Kleinstunternehmen erschließen",
)


def ranking() -> Chart:
    marks = [
        ChartMark(name="Köln", value=Decimal(1200), text="1.200", url="/koeln/"),
        ChartMark(name=LONG, value=Decimal(9314), text="mindestens 9.314", url="/muenchen/"),
        ChartMark(name="Aachen", value=None, text="nicht gemeldet", url="/aachen/"),
        ChartMark(name="Bonn", value=Decimal(0), text="0", url="/bonn/"),
    ]
    return ranked_bars("ranking", "Plätze nach Kammern", marks)


def ratios() -> list[LandMark]:
    """By Land; Bavaria's is incomplete, Hesse's withheld, and nothing is known of Thuringia."""
    return [
        LandMark(
            code=code,
            name=name,
            value=None if code == "06" else Decimal(80 + 2 * int(code)) + Decimal("0.3"),
            text="vertraulich" if code == "06" else f"{80 + 2 * int(code)},3",
            url=f"/{code}/",
            is_complete=code != "09",
            remark="mit Beispielwerten" if code == "05" else "",
        )
        for code, name in LAENDER.items()
        if code != "16"
    ]


def diverging() -> Chart:
    return diverging_bars("diverging", "eANR nach Ländern", ratios())


def land_map() -> Chart:
    return laender_map("map", "eANR nach Ländern", ratios(), even=EVEN)


def share_map() -> Chart:
    return laender_map("shares", "Anteil nach Ländern", ratios())


def years() -> Chart:
    contracts = [
        Point(
            year=year,
            value=None if year == 2013 else Decimal(520_000 + 4_000 * (year - 2011)),
            text="nicht gemeldet" if year == 2013 else f"{520 + 4 * (year - 2011)}.000",
            url=f"/{year}/",
        )
        for year in range(2011, 2019)
    ]
    unfilled = [
        Point(year=year, value=Decimal(33_000 + 3_000 * (year - 2011)), text=f"{33 + 3 * (year - 2011)}.000")
        for year in range(2011, 2019)
    ]
    return series(
        "years",
        "Verträge und Stellen",
        [
            SeriesLine(name="Neu abgeschlossene Ausbildungsverträge", points=tuple(contracts)),
            SeriesLine(name="Unbesetzte Stellen", points=tuple(unfilled)),
        ],
        breaks=[Break(year=2016, text="andere Quelle, Bundesagentur für Arbeit statt der Kammern")],
    )


def path() -> Chart:
    points = [
        Point(year=2015, value=Decimal(525_000), text="525.000", url="/2015/"),
        Point(year=2016, value=Decimal(529_000), text="529.000", url="/2016/"),
    ]
    start = Point(year=2014, value=Decimal(520_000), text="520.000")
    return path_to_target(
        "path",
        "Ausbildungsplätze",
        points,
        Goal(start=start, end=Point(year=2018, value=Decimal(540_000), text="540.000")),
    )


def coverage() -> Chart:
    fields = [
        Field(
            row=row,
            column=column,
            level=1 + (row + column) % 5,
            text=str(1 + (row + column) % 5),
            words=f"{1 + (row + column) % 5} Maßnahmen",
            url=f"/{row}/{column}/",
        )
        for row in range(len(OBJECTIVES))
        for column in range(len(GROUPS))
        if (row + column) % 3
    ]
    return matrix("coverage", "Abdeckung der Zielgruppen", rows=OBJECTIVES, columns=GROUPS, fields=fields)


def stages() -> Chart:
    return funnel(
        "stages",
        "Drei Angebote",
        [
            Stage(name="Unversorgt am 30. September", value=Decimal(20_712), text="20.712", url="/1/"),
            Stage(name="Eingeladen", value=Decimal(18_000), text="18.000", share="86,9 %", url="/2/"),
            Stage(name="Drei Angebote erhalten", value=None, text="nicht gemeldet"),
            Stage(name="Vermittelt", value=Decimal(5_000), text="5.000", share="24,1 %"),
            Stage(
                name="in eine Einstiegsqualifizierung oder eine Berufsausbildungsvorbereitung",
                value=Decimal(2_000),
                text="2.000",
                is_part=True,
            ),
        ],
    )


def targets() -> Chart:
    return attainment_chart(
        [
            AttainmentBar(
                name="Zusätzlich angebotene Ausbildungsplätze 2016",
                caption="7.300 von 20.000 · 36,5 %",
                attainment=Decimal("0.365"),
                url="/places/",
            ),
            AttainmentBar(
                name="Plätze in Maßnahmen der Assistierten Ausbildung 2016",
                caption="12.000 von bis zu 10.000 · 120 % der Obergrenze",
                attainment=Decimal("1.2"),
                is_ceiling=True,
            ),
            AttainmentBar(name="Praktika", caption="nicht gemeldet · Zielwert 500.000 je Jahr"),
        ]
    )


KINDS = (ranking, diverging, land_map, share_map, years, path, coverage, stages, targets)
