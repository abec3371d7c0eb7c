"""The table of texts of an .xls, as far as their characters do not all look alike."""

from __future__ import annotations

import struct
from functools import partial

from measures.importing.formats.binary.cells import runs_of
from measures.importing.formats.runs import PLAIN, Look, ShownText, shown_text

_STRUCK, _SUPERSCRIPT = 0x08, 1
_IS_WIDE, _HAS_EXTENSION, _HAS_RUNS = 0x01, 0x04, 0x08
_NO_FONT = 4
"""No font has this number: counting goes on at the next one."""


def look_of_font(data: bytes) -> Look:
    """A FONT record: its flags, and what it does with the characters' height above the line."""
    flags, escapement = struct.unpack_from("<H", data, 2)[0], struct.unpack_from("<H", data, 8)[0]
    return Look(escapement == _SUPERSCRIPT, bool(flags & _STRUCK))


def look_by_number(fonts: list[Look], number: int) -> Look:
    place = number - 1 if number > _NO_FONT else number
    return fonts[place] if place < len(fonts) else PLAIN


class _Segments:
    """A record and those that continue it: characters that run over an end begin again with a flag."""

    def __init__(self, segments: list[bytes]) -> None:
        self._segments = segments
        self._number = self._place = 0

    def bytes(self, count: int) -> bytes:
        taken = b""
        while len(taken) < count:
            if self._is_at_end() and not self._next():
                raise IndexError
            part = self._segments[self._number][self._place : self._place + count - len(taken)]
            self._place += len(part)
            taken += part
        return taken

    def characters(self, count: int, *, is_wide: bool) -> str:
        text = ""
        while count:
            if self._is_at_end():
                if not self._next():
                    raise IndexError
                is_wide = bool(self.bytes(1)[0] & _IS_WIDE)
            width = 2 if is_wide else 1
            left = len(self._segments[self._number]) - self._place
            part = self.bytes(min(count * width, left - left % width or width))
            text += part.decode("utf-16-le", "replace") if is_wide else part.decode("latin-1")
            count -= len(part) // width
        return text

    def _is_at_end(self) -> bool:
        return self._place >= len(self._segments[self._number])

    def _next(self) -> bool:
        self._number, self._place = self._number + 1, 0
        return self._number < len(self._segments)


def texts_of_table(segments: list[bytes], fonts: list[Look]) -> dict[int, ShownText]:
    """The texts that show more than their characters, by their place in the table (SST)."""
    if not segments or all(font == PLAIN for font in fonts):
        return {}
    table, found = _Segments(segments), {}
    _, count = struct.unpack("<II", table.bytes(8))
    for place in range(count):
        length, flags = struct.unpack("<HB", table.bytes(3))
        runs = struct.unpack("<H", table.bytes(2))[0] if flags & _HAS_RUNS else 0
        extension = struct.unpack("<I", table.bytes(4))[0] if flags & _HAS_EXTENSION else 0
        text = table.characters(length, is_wide=bool(flags & _IS_WIDE))
        starts = list(struct.iter_unpack("<HH", table.bytes(4 * runs)))
        table.bytes(extension)
        if starts and (shown := shown_text(runs_of(text, starts, partial(look_by_number, fonts)))):
            found[place] = shown
    return found


def short_rich_text(data: bytes, fonts: list[Look]) -> ShownText | None:
    """A cell's own text with its runs (RSTRING), as Excel 5 wrote it: places and fonts in a byte each."""
    length = struct.unpack_from("<H", data, 6)[0]
    text = data[8 : 8 + length].decode("cp1252", "replace")
    starts = list(struct.iter_unpack("<BB", data[9 + length : 9 + length + 2 * data[8 + length]]))
    return shown_text(runs_of(text, starts, partial(look_by_number, fonts))) if starts else None
