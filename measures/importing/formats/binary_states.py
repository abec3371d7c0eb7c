"""What the fast reader does not tell of the binary formats (.xls, .xlsb): errors, formats, hidden parts."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from measures.importing.formats.number_formats import add_run, types_of_styles
from measures.importing.formats.packages import relation_targets
from measures.importing.formats.states import BookStates, SheetStates, add_hidden, refuse_too_large
from measures.importing.refusals import Refusal

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

    from measures.importing.formats.compound_file import CompoundFile
    from measures.importing.vocabulary import Limits

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_BOUND_SHEET, _FILE_PASS, _END, _FORMAT, _STYLE, _DATE_SYSTEM, _COMMENT = (
    0x85,
    0x2F,
    0x0A,
    0x41E,
    0xE0,
    0x22,
    0x1C,
)
_BOOL_ERROR, _FORMULA, _NUMBER, _SHORT_NUMBER, _SHORT_NUMBERS = 0x205, 0x06, 0x203, 0x27E, 0xBD
_CELLS = {_BOOL_ERROR, _FORMULA, _NUMBER, _SHORT_NUMBER, _SHORT_NUMBERS, 0xFD, 0x204, 0xD6}
_ROW, _COLUMN = 0x208, 0x7D
_XLSB_ROW, _XLSB_ERROR, _XLSB_FORMULA_TEXT, _XLSB_FORMULA_ERROR, _XLSB_COLUMN, _XLSB_SHEET = (
    0,
    3,
    8,
    11,
    60,
    156,
)
_XLSB_FORMAT, _XLSB_STYLES, _XLSB_STYLE, _XLSB_BOOK = 44, 617, 47, 153
_HIDDEN_ROW, _HIDDEN_ROW_XLSB, _HIDDEN_COLUMN = 0x20, 0x10, 0x01
_IS_ERROR, _IS_EMPTY_TEXT = 2, 3
_TEXT_TOKEN = 0x17
"""A formula without a text in it has no empty text as its result: it was never calculated."""


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        yield kind, stream[start + 4 : start + 4 + length]
        start += 4 + length


def scan_xls(container: CompoundFile, limits: Limits) -> BookStates:
    """What is known by sheet; refuses what is encrypted. Older or odd files yield what could be read."""
    found = BookStates()
    places: dict[str, int] = {}
    formats: dict[int, str] = {}
    styles: list[int] = []
    try:
        stream = container.stream("Workbook")
        for kind, data in _records(stream, 0):
            if kind == _FILE_PASS:
                raise Refusal("password")
            if kind == _BOUND_SHEET:
                places[_text(data[7:], data[6])] = struct.unpack_from("<I", data)[0]
            elif kind == _FORMAT:
                formats[struct.unpack_from("<H", data)[0]] = _text(data[4:], data[2])
            elif kind == _STYLE:
                styles.append(struct.unpack_from("<H", data, 2)[0])
            elif kind == _DATE_SYSTEM:
                found.counts_from_1904 = data[0] == 1
            elif kind == _END:
                break
        types = types_of_styles(formats, styles)
        for name, start in places.items():
            found.sheets[name] = _scan_xls_sheet(stream, start, types, name, limits)
    except (struct.error, IndexError, UnicodeDecodeError):
        return found
    return found


def _text(data: bytes, length: int) -> str:
    """A short text: a byte says whether its signs are wide."""
    return (
        data[1 : 1 + 2 * length].decode("utf-16-le")
        if data[0] & 1
        else data[1 : 1 + length].decode("latin-1")
    )


def _scan_xls_sheet(
    stream: bytes, start: int, types: dict[int, type[float]], sheet: str, limits: Limits
) -> SheetStates:
    states = SheetStates()
    last_row = last_column = 0
    for kind, data in _records(stream, start):
        if kind in _CELLS:
            row, column = struct.unpack_from("<HH", data)
            last_row, last_column = max(last_row, row), max(last_column, column)
            if kind == _BOOL_ERROR:
                if data[7]:
                    states.cells[row, column] = ERRORS.get(data[6], "#")
            elif kind == _FORMULA:
                _note_formula(states, row, column, data)
            if types:
                _note_format(states, types, kind, data)
        elif kind == _END:
            break
        else:
            _note_beside_cells(states, kind, data)
    refuse_too_large(sheet, last_row, last_column, limits)
    return states


def _note_beside_cells(states: SheetStates, kind: int, data: bytes) -> None:
    if kind == _ROW and data[12] & _HIDDEN_ROW:
        row = struct.unpack_from("<H", data)[0]
        add_hidden(states.hidden_rows, row, row)
    elif kind == _COLUMN and data[8] & _HIDDEN_COLUMN:
        add_hidden(states.hidden_columns, *struct.unpack_from("<HH", data))
    elif kind == _COMMENT:
        states.has_comments = True


def _note_formula(states: SheetStates, row: int, column: int, data: bytes) -> None:
    if data[12:14] != b"\xff\xff":
        return
    if data[6] == _IS_ERROR:
        states.cells[row, column] = ERRORS.get(data[8], "#")
    elif data[6] == _IS_EMPTY_TEXT and _TEXT_TOKEN not in data[22:]:
        states.cells[row, column] = "="


def _note_format(states: SheetStates, types: dict[int, type[float]], kind: int, data: bytes) -> None:
    row, column, style = struct.unpack_from("<HHH", data)
    styles = [style]
    if kind == _SHORT_NUMBERS:
        styles = [struct.unpack_from("<H", data, place)[0] for place in range(4, len(data) - 2, 6)]
    for place, number in enumerate(styles, column):
        if number in types:
            add_run(states.formats, place, row, row, types[number])


def _xlsb_records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and length are numbers in groups of seven bits, of which few need a second byte."""
    place, end = 0, len(content)
    while place < end:
        kind = content[place]
        place += 1
        if kind & 0x80:
            kind = kind & 0x7F | (content[place] & 0x7F) << 7
            place += 1
        length = content[place]
        place += 1
        if length & 0x80:
            length &= 0x7F
            for shift in (7, 14, 21):
                byte = content[place]
                place += 1
                length |= (byte & 0x7F) << shift
                if not byte & 0x80:
                    break
        yield kind, content[place : place + length]
        place += length


