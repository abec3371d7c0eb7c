"""What the fast reader does not tell: errors, formulas without a stored result, spans, hidden parts, extent.

The sheet's XML is streamed once; only the few cells that matter are looked at closely.
"""

from __future__ import annotations

import html
import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from measures.importing.problems import Refusal

if TYPE_CHECKING:
    import zipfile

Range = tuple[tuple[int, int], tuple[int, int]]
Span = tuple[int, int]
"""First and last row or column, counted from zero."""

_CHUNK = 4 * 2**20
_MAX_TEXT = 16 * 2**20
_REFERENCE = re.compile(rb"""\sr=["']([A-Z]{1,3})\d""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\sr=["'](\d+)""")
_CELL = re.compile(rb"""<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)""", re.DOTALL)
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_TYPE = re.compile(rb"""\bt=["'](\w+)["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]+)</")
_INLINE = re.compile(rb"<(?:\w+:)?(?:is|t)\b")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*>([^<]*)<")
_FORMULA_PART = re.compile(rb"<(?:\w+:)?f\b")
_SIGNS_OF_STATES = (b't="e"', b"t='e'", b"<f", b":f>", b":f ")
_HIDDEN = re.compile(rb"""<(?:\w+:)?(row|col)\s([^>]*\bhidden=["'](?:1|true)["'][^>]*)""")
_NUMBERS = re.compile(rb"""\b(r|min|max)=["'](\d{1,7})["']""")
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


@dataclass(slots=True)
class SheetStates:
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    hidden_rows: list[Span] = field(default_factory=list)
    hidden_columns: list[Span] = field(default_factory=list)


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The cell's name as a spreadsheet shows it; both counted from zero."""
    return f"{column_letters(column)}{row + 1}"


def place_of(cell: str) -> tuple[int, int]:
    """Row and column of an address, both counted from zero."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]) - 1, column_number(letters)


def relation_targets(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Relation id -> part of the archive it points to."""
    folder, base = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{base}.rels")
    if relations not in archive.namelist():
        return {}
    targets = {}
    for relation in _parsed(archive.read(relations)):
        target = relation.get("Target", "")
        path = target if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        targets[relation.get("Id", "")] = path.lstrip("/")
    return targets


def sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> part of the archive."""
    parts = sorted(archive.namelist(), key=len)
    workbook = next((part for part in parts if part.endswith("workbook.xml")), "")
    targets = relation_targets(archive, workbook)
    return {
        sheet.get("name", ""): targets.get(sheet.get(_REL, ""), "")
        for sheet in _parsed(archive.read(workbook)).iter()
        if sheet.tag.rpartition("}")[2] == "sheet"
    }


def _parsed(content: bytes) -> ET.Element:
    try:
        return ET.fromstring(content)  # noqa: S314  read in a guarded child process
    except ET.ParseError as error:
        raise Refusal("damaged") from error


def scan_xlsx(archive: zipfile.ZipFile, sheet: str, path: str, max_cells: int) -> SheetStates:
    states = SheetStates()
    if path not in archive.namelist():
        return states
    columns: set[bytes] = set()
    last_row = 0
    rest = b""
    with archive.open(path) as part:
        while chunk := part.read(_CHUNK):
            data = rest + chunk
            cut = len(data)
            if len(chunk) == _CHUNK:
                cut = max(data.rfind(mark) for mark in (b"<c ", b":c ", b"<row "))
            if cut <= 0:
                if len(data) > _MAX_TEXT:
                    raise Refusal("bomb")
                rest = data
                continue
            data, rest = data[:cut], data[cut:]
            columns.update(_REFERENCE.findall(data))
            rows = _ROW.findall(data[data.rfind(b"<row ") :] or data) or _ROW.findall(data)
            last_row = max(last_row, *(int(row) for row in rows)) if rows else last_row
            if any(sign in data for sign in _SIGNS_OF_STATES):
                _note_states(data, states)
            if b"hidden=" in data:
                _note_hidden(data, states)
    last_column = max((column_number(letters.decode()) for letters in columns), default=0)
    if (last_column + 1) * last_row > max_cells:
        raise Refusal("too_many_cells", sheet=sheet, cell=address(last_row - 1, last_column))
    return states


def add_hidden(spans: list[Span], first: int, last: int) -> None:
    """Note hidden rows or columns; what follows on the last span extends it."""
    if spans and spans[-1][1] == first - 1:
        spans[-1] = (spans[-1][0], last)
    else:
        spans.append((first, last))


def _note_hidden(data: bytes, states: SheetStates) -> None:
    for kind, attributes in _HIDDEN.findall(data):
        place = {name: int(number) - 1 for name, number in _NUMBERS.findall(attributes)}
        if kind == b"row" and b"r" in place:
            add_hidden(states.hidden_rows, place[b"r"], place[b"r"])
        elif b"min" in place and b"max" in place:
            add_hidden(states.hidden_columns, place[b"min"], place[b"max"])


def _note_states(data: bytes, states: SheetStates) -> None:
    for found in _CELL.finditer(data):
        attributes, content = found.groups()
        kind = _TYPE.search(attributes)
        is_error = kind is not None and kind[1] == b"e"
        if not is_error and not (content and _FORMULA_PART.search(content)):
            continue
        place = _PLACE.search(attributes)
        if not place:
            continue
        value = _VALUE.search(content or b"")
        where = (int(place[2]) - 1, column_number(place[1].decode()))
        if is_error:
            states.cells[where] = value[1].decode() if value else "#"
        elif value is None and not (kind and kind[1] == b"str") and not _INLINE.search(content):
            formula = _FORMULA.search(content)
            states.cells[where] = f"={html.unescape(formula[1].decode()) if formula else ''}"


class _OdsSheet:
    """Position within one table of an ODS file while it streams past."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.states = SheetStates()
        self.row = self.column = self.columns = 0
        self.last_row = self.last_column = -1

    def heading(self, element: ET.Element) -> None:
        repeat = int(element.get(f"{_TABLE}number-columns-repeated", "1"))
        if _is_hidden(element):
            add_hidden(self.states.hidden_columns, self.columns, self.columns + repeat - 1)
        self.columns += repeat

    def cell(self, element: ET.Element) -> None:
        repeat = int(element.get(f"{_TABLE}number-columns-repeated", "1"))
        kind = element.get(f"{_OFFICE}value-type", "")
        formula = element.get(f"{_TABLE}formula")
        text = "".join("".join(part.itertext()) for part in element.findall(f"{_TEXT}p"))
        if kind or text or formula:
            self.last_row = max(self.last_row, self.row)
            self.last_column = max(self.last_column, self.column + repeat - 1)
            where = (self.row, self.column)
            if text.startswith(("#", "Err:")) and (formula or kind in ("", "string")):
                self.states.cells[where] = text
            elif formula and not text and not element.get(f"{_OFFICE}value"):
                self.states.cells[where] = f"={formula.partition('=')[2]}"
        wide = int(element.get(f"{_TABLE}number-columns-spanned", "1"))
        high = int(element.get(f"{_TABLE}number-rows-spanned", "1"))
        if wide > 1 or high > 1:
            self.states.merges.append(
                ((self.row, self.column), (self.row + high - 1, self.column + wide - 1))
            )
        self.column += repeat

    def end_row(self, element: ET.Element) -> None:
        repeat = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
        if self.last_row == self.row:
            self.last_row += repeat - 1
        if _is_hidden(element):
            add_hidden(self.states.hidden_rows, self.row, self.row + repeat - 1)
        self.row += repeat
        self.column = 0


def _is_hidden(element: ET.Element) -> bool:
    return element.get(f"{_TABLE}visibility") in ("collapse", "filter")


def scan_ods(archive: zipfile.ZipFile, max_cells: int) -> dict[str, SheetStates]:
    found: dict[str, SheetStates] = {}
    sheet: _OdsSheet | None = None
    with archive.open("content.xml") as part:
        try:
            for event, element in ET.iterparse(part, events=("start", "end")):  # noqa: S314  in a guarded child
                tag = element.tag
                if event == "start":
                    if tag == f"{_TABLE}table":
                        sheet = _OdsSheet(element.get(f"{_TABLE}name", ""))
                        found[sheet.name] = sheet.states
                elif sheet is None:
                    continue
                elif tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                    sheet.cell(element)
                    element.clear()
                elif tag == f"{_TABLE}table-column":
                    sheet.heading(element)
                elif tag == f"{_TABLE}table-row":
                    sheet.end_row(element)
                    element.clear()
                    if (sheet.last_row + 1) * (sheet.last_column + 1) > max_cells:
                        raise Refusal(
                            "too_many_cells",
                            sheet=sheet.name,
                            cell=address(sheet.last_row, sheet.last_column),
                        )
        except ET.ParseError as error:
            raise Refusal("damaged") from error
    return found
