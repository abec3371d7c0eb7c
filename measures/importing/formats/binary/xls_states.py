"""What the fast reader leaves out of an .xls: errors, formats, runs of texts, hidden parts."""

from __future__ import annotations

import codecs
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from measures.importing.formats.binary.cells import ERROR_OF_NUMBER, TEXT_TOKEN
from measures.importing.formats.binary.xls_comments import XlsComments
from measures.importing.formats.binary.xls_strings import (
    look_by_number,
    look_of_font,
    short_rich_text,
    texts_of_table,
)
from measures.importing.formats.number_formats import add_run, types_of_styles
from measures.importing.formats.page_texts import lines_of_header
from measures.importing.formats.runs import Look, note_shown
from measures.importing.formats.states import BookStates, SheetStates, add_hidden, refuse_too_large
from measures.importing.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from measures.importing.formats.binary.compound_file import CompoundFile
    from measures.importing.formats.runs import ShownText
    from measures.importing.vocabulary import Limits

_BOUND_SHEET, _FILE_PASS, _END, _FORMAT, _STYLE, _DATE_SYSTEM = 0x85, 0x2F, 0x0A, 0x41E, 0xE0, 0x22
_BEGIN, _CODE_PAGE, _FONT, _TEXTS, _CONTINUED = 0x809, 0x42, 0x31, 0xFC, 0x3C
_BOOL_ERROR, _FORMULA, _NUMBER, _SHORT_NUMBER, _SHORT_NUMBERS = 0x205, 0x06, 0x203, 0x27E, 0xBD
_TEXT_OF_TABLE, _RICH_TEXT = 0xFD, 0xD6
_OLD_FORMULAS = (0x206, 0x406)
"""Numbers that formulas had in Excel 3 and 4: Apple Numbers writes them into newer workbooks."""
_FORMULAS = {_FORMULA, *_OLD_FORMULAS}
_CELLS = {
    _BOOL_ERROR, *_FORMULAS, _NUMBER, _SHORT_NUMBER, _SHORT_NUMBERS, _TEXT_OF_TABLE, 0x204, _RICH_TEXT
}  # fmt: skip
_UNICODE, _WESTERN, _MACINTOSH = 1200, 1252, 10_000
_CODE_PAGES_OF_OLD = {0: _WESTERN, 367: _WESTERN, 0x8000: _MACINTOSH, 0x8001: _WESTERN}
_IS_UNICODE = 0x600
"""The version from which on (Excel 97) texts carry their own width, whatever code page is named."""
_ROW, _COLUMN = 0x208, 0x7D
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01
_HEADER, _FOOTER = 0x14, 0x15
_IS_ERROR, _IS_EMPTY_TEXT = 2, 3


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        yield kind, stream[start + 4 : start + 4 + length]
        start += 4 + length


@dataclass(slots=True)
class _Globals:
    """What an .xls says before its sheets begin."""

    version: int = _IS_UNICODE
    code_page: int | None = None
    places: list[tuple[int, bytes]] = field(default_factory=list)
    fonts: list[Look] = field(default_factory=list)
    fonts_of_styles: list[int] = field(default_factory=list)
    formats: dict[int, bytes] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    texts: list[bytes] = field(default_factory=list)
    counts_from_1904: bool = False

    def note(self, kind: int, data: bytes) -> None:
        if kind == _BEGIN:
            self.version = struct.unpack_from("<H", data)[0]
        elif kind == _CODE_PAGE:
            self.code_page = struct.unpack_from("<H", data)[0]
        elif kind == _DATE_SYSTEM:
            self.counts_from_1904 = data[0] == 1
        elif kind == _BOUND_SHEET:
            self.places.append((struct.unpack_from("<I", data)[0], data[6:]))
        elif kind == _FONT:
            self.fonts.append(look_of_font(data))
        elif kind == _FORMAT:
            # Behind a length of two bytes in newer files; the second is zero, as no format is that long.
            short = data[2:3] + data[4:] if self.version >= _IS_UNICODE else data[2:]
            self.formats[struct.unpack_from("<H", data)[0]] = short
        elif kind == _STYLE:
            font, number = struct.unpack_from("<HH", data)
            self.fonts_of_styles.append(font)
            self.styles.append(number)

    @property
    def code_page_needed(self) -> int:
        """The one the fast reader takes the texts rightly by. Some writers name that of their own texts."""
        if self.version >= _IS_UNICODE:
            return _UNICODE
        named = _WESTERN if self.code_page is None else self.code_page
        return _CODE_PAGES_OF_OLD.get(named, named)

    @property
    def encoding(self) -> str:
        """That of texts in older files; empty where each text carries its own width."""
        if self.version >= _IS_UNICODE:
            return ""
        return "mac_roman" if self.code_page_needed == _MACINTOSH else f"cp{self.code_page_needed}"

    def text(self, data: bytes) -> str:
        """A short text behind its length; in newer files a byte says whether its signs are wide."""
        length = data[0]
        if self.encoding:
            return codecs.decode(data[1 : 1 + length], self.encoding, "replace")
        if data[1] & 1:
            return data[2 : 2 + 2 * length].decode("utf-16-le")
        return data[2 : 2 + length].decode("latin-1")


@dataclass(slots=True)
class _Looks:
    """What the sheets of an .xls refer to, as far as it matters."""

    types: dict[int, type[float]]
    texts: dict[int, ShownText]
    struck: set[int]
    fonts: list[Look]
    encoding: str


