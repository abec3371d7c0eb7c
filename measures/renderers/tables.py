"""A plain table as a file for spreadsheet programs, in which no text is taken for a formula."""

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass

from measures.renderers.exact_workbook import ExactWorkbook

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Programs read a cell of a text file that begins with one of these as a formula, or as a further cell."""

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
    writer.writerow([harmless(text) for text in table.header])
    writer.writerows([_plain(value) for value in line] for line in table.lines)
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
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, int) else harmless(value)


def harmless(text: object) -> str:
    """A text that stays one: an apostrophe in front makes one of what would be a formula."""
    written = str(text)
    return f"'{written}" if written.startswith(FORMULA_SIGNS) else written
