"""What the look of a text says: digits set high are footnote marks, and what is struck out does not count."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from measures.importing.text.dates import date_shown
from measures.importing.text.folding import tidy
from measures.importing.text.numbers import take_apart

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measures.importing.formats.states import SheetStates

_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARKS = re.compile(r"\(?(?:\d{1,2}|[a-h])\)?(?:\s*[,;/]?\s*\(?(?:\d{1,2}|[a-h])\)?)*")
_MARK = re.compile(r"\d{1,2}|[a-h]")


class Look(NamedTuple):
    """How the characters of a run are set."""

    is_raised: bool = False
    is_struck: bool = False


PLAIN = Look()


class Run(NamedTuple):
    """Characters of a text that look alike."""

    text: str
    look: Look


class ShownText(NamedTuple):
    text: str
    """What counts: footnote marks as raised digits, without what is struck out."""
    struck: str


class StruckOut(str):
    """The state of a cell in which a number, or a text around one, is struck out: its whole text."""

    __slots__ = ()


def shown_text(runs: Iterable[Run]) -> ShownText | None:
    """None where the text shows nothing that its characters do not say."""
    parts = list(runs)
    if not any(run.text.strip() and run.look != PLAIN for run in parts):
        return None
    has_base = any(run.text.strip() and not run.look.is_raised for run in parts)
    kept = "".join(
        _as_mark(run.text) if run.look.is_raised and has_base else run.text
        for run in parts
        if not run.look.is_struck
    )
    return ShownText(kept, "".join(run.text for run in parts if run.look.is_struck))


def _as_mark(text: str) -> str:
    """A footnote mark set high, in characters that show it: ``¹`` for a raised 1, `` a)`` for a raised a."""
    if not _MARKS.fullmatch(text.strip()):
        return text
    marks = _MARK.findall(text)
    return " ".join(mark.translate(_RAISED_DIGITS) if mark.isdigit() else f" {mark})" for mark in marks)


def note_shown(states: SheetStates, place: tuple[int, int], shown: ShownText) -> None:
    if shown.struck.strip():
        states.struck[place] = shown.struck
    if shown.text.strip():
        states.texts[place] = shown.text


def take_out_struck(rows: list[list[Any]], states: SheetStates) -> set[tuple[int, int]]:
    """Values with something struck out become cells of which a person has to say what counts.

    Names keep what is left of them. Those that are struck out as a whole are returned: whether their row
    counts is not known.
    """
    names: set[tuple[int, int]] = set()
    for (row, column), struck in states.struck.items():
        if row >= len(rows) or column >= len(rows[row]) or rows[row][column] == "":
            continue
        content = rows[row][column]
        is_all = not struck or (row, column) not in states.texts
        if not isinstance(content, str) or _is_value(content) or _is_value(struck):
            whole = _as_text(content) if is_all else f"{struck.strip()} {content.strip()}"
            states.cells[row, column] = StruckOut(whole)
            rows[row][column] = ""
        elif is_all:
            names.add((row, column))
    return names


def _as_text(content: Any) -> str:
    if isinstance(content, float):
        return f"{content:.15g}".replace(".", ",")
    return date_shown(content) if isinstance(content, dt.date) else str(content)


def _is_value(text: str) -> bool:
    return take_apart(tidy(text)) is not None
