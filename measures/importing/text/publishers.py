"""Who published a table, by its source lines, and the signs that publisher puts in the place of a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from measures.absence_words import CONFIDENTIAL, NOT_APPLICABLE, PENDING, UNKNOWN
from measures.importing.text.folding import fold
from measures.importing.text.markers import Meaning

if TYPE_CHECKING:
    from collections.abc import Iterable

_SPEAKS_OF_SOURCE = re.compile(
    r"^(?:\W*(?:©|\(c\))|\W*(?:copyright|(?:daten)?quellen?|source|herausgeber|datenbasis|published by)\b)",
    re.IGNORECASE,
)
_LONGEST_NAME = 80

_NOTHING = dict.fromkeys(("-", "–", "—"), Meaning(""))
_UNCERTAIN = {"/": Meaning(UNKNOWN, uncertain=True)}
_SENSELESS = dict.fromkeys(("x", "X"), Meaning(NOT_APPLICABLE))
_LATER = dict.fromkeys(("...", "…"), Meaning(PENDING))


class Publisher(NamedTuple):
    code: str
    pattern: re.Pattern[str]
    signs: dict[str, Meaning]


# Signs a publisher leaves open (unknown or secret alike) are missing here: a person confirms those.
PUBLISHERS: tuple[Publisher, ...] = (
    Publisher(
        "ba",
        re.compile(r"(?:statistik der )?bundesagentur fuer arbeit(?: ba)?(?: statistik)?|statistik der ba"),
        {
            **_NOTHING,
            **_SENSELESS,
            **_LATER,
            ".": Meaning(UNKNOWN),
            **dict.fromkeys(("*", "**"), Meaning(CONFIDENTIAL)),
        },
    ),
    Publisher(
        "destatis",
        re.compile(r"statistisches bundesamt(?: destatis)?|destatis|federal statistical office"),
        {**_NOTHING, **_SENSELESS, **_LATER, **_UNCERTAIN, ".": Meaning(UNKNOWN)},
    ),
    Publisher(
        "bibb",
        re.compile(r"(?:datenbank auszubildende|dazubi|bundesinstitut fuer berufsbildung|bibb)(?: bibb)?"),
        {**_NOTHING, "*": Meaning(CONFIDENTIAL)},
    ),
    Publisher(
        "bildungsbericht",
        re.compile(
            r"(?:autor ?innengruppe|autorengruppe) bildungsbericht\w*|bildung in deutschland(?: \d{4})?"
        ),
        {**_NOTHING, **_SENSELESS, **_UNCERTAIN, **dict.fromkeys(("●", "•"), Meaning(UNKNOWN))},
    ),
    Publisher(
        "datenportal",
        re.compile(r"(?:bmbf|bmftr|bmbfsfj)? ?datenportal(?: des bmbf| des bmftr)?|datenportal bmbf de"),
        {**_NOTHING, **_SENSELESS, "m": Meaning(UNKNOWN)},
    ),
)


def publishers_in(lines: Iterable[str]) -> list[Publisher]:
    """Publishers a table names as its source, or whose name is all a line says."""
    found: dict[str, Publisher] = {}
    for line in lines:
        key = fold(line)
        for publisher in PUBLISHERS:
            named = publisher.pattern.search(key) if _SPEAKS_OF_SOURCE.match(line) else None
            if named or (len(key) <= _LONGEST_NAME and publisher.pattern.fullmatch(key)):
                found[publisher.code] = publisher
    return list(found.values())


def signs_in(lines: Iterable[str]) -> dict[str, Meaning]:
    """Signs by the publisher's dictionary; of several publishers what all of them use, and use alike."""
    publishers = publishers_in(lines)
    if not publishers:
        return {}
    first, *others = (publisher.signs for publisher in publishers)
    return {
        sign: meaning
        for sign, meaning in first.items()
        if all(signs.get(sign) == meaning for signs in others)
    }
