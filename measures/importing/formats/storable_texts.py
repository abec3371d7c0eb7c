"""Texts of files as the database can hold them: PostgreSQL knows neither NUL nor half a surrogate pair."""

from __future__ import annotations

import re
from typing import Any

_UNSTORABLE = re.compile("[\\0\\ud800-\\udfff]")
REPLACEMENT = "\ufffd"
"""Stands where a sign was that nobody can know: a name with it equals no known name."""


def storable(text: str) -> str:
    return _UNSTORABLE.sub(REPLACEMENT, text)


def make_storable(rows: list[list[Any]]) -> None:
    """Replace, in place, what cannot be stored."""
    for row in rows:
        if _UNSTORABLE.search("".join([cell for cell in row if cell.__class__ is str])):
            row[:] = [storable(cell) if cell.__class__ is str else cell for cell in row]
