"""What the fast reader does not tell: errors, formulas without a stored result, spans, hidden parts, extent.

The sheet's XML is streamed once; only the few cells that matter are looked at closely.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from measures.importing.addresses import column_number, place_of
from measures.importing.formats.number_formats import add_run, types_of_styles
from measures.importing.formats.openxml.indents import IndentedCells
from measures.importing.formats.packages import check_beginning, comments_of, parsed_part
from measures.importing.formats.page_texts import lines_of_boxes, lines_of_header, with_words
from measures.importing.formats.states import SheetStates, add_hidden, refuse_too_large
from measures.importing.refusals import Refusal

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

    from measures.importing.formats.openxml.xlsx_runs import RunsOfBook
    from measures.importing.vocabulary import Limits


_CHUNK = 4 * 2**20
_MAX_TEXT = 16 * 2**20
_ENDS = 64 * 2**10
_REFERENCE = re.compile(rb"""\sr=["']([A-Z]{1,3})\d""")
_WIDE_REFERENCE = re.compile(rb"""r=["']([A-Z]{2,3})\d""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\sr=["'](\d+)""")
_CELL = re.compile(rb"""<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)""", re.DOTALL)
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_TYPE = re.compile(rb"""\bt=["'](\w+)["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]+)</")
_INLINE = re.compile(rb"<(?:\w+:)?(?:is|t)\b")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*>([^<]*)<")
_FORMULA_PART = re.compile(rb"<(?:\w+:)?f\b")
_SIGNS_OF_STATES = {b"e": (b't="e"', b"t='e'"), b"f": (b"<f", b":f>", b":f ")}
"""By the letter in each of them, which most sheets lack throughout."""
_HIDDEN = re.compile(rb"""<(?:\w+:)?(row|col)\s([^>]*\bhidden=["'](?:1|true)["'][^>]*)""")
_HEADER = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)\b[^>]*>([^<]+)<")
_NUMBERS = re.compile(rb"""\b(r|min|max)=["'](\d{1,7})["']""")


def scan_xlsx(  # noqa: PLR0913  the sheet, what it may cost, and the workbook's styles
    archive: zipfile.ZipFile,
    sheet: str,
    path: str,
    limits: Limits,
    *,
    types: dict[int, type[float]],
    indents: dict[int, int],
    runs: RunsOfBook,
) -> SheetStates:
    """Stream a sheet's XML once. ``types``: what the styles that matter make of a number."""
    states = SheetStates()
    if path not in archive.namelist():
        return states
    states.comments = {place_of(cell): text for cell, text in comments_of(archive, path).items()}
    columns: set[bytes] = set()
    last_row = 0
    styled, indented = _StyledCells(types), IndentedCells(indents)
    for data in _pieces(archive, path):
        columns.update(_columns_in(data))
        rows = _ROW.findall(data[data.rfind(b"<row ") :] or data) or _ROW.findall(data)
        last_row = max(last_row, *(int(row) for row in rows)) if rows else last_row
        if any(
            sign in data for letter, signs in _SIGNS_OF_STATES.items() if letter in data for sign in signs
        ):
            _note_states(data, states)
        if b"hidden=" in data:
            _note_hidden(data, states)
        styled.note(data, states)
        indented.note(data, states)
        runs.note(data, states)
    states.page_texts, states.boxes = _lines_of_page(data), lines_of_boxes(archive, path)
    last_column = max((column_number(letters.decode()) for letters in columns), default=0)
    refuse_too_large(sheet, last_row - 1, last_column, limits)
    return states


def _lines_of_page(data: bytes) -> list[str]:
    """Headers and footers, which stand behind the cells; ``data``: the last piece of a sheet."""
    codes = _HEADER.findall(data, max(data.rfind(b"sheetData>"), 0))
    return with_words(
        line for code in codes for line in lines_of_header(html.unescape(code.decode(errors="replace")))
    )


def _columns_in(data: bytes) -> set[bytes]:
    """The columns a piece names: all of those past Z, of the others the ones at both its ends.

    A cell astray this side of Z makes no sheet too large to be read; looking for it would double the time.
    """
    ends = (data[:_ENDS], data[-_ENDS:])
    return {*_WIDE_REFERENCE.findall(data), *(name for end in ends for name in _REFERENCE.findall(end))}


def _pieces(archive: zipfile.ZipFile, path: str) -> Iterator[bytes]:
    """A part of the archive in pieces that end before a cell or a row begins."""
    rest = b""
    check_beginning(archive, path)
    with archive.open(path) as part:
        while chunk := part.read(_CHUNK):
            data = rest + chunk
            cut = _last_start(data, len(data) - _ENDS)
            if cut < 0:
                cut = _last_start(data, 0)
            if cut > 0:
                yield data[:cut]
                rest = data[cut:]
            elif len(data) > _MAX_TEXT:
                raise Refusal("bomb")
            else:
                rest = data
    yield rest


def _last_start(data: bytes, start: int) -> int:
    """Where the last cell or row after ``start`` begins; below zero if none does."""
    return max(data.rfind(mark, max(start, 0)) for mark in (b"<c ", b":c ", b"<row "))


class _StyledCells:
    """Finds the cells of those few styles that change what a person sees of a number."""

    def __init__(self, types: dict[int, type[float]]) -> None:
        self.types = {str(style).encode(): type_ for style, type_ in types.items()}
        styles = b"|".join(self.types)
        self.signs = [b's="%b"' % style for style in self.types] + [b"s='%b'" % style for style in self.types]
        self.cell = re.compile(
            rb"""<(?:\w+:)?c\s(?=[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'])[^>]*?\bs=["'](%b)["']""" % styles
        )

    def note(self, data: bytes, states: SheetStates) -> None:
        if not any(sign in data for sign in self.signs):
            return
        for letters, number, style in self.cell.findall(data):
            row = int(number) - 1
            add_run(states.formats, column_number(letters.decode()), row, row, self.types[style])


def types_of_xlsx_styles(archive: zipfile.ZipFile) -> dict[int, type[float]]:
    """What the workbook's cell styles make of a number, by the style's place in the list."""
    part = next((part for part in archive.namelist() if part.lower().endswith("styles.xml")), "")
    if not part:
        return {}
    formats: dict[int, str] = {}
    styles: list[int] = []
    for element in parsed_part(archive.read(part)):
        tag = element.tag.rpartition("}")[2]
        if tag == "numFmts":
            for given in element:
                formats[int(given.get("numFmtId", "0"))] = given.get("formatCode", "")
        elif tag == "cellXfs":
            styles = [int(style.get("numFmtId", "0")) for style in element]
    return types_of_styles(formats, styles)


def counts_from_1904(archive: zipfile.ZipFile) -> bool:
    """Whether day numbers begin in 1904, as they did on the Macintosh."""
    part = next((part for part in sorted(archive.namelist(), key=len) if part.endswith("workbook.xml")), "")
    return any(
        element.get("date1904", "") in ("1", "true", "on")
        for element in parsed_part(archive.read(part))
        if element.tag.rpartition("}")[2] == "workbookPr"
    )


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
