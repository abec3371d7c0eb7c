"""Footnotes of a table: what their text means for figures that carry the mark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from measures.importing.text.quality import QUALITY_WORD, quality_in

if TYPE_CHECKING:
    from collections.abc import Iterable

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_DEFINITION = re.compile(
    r"^\s*(?:(?:\(?|\[(?=\d{1,2}\]))(\d{1,2}|[a-h]|\*{1,3})(?:\)|(?<=\d)\])|([⁰¹²³⁴-⁹]{1,2})[)⁾]?|"
    r"(\*{1,3})(?=\s+\w|[^\W\d]))\s*[:=]?\s*(.+)$"
)

_OF_QUALITY_ALONE = re.compile(
    rf"(?:{QUALITY_WORD}|\b(?:noch|erste|eigene|ist|sind|der|die|das|werte?|zahl(?:en)?|ergebniss?e?|daten|"
    r"angaben?|figures?|values?|results?|data|ihk|hwk|kammern?)\b|[\W_])+",
    re.IGNORECASE,
)
"""``Vorläufige Ergebnisse.`` and the like: nothing is left to keep as a remark."""


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
    return bool(quality_in(text)) and _OF_QUALITY_ALONE.fullmatch(text) is not None
