"""A plain table as a file for spreadsheet programs, in which no text is taken for a formula."""

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass

from measures.renderers.exact_workbook import ExactWorkbook

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Programs read a cell of a text file that begins with one of these as something to compute."""

WIDEST = 60


@dataclass(frozen=True)
class PlainTable:
    """Texts, numbers, days and empty cells under a header."""

    title: str
    header: Sequence[str]
    lines: Sequence[Sequence[object]]


def as_csv(table: PlainTable) -> bytes:
    """Semicolons and a mark of the encoding, as Excel in German reads it without asking."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerow([_harmless(text) for text in table.header])
    writer.writerows([_harmless(_plain(value)) for value in line] for line in table.lines)
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(table: PlainTable) -> bytes:
    """Texts stay texts whatever they begin with; days and numbers are what they are."""
    written = io.BytesIO()
    workbook = ExactWorkbook(
        written,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
            "default_date_format": "yyyy-mm-dd",
        },
    )
    sheet = workbook.add_worksheet()
    bold = workbook.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    for column, text in enumerate(table.header):
        sheet.write_string(0, column, text, bold)
        cells = (str(line[column] or "") for line in table.lines)
        sheet.set_column(column, column, min(WIDEST, 2 + max([len(text), *map(len, cells)])))
    for number, line in enumerate(table.lines, start=1):
        for column, value in enumerate(line):
            if isinstance(value, dt.date):
                sheet.write_datetime(number, column, value)
            elif isinstance(value, int):
                sheet.write_number(number, column, value)
            elif value is not None:
                sheet.write_string(number, column, str(value))
    if table.lines:
        sheet.autofilter(0, 0, len(table.lines), len(table.header) - 1)
    workbook.close()
    return written.getvalue()


def _plain(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _harmless(text: str) -> str:
    """An apostrophe in front makes a text of it; a number stays a number."""
    is_number = text.removeprefix("-").isdecimal()
    return f"'{text}" if text.startswith(FORMULA_SIGNS) and not is_number else text
