"""Organisations that a line says the counted are of: ``BMBF-Plätze``, ``EQ-Plätze (BMBF)``.

Over rows of others this may be a part of theirs, or not theirs at all: places that the ministry pays for.
Whose rows they are, who is above these, and whoever the catalogue calls the source is seen by the caller.
So are kinds of what is counted: ``EQ-Plätze A``, ``EQ-Plätze für Mitglieder``, ``EQ-Meldungen``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.text import wording
from measures.importing.text.folding import fold
from measures.importing.text.neutral import classes, phrases

if TYPE_CHECKING:
    from measures.importing.text.wording import Part

_COUNTED = (
    r"[\w-]*?(?:plätze|verträge|stellen|beratungen|betriebe|lotsen|angebote|eintritte|places|contracts)n?"
)
_COUNTING = re.compile(rf"{_COUNTED}(?![\w])", re.IGNORECASE)
_JOINED = re.compile(rf"[-–](?:{_COUNTED})(?![\w])", re.IGNORECASE)
_FIRST_OF_JOINED = re.compile(
    rf"-\s*(?:,|/|und|sowie|bzw\.|and)\s*[\w-]+[-–]{_COUNTED}(?![\w])", re.IGNORECASE
)
_OF = re.compile(
    rf"(?<![\w-]){_COUNTED}\s+(?:des|der|vom|von|von der|über|durch|of|by)(?:\s+(?:das|die|den|the))?\s+$",
    re.IGNORECASE,
)
_YEARS = r"(?:(?:\s|\b)(?:(?:19|20)\d\d)(?:\s*[-–/]\s*(?:19|20)?\d\d)?)?"
_BEHIND = re.compile(rf"(?<![\w-]){_COUNTED}{_YEARS}\s*[,/–:|-]?\s*$", re.IGNORECASE)
_BEFORE = re.compile(rf"\s*[/–:-]?\s*(?![\w-]*:)(?:{_COUNTED})(?![\w])", re.IGNORECASE)
_IS_FIRST = re.compile(r"(?:^|[–|;,(/-])\s*$")
_BRACKETS = re.compile(r"[(\[](?P<inside>[^()\[\]]+)[)\]]")
_LISTED = re.compile(r"(?:[\s,;/&+|\d.–-]|\b(?:und|sowie|bzw|von|der|des|vom|and)\b)*", re.IGNORECASE)

_KIND = re.compile(
    r"\s+(?:(?i:typ|art|teil|form|variante|bereich|gruppe|kategorie|reihe|serie|block|paket)\s+(?:[A-Z]|[IVX]{1,4}|\d{1,2})|[A-Z]|[IVX]{1,4})"
)
_FOR_SOME = re.compile(
    r"\s+(?:für|von|for)\s+(?:(?:die|ihre|unsere|our)\s+)?(?:mitgliedern?|partnern?|members|partners)",
    re.IGNORECASE,
)

_PAPERS = (
    r"(?:rück)?meldungen|umfragen|abfragen|befragungen|sitzungen|anfragen|berichte|bögen|fragebögen|formulare|"
    r"listen|lotsen|lotsinnen"
)
_OTHER_THINGS = re.compile(rf"(?<!willkommens)-(?:{_PAPERS})(?!\w)", re.IGNORECASE)
_COUNT_OF_PAPERS = re.compile(
    rf"\s*(?:(?:an)?zahl\s+(?:der\s+)?)?(?:{_PAPERS})\s+(?:zu[rm]?|über|für|von)\s", re.IGNORECASE
)

_OWN = frozenset(
    (
        *(
            "ihk",
            "ihks",
            "hwk",
            "hwks",
            "kammer",
            "kammern",
            "handwerkskammer",
            "handwerkskammern",
            "handwerks",
        ),
        *("handelskammer", "handelskammern", "industrie und handelskammern", "mitgliedskammern", "partner"),
        *("allianz", "allianzpartner", "ausbildung", "ausbildungs", "berufsausbildung", "berufsausbildungs"),
        *("eq", "praktikum", "praktikums", "wirtschaft", "gesamt", "der", "die", "des"),
    )
)
"""Who offers what the Alliance counts, and what it is: ``Kammer-Plätze``, ``Ausbildungs-Plätze``."""
_OF_SOME = frozenset(
    ("interne", "internen", "interner", "eigene", "eigenen", "eigener", "externe", "externen")
)
"""``Interne Plätze`` are some of them; beside papers these words say nothing."""
_BODIES = frozenset(
    (
        *("bund", "bundes", "land", "landes", "laender", "bundesland", "bundeslaender", "laendern", "eu"),
        *(
            "kmk",
            "wmk",
            "asmk",
            "bibb",
            "destatis",
            "statistisches bundesamt",
            "kausa",
            "mais",
            "mags",
            "stmwi",
        ),
        *("stmas", "mwvlw", "hmwevw", "smwa", "agentur", "agenturen", "arbeitsagentur", "arbeitsagenturen"),
        *(
            "agenturen fuer arbeit",
            "bundesinstitut",
            "bundesinstitut fuer berufsbildung",
            "landesamt",
            "bundesamt",
        ),
        *(
            "ministerium",
            "ministeriums",
            "bundesministerium",
            "verband",
            "verbaende",
            "verbandes",
            "sozialpartner",
        ),
        *("spitzenverband", "spitzenverbaende", "spitzenorganisationen", "landesverband", "landesverbaende"),
        *(
            "dachverband",
            "dachverbaende",
            "bundesverband",
            "einrichtung",
            "ausbildungskonsens",
            "ausbildungspakt",
        ),
        *(
            "ausbildungsbuendnis",
            "koordinierungsstelle",
            "bund und laender",
            "agb",
            "organisation",
            "organisationen",
        ),
    )
)
"""Bodies that say nothing elsewhere, since whoever sends or asks for a table does not choose its figures."""


def with_counted_by(text: str, parts: list[Part]) -> list[Part]:
    """The parts of a line, those narrowing that name whose the counted are."""
    if _COUNTING.search(text) is None and all(part.kind != wording.INDICATOR for part in parts):
        return parts
    brackets = _of_counted(text, parts)
    return [
        part._replace(kind=wording.NARROWING)
        if part.kind in (wording.ORGANISATION, wording.SILENT)
        and (_is_of_counted(part, text, brackets) or _is_kind_of_counted(part, text, parts))
        else part
        for part in parts
    ]


def _is_kind_of_counted(part: Part, text: str, parts: list[Part]) -> bool:
    """``EQ-Plätze A``, ``EQ-Plätze Teil 2``, ``EQ-Plätze für Mitglieder``: not all of them."""
    return any(
        other.kind == wording.INDICATOR
        and (
            (_KIND.fullmatch(text[other.end : part.end]) is not None)
            or (_FOR_SOME.fullmatch(text[other.end : part.end]) is not None)
        )
        for other in parts
    )


def _is_of_counted(part: Part, text: str, brackets: list[tuple[int, int]]) -> bool:
    key = fold(part.text)
    if key in _OWN or not any(map(str.isalpha, key)):
        return False
    if _JOINED.match(text, part.end) or _FIRST_OF_JOINED.match(text, part.end):
        return True
    if key in _OF_SOME and _BEFORE.match(text, part.end):
        return True
    before = text[: part.start]
    if _OF.search(before) or any(start <= part.start < end for start, end in brackets):
        return part.kind == wording.ORGANISATION or _is_body(key)
    return part.kind == wording.ORGANISATION and (
        _BEHIND.search(before) is not None
        or (_IS_FIRST.search(before) is not None and _BEFORE.match(text, part.end) is not None)
    )


def _is_body(key: str) -> bool:
    return key in _BODIES or classes.class_of(key) == classes.BODY


def _of_counted(text: str, parts: list[Part]) -> list[tuple[int, int]]:
    """Brackets behind what is counted that hold nothing but bodies: ``EQ-Plätze (BMBF, ESF)``."""
    found = []
    for bracket in _BRACKETS.finditer(text):
        start, end = bracket.span("inside")
        inside = [part for part in parts if start <= part.start < end]
        left = text[start:end]
        for part in inside:
            is_named = part.kind in (wording.ORGANISATION, wording.REGION) or _is_body(fold(part.text))
            if is_named or part.period is not None:
                left = left.replace(part.text, " ", 1)
        before = text[: bracket.start()]
        is_behind = _BEHIND.search(before) is not None or any(
            part.kind == wording.INDICATOR and not re.search(r"[^\W\d_]", before[part.end :])
            for part in parts
            if part.end <= bracket.start()
        )
        if inside and is_behind and _LISTED.fullmatch(left):
            found.append((start, end))
    return found


def is_of_other_things(heading: str, parts: list[Part]) -> bool:
    """``EQ-Meldungen``, ``EQ-Lotsen``: what is counted is not what the first part of the word names."""
    return any(
        part.kind == wording.INDICATOR and _OTHER_THINGS.match(heading, part.end) is not None
        for part in parts
    ) or bool(_COUNT_OF_PAPERS.match(heading) or phrases.PLUS.search(heading))
