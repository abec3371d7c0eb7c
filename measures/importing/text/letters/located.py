"""Whether a Land that a text names is where the figures are from, or who reports or is written to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.text.folding import fold
from measures.importing.text.neutral import classes
from measures.importing.text.periods import YEAR
from measures.importing.text.terms.parts import INDICATOR, NARROWING, ORGANISATION, REGION, SILENT
from measures.importing.text.terms.places import CITY_STATES, laender_of_part

if TYPE_CHECKING:
    from measures.importing.text.names import NameIndex
    from measures.importing.text.terms.parts import Part

_LOCATED = re.compile(r"\b(?:in|im|aus|für)\s+(?:(?:land|freistaat|der|dem|den)\s+)*$", re.IGNORECASE)
_BESIDE_OTHERS = re.compile(r"\b(?:ohne|außer|mit|inkl\.?|einschl\w*\.?|ausgenommen)\s+$", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:[-–/&]|und)\s*")
_BESIDE = re.compile(r"[\s,:(–—-]*")
_ARTICLES = frozenset(("der", "die", "das", "den", "dem", "land"))
_ELSEWHERE = frozenset(
    (
        *("ohne", "mit", "an", "bei", "gegenueber", "von", "zu", "zum", "nach", "und", "ausser"),
        *("wie", "als", "inkl", "inklusive", "einschl", "einschliesslich", "samt", "incl", "including"),
        *("except", "without", "with", "to", "than", "outside"),
    )
)
"""Behind these a place is compared, addressed, or one of several."""


def with_places(text: str, parts: list[Part], names: NameIndex) -> list[Part]:
    """``Bewerber in Sachsen``: a Land is a place, not who reports; a city may be where a letter is from."""
    if not any(part.kind == ORGANISATION for part in parts):
        return parts
    found: list[Part] = []
    for part in parts:
        lands = [term for code in part.codes if (term := names.organisations.get(code))]
        is_land = part.kind == ORGANISATION and all(term.kind == "land" for term in lands)
        is_city = any(term.region in CITY_STATES for term in lands)
        if not is_land or (is_city and not _is_placed(text, part, parts, found)):
            found.append(part)
        else:
            found.append(part._replace(kind=REGION, codes=tuple(term.region for term in lands)))
    return found


def _is_placed(text: str, city: Part, parts: list[Part], before: list[Part]) -> bool:
    """``in Berlin``, ``EQ-Plätze Berlin``, ``Berlin-Brandenburg``, not ``Berlin, 12.1.2017``."""
    if _LOCATED.search(text[: city.start]) or _BESIDE_OTHERS.search(text[: city.start]):
        return True
    following = (part for part in parts if part.codes and part.start >= city.end)
    if any(_JOINED.fullmatch(text[city.end : part.start]) for part in following):
        return True
    if all(each is city or (each.period is not None and each.period.form == YEAR) for each in parts):
        return True
    last = before[-1] if before else None
    return (
        last is not None
        and last.kind in (INDICATOR, REGION)
        and _BESIDE.fullmatch(text[last.end : city.start]) is not None
    )


def is_where(text: str, place: Part, parts: list[Part]) -> bool:
    """Whether a text says that its figures are those of a place, and neither compares nor addresses it."""
    if any(part.kind == NARROWING for part in parts) or any(map(laender_of_part, place.codes)):
        return False
    if _LOCATED.search(text[: place.start]):
        return True
    before = fold(text[: place.start]).split()
    words = [word for word in before if word not in _ARTICLES]
    if words and words[-1] in _ELSEWHERE:
        return False
    others = [part for part in parts if part.kind == SILENT]
    return not any(
        classes.class_of(word) == classes.BODY for part in others for word in fold(part.text).split()
    )
