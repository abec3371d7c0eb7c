"""Words that say of which quality figures are: preliminary, estimated or revised."""

from __future__ import annotations

import re

from measures.importing.text.folding import fold

_STATUS_WORDS = (
    (re.compile(r"vorlaeufig|preliminary|\bvorl\b"), "preliminary"),
    (re.compile(r"schaetz|estimate"), "estimate"),
    (re.compile(r"revidiert|berichtigt|revised|korrigiert"), "revised"),
)


def quality_in(text: str) -> str:
    key = fold(text)
    return next((quality for pattern, quality in _STATUS_WORDS if pattern.search(key)), "")
