"""The same figures written in every layout, notation and format that chambers send."""

import csv
import datetime as dt
import io
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pyxlsbwriter
import xlsxwriter

from measures.importing import IndicatorTerm, OrganisationTerm, Term, Vocabulary
from tests.measures.importing import variants

YEARS = (2015, 2016, 2017, 2018)
CHAMBERS = {
    "IHK-142": "IHK Köln",
    "IHK-101": "IHK Aachen",
    "IHK-129": "IHK Gießen-Friedberg",
    "HWK-301": "HWK für München und Oberbayern",
}
INDICATORS = {
    "training_placements": "EQ-Plätze",
    "internships": "Praktikumsplätze",
    "expenditure": "Ausgaben",
}
MARKERS = {"x": "not_applicable", "*": "confidential", "...": "pending"}

VOCABULARY = Vocabulary(
    organisations=tuple(
        OrganisationTerm(code, (name,), "ihk" if code < "I" else "hwk", "05")
        for code, name in CHAMBERS.items()
    ),
    regions=(Term("05", ("Nordrhein-Westfalen",)),),
    indicators=(
        IndicatorTerm("training_placements", ("EQ-Plätze",), "places", negative=True),
        IndicatorTerm("internships", ("Praktikumsplätze",), "places", negative=True),
        IndicatorTerm("expenditure", ("Ausgaben",), "EUR", decimals=2, negative=True),
        IndicatorTerm("quota", ("Ausbildungsquote",), "percent", decimals=1),
    ),
    target_groups=(Term("W", ("Frauen",)),),
    years=frozenset(YEARS),
)


class Key(NamedTuple):
    chamber: str
    indicator: str
    year: int


Figures = dict[Key, object]
"""A number, a marker, or None for a cell left empty."""


def as_read(figures):
    """What a reading of these figures has to hold."""
    return {
        key: (None, MARKERS[value]) if isinstance(value, str) else (value, "")
        for key, value in figures.items()
        if value is not None
    }


def plain(value):
    if not isinstance(value, Decimal):
        return value
    return float(value) if value % 1 else int(value)


def english(value):
    if not isinstance(value, Decimal):
        return value
    return f"{value:,f}"


def german(value, group="."):
    if not isinstance(value, Decimal):
        return value
    return english(value).translate(str.maketrans({",": group, ".": ","}))


NOTATIONS = {
    "numbers": plain,
    "German": german,
    "English": english,
    "narrow space": lambda value: german(value, "\u202f"),
    "apostrophe": lambda value: german(value, "’"),
}


def _axes(figures):
    return [list(dict.fromkeys(part)) for part in zip(*figures, strict=True)]


def long(figures, note):
    """One row for each figure."""
    yield ["Kammer", "Kennzahl", "Jahr", "Wert"]
    for key, value in figures.items():
        yield [CHAMBERS[key.chamber], INDICATORS[key.indicator], key.year, note(value)]


def filled_down(figures, note):
    """Chamber and indicator are written once and left empty below."""
    yield ["Kammer", "Kennzahl", "Jahr", "Wert"]
    last = (None, None)
    for key in sorted(figures):
        label = (CHAMBERS[key.chamber], INDICATORS[key.indicator])
        shown = ["", label[1]] if label[0] == last[0] and label[1] != last[1] else [*label]
        yield [*(["", ""] if label == last else shown), key.year, note(figures[key])]
        last = label


def years_across(figures, note):
    """A heading for each year, an indicator above each table."""
    chambers, indicators, years = _axes(figures)
    for indicator in indicators:
        yield [INDICATORS[indicator]]
        yield ["Kammer", *sorted(years)]
        for chamber in chambers:
            cells = [note(figures.get(Key(chamber, indicator, year))) for year in sorted(years)]
            yield [CHAMBERS[chamber], *cells]
        yield []


def indicators_across(figures, note):
    """A heading for each indicator and a column of years."""
    chambers, indicators, years = _axes(figures)
    yield ["Kammer", "Jahr", *(INDICATORS[indicator] for indicator in indicators)]
    for chamber in chambers:
        for year in years:
            cells = [note(figures.get(Key(chamber, indicator, year))) for indicator in indicators]
            yield [CHAMBERS[chamber], year, *cells]


