"""A text file made ready for the csv module, which knows delimiters and escapes of one sign only."""

from __future__ import annotations

import io
import re
from typing import NamedTuple

DELIMITERS = (";", "\t", "|", ",", " ")
"""What stands between cells, in order of preference where two do equally well."""
NOT_BLANK = DELIMITERS[:4]
NOT_IN_NUMBERS = DELIMITERS[:3]

_DELIMITER, _QUOTE, _ESCAPED_DELIMITER, _BACKSLASH = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
"""Stand-ins: code points that Unicode sets aside for a program's own use; no text has them."""
_STAND_INS = re.compile(f"[{_DELIMITER}{_QUOTE}{_ESCAPED_DELIMITER}{_BACKSLASH}]")


class Dialect(NamedTuple):
    """What a file is made of. A quote is escaped by doubling it, or also by a backslash."""

    delimiter: str
    quote: str = '"'
    has_backslashes: bool = False


class Prepared:
    """The lines of a text with stand-ins where the csv module needs them, and the way back."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.dialect = dialect
        self.delimiter = dialect.delimiter
        self._originals: dict[str, str] = {}
        if dialect.has_backslashes or len(dialect.delimiter) > 1:
            text = _STAND_INS.sub("\ufffd", text)
        if dialect.has_backslashes:
            self._originals |= {
                _QUOTE: dialect.quote,
                _BACKSLASH: "\\",
                _ESCAPED_DELIMITER: dialect.delimiter,
            }
            escaped = {original: stand_in for stand_in, original in self._originals.items()}
            signs = "|".join(map(re.escape, escaped))
            text = re.sub(rf"\\({signs})", lambda match: escaped[match[1]], text)
        if len(dialect.delimiter) > 1:
            self.delimiter = _DELIMITER
            self._originals[_DELIMITER] = dialect.delimiter
            at_line_end = re.escape(dialect.delimiter.rstrip(" "))
            text = text.replace(dialect.delimiter, _DELIMITER)
            if dialect.delimiter.endswith(" "):  # blanks at the ends of lines may have been cut off
                text = re.sub(rf"{at_line_end}$", _DELIMITER, text, flags=re.MULTILINE)
                text = re.sub(rf"{at_line_end}(?=\r)", _DELIMITER, text)
        self.lines = list(io.StringIO(text, newline=""))

    def restore(self, row: list[str]) -> list[str]:
        """The cells as the file has them."""
        if not self._originals or not _STAND_INS.search("".join(row)):
            return row
        return [_STAND_INS.sub(lambda match: self._originals.get(match[0], match[0]), cell) for cell in row]
