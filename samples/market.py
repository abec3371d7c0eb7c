"""The training market's samples: published figures as found, and example values that name themselves so.

What is published is in ``published/training_market.csv``; nothing is added to it. Tables by Land and
occupation and those of the chambers are examples: the file, every remark and so every figure's note and
quality call them *Beispielwert*. Where their total is published, they add up to it; from year to year they
change as it does.
"""

import csv
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import xlsxwriter
import yaml

from samples.parts import HERE, chambers, chance, laender, new_xlsx, split

EXAMPLE = "Beispielwert"
COUNTRY, BADEN_WUERTTEMBERG = "DE", "08"
HEADING_ROW = 3

APPROXIMATE = "ca. {}"
"""How a value is written that no source was found for: the reader takes it for an estimate."""

COPYRIGHT = "© Statistik der Bundesagentur für Arbeit"
SOURCE = "Quelle: Bundesinstitut für Berufsbildung; Statistik der Bundesagentur für Arbeit"
HEADINGS = {
    "new_contracts_survey": "Neu abgeschlossene Ausbildungsverträge aller zuständigen Stellen",
    "non_company_contracts": "davon überwiegend öffentlich finanziert (außerbetrieblich)",
    "unfilled_30sep": "Unbesetzte Ausbildungsstellen",
    "unplaced_30sep": "Unversorgte Bewerber",
    "still_searching_30sep": "Noch suchende Bewerber",
    "with_alternative_30sep": "Bewerber mit Alternative zum 30. September",
    "post_registered": "Nach dem 30.9. neu gemeldete Bewerber",
}
BY_OCCUPATION = (  # with the years for which a total is published
    ("unfilled_30sep", (2015, 2016, 2017, 2018)),
    ("still_searching_30sep", (2015, 2016, 2017, 2018)),
    ("unplaced_30sep", (2015, 2016)),
)
SPLIT_AS = {"unplaced_30sep": "still_searching_30sep"}
FUNNEL = (
    "Zur Nachvermittlung eingeladen",
    "Zur Nachvermittlung erschienen",
    "Mindestens ein Angebot erhalten",
    "Mindestens zwei Angebote erhalten",
    "Mindestens drei Angebote erhalten",
    "Angebote in der Nachvermittlung",
    "In Ausbildung vermittelt",
    "In Einstiegsqualifizierung vermittelt",
    "In Schule oder Maßnahme vermittelt",
)
MONEY = {  # codes of measures, with the sources that their example amounts come from
    "M01": ("F3",), "M02": ("F4", "F5"), "M05": ("F1",), "M07": ("F1", "F2"), "M08": ("F1",),
    "M09": ("F1", "F2"), "M12": ("F1", "F4"),
}  # fmt: skip
INVITED = {2015: 16_400, 2016: 17_200}


@cache
def published() -> dict[tuple[int, str, str], dict[str, str]]:
    """The rows of the published figures by year, region and indicator."""
    with (HERE / "published" / "training_market.csv").open(encoding="utf-8", newline="") as handle:
        return {(int(row["year"]), row["region"], row["indicator"]): row for row in csv.DictReader(handle)}


def value_of(year: int, region: str, indicator: str) -> int:
    return int(published()[year, region, indicator]["value"])


def _written(year: int, indicator: str) -> int | str:
    """The country's published value as it stands in a cell; a full stop where nothing is published."""
    row = published().get((year, COUNTRY, indicator))
    if row is None:
        return "."
    value = int(row["value"])
    return APPROXIMATE.format(value) if row["status"] == "unconfirmed" else value


def make_survey(path: Path) -> None:
    """The survey on 30 September as the BIBB prints it: the country by year, the Länder of one year."""
    contracts, public = "new_contracts_survey", "non_company_contracts"
    country = [
        ["Ausbildungsmarkt in Deutschland 2016 bis 2018"],
        ["Ergebnisse der BIBB-Erhebung zum 30. September"],
        [],
        ["Jahr", HEADINGS[contracts], HEADINGS[public]],
        *([year, _written(year, contracts), _written(year, public)] for year in (2016, 2017, 2018)),
        [],
        [". = Zahlenwert unbekannt"],
        [SOURCE],
    ]
    named = [(code, name) for code, name in laender() if (2015, code, contracts) in published()]
    values = [value_of(2015, code, contracts) for code, _ in named]
    total = value_of(2015, COUNTRY, contracts)
    by_land = [
        ["Ausbildungsmarkt nach Ländern 2015"],
        ["Ergebnisse der BIBB-Erhebung zum 30. September 2015"],
        [],
        ["Land", HEADINGS[contracts]],
        *([name, value] for (_, name), value in zip(named, values, strict=True)),
        ["Keine Zuordnung möglich", total - sum(values)],
        ["Deutschland", total],
        [],
        [SOURCE],
    ]
    book = new_xlsx(path)
    _write(book, "Tabelle 1", country)
    _write(book, "Tabelle 2", by_land)
    book.close()


def _write(book: xlsxwriter.Workbook, name: str, rows: Iterable[Sequence[int | str]]) -> None:
    """A sheet: titles, an empty row, the headings, and what is below them."""
    bold = book.add_format({"bold": True, "text_wrap": True})
    sheet = book.add_worksheet(name)
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row, bold if number == HEADING_ROW else None)


