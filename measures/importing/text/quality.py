"""Words and signs that say of which quality figures are: preliminary, estimated or revised."""

from __future__ import annotations

import re

from measures.importing.text.folding import fold

QUALITY_WORD = (
    r"(?:vorläufig\w*|vorlaeufig\w*|vorl\b\.?|preliminary|geschätzt\w*|schätzung\w*|schätzwert\w*|estimate\w*"
    r"|revidiert\w*|berichtigt\w*|korrigiert\w*|revised)"
)
"""How texts write it, whatever the case; ``quality_in`` says which quality it is."""

SIGNS = {"r": "revised", "p": "preliminary", "s": "estimate"}
"""Letters behind a number or a year, as statistical offices agreed on them."""

COLUMN_SIGNS = {**SIGNS, "v": "preliminary", "b": "revised"}
"""Letters in a column of their own beside the values, as in Destatis' flat files."""

_QUALITIES = (
    (re.compile(r"vorlaeufig|preliminary|\bvorl\b"), "preliminary"),
    (re.compile(r"schaetz|estimate"), "estimate"),
    (re.compile(r"revidiert|berichtigt|revised|korrigiert"), "revised"),
)


def quality_in(text: str) -> str:
    key = fold(text)
    return next((quality for pattern, quality in _QUALITIES if pattern.search(key)), "")
