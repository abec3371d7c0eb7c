"""Write the file of a case: the formats that people send, with the looks that a case describes."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

import xlsxwriter
import xlwt
from openpyxl.utils.cell import range_boundaries

from samples.make import MADE_AT, ODS
from tests.measures.importing.cases import Case

ESCAPES = re.compile(r"\\(n|t|u[0-9a-f]{4})")
ONLY_SHEET = "Meldung"
COMPANY_PARTS = ("Bäckerei", "Metallbau", "Elektro", "Autohaus", "Praxis", "Weber", "Schmidt", "Köln")


class Formula(NamedTuple):
    text: str
    result: Any


Value = str | float | dt.date | Formula
Place = tuple[int, int]


class Sheet(NamedTuple):
    """Cells and their looks by row and column, both counted from nought."""

    name: str
    cells: dict[Place, Value]
    looks: dict[str, dict[Place, Any]]
    merged: list[tuple[int, int, int, int]]
    hidden_rows: set[int]
    hidden_columns: set[int]
    is_hidden: bool
    markup: dict[int, str]
    """OpenDocument's own, ahead of a row: the begin or end of a group, or rows no cell describes."""


def write_file(case: Case, folder: Path) -> Path:
    path = folder / case.file_name
    path.write_bytes(content_of(case))
    return path


def content_of(case: Case) -> bytes:
    given = case.content
    kind = given.get("format", "xlsx")
    if kind == "csv":
        ends = given.get("line_ends", "\r\n")
        return given["text"].replace("\n", ends).encode(given.get("encoding", "utf-8"))
    return WRITERS[kind](list(_sheets(given)), given)


def _sheets(given: dict[str, Any]) -> Iterator[Sheet]:
    grids = given.get("sheets") or {ONLY_SHEET: given.get("sheet", "")}
    hidden = given.get("hidden", {})
    for name, grid in grids.items():
        looks: dict[str, dict[Place, Any]] = {}
        for kind in ("number_formats", "comments", "raised"):
            looks[kind] = {
                place: look
                for area, look in given.get(kind, {}).items()
                for place in _places(area, name)
            }
        looks["struck"] = {place: True for area in given.get("struck", ()) for place in _places(area, name)}
        yield Sheet(
            name,
            dict(_cells(grid)),
            looks,
            [_bounds(area) for area in given.get("merge", ()) if _is_on(area, name)],
            {row - 1 for row in hidden.get("rows", ())},
            {_bounds(f"{letter}1")[1] for letter in hidden.get("columns", ())},
            name in hidden.get("sheets", ()),
            _markup(grid),
        )
    if given.get("company_list"):
        yield Sheet("Betriebsliste", dict(_companies(given["company_list"])), {}, [], set(), set(), False, {})


def _cells(grid: str) -> Iterator[tuple[Place, Value]]:
    rows = (line for line in grid.splitlines() if not _is_markup(line))
    for row, line in enumerate(rows):
        for column, text in enumerate(line.split("|")):
            if text.strip():
                yield (row, column), _value(text.strip())


def _is_markup(line: str) -> bool:
    return line.startswith(("<table:", "</table:"))


def _markup(grid: str) -> dict[int, str]:
    found: dict[int, str] = {}
    row = 0
    for line in grid.splitlines():
        if _is_markup(line):
            found[row] = found.get(row, "") + line
        else:
            row += 1
    return found


