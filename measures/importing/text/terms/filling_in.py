"""Lines, and names of sheets, that say how a form is filled in."""

from __future__ import annotations

import re

_FILLING_IN = re.compile(
    r"ausfüll|auszufüllen|anleitung|glossar|definition|schlüssel|codeliste|instruction|"
    r"\b(?:ein|an|über)(?:zu)?(?:tragen|geben|nehmen)\b|\b(?:zu |bitte )melden\b|\bverwenden\b|"
    r"zulässig|pflichtf|\beingabe|\b(?:felde?r?n?|zellen?|spalten?|zeilen?|fill|enter|fields?|cells?|columns?)\b",
    re.IGNORECASE,
)


def is_about_filling_in(text: str) -> bool:
    """Whether a line, or the name of a sheet, is about how a form is filled in or what its words mean."""
    return _FILLING_IN.search(text) is not None
