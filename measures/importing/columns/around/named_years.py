"""Years that a text calls by a kind: a calendar year is not the year of contracts as of 30 September."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.text.folding import tidy
from measures.importing.text.periods import CALENDAR_YEAR, MARKET_YEAR, ON_30_SEPTEMBER, ON_31_DECEMBER

if TYPE_CHECKING:
    from collections.abc import Iterable

_CALENDAR = re.compile(
    r"\b(?:kalenderjahr(?:e?s|en?)?|kalenderjährlich\w*|jahresende|calendar years?)\b"
    r"(?:\s+(?:19|20)\d{2}\b)?",
    re.IGNORECASE,
)
_OF_CALENDAR = frozenset(("", CALENDAR_YEAR, ON_31_DECEMBER))

_TRAINING_YEAR = re.compile(
    r"\b(?:ausbildungs|lehr|schul)jahr(?:e?s|en?)?\s*:?\s*(?:19|20)\d{2}\s?[/–-]\s?(?:\d{4}|\d{2})\b",
    re.IGNORECASE,
)
"""One that begins in August or September: the contracts of 30 September are those it begins with."""
_ENDING_IN_SEPTEMBER = frozenset((ON_30_SEPTEMBER, MARKET_YEAR))


def year_of_other_kind(text: str, kinds: Iterable[str]) -> str:
    """The words that call a year by another kind than that of the indicators, if any do."""
    kinds, text = set(kinds), tidy(text)
    calendar, training = _CALENDAR.search(text), _TRAINING_YEAR.search(text)
    if calendar and kinds - _OF_CALENDAR:
        return calendar[0]
    return training[0] if training and kinds & _ENDING_IN_SEPTEMBER else ""


def names_kind_of_year(text: str) -> bool:
    """Whether a text calls a year by a kind, whichever."""
    return _CALENDAR.search(text) is not None or _TRAINING_YEAR.search(text) is not None