def stacked(figures, note):
    """Indicators over years, written once over each group."""
    chambers, indicators, years = _axes(figures)
    pairs = [(indicator, year) for indicator in indicators for year in sorted(years)]
    heads = [INDICATORS[indicator] if year == min(years) else "" for indicator, year in pairs]
    yield ["", *heads]
    yield ["Kammer", *(year for _, year in pairs)]
    for chamber in chambers:
        yield [CHAMBERS[chamber], *(note(figures.get(Key(chamber, *pair))) for pair in pairs)]


def years_as_sections(figures, note):
    """A year as a row of its own above the chambers it holds for."""
    chambers, indicators, years = _axes(figures)
    yield ["Kammer", *(INDICATORS[indicator] for indicator in indicators)]
    for year in years:
        yield [year]
        for chamber in chambers:
            cells = [note(figures.get(Key(chamber, indicator, year))) for indicator in indicators]
            yield [CHAMBERS[chamber], *cells]


LAYOUTS = (long, filled_down, years_across, indicators_across, stacked, years_as_sections)


def _cells(rows):
    return {
        (row, column): value
        for row, cells in enumerate(rows)
        for column, value in enumerate(cells)
        if value not in (None, "")
    }


def _with_variants(suffix):
    def write(rows):
        with tempfile.TemporaryDirectory() as folder:
            sheet = variants.Sheet("Meldung", _cells(rows), [])
            return variants.save([sheet], Path(folder) / f"meldung{suffix}").read_bytes()

    return write


def _xlsx_with_shared_texts(rows):
    """As spreadsheet programs write it: each text once, in a part of its own."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        page = book.add_worksheet("Meldung")
        for (row, column), value in _cells(rows).items():
            page.write(row, column, value)
    return made.getvalue()


def _xlsb(rows):
    width = max(map(len, rows))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "meldung.xlsb"
        with pyxlsbwriter.XlsbWriter(str(path)) as writer:
            writer.add_sheet("Meldung")
            writer.write_sheet(
                [[None if v == "" else v for v in [*row, *[None] * (width - len(row))]] for row in rows]
            )
        return path.read_bytes()


def _csv(encoding, mark, *, quoting=csv.QUOTE_MINIMAL, end="\r\n", first=""):
    def write(rows):
        made = io.StringIO(newline="")
        writer = csv.writer(made, delimiter=mark, quoting=quoting, lineterminator=end)
        for row in rows:
            writer.writerow(["" if value is None else _exported(value) for value in row])
        text = first + made.getvalue()
        return text.replace("\u202f", "\xa0").replace("’", "'").encode(encoding)

    return write


def _exported(value):
    """A number as a German spreadsheet program exports it: no grouping, a decimal comma."""
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    return str(value).replace(".", ",") if isinstance(value, float) else value


FORMATS = {
    "xlsx": (".xlsx", _with_variants(".xlsx")),
    "xlsx, texts shared": (".xlsx", _xlsx_with_shared_texts),
    "xls": (".xls", _with_variants(".xls")),
    "ods": (".ods", _with_variants(".ods")),
    "xlsb": (".xlsb", _xlsb),
    "UTF-8;": (".csv", _csv("utf-8", ";")),
    "UTF-8 with mark,": (".csv", _csv("utf-8-sig", ",")),
    "Windows-1252 tab": (".txt", _csv("cp1252", "\t", end="\r")),
    "ISO-8859-1;": (".csv", _csv("latin-1", ";", end="\n", quoting=csv.QUOTE_ALL)),
    "UTF-16 tab": (".txt", _csv("utf-16", "\t")),
    "UTF-16 without mark;": (".csv", _csv("utf-16-be", ";")),
    "sep=|": (".csv", _csv("utf-8", "|", first="sep=|\r\n", quoting=csv.QUOTE_NONNUMERIC)),
}