def scan_xls(container: CompoundFile, limits: Limits) -> BookStates:
    """What is known by sheet; refuses what is encrypted. Odd files yield what could be read."""
    found = BookStates()
    stream = container.workbook_stream()
    try:
        book = _globals(stream)
        found.counts_from_1904 = book.counts_from_1904
        is_repaired = book.code_page is not None and book.code_page != book.code_page_needed
        looks = _looks(book)
        for start, name in book.places:
            states, has_old_formulas = _scan_xls_sheet(stream, start, looks, book.text(name), limits)
            found.sheets[book.text(name)] = states
            is_repaired = is_repaired or has_old_formulas
        if is_repaired:
            found.repaired = _repaired(stream, book)
    except (struct.error, IndexError, LookupError, UnicodeDecodeError):
        return found
    return found


def _globals(stream: bytes) -> _Globals:
    book = _Globals()
    last = 0
    for kind, data in _records(stream, 0):
        if kind == _FILE_PASS:
            raise Refusal("password")
        if kind == _END:
            break
        if kind == _TEXTS or (kind == _CONTINUED and last == _TEXTS):
            book.texts.append(data)
        else:
            book.note(kind, data)
        last = last if kind == _CONTINUED else kind
    return book


def _looks(book: _Globals) -> _Looks:
    return _Looks(
        types_of_styles({number: book.text(code) for number, code in book.formats.items()}, book.styles),
        texts_of_table(book.texts, book.fonts),
        {
            style
            for style, font in enumerate(book.fonts_of_styles)
            if look_by_number(book.fonts, font).is_struck
        },
        book.fonts if book.version < _IS_UNICODE else [],
        book.encoding,
    )


def _repaired(stream: bytes, book: _Globals) -> bytes:
    """The same records, of the same length, with the code page and the numbers that hold for this version."""
    made = bytearray(stream)
    start = 0
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        if kind == _CODE_PAGE:
            struct.pack_into("<H", made, start + 4, book.code_page_needed)
        elif kind in _OLD_FORMULAS:
            struct.pack_into("<H", made, start, _FORMULA)
        start += 4 + length
    return bytes(made)


def _scan_xls_sheet(
    stream: bytes, start: int, looks: _Looks, sheet: str, limits: Limits
) -> tuple[SheetStates, bool]:
    """The sheet's states, and whether formulas carry the numbers of older versions."""
    states, comments = SheetStates(), XlsComments(looks.encoding)
    last_row = last_column = depth = 0
    has_old_formulas = False
    for kind, data in _records(stream, start):
        if kind in (_BEGIN, _END):
            depth += 1 if kind == _BEGIN else -1
            if depth <= 0:
                break
        elif depth > 1:
            continue  # a chart on the sheet: its cells are copies, and comments may follow it
        elif kind in _CELLS:
            row, column = struct.unpack_from("<HH", data)
            last_row, last_column = max(last_row, row), max(last_column, column)
            _note_cell(states, looks, kind, (row, column), data)
            has_old_formulas = has_old_formulas or kind in _OLD_FORMULAS
            if looks.types or looks.struck:
                _note_styles(states, looks, kind, data)
        else:
            _note_beside_cells(states, kind, data)
            if kind in (_HEADER, _FOOTER) and data:
                states.page_texts += lines_of_header(_text_of_page(data, looks.encoding))
            comments.note(states, kind, data)
    refuse_too_large(sheet, last_row, last_column, limits)
    return states, has_old_formulas


def _note_cell(states: SheetStates, looks: _Looks, kind: int, place: tuple[int, int], data: bytes) -> None:
    if kind == _BOOL_ERROR:
        if data[7]:
            states.cells[place] = ERROR_OF_NUMBER.get(data[6], "#")
    elif kind in _FORMULAS:
        _note_formula(states, *place, data)
    elif kind == _TEXT_OF_TABLE and looks.texts:
        if shown := looks.texts.get(struct.unpack_from("<I", data, 6)[0]):
            note_shown(states, place, shown)
    elif kind == _RICH_TEXT and looks.fonts and (shown := short_rich_text(data, looks.fonts)):
        note_shown(states, place, shown)


def _note_beside_cells(states: SheetStates, kind: int, data: bytes) -> None:
    if kind == _ROW and data[12] & _HIDDEN_ROW:
        row = struct.unpack_from("<H", data)[0]
        add_hidden(states.hidden_rows, row, row)
    elif kind == _COLUMN and data[8] & _HIDDEN_COLUMN:
        add_hidden(states.hidden_columns, *struct.unpack_from("<HH", data))


def _text_of_page(data: bytes, encoding: str) -> str:
    """Behind its length: of one byte in older files, of two in newer ones, with the width of its signs."""
    if encoding:
        return codecs.decode(data[1 : 1 + data[0]], encoding, "replace")
    length, is_wide = struct.unpack_from("<HB", data)
    signs = data[3 : 3 + length * (2 if is_wide & 1 else 1)]
    return signs.decode("utf-16-le" if is_wide & 1 else "latin-1", "replace")


def _note_formula(states: SheetStates, row: int, column: int, data: bytes) -> None:
    if data[12:14] != b"\xff\xff":
        return
    if data[6] == _IS_ERROR:
        states.cells[row, column] = ERROR_OF_NUMBER.get(data[8], "#")
    elif data[6] == _IS_EMPTY_TEXT and TEXT_TOKEN not in data[22:]:
        states.cells[row, column] = "="


def _note_styles(states: SheetStates, looks: _Looks, kind: int, data: bytes) -> None:
    row, column, style = struct.unpack_from("<HHH", data)
    styles = [style]
    if kind == _SHORT_NUMBERS:
        styles = [struct.unpack_from("<H", data, place)[0] for place in range(4, len(data) - 2, 6)]
    for place, number in enumerate(styles, column):
        if number in looks.types:
            add_run(states.formats, place, row, row, looks.types[number])
        if number in looks.struck:
            states.struck.setdefault((row, place), "")