def scan_xlsb(archive: zipfile.ZipFile, limits: Limits) -> BookStates:
    targets = relation_targets(archive, "xl/workbook.bin")
    types = _xlsb_types(archive.read("xl/styles.bin")) if "xl/styles.bin" in archive.namelist() else {}
    found = BookStates()
    for kind, data in _xlsb_records(archive.read("xl/workbook.bin")):
        if kind == _XLSB_BOOK:
            found.counts_from_1904 = bool(data[0] & 1)
        elif kind == _XLSB_SHEET:
            length = struct.unpack_from("<I", data, 8)[0]
            relation = data[12 : 12 + 2 * length].decode("utf-16-le")
            name = data[16 + 2 * length :].decode("utf-16-le")
            path = targets.get(relation, "")
            if path:
                found.sheets[name] = _scan_xlsb_sheet(archive.read(path), types, name, limits)
    return found


def _xlsb_types(content: bytes) -> dict[int, type[float]]:
    formats: dict[int, str] = {}
    styles: list[int] = []
    are_cells = False
    for kind, data in _xlsb_records(content):
        if kind == _XLSB_FORMAT:
            number, length = struct.unpack_from("<HI", data)
            formats[number] = data[6 : 6 + 2 * length].decode("utf-16-le")
        elif kind in (_XLSB_STYLES, _XLSB_STYLES + 1):
            are_cells = kind == _XLSB_STYLES
        elif kind == _XLSB_STYLE and are_cells:
            styles.append(struct.unpack_from("<H", data, 2)[0])
    return types_of_styles(formats, styles)


def _scan_xlsb_sheet(
    content: bytes, types: dict[int, type[float]], sheet: str, limits: Limits
) -> SheetStates:
    states = SheetStates()
    row = last_row = last_column = 0
    for kind, data in _xlsb_records(content):
        if kind == _XLSB_ROW:
            row = struct.unpack_from("<I", data)[0]
            if data[11] & _HIDDEN_ROW_XLSB:
                add_hidden(states.hidden_rows, row, row)
        elif kind <= _XLSB_FORMULA_ERROR:
            column, style = struct.unpack_from("<II", data)
            last_row, last_column = max(last_row, row), max(last_column, column)
            if kind in (_XLSB_ERROR, _XLSB_FORMULA_ERROR):
                states.cells[row, column] = ERRORS.get(data[8], "#")
            elif kind == _XLSB_FORMULA_TEXT and data[8:12] == b"\0\0\0\0" and _TEXT_TOKEN not in data[18:]:
                states.cells[row, column] = "="
            if types and (type_ := types.get(style & 0xFFFFFF)):
                add_run(states.formats, column, row, row, type_)
        elif kind == _XLSB_COLUMN and data[16] & _HIDDEN_COLUMN:
            add_hidden(states.hidden_columns, *struct.unpack_from("<II", data))
    refuse_too_large(sheet, last_row, last_column, limits)
    return states
