"""The words that clauses of the kinds that are known consist of, and what is left without them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.text.folding import fold
from measures.importing.text.periods import MARKET_YEAR, ON_30_SEPTEMBER, ON_31_DECEMBER
from measures.importing.text.quality import QUALITY_WORD

if TYPE_CHECKING:
    from collections.abc import Iterable

ANY_YEAR = 2016
STOCKS = frozenset((ON_30_SEPTEMBER, ON_31_DECEMBER))
OF_CONTRACTS = frozenset((MARKET_YEAR, *STOCKS))
CONNECTING = frozenset(
    (
        *("jeweils", "zum", "am", "vom", "von", "bis", "im", "in", "stichtag", "stand", "fuer"),
        *(
            "gilt",
            "gelten",
            "beziehen",
            "bezieht",
            "sich",
            "auf",
            "bezogen",
            "umfasst",
            "umfassen",
            "entspricht",
        ),
        *(
            "zeitraum",
            "aktionszeitraum",
            "laeuft",
            "lief",
            "liefen",
            "laufen",
            "ist",
            "sind",
            "war",
            "waren",
            "zeit",
            "des",
        ),
        *(
            "kalenderjahr",
            "kalenderjahre",
            "kalenderjahres",
            "kalenderjahren",
            "jahres",
            "jahr",
            "ganzes",
            "volles",
        ),
        *("aufs", "gerechnet", "gezaehlt", "erhoben", "berechnet", "dauer", "dauert", "beginnt", "endet"),
        *("die", "der", "das", "den", "dem", "und", "dauerte", "ende", "calendar", "year", "as", "of", "at"),
    )
)
OTHERWISE = frozenset(
    (
        *(
            "sonst",
            "ansonsten",
            "uebrige",
            "uebrigen",
            "alles",
            "andere",
            "anderes",
            "anderen",
            "otherwise",
            "all",
            "other",
        ),
        *("restliche", "restlichen", "sonstige", "sonstigen", "alle", "im", "weitere", "weiteren"),
    )
)
EACH_YEAR = re.compile(
    r"\b(?:je|pro|per)\s+(?:kalender|berichts)?jahr\w*\b(?!\s*(?:und|u\.|/|&|\+)\s*\w)"
    r"|\bnach\s+(?:dem\s+)?(?:stichtag|kalenderjahr\w*)",
    re.IGNORECASE,
)
"""``je Jahr``; *je Jahr und Betrieb* is a mean of companies."""
OF_ACTION = frozenset(("aktion", "nachvermittlungsaktion", "kampagne", "massnahme", "programm", "initiative"))
BY_KIND_OF_YEAR = re.compile(r"\b(?:kalenderjahr\w*|calendar years?)\b", re.IGNORECASE)
STILL_THERE = re.compile(
    r"(?:(?:gezählt|erfasst|ausgewiesen|dargestellt|gemeint)\s*(?:sind|werden|wurden)?\s*:?\s+)?"
    r"(?P<subject>[^,:]+),\s*(?:die|welche|that)\s+(?P<when>.*?)\b(?:noch\s+)?(?P<verb>bestand|"
    r"bestanden|bestehen|"
    r"bestand hatten|gültig (?:waren|sind)|galten|gelten|in kraft (?:waren|sind)|liefen|laufen|"
    r"eingetragen (?:waren|sind)|"
    r"(?:tätig|beschäftigt|aktiv|im amt|im einsatz) (?:waren|sind)|existierten|existieren|"
    r"were (?:still )?in force)",
    re.IGNORECASE,
)
MEANS = re.compile(
    r"(?P<term>[^=:]{2,60}?)\s*(?:=|:|\bmeint\b|\bbedeutet\b|\bheißt\b|\bsind\b|\bist\b)\s*(?P<stated>.{4,120})"
)
DEFINES = re.compile(
    r"\b(?:gilt|gelten|fällt|fallen|zählt|zählen|versteht|verstehen|verstanden|gemeint|means?)\b",
    re.IGNORECASE,
)
FRAME = re.compile(
    r"\b(?:unter|als|zu den|darunter|gilt|gelten|fällt|fallen|zählt|zählen|versteht|verstehen|"
    r"verstanden|gemeint|means?|"
    r"man|wir|hier|alle|jede[rs]?|sind|ist|werden|wird|die|der|das|ein|eine)\b",
    re.IGNORECASE,
)
"""``Unter Beratungen fallen alle geführten Gespräche``: the words of the sentence round the definition."""
EXISTING = frozenset(
    (
        *(
            "gibt",
            "es",
            "besteht",
            "bestehen",
            "existiert",
            "existieren",
            "laeuft",
            "wurde",
            "wurden",
            "eingefuehrt",
        ),
        *(
            "eingerichtet",
            "gestartet",
            "startete",
            "start",
            "programmstart",
            "beginn",
            "begann",
            "einfuehrung",
        ),
        *(
            "inkrafttreten",
            "aufgelegt",
            "gegruendet",
            "trat",
            "kraft",
            "programm",
            "programms",
            "massnahme",
            "instrument",
        ),
        *(
            "foerderprogramm",
            "lief",
            "an",
            "lag",
            "fruehjahr",
            "herbst",
            "sommer",
            "winter",
            "neu",
            "erst",
            "foerderung",
            "gestarted",
            "exists",
            "introduced",
            "started",
            "ist",
            "ins",
            "leben",
            "gerufen",
        ),
    )
)
HISTORY = EXISTING - {
    "an",
    "lag",
    "fruehjahr",
    "herbst",
    "sommer",
    "winter",
    "foerderprogramm",
    "es",
    "wurde",
    "wurden",
    "neu",
    "erst",
    "ist",
    "programm",
    "programms",
    "massnahme",
    "foerderung",
    "instrument",
}
PROGRAMMES = frozenset(("programm", "foerderprogramm", "massnahme", "instrument", "foerderung"))
LEADING_HISTORY = frozenset(
    ("seit", "ab", "im", "am", "since", "in", "der", "die", "das", "des", "von", "zum", "mit")
)
FOR_THE_FIRST_TIME = re.compile(
    r"(?P<subject>[^:]{3,60})(?::|\s[–-])\s*(?:erstmals|erstmalig|zum ersten Mal|for the first time)\s+"
    r"(?:in |im Jahr )?(?:19|20)\d{2}(?:\s+(?:durchgeführt|veranstaltet|erhoben|abgefragt|held))?",
    re.IGNORECASE,
)
PARTLY = re.compile(
    r"\b(?:z\.\s?t\.?|zum teil|in teilen|teils|teilweise|größtenteils|überwiegend|weitgehend|"
    r"(?:einige|einzelne|manche|viele|die meisten)\s+(?:werte|angaben|zahlen)|noch|bisher|derzeit|"
    r"partly|in part)(?!\w)",
    re.IGNORECASE,
)
QUALITY = re.compile(
    rf"\b(?:{QUALITY_WORD}|hochgerechnet\w*|(?:ab|auf|ge|auf-? und ab)gerundet\w*|gerundet\w*|rounded)",
    re.IGNORECASE,
)
JOINS_ANOTHER = re.compile(r"\b(?:für|von|mit|in|im|bei|aus|an|nach|for|with|from)\b", re.IGNORECASE)
AND = re.compile(r"\s*(?:,|/|\bund\b|\bsowie\b|\band\b)\s*", re.IGNORECASE)
OF_SUBJECT = re.compile(
    r"^(?:(?:die|der|das|alle|spalte|zeile|column|angaben?|werte?|zahle?n?|anzahl)\s+"
    r"(?:(?:zu|zur|zum|zu den|der|für|über|des|von)\s+)?)+",
    re.IGNORECASE,
)


def phrases(text: str) -> list[str]:
    """The runs of words between those that only join."""
    found: list[list[str]] = [[]]
    for word in re.findall(r"[\w/-]+|,", EACH_YEAR.sub(" ", text)):
        if word != "," and fold(word) in CONNECTING - {"und"}:
            found.append([])
        else:
            found[-1].append(word)
    return [" ".join(words) for words in found if words]


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def without_ends(text: str) -> str:
    """``Praktikumsplätze sind`` without the verb."""
    return re.sub(
        r"\s*\b(?:bei den|bei|handelt es sich(?: um)?|um|es|sich|beruhen auf|der kammern|den|sind|ist|"
        r"wurden|wurde|werden|waren|are|were|für|in|im)\b\s*",
        " ",
        text,
        flags=re.IGNORECASE,
    ).strip()
