"""Words and signs that say of which quality figures are, and how they are rounded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

QUALITY_WORD = (
    r"(?:(?:noch )?nicht endgültig\w*|vorläufig\w*|vorlaeufig\w*|vorl\b\.?|preliminary|\bentwurf\b"
    r"|geschätzt\w*|schätzung\w*|schätzwert\w*|estimate\w*|revidiert\w*|berichtigt\w*|korrigiert\w*|revised"
    r"|beispielwert\w*|example values?)"
)
"""How texts write it, whatever the case; ``quality_in`` says which quality it is."""

SIGNS = {"r": "revised", "p": "preliminary", "s": "estimate"}
"""Letters behind a number or a year, as statistical offices agreed on them."""

COLUMN_SIGNS = {**SIGNS, "v": "preliminary", "b": "revised"}
"""Letters in a column of their own beside the values, as in Destatis' flat files."""

_QUALITIES = (
    (re.compile(r"beispielwert|example value"), "example"),
    (re.compile(r"vorlaeufig|nicht endgueltig|preliminary|\bvorl\b|\bentwurf\b"), "preliminary"),
    (re.compile(r"schaetz|estimate"), "estimate"),
    (re.compile(r"revidiert|berichtigt|revised|korrigiert"), "revised"),
)
_ALONE = re.compile(rf"{QUALITY_WORD}|endgültig\w*|final", re.IGNORECASE)
_ROUNDED = re.compile(
    r"(?:vielfache\w*|auf)\s+(?:von\s+|ein vielfaches von\s+)?(\d{1,4})\s+(?:auf|ab)?\s*gerundet|"
    r"rundung\w* auf (?:vielfache von )?(\d{1,4})|multiples? of (\d{1,4})"
)


def quality_in(text: str) -> str:
    key = fold(text)
    return next((quality for pattern, quality in _QUALITIES if pattern.search(key)), "")


def is_quality_alone(text: str) -> bool:
    """Whether a text is a word for a quality and nothing else; ``endgültig`` is one."""
    return _ALONE.fullmatch(text) is not None


def declared_base(lines: Iterable[str], *, otherwise: int = 1) -> int:
    """The base these lines say the cells are rounded to; ``otherwise`` if they say nothing."""
    for line in lines:
        if found := _ROUNDED.search(fold(line)):
            return int(next(filter(None, found.groups())))
    return otherwise
