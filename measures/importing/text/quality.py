"""Words that say of which quality figures are, and how they are rounded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_STATUS_WORDS = (
    (re.compile(r"vorlaeufig|nicht endgueltig|preliminary|\bvorl\b"), "preliminary"),
    (re.compile(r"schaetz|estimate"), "estimate"),
    (re.compile(r"revidiert|berichtigt|revised|korrigiert"), "revised"),
)
_ROUNDED = re.compile(
    r"(?:vielfache\w*|auf)\s+(?:von\s+|ein vielfaches von\s+)?(\d{1,4})\s+(?:auf|ab)?\s*gerundet|"
    r"rundung\w* auf (?:vielfache von )?(\d{1,4})|multiples? of (\d{1,4})"
)


def quality_in(text: str) -> str:
    key = fold(text)
    return next((quality for pattern, quality in _STATUS_WORDS if pattern.search(key)), "")


def declared_base(lines: Iterable[str]) -> int:
    """The base a file says its cells are rounded to; 1 if it says nothing."""
    for line in lines:
        if found := _ROUNDED.search(fold(line)):
            return int(next(filter(None, found.groups())))
    return 1
