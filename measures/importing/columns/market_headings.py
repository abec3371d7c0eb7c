"""Headings of the training market's tables, as the Federal Employment Agency has them.

They count applicants and places of a whole reporting year, and divide the applicants by what became of
them. The portal keeps what was open on 30 September, and none of the other figures.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from measures.importing.text.folding import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

_DAY = r"(?:\s+(?:am|zum|per)\s+(?P<day>\d{1,2}\.\s?(?:\d{1,2}\.|[A-Za-zä]+)\s?(?:(?:19|20)\d{2})?))?"
_FEATURE = (
    r"(?:(?:bewerber|verbleibs?)?status(?:\s+der\s+ausbildungssuche)?|(?:art\s+des\s+)?verbleibs?|"
    r"stand\s+der\s+(?:vermittlung|ausbildungssuche)|geschlecht|personengruppen?|zielgruppen?|"
    r"ausgewählten\s+merkmalen|merkmalen)"
)
_BREAKDOWN = re.compile(
    rf"(?:und\s+zwar|davon|darunter|dav\.|dar\.|unterteilt|gegliedert)?\s*nach\s+(?:dem\s+|der\s+|ihrem\s+)?{_FEATURE}{_DAY}",
    re.IGNORECASE,
)
_APPLICANTS = r"bewerber(?:innen\s+und\s+bewerber|/-?innen|\*innen|:innen|innen|n)?"
_PLACES = r"(?:(?:betriebliche|gemeldete)n?\s+){0,2}(?:berufs)?(?:ausbildungs)?stellen"
_ALL_YEAR = (
    r"(?:seit\s+(?:beginn\s+des\s+berichtsjahre?s|(?:1\.\s?)?oktober|(?:dem\s+)?1\.\s?10\.)(?:\s+(?:19|20)\d{2})?"
    r"|\(\s*(?:im\s+)?berichtsjahr\s*\)|im\s+(?:laufe\s+des\s+)?berichtsjahr(?:es)?(?:\s+(?:19|20)\d{2}(?:/(?:19|20)?\d{2})?)?)"
)
_NOT_KEPT = re.compile(
    rf"(?:.*\s)?(?P<kept>(?:gemeldete\s+)?{_APPLICANTS}\s+(?:insgesamt\s+)?{_ALL_YEAR}"
    rf"|(?:gemeldete\s+)?{_PLACES}\s+(?:insgesamt\s+)?{_ALL_YEAR}"
    rf"|(?:andere\s+)?ehemalige\s+{_APPLICANTS}|andere\s+ehemalige"
    rf"|einmünder|einmündende(?:\s+{_APPLICANTS})?|(?:in\s+ausbildung\s+)?eingemündete?(?:\s+{_APPLICANTS})?"
    rf"|versorgte\s+{_APPLICANTS})",
    re.IGNORECASE,
)
_STILL_OPEN = re.compile(
    r"\b(?:nicht|kein\w*|ohne|un(?:versorgt|vermittelt|besetzt)\w*|offene\w*)[\s,]+(?:\w+[\s,]+)?$",
    re.IGNORECASE,
)
"""``nicht versorgte Bewerber``, ``unbesetzte Stellen im Berichtsjahr``: what the portal may well keep."""


def without_breakdowns(path: Sequence[Any]) -> list[Any]:
    """The headings of a column; of those that say by what the columns below are divided only their day."""
    found: list[Any] = []
    for part in path[:-1]:
        breakdown = _BREAKDOWN.fullmatch(tidy(part)) if isinstance(part, str) else None
        kept = part if breakdown is None else breakdown["day"]
        found += [kept] if kept else []
    return [*found, *path[-1:]]


def is_of_whole_market(text: str) -> bool:
    """``Gemeldete Bewerber seit Beginn des Berichtsjahres``, ``einmündende Bewerber``: no figures of ours."""
    found = _NOT_KEPT.fullmatch(tidy(text))
    return found is not None and _STILL_OPEN.search(found.string[: found.start("kept")]) is None