def _value(text: str) -> Value:
    if text.startswith("'"):
        return _unescaped(text[1:])
    if text.startswith("="):
        formula, _arrow, result = text.partition(" -> ")
        return Formula(formula, _value(result) if result else "")
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    if re.fullmatch(r"-?\d+\.\d+", text):
        return float(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return dt.date.fromisoformat(text)
    return _unescaped(text)


def _unescaped(text: str) -> str:
    return ESCAPES.sub(lambda found: found[0].encode().decode("unicode_escape"), text)


def _companies(count: int) -> Iterator[tuple[Place, Value]]:
    """A list of addresses, none like the other."""
    for row in range(count):
        first, second = COMPANY_PARTS[row % 8], COMPANY_PARTS[row // 8 % 8]
        texts = (f"{first} {second} {row:x}", f"{second}straße {row}", f"Bonn {row:x}", f"Frau {first} {row}")
        yield from (((row, column), text) for column, text in enumerate(texts))


def _is_on(area: str, sheet: str) -> bool:
    return "!" not in area or area.rpartition("!")[0].strip("'") == sheet


def _bounds(area: str) -> tuple[int, int, int, int]:
    """First row and column, last row and column."""
    left, top, right, bottom = (int(edge or 0) - 1 for edge in range_boundaries(area.rpartition("!")[2]))
    return top, left, bottom, right


def _places(area: str, sheet: str) -> Iterator[Place]:
    if _is_on(area, sheet):
        top, left, bottom, right = _bounds(area)
        yield from ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


# xlsx


def _xlsx(sheets: list[Sheet], given: dict[str, Any]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": MADE_AT})
        for sheet in sheets:
            _xlsx_sheet(book, sheet)
    return _edited_package(made.getvalue(), given["edits"]) if "edits" in given else made.getvalue()


def _xlsx_sheet(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name)
    for top, left, bottom, right in sheet.merged:
        page.merge_range(top, left, bottom, right, "")
    for place, value in sheet.cells.items():
        number_format = sheet.looks.get("number_formats", {}).get(place)
        is_struck = sheet.looks.get("struck", {}).get(place, False)
        if isinstance(value, dt.date):
            number_format = number_format or "dd.mm.yyyy"
        looks = {"num_format": number_format, "font_strikeout": is_struck}
        looks = {name: look for name, look in looks.items() if look}
        form = book.add_format(looks) if looks else None
        raised = sheet.looks.get("raised", {}).get(place)
        match value:
            case Formula(text, result):
                page.write_formula(*place, text, form, result)
            case dt.date():
                page.write_datetime(*place, dt.datetime.combine(value, dt.time()), form)
            case str() if raised:
                high = book.add_format({"font_script": 1})
                page.write_rich_string(*place, value[:-raised], high, value[-raised:])
            case str():
                page.write_string(*place, value, form)
            case _:
                page.write_number(*place, value, form)
    for place, comment in sheet.looks.get("comments", {}).items():
        page.write_comment(*place, comment)
    for row in sheet.hidden_rows:
        page.set_row(row, None, None, {"hidden": True})
    for column in sheet.hidden_columns:
        page.set_column(column, column, None, None, {"hidden": True})
    if sheet.is_hidden:
        page.hide()


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


# xls


def _xls(sheets: list[Sheet], given: dict[str, Any]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    style_of = cache(lambda form: xlwt.easyxf(num_format_str=form))
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        for top, left, bottom, right in sheet.merged:
            page.merge(top, bottom, left, right)
        for place, value in sheet.cells.items():
            raised = sheet.looks["raised"].get(place)
            usual = "DD.MM.YYYY" if isinstance(value, dt.date) else "General"
            style = style_of(sheet.looks["number_formats"].get(place, usual))
            if raised and isinstance(value, str):
                high = xlwt.Font()
                high.escapement = xlwt.Font.ESCAPEMENT_SUPERSCRIPT
                page.write_rich_text(*place, (value[:-raised], (value[-raised:], high)))
            elif isinstance(value, Formula):
                page.write(*place, xlwt.Formula(value.text.removeprefix("=")), style)
            else:
                page.write(*place, value, style)
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


# ods

NAMESPACES = {
    **{
        name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
        for name in ("office", "table", "text", "style")
    },
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "of": "urn:oasis:names:tc:opendocument:xmlns:of:1.2",
}
ODS_STYLES = (
    '<style:style style:name="high" style:family="text">'
    '<style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="struck" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="unseen" style:family="table">'
    '<style:table-properties table:display="false"/></style:style>'
)


def _ods(sheets: list[Sheet], given: dict[str, Any]) -> bytes:
    tables = "".join(_ods_table(sheet) for sheet in sheets)
    names = " ".join(f'xmlns:{name}="{address}"' for name, address in NAMESPACES.items())
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {names} office:version="1.2">'
        f"<office:automatic-styles>{ODS_STYLES}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{part}" manifest:media-type="{media}"/>'
        for part, media in (("/", ODS), ("content.xml", "text/xml"))
    )
    manifest = f'<manifest:manifest xmlns:manifest="{kind}" manifest:version="1.2">{entries}</manifest:manifest>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return made.getvalue()


def _ods_table(sheet: Sheet) -> str:
    style = ' table:style-name="unseen"' if sheet.is_hidden else ""
    return f'<table:table table:name="{escape(sheet.name)}"{style}>{"".join(_ods_rows(sheet))}</table:table>'


def _ods_rows(sheet: Sheet) -> Iterator[str]:
    last_row = max(row for row, _ in sheet.cells)
    for row in range(last_row + 1):
        yield sheet.markup.get(row, "")
        columns = [column for at, column in sheet.cells if at == row]
        hidden = ' table:visibility="collapse"' if row in sheet.hidden_rows else ""
        cells = "".join(_ods_cell(sheet, (row, column)) for column in range(max(columns, default=0) + 1))
        yield f"<table:table-row{hidden}>{cells}</table:table-row>"
    yield sheet.markup.get(last_row + 1, "")


def _ods_cell(sheet: Sheet, place: Place) -> str:
    row, column = place
    value = sheet.cells.get(place, "")
    if isinstance(value, str) and value.startswith("<table:"):
        return value
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and left <= column <= right and place != (top, left):
            return "<table:covered-table-cell/>"
    attributes, shown = _ods_value(value)
    for top, left, bottom, right in sheet.merged:
        if place == (top, left):
            attributes += f' table:number-columns-spanned="{right - left + 1}"'
            attributes += f' table:number-rows-spanned="{bottom - top + 1}"'
    if sheet.looks["struck"].get(place):
        attributes += ' table:style-name="struck"'
    raised = sheet.looks["raised"].get(place)
    if raised:
        shown = f'{shown[:-raised]}<text:span text:style-name="high">{shown[-raised:]}</text:span>'
    note = sheet.looks["comments"].get(place, "")
    if note:
        note = f"<office:annotation><dc:creator>Meier</dc:creator><text:p>{escape(note)}</text:p></office:annotation>"
    if not shown.startswith("<text:p>"):
        shown = "".join(f"<text:p>{line}</text:p>" for line in shown.split("\n") if shown)
    return f"<table:table-cell{attributes}>{note}{shown}</table:table-cell>"


def _ods_value(value: Value) -> tuple[str, str]:
    match value:
        case Formula(text, result):
            attributes, shown = _ods_value(result)
            return f' table:formula="of:{escape(text)}"{attributes}', shown
        case dt.date():
            return f' office:value-type="date" office:date-value="{value}"', f"{value:%d.%m.%Y}"
        case str():
            shown = value if value.startswith("<text:p>") else escape(value)
            return (' office:value-type="string"' if value else ""), shown
        case _:
            return f' office:value-type="float" office:value="{value}"', str(value).replace(".", ",")


WRITERS: dict[str, Callable[[list[Sheet], dict[str, Any]], bytes]] = {"xlsx": _xlsx, "xls": _xls, "ods": _ods}
