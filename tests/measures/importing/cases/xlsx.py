"""Write a case as an xlsx file."""

import datetime as dt
import io
import re
import zipfile
from typing import Any

import xlsxwriter

from samples.parts import MADE_AT
from tests.measures.importing.cases.sheets import Formula, Place, Sheet, Value


def write(sheets: list[Sheet], given: dict[str, Any]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": MADE_AT})
        for sheet in sheets:
            _xlsx_sheet(book, sheet)
    return _edited_package(made.getvalue(), given["edits"]) if "edits" in given else made.getvalue()


def _xlsx_sheet(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name)
    page.high = book.add_format({"font_script": 1})
    for top, left, bottom, right in sheet.merged:
        page.merge_range(top, left, bottom, right, "")
    for place, value in sheet.cells.items():
        _write_cell(
            page, place, value, sheet.looks.get("raised", {}).get(place, 0), _form(book, sheet, place)
        )
    for place, comment in sheet.looks["comments"].items():
        page.write_comment(*place, comment)
    for row in sheet.hidden_rows:
        page.set_row(row, None, None, {"hidden": True})
    for column in sheet.hidden_columns:
        page.set_column(column, column, None, None, {"hidden": True})
    if sheet.is_hidden:
        page.hide()


def _form(book: xlsxwriter.Workbook, sheet: Sheet, place: Place) -> Any:
    number_format = sheet.looks["number_formats"].get(place, "")
    if isinstance(sheet.cells[place], dt.date):
        number_format = number_format or "dd.mm.yyyy"
    looks = {"num_format": number_format, "font_strikeout": sheet.looks["struck"].get(place, False)}
    looks = {name: look for name, look in looks.items() if look}
    return book.add_format(looks) if looks else None


def _write_cell(page: Any, place: Place, value: Value, raised: int, form: Any) -> None:
    match value:
        case Formula(text, result):
            page.write_formula(*place, text, form, result)
        case dt.date():
            page.write_datetime(*place, dt.datetime.combine(value, dt.time()), form)
        case str() if raised:
            page.write_rich_string(*place, value[:-raised], page.high, value[-raised:])
        case str():
            page.write_string(*place, value, form)
        case _:
            page.write_number(*place, value, form)


def _edited_package(package: bytes, edits: dict[str, list[list[str]]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            for pattern, replacement in edits.get(name, ()):
                edited, count = re.subn(pattern, replacement, text.decode())
                if not count:
                    raise ValueError(f"{pattern} is not in {name}.")
                text = edited.encode()
            after.writestr(name, text)
    return made.getvalue()
