"""Texts of files as the database can hold them: PostgreSQL knows neither NUL nor half a surrogate pair."""

from __future__ import annotations

import re
from typing import Any

_UNSTORABLE = re.compile("[\\0\\ud800-\\udfff]")
_AT_ONCE = 1000
REPLACEMENT = "\ufffd"
"""Stands where a sign was that nobody can know: a name with it equals no known name."""


def storable(text: str) -> str:
    return _UNSTORABLE.sub(REPLACEMENT, text)


def make_storable(rows: list[list[Any]]) -> None:
    """Replace, in place, what cannot be stored."""
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        if not _is_storable("".join([cell for row in part for cell in row if cell.__class__ is str])):
            for row in part:
                row[:] = [storable(cell) if cell.__class__ is str else cell for cell in row]


def _is_storable(text: str) -> bool:
    """The same as to look for each sign, but much faster."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text
