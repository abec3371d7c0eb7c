"""The rows of a view as files for programs and spreadsheets."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple
from decimal import Decimal

import msgspec
import xlsxwriter
from django.utils.translation import gettext

from reporting.dashboards.rows import COLUMNS, ViewRow
from reporting.frozen.schema import plain

CSV_TYPE = "text/csv; charset=utf-8"
JSON_TYPE = "application/json"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_JSON = msgspec.json.Encoder(decimal_format="number")
_WIDTHS = {"view": 16, "indicator": 30, "organisation": 16, "measure": 12, "value": 16}


def as_csv(rows: Iterable[ViewRow]) -> bytes:
    """Numbers with a point and no grouping; what is not there is empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_plain(cell) for cell in astuple(row)] for row in rows)
    return text.getvalue().encode()


def as_json(rows: Iterable[ViewRow]) -> bytes:
    return _JSON.encode([{name: _decimal(value) for name, value in asdict(row).items()} for row in rows])


def as_xlsx(rows: Iterable[ViewRow], about: Sequence[tuple[str, str]]) -> bytes:
    """A workbook: the rows, and beside them ``about``, pairs of what is described and its text."""
    content = io.BytesIO()
    # Texts stay texts: nothing is taken for a formula or an address.
    workbook = xlsxwriter.Workbook(
        content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold, wrapped = (
        workbook.add_format({"bold": True}),
        workbook.add_format({"text_wrap": True, "valign": "top"}),
    )
    sheet = workbook.add_worksheet(gettext("Figures"))
    sheet.write_row(0, 0, COLUMNS, bold)
    sheet.freeze_panes(1, 0)
    for index, name in enumerate(COLUMNS):
        sheet.set_column(index, index, _WIDTHS.get(name, 12))
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, cell in enumerate(astuple(row)):
            sheet.write(last, column, float(cell) if isinstance(cell, Decimal) else cell)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    notes = workbook.add_worksheet(gettext("About"))
    notes.set_column(0, 0, 28)
    notes.set_column(1, 1, 100)
    for line, (name, text) in enumerate(about):
        notes.write(line, 0, name, bold)
        notes.write(line, 1, text, wrapped)
    workbook.close()
    return content.getvalue()


def _plain(cell: object) -> object:
    if cell is None:
        return ""
    return f"{plain(cell):f}" if isinstance(cell, Decimal) else cell


def _decimal(cell: object) -> object:
    return plain(cell) if isinstance(cell, Decimal) else cell
