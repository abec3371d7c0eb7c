"""The comments of a sheet of an .xls, which stand apart from its cells."""

from __future__ import annotations

import codecs
import struct
from typing import TYPE_CHECKING

from measures.importing.formats.packages import without_author

if TYPE_CHECKING:
    from measures.importing.formats.states import SheetStates

COMMENT, _OBJECT, _TEXT_OBJECT, _CONTINUED = 0x1C, 0x5D, 0x1B6, 0x3C
_COMMON_PART, _OF_COMMENT = 0x15, 0x19
_IS_WIDE = 0x01
_SAME_COMMENT = 0xFFFF
"""The row of a record that goes on with the text of the one before it (Excel 5)."""


class XlsComments:
    """Collects them from the records of a sheet in their order.

    From Excel 97 on an object (OBJ) is followed by its text (TXO and the records that continue it), and all
    records of comments (NOTE), which name their cell and their object, come behind. Before, a comment held
    its text. Each text belongs to one comment, so that all of them are no longer than the file.
    """

    def __init__(self, encoding: str = "") -> None:
        """``encoding``: of the texts in files from before Excel 97."""
        self._encoding = encoding
        self._texts: dict[int, list[str]] = {}
        self._object = -1
        self._left = 0
        self._last: tuple[int, int] | None = None

    def note(self, states: SheetStates, kind: int, data: bytes) -> None:
        """Damaged records are passed over: that there is a comment is known all the same."""
        if kind == _CONTINUED:
            self._continue(data)
            return
        self._left = 0
        if kind == _OBJECT and len(data) >= struct.calcsize("<4H"):
            part, _, type_, number = struct.unpack_from("<4H", data)
            self._object = number if (part, type_) == (_COMMON_PART, _OF_COMMENT) else -1
        elif kind == _TEXT_OBJECT and self._object >= 0 and len(data) >= struct.calcsize("<6H"):
            self._left = struct.unpack_from("<6H", data)[-1]
            self._texts[self._object] = []
        elif kind == COMMENT:
            states.has_comments = True
            if len(data) >= struct.calcsize("<3H"):
                self._place(states, data)

    def _continue(self, data: bytes) -> None:
        """The next piece of a text behind a flag; once it is complete, what follows are its fonts."""
        if not self._left or not data:
            return
        width = 2 if data[0] & _IS_WIDE else 1
        piece = data[1 : 1 + width * self._left]
        self._left -= len(piece) // width
        text = piece.decode("utf-16-le", "replace") if width > 1 else piece.decode("latin-1")
        self._texts[self._object].append(text)

    def _place(self, states: SheetStates, data: bytes) -> None:
        row, column, number = struct.unpack_from("<3H", data)
        if self._encoding:
            text = codecs.decode(data[6 : 6 + number], self._encoding, "replace")
            if row == _SAME_COMMENT and self._last is not None:
                states.comments[self._last] = states.comments.get(self._last, "") + text
                return
        elif len(data) >= struct.calcsize("<4H"):
            text = "".join(self._texts.pop(struct.unpack_from("<4H", data)[-1], ()))
        else:
            return
        self._last = row, column
        if text := without_author(text):
            states.comments[row, column] = text
