"""Lines that hold several things side by side, each about the paper or its sender by itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.text import wording

if TYPE_CHECKING:
    from measures.importing.text.wording import Part

_SEPARATOR = re.compile(r"\s*[|;·•]\s*|$")


def with_asides(text: str, parts: list[Part]) -> list[Part]:
    """``Bericht: EQ; Ersteller: admin``: a stretch about the paper is read as a line of its own."""
    start = 0
    for separator in _SEPARATOR.finditer(text):
        stretch, end = text[start : separator.start()], separator.start()
        if stretch != text and wording.is_aside(stretch):
            parts = [part for part in parts if part.end <= start or part.start >= end] + [
                part._replace(start=part.start + start, end=part.end + start)
                for part in wording.as_aside(stretch, _moved(parts, start, end))
            ]
        start = separator.end()
    return sorted(parts, key=lambda part: part.start)


def _moved(parts: list[Part], start: int, end: int) -> list[Part]:
    return [
        part._replace(start=part.start - start, end=part.end - start)
        for part in parts
        if start <= part.start and part.end <= end
    ]
