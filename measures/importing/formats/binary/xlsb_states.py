"""What the fast reader leaves out of an .xlsb: errors, formats, runs of texts, hidden parts."""

from __future__ import annotations

import struct
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from measures.importing.addresses import place_of
from measures.importing.formats.binary.cells import ERROR_OF_NUMBER, TEXT_TOKEN, runs_of
from measures.importing.formats.number_formats import add_run, types_of_styles
from measures.importing.formats.packages import (
    binary_comments,
    comments_of,
    relation_targets,
    without_author,
)
from measures.importing.formats.page_texts import lines_of_boxes, lines_of_header, with_words
from measures.importing.formats.runs import PLAIN, Look, ShownText, note_shown, shown_text
from measures.importing.formats.states import BookStates, SheetStates, add_hidden, refuse_too_large

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

    from measures.importing.vocabulary import Limits

_ROW, _ERROR, _TEXT_OF_TABLE, _FORMULA_TEXT, _FORMULA_ERROR, _COLUMN, _SHEET = 0, 3, 7, 8, 11, 60, 156
_COMMENT, _COMMENT_TEXT, _HEADERS = 635, 637, 479
_NO_TEXT = 0xFFFFFFFF
_FORMAT, _STYLES, _STYLE, _FONT, _TEXT, _BOOK = 44, 617, 47, 43, 19, 153
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x10, 0x01
_STRUCK, _SUPERSCRIPT, _HAS_RUNS = 0x08, 1, 0x01


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
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
    styles = _styles(archive.read("xl/styles.bin") if "xl/styles.bin" in archive.namelist() else b"")
    texts = _texts(archive, styles.fonts)
    found = BookStates()
    for kind, data in _records(archive.read("xl/workbook.bin")):
        if kind == _BOOK:
            found.counts_from_1904 = bool(data[0] & 1)
        elif kind == _SHEET:
            length = struct.unpack_from("<I", data, 8)[0]
            relation = data[12 : 12 + 2 * length].decode("utf-16-le")
            name = data[16 + 2 * length :].decode("utf-16-le")
            path = targets.get(relation, "")
            if path:
                states = _scan_sheet(archive.read(path), styles, texts, name, limits)
                states.comments = _comments(archive, path)
                states.boxes = lines_of_boxes(archive, path)
                found.sheets[name] = states
    return found


class _CellStyles(NamedTuple):
    """What the workbook's styles say, as far as it matters."""

    types: dict[int, type[float]]
    struck: set[int]
    fonts: list[Look]


def _styles(content: bytes) -> _CellStyles:
    formats: dict[int, str] = {}
    fonts: list[Look] = []
    styles: list[tuple[int, int]] = []
    are_cells = False
    for kind, data in _records(content):
        if kind == _FORMAT:
            number, length = struct.unpack_from("<HI", data)
            formats[number] = data[6 : 6 + 2 * length].decode("utf-16-le")
        elif kind == _FONT:
            flags, _, escapement = struct.unpack_from("<3H", data, 2)
            fonts.append(Look(escapement == _SUPERSCRIPT, bool(flags & _STRUCK)))
        elif kind in (_STYLES, _STYLES + 1):
            are_cells = kind == _STYLES
        elif kind == _STYLE and are_cells:
            styles.append(struct.unpack_from("<HH", data, 2))
    types = types_of_styles(formats, [number for number, _ in styles])
    struck = {place for place, (_, font) in enumerate(styles) if font < len(fonts) and fonts[font].is_struck}
    return _CellStyles(types, struck, fonts)


def _texts(archive: zipfile.ZipFile, fonts: list[Look]) -> dict[int, ShownText]:
    """The shared texts that show more than their characters, by their place in the table."""
    part = "xl/sharedStrings.bin"
    if part not in archive.namelist() or all(font == PLAIN for font in fonts):
        return {}
    texts = (data for kind, data in _records(archive.read(part)) if kind == _TEXT)
    shown = (rich_text(data, fonts) if data[0] & _HAS_RUNS else None for data in texts)
    return {place: text for place, text in enumerate(shown) if text}


def rich_text(data: bytes, fonts: list[Look]) -> ShownText | None:
    """A text with its runs: where each begins, and its font."""
    end = 5 + 2 * struct.unpack_from("<I", data, 1)[0]
    starts = list(struct.iter_unpack("<HH", data[end + 4 :][: 4 * struct.unpack_from("<I", data, end)[0]]))
    return shown_text(runs_of(data[5:end].decode("utf-16-le"), starts, fonts.__getitem__)) if starts else None


def _comments(archive: zipfile.ZipFile, sheet: str) -> dict[tuple[int, int], str]:
    """What comments say, by their cells. A thread comes before the copy of it for old programs."""
    found: dict[tuple[int, int], str] = {}
    with suppress(IndexError, struct.error):  # of a damaged part what could be read
        for part in binary_comments(archive, sheet):
            place = -1, -1
            for kind, data in _records(archive.read(part)):
                if kind == _COMMENT:
                    row, _, column, _ = struct.unpack_from("<4I", data, 4)
                    place = row, column
                elif kind == _COMMENT_TEXT:
                    length = struct.unpack_from("<I", data, 1)[0]
                    text = without_author(data[5 : 5 + 2 * length].decode("utf-16-le", "replace"))
                    found.update({place: text} if text else {})
    return found | {place_of(cell): text for cell, text in comments_of(archive, sheet).items()}


def _scan_sheet(
    content: bytes, styles: _CellStyles, texts: dict[int, ShownText], sheet: str, limits: Limits
) -> SheetStates:
    states = SheetStates()
    row = last_row = last_column = 0
    for kind, data in _records(content):
        if kind == _ROW:
            row = struct.unpack_from("<I", data)[0]
            if data[11] & _HIDDEN_ROW:
                add_hidden(states.hidden_rows, row, row)
        elif kind <= _FORMULA_ERROR:
            column, style = struct.unpack_from("<II", data)
            last_row, last_column = max(last_row, row), max(last_column, column)
            _note_cell(states, kind, (row, column), data, texts)
            if styles.types and (type_ := styles.types.get(style & 0xFFFFFF)):
                add_run(states.formats, column, row, row, type_)
            if style & 0xFFFFFF in styles.struck:
                states.struck.setdefault((row, column), "")
        elif kind == _COLUMN and data[16] & _HIDDEN_COLUMN:
            add_hidden(states.hidden_columns, *struct.unpack_from("<II", data))
        elif kind == _HEADERS:
            states.page_texts = _headers(data)
    refuse_too_large(sheet, last_row, last_column, limits)
    return states


def _headers(data: bytes) -> list[str]:
    """Headers and footers of odd, even and first pages, one behind the other; some have no text."""
    lines: list[str] = []
    place = 2
    while place + 4 <= len(data):
        length = struct.unpack_from("<I", data, place)[0]
        place += 4
        if length != _NO_TEXT:
            lines += lines_of_header(data[place : place + 2 * length].decode("utf-16-le", "replace"))
            place += 2 * length
    return with_words(lines)


def _note_cell(
    states: SheetStates, kind: int, place: tuple[int, int], data: bytes, texts: dict[int, ShownText]
) -> None:
    if kind in (_ERROR, _FORMULA_ERROR):
        states.cells[place] = ERROR_OF_NUMBER.get(data[8], "#")
    elif kind == _FORMULA_TEXT and data[8:12] == b"\0\0\0\0" and TEXT_TOKEN not in data[18:]:
        states.cells[place] = "="
    elif kind == _TEXT_OF_TABLE and (shown := texts.get(struct.unpack_from("<I", data, 8)[0])):
        note_shown(states, place, shown)
