"""Write a case as an xls file."""

import datetime as dt
import io
from functools import cache
from typing import Any

import xlwt

from tests.measures.importing.cases.sheets import Formula, Place, Sheet, Value


def write(sheets: list[Sheet], given: dict[str, Any]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    style_of = cache(lambda form: xlwt.easyxf(num_format_str=form))
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        for top, left, bottom, right in sheet.merged:
            page.merge(top, bottom, left, right)
        for place, value in sheet.cells.items():
            usual = "DD.MM.YYYY" if isinstance(value, dt.date) else "General"
            style = style_of(sheet.looks["number_formats"].get(place, usual))
            _write_cell(page, place, value, sheet.looks["raised"].get(place, 0), style)
        for row in sheet.hidden_rows:
            page.row(row).hidden = True
        for column in sheet.hidden_columns:
            page.col(column).hidden = True
        page.visibility = int(sheet.is_hidden)
    made = io.BytesIO()
    book.save(made)
    content = made.getvalue()
    for before, after in given.get("edits", ()):
        if content.count(bytes.fromhex(before)) != 1:
            raise ValueError(f"{before} is not there once.")
        content = content.replace(bytes.fromhex(before), bytes.fromhex(after))
    return content


def _write_cell(page: Any, place: Place, value: Value, raised: int, style: Any) -> None:
    if raised and isinstance(value, str):
        high = xlwt.Font()
        high.escapement = xlwt.Font.ESCAPEMENT_SUPERSCRIPT
        page.write_rich_text(*place, (value[:-raised], (value[-raised:], high)))
    elif isinstance(value, Formula):
        page.write(*place, xlwt.Formula(value.text.removeprefix("=")), style)
    else:
        page.write(*place, value, style)
