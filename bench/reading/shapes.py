"""Workbooks of many forms and any size: what a reader finds hard is not only how much there is."""

from collections.abc import Callable, Mapping
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

CHAMBERS = ("IHK Köln", "IHK Aachen", "IHK Düsseldorf", "IHK München", "HWK Dresden", "IHK Leipzig")
INDICATOR = "EQ-Plätze"
FIRST_YEAR = 2015
HEADER = ("Kammer", "Kennzahl", "Jahr", "KldB", "Beruf", "Wert")

Writer = Callable[[xlsxwriter.Workbook, int], int]


def write(path: Path, shape: str, cells: int) -> int:
    """A workbook of about so many cells that hold something; returns how many it has."""
    with xlsxwriter.Workbook(str(path)) as book:
        return SHAPES[shape](book, cells)


def long(book: xlsxwriter.Workbook, cells: int) -> int:
    """One figure in each line, as exports have it."""
    rows = cells // len(HEADER)
    sheet = book.add_worksheet("Meldung")
    sheet.write_row(0, 0, HEADER)
    for number in range(rows):
        _write_figure(sheet, number + 1, number, f"Beruf {number % 997}")
    return (rows + 1) * len(HEADER)


def wide(book: xlsxwriter.Workbook, cells: int) -> int:
    """Occupations down, chambers and years across."""
    columns = min(240, max(6, int(cells**0.5) // 2))
    rows = max(2, cells // (columns + 1))
    sheet = book.add_worksheet("Meldung")
    sheet.write_row(0, 0, (INDICATOR,))
    heads = list(islice(_heads(columns), columns))
    sheet.write_row(1, 0, ("Beruf", *(chamber for chamber, _year in heads)))
    sheet.write_row(2, 0, ("", *(year for _chamber, year in heads)))
    for number in range(rows):
        values = ((number * 7 + column) % 997 for column in range(columns))
        sheet.write_row(number + 3, 0, (f"Beruf {number}", *values))
    return 1 + (columns + 1) + columns + rows * (columns + 1)


def tables(book: xlsxwriter.Workbook, cells: int) -> int:
    """Small tables below each other on one sheet, at most 200 of them."""
    return _tables(book.add_worksheet("Meldung"), cells, _number_of_tables(cells))


def addresses(book: xlsxwriter.Workbook, cells: int) -> int:
    """Small tables, and a long list of addresses on a sheet of its own: half of the cells each."""
    count = _tables(book.add_worksheet("Meldung"), cells // 2, _number_of_tables(cells))
    sheet = book.add_worksheet("Anschriften")
    sheet.write_row(0, 0, ("Betrieb", "Straße", "Ort", "Ansprechperson"))
    rows = cells // 2 // 4
    for number in range(rows):
        sheet.write_row(
            number + 1,
            0,
            (
                f"Betrieb {number} GmbH",
                f"Hauptstraße {number}",
                f"{50000 + number % 9999} Köln",
                f"Frau {number}",
            ),
        )
    return count + 4 * (rows + 1)


def merged(book: xlsxwriter.Workbook, cells: int) -> int:
    """The chamber is one merged cell beside its lines."""
    lines = 3
    chambers = max(1, cells // (1 + lines * (len(HEADER) - 1)))
    sheet = book.add_worksheet("Meldung")
    sheet.write_row(0, 0, HEADER)
    for place in range(chambers):
        first = 1 + place * lines
        for number in range(first, first + lines):
            _write_figure(sheet, number, number, f"Beruf {number % 997}", chamber=None)
        sheet.merge_range(first, 0, first + lines - 1, 0, CHAMBERS[place % len(CHAMBERS)])
    return len(HEADER) + chambers * (1 + lines * (len(HEADER) - 1))


def sheets(book: xlsxwriter.Workbook, cells: int) -> int:
    """A sheet for each table, at most 200 of them."""
    number = _number_of_tables(cells)
    return sum(_tables(book.add_worksheet(f"Blatt {place}"), cells // number, 1) for place in range(number))


def texts(book: xlsxwriter.Workbook, cells: int) -> int:
    """A remark of its own beside each figure."""
    width = len(HEADER) + 1
    rows = cells // width
    sheet = book.add_worksheet("Meldung")
    sheet.write_row(0, 0, (*HEADER, "Bemerkung"))
    for number in range(rows):
        _write_figure(sheet, number + 1, number, f"Beruf {number}")
        sheet.write(number + 1, width - 1, f"Rückmeldung {number} vom Betrieb {number * 31 % 10007}")
    return (rows + 1) * width


SHAPES: Mapping[str, Writer] = {
    each.__name__: each for each in (long, wide, tables, addresses, merged, sheets, texts)
}


def _write_figure(sheet: Worksheet, row: int, number: int, occupation: str, chamber: str | None = "") -> None:
    """``chamber``: None where a merged cell names it."""
    if chamber == "":
        chamber = CHAMBERS[number % len(CHAMBERS)]
    year = FIRST_YEAR + number // len(CHAMBERS) % 5
    code = f"{10000 + number // 30:05}"
    sheet.write_row(row, 0, (chamber, INDICATOR, year, code, occupation, number % 997))


def _number_of_tables(cells: int) -> int:
    return max(1, min(200, cells // 500))


def _tables(sheet: Worksheet, cells: int, number: int) -> int:
    """Tables below each other: a title, years across, occupations down, two empty lines."""
    years = [FIRST_YEAR + place for place in range(5)]
    rows = max(1, (cells // number - 2 - len(years)) // (1 + len(years)))
    line = 0
    for place in range(number):
        chamber = CHAMBERS[place % len(CHAMBERS)]
        sheet.write(line, 0, f"{INDICATOR} {chamber}")
        sheet.write_row(line + 1, 0, ("Beruf", *years))
        for row in range(rows):
            values: list[Any] = [(place * 31 + row * 7 + column) % 997 for column in range(len(years))]
            sheet.write_row(line + 2 + row, 0, (f"Beruf {row}", *values))
        line += rows + 4
    return number * (1 + (1 + len(years)) * (rows + 1))


def _heads(columns: int) -> Any:
    years = cycle(range(FIRST_YEAR, FIRST_YEAR + 5))
    return ((CHAMBERS[place // 5 % len(CHAMBERS)], next(years)) for place in range(columns))
