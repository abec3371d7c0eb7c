"""Footnotes of a table: what their text means for figures that carry the mark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from measures.importing.text.periods import PART, SINCE, periods_in, year_meant
from measures.importing.text.quality import quality_in

if TYPE_CHECKING:
    from collections.abc import Iterable

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_DEFINITION = re.compile(
    r"^\s*(?:\(?(\d{1,2}|[a-h]|\*{1,3})\)|([⁰¹²³⁴-⁹]{1,2})[)⁾]?|(\*{1,3})(?=\s+\w))\s*[:=]?\s*(.+)$"
)

_RESTRICTING = re.compile(
    r"\b(?:nur(?!\s+vorläufig)|lediglich|ausschließlich|only|geplant\w*|plan(?:wert|zahl|ung)?|ziel(?:wert|zahl)?|"
    r"soll(?:wert|zahl)?|prognose|prognostiziert|hochrechnung|hochgerechnet|erwartet|voraussichtlich|"
    r"planned|target|forecast|expected|"
    r"(?:inkl|incl|einschl|inklusive|einschließlich|including|(?:zusammen|gemeinsam) mit|together with)\.?\s+"
    r"(?:der\s+|the\s+)?(?:ihk|hwk|hk|kammer|handwerkskammer|industrie- und handelskammer|chamber))\b",
    re.IGNORECASE,
)


class Effect(NamedTuple):
    quality: str
    note: str


def footnotes_in(lines: Iterable[str]) -> dict[str, str]:
    """Mark -> text. The first definition of a mark holds."""
    found: dict[str, str] = {}
    for mark, text in filter(None, map(footnote_in, lines)):
        found.setdefault(mark, text)
    return found


def footnote_in(line: str) -> tuple[str, str] | None:
    """The mark a line explains, and what it says of it."""
    defined = _DEFINITION.match(line)
    if defined is None:
        return None
    return defined[1] or (defined[2] or "").translate(_SUPERSCRIPTS) or defined[3], defined[4].strip()


def is_footnote(line: str) -> bool:
    return footnote_in(line) is not None


class Footnotes:
    def __init__(self, texts: dict[str, str]) -> None:
        self._texts = texts
        self._effects: dict[tuple[str, ...], Effect] = {}

    def effect(self, marks: Iterable[str]) -> Effect:
        key = tuple(dict.fromkeys(marks))
        known = self._effects.get(key)
        if known is None:
            known = self._effects[key] = self._work_out(key)
        return known

    def _work_out(self, marks: tuple[str, ...]) -> Effect:
        texts = [self._texts[mark] for mark in marks if mark in self._texts]
        quality = next(filter(None, map(quality_in, texts)), "")
        return Effect(quality, " ".join(text for text in texts if not _is_only_quality(text)))


def with_remark(notes: list[str], remark: str) -> list[str]:
    """Remarks of rows, each with that of the column behind it."""
    if not remark:
        return notes
    joined = {note: " ".join(dict.fromkeys(filter(None, (note, remark)))) for note in set(notes)}
    return [joined[note] for note in notes]


def _is_only_quality(text: str) -> bool:
    return bool(quality_in(text)) and len(text.split()) <= 3  # noqa: PLR2004  "Vorläufige Ergebnisse." and the like


def restricts(remark: str, year: int, kind: str) -> bool:
    """Whether a remark makes of a value something else: of a part of the year, of some, of more, or planned.

    ``year`` and ``kind`` of period are those of the figure the value would be.
    """
    return _RESTRICTING.search(remark) is not None or any(
        period.form in (PART, SINCE) and year_meant(period.within(year), kind) != year
        for period in periods_in(remark)
    )