def make_agency(path: Path) -> None:
    """What the employment agency's tables hold beside the one by occupation; each value with its source."""
    others = "with_alternative_30sep"
    of_land = ("unfilled_30sep", "unplaced_30sep", "still_searching_30sep", others)
    remainder = value_of(2015, COUNTRY, others) - value_of(2015, BADEN_WUERTTEMBERG, others)
    rows_2015 = [
        *(_long_row("08 Baden-Württemberg", 2015, BADEN_WUERTTEMBERG, each) for each in of_land),
        [
            "Keine Zuordnung möglich",
            HEADINGS[others],
            remainder,
            "Rest bis zur Summe für Deutschland",
        ],
    ]
    rows_2016 = [_long_row("00 Deutschland", 2016, COUNTRY, each) for each in (others, "post_registered")]
    book = new_xlsx(path)
    for year, rows in ((2015, rows_2015), (2016, rows_2016)):
        table = [
            ["Ausbildungsmarktstatistik"],
            [f"Berichtsjahr {year}"],
            [],
            ["Region", "Merkmal", "Wert", "Bemerkung"],
            *rows,
            [],
            [COPYRIGHT],
        ]
        _write(book, str(year), table)
    book.close()


def _long_row(name: str, year: int, region: str, indicator: str) -> list[int | str]:
    source = published()[year, region, indicator]["source"]
    return [name, HEADINGS[indicator], value_of(year, region, indicator), f"Quelle: {source}"]


def make_occupations(path: Path) -> None:
    """Places and applicants by Land and area of occupations; a Land with published totals is left out."""
    columns = [(indicator, year) for indicator, years in BY_OCCUPATION for year in years]
    cells = {column: _by_occupation(*column) for column in columns}
    rows: list[list[int | str]] = [
        ["Ausbildungsmarkt nach Ländern und Berufsbereichen"],
        ["Beispielwerte"],
        [],
        [
            "Land",
            "KldB",
            "Berufsbereich",
            *(f"{HEADINGS[each]} {year}" for each, year in columns),
            "Bemerkung",
        ],
    ]
    for code, land in laender():
        for area, label in areas():
            values = [cells[column].get((code, area), "") for column in columns]
            rows.append([land, area, label, *values, EXAMPLE])
    rows += [[], [COPYRIGHT]]
    book = new_xlsx(path)
    _write(book, "Beispielwerte", rows)
    book.close()


def _by_occupation(indicator: str, year: int) -> dict[tuple[str, str], int]:
    """The country's total less what is published for single Länder, split over the other Länder and areas.

    Those without a place are some of those still searching, in every cell: both are split alike.
    """
    known = {code for code, _ in laender() if (year, code, indicator) in published()}
    keys = [(code, area) for code, _ in laender() if code not in known for area, _ in areas()]
    total = value_of(year, COUNTRY, indicator) - sum(value_of(year, code, indicator) for code in known)
    parts = split(
        total, [f"{code} {area}" for code, area in keys], seed=SPLIT_AS.get(indicator, indicator), least=3
    )
    return dict(zip(keys, parts, strict=True))


def make_funnel(path: Path) -> None:
    """The three offers after 30 September, chamber by chamber: each number is part of the one before."""
    members = [*chambers("IHK-"), *chambers("HWK-")]
    rows: list[list[int | str]] = [
        ["Nachvermittlung: drei Angebote nach dem 30. September, nach Kammern"],
        ["Beispielwerte"],
        [],
        ["Kammer", "Jahr", *FUNNEL, "Bemerkung"],
    ]
    for year, total in INVITED.items():
        invited = split(total, [chamber.code for chamber in members], seed="invited", least=9)
        rows += [
            [chamber.name, year, *_funnel(count, chamber.code), EXAMPLE]
            for chamber, count in zip(members, invited, strict=True)
        ]
    book = new_xlsx(path)
    _write(book, "Beispielwerte", rows)
    book.close()


def make_money(path: Path) -> None:
    """Spending by measure, source and year, as the administration exports and imports it."""
    lines = ["measure,source,year,amount,quality,note"]
    lines += [
        f"{measure},{source},{year},{_amount(measure, source, year)},example,{EXAMPLE}"
        for measure, sources in MONEY.items()
        for source in sources
        for year in (2015, 2016, 2017, 2018)
    ]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")


def _amount(measure: str, source: str, year: int) -> int:
    return 100_000 * (8 + chance(f"{measure} {source}", 90) + chance(f"{measure} {source} {year}", 3))


def _funnel(invited: int, key: str) -> list[int]:
    def share(of: int, step: str, least: int, most: int) -> int:
        return of * (least + chance(f"{step} {key}", most - least)) // 100

    appeared = share(invited, "appeared", 45, 75)
    one = share(appeared, "one", 80, 99)
    two = share(one, "two", 65, 95)
    three = share(two, "three", 60, 100)
    training = share(one, "training", 25, 45)
    entry = share(one - training, "entry", 15, 40)
    other = share(appeared - training - entry, "other", 20, 60)
    return [invited, appeared, one, two, three, one + two + three, training, entry, other]


@cache
def areas() -> tuple[tuple[str, str], ...]:
    """The areas of the occupations; but for the military, which has no training contracts."""
    listed = yaml.safe_load(
        (HERE.parent / "measures" / "catalogue" / "occupations.yaml").read_text(encoding="utf-8")
    )["occupations"]
    return tuple(
        (entry["code"], entry["label_de"])
        for entry in listed
        if len(entry["code"]) == 1 and entry["code"] != "0"
    )


MARKET_SAMPLES = {
    "BIBB_Ausbildungsmarkt_2015-2018.xlsx": make_survey,
    "BA_Bewerber_2015-2016.xlsx": make_agency,
    "Beispiel_Berufsbereiche_2015-2018.xlsx": make_occupations,
    "Beispiel_Nachvermittlung_2015-2016.xlsx": make_funnel,
}
MONEY_SAMPLE = "Beispiel_Ausgaben_2015-2018.csv"
"""Not of figures: a list of the administration, imported as such."""
