"""Organisations that a line says the counted are of: ``BMBF-Plätze``, ``Verträge der BA``.

Over rows of others this may be a part of theirs, or not theirs at all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.text import wording

if TYPE_CHECKING:
    from measures.importing.text.wording import Part

_COUNTED = (
    r"[\w-]*?(?:plätze|verträge|stellen|beratungen|betriebe|lotsen|angebote|eintritte|places|contracts)n?"
)
_JOINED = re.compile(rf"-(?:{_COUNTED})(?![\w])", re.IGNORECASE)
_OF = re.compile(rf"(?<![\w-]){_COUNTED}\s+(?:des|der|vom|von|von der|of)\s+$", re.IGNORECASE)


def with_counted_by(text: str, parts: list[Part]) -> list[Part]:
    """The parts of a line, those narrowing that name whose the counted are."""
    return [
        part._replace(kind=wording.NARROWING)
        if part.kind == wording.ORGANISATION
        and (_JOINED.match(text, part.end) or _OF.search(text[: part.start]))
        else part
        for part in parts
    ]
