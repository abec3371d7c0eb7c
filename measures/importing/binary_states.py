"""Errors in the binary formats (.xls, .xlsb): the fast reader shows such cells as blank."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from measures.importing.cell_states import SheetStates, add_hidden, relation_targets
from measures.importing.problems import Refusal

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

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
_FREE = 0xFFFFFFF0
_SHORTEST_STREAM = 4096
_BOUND_SHEET, _FILE_PASS, _BOOL_ERROR, _FORMULA, _END = 0x85, 0x2F, 0x205, 0x06, 0x0A
_ROW, _COLUMN = 0x208, 0x7D
_XLSB_ROW, _XLSB_ERROR, _XLSB_FORMULA_ERROR, _XLSB_COLUMN, _XLSB_SHEET = 0, 3, 11, 60, 156
_HIDDEN_ROW, _HIDDEN_ROW_XLSB, _HIDDEN_COLUMN = 0x20, 0x10, 0x01


class _Container:
    """An OLE file: streams laid out as chains of sectors."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.size = 1 << struct.unpack_from("<H", content, 30)[0]
        table_sectors = list(struct.unpack_from("<109I", content, 76))
        following, count = struct.unpack_from("<II", content, 68)
        for _ in range(min(count, 1000)):
            entries = self._numbers(following)
            table_sectors += entries[:-1]
            following = entries[-1]
        self.table = [
            number for sector in table_sectors if sector < _FREE for number in self._numbers(sector)
        ]

    def _numbers(self, sector: int) -> list[int]:
        return list(struct.unpack_from(f"<{self.size // 4}I", self.content, (sector + 1) * self.size))

    def chain(self, sector: int) -> bytes:
        parts: list[bytes] = []
        while sector < _FREE and len(parts) <= len(self.table):
            start = (sector + 1) * self.size
            parts.append(self.content[start : start + self.size])
            sector = self.table[sector]
        return b"".join(parts)

    def stream(self, wanted: str) -> bytes:
        """Content of a stream that is long enough to lie in sectors of its own, as every workbook is."""
        directory = self.chain(struct.unpack_from("<I", self.content, 48)[0])
        for offset in range(0, len(directory), 128):
            length = struct.unpack_from("<H", directory, offset + 64)[0]
            name = directory[offset : offset + max(length - 2, 0)].decode("utf-16-le", "replace")
            first, size = struct.unpack_from("<II", directory, offset + 116)
            if name == wanted and size >= _SHORTEST_STREAM:
                return self.chain(first)[:size]
        return b""


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        yield kind, stream[start + 4 : start + 4 + length]
        start += 4 + length


def scan_xls(content: bytes) -> dict[str, SheetStates]:
    """Error cells by sheet; refuses what is encrypted. Older or odd files yield what could be read."""
    found: dict[str, SheetStates] = {}
    try:
        stream = _Container(content).stream("Workbook")
        for kind, data in _records(stream, 0):
            if kind == _FILE_PASS:
                raise Refusal("password")
            if kind == _BOUND_SHEET:
                start, is_wide = struct.unpack_from("<I", data)[0], data[7] & 1
                name = data[8:].decode("utf-16-le" if is_wide else "latin-1")
                found[name] = _sheet_errors(stream, start)
            if kind == _END:
                break
    except (struct.error, IndexError, UnicodeDecodeError):
        return found
    return found


def _sheet_errors(stream: bytes, start: int) -> SheetStates:
    states = SheetStates()
    for kind, data in _records(stream, start):
        if kind == _END:
            break
        if kind == _BOOL_ERROR and data[7]:
            states.cells[struct.unpack_from("<HH", data)] = ERRORS.get(data[6], "#")
        elif kind == _FORMULA and data[12:14] == b"\xff\xff" and data[6] == 2:  # noqa: PLR2004  an error
            states.cells[struct.unpack_from("<HH", data)] = ERRORS.get(data[8], "#")
        elif kind == _ROW and data[12] & _HIDDEN_ROW:
            row = struct.unpack_from("<H", data)[0]
            add_hidden(states.hidden_rows, row, row)
        elif kind == _COLUMN and data[8] & _HIDDEN_COLUMN:
            add_hidden(states.hidden_columns, *struct.unpack_from("<HH", data))
    return states


def _xlsb_records(content: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place < len(content):
        kind, place = _packed(content, place, 2)
        length, place = _packed(content, place, 4)
        yield kind, content[place : place + length]
        place += length


def _packed(content: bytes, place: int, most: int) -> tuple[int, int]:
    """A number in groups of seven bits. The kind of a record keeps its marking bits, as it is written."""
    number = 0
    for index in range(most):
        byte = content[place]
        place += 1
        number |= (byte & 0x7F) << (7 * index)
        if not byte & 0x80:
            break
    return number, place


def scan_xlsb(archive: zipfile.ZipFile) -> dict[str, SheetStates]:
    targets = relation_targets(archive, "xl/workbook.bin")
    found: dict[str, SheetStates] = {}
    try:
        for kind, data in _xlsb_records(archive.read("xl/workbook.bin")):
            if kind == _XLSB_SHEET:
                length = struct.unpack_from("<I", data, 8)[0]
                relation = data[12 : 12 + 2 * length].decode("utf-16-le")
                name = data[16 + 2 * length :].decode("utf-16-le")
                path = targets.get(relation, "")
                found[name] = _xlsb_errors(archive.read(path)) if path else SheetStates()
    except (struct.error, IndexError, KeyError, UnicodeDecodeError) as error:
        raise Refusal("damaged") from error
    return found


def _xlsb_errors(content: bytes) -> SheetStates:
    states = SheetStates()
    row = 0
    for kind, data in _xlsb_records(content):
        if kind == _XLSB_ROW:
            row = struct.unpack_from("<I", data)[0]
            if data[11] & _HIDDEN_ROW_XLSB:
                add_hidden(states.hidden_rows, row, row)
        elif kind == _XLSB_COLUMN and data[16] & _HIDDEN_COLUMN:
            add_hidden(states.hidden_columns, *struct.unpack_from("<II", data))
        elif kind in (_XLSB_ERROR, _XLSB_FORMULA_ERROR):
            column = struct.unpack_from("<I", data)[0]
            states.cells[row, column] = ERRORS.get(data[8], "#")
    return states
