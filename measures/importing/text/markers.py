"""Signs that stand in the place of a number, and the file's own legend for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from measures.absence_words import (
    ABSENCES,
    AMBIGUOUS,
    CONFIDENTIAL,
    NOT_APPLICABLE,
    PENDING,
    SIGNS,
    UNKNOWN,
    WORDS,
    ZERO,
)
from measures.importing.text.folding import fold, tidy
from measures.importing.text.numbers import DASHES

if TYPE_CHECKING:
    from collections.abc import Iterable


class Meaning(NamedTuple):
    """``absence`` empty: the marker stands for zero."""

    absence: str
    below_half_unit: bool = False
    uncertain: bool = False
    confirm: bool = False
    """Someone typed it, or publishers differ: a person confirms the reading."""

    @property
    def is_plain_zero(self) -> bool:
        return not self.absence and not self.below_half_unit

    @property
    def name(self) -> str:
        """The meaning in a word: ``zero``, ``below_half_unit`` or the absence."""
        return self.absence or ("below_half_unit" if self.below_half_unit else ZERO)


_NOTHING = Meaning("")
_UNKNOWN = Meaning(UNKNOWN, confirm=True)
_SIGNS: dict[str, tuple[Meaning, ...]] = {
    **dict.fromkeys((*DASHES, "--"), (_NOTHING, _UNKNOWN)),
    **dict.fromkeys(("o", "O"), (Meaning("", below_half_unit=True), _NOTHING)),
    **dict.fromkeys((".", "·", "●", "•", "m"), (_UNKNOWN, Meaning(CONFIDENTIAL))),
    **dict.fromkeys(("/", "( )", "()"), (Meaning(UNKNOWN, uncertain=True), Meaning(CONFIDENTIAL))),
    **{sign: (Meaning(absence),) for absence, signs in SIGNS.items() for sign in signs},
}
"""What a sign can mean; first what official statistics use it for."""

_ANSWERS: dict[str, Meaning] = {ZERO: _NOTHING, **{absence: Meaning(absence) for absence in ABSENCES}}


def _keys_of(word: str) -> set[str]:
    """How a word is looked up: several words may also be written as one (``keineAngabe``)."""
    key = fold(word) or word
    return {key, key.replace(" ", "")} if len(key) > _LONGEST_ABBREVIATION else {key}


_LONGEST_ABBREVIATION = 4
_LONGEST_PHRASE = 24
_WORDS: dict[str, tuple[Meaning, ...]] = {
    key: (Meaning(absence, confirm=True),)
    for absence, words in WORDS.items()
    for word in words
    for key in _keys_of(word)
} | {
    key: tuple(_ANSWERS[name]._replace(confirm=True) for name in names)
    for word, names in AMBIGUOUS.items()
    for key in _keys_of(word)
}


def possible_meanings(text: str) -> tuple[Meaning, ...]:
    """Everything the text can stand for in the place of a number; first what it usually does.

    Empty: it is neither a sign nor one of the words. ``text`` is tidied, see ``folding.tidy``.
    """
    if text in _SIGNS:
        return _SIGNS[text]
    if len(text) <= _LONGEST_PHRASE and not text[:1].isdigit():
        return _WORDS.get(fold(text) or text, ())
    return ()


# What a legend says of a sign, by the words it uses; the first that fits holds.
_LEGEND: tuple[tuple[re.Pattern[str], Meaning], ...] = tuple(
    (re.compile(pattern), meaning)
    for pattern, meaning in (
        (r"unbekannt oder geheim|geheim .*oder .*unbekannt", Meaning(UNKNOWN, confirm=True)),
        (r"haelfte|weniger als .*einheit", Meaning("", below_half_unit=True)),
        (r"nichts vorhanden|genau null|kein wert vorhanden null|nothing present|\bnull\b|\bzero\b", _NOTHING),
        (
            r"spaeter|folgt|liegen? noch nicht|noch nicht (?:vor|bekannt|verfuegbar)|available later",
            Meaning(PENDING),
        ),
        (
            (
                r"geheim|vertraulich|gesperrt$|anonymisier|datenschutz|withheld|confidential|"
                r"kleiner als 3|weniger als 3|unterdrueckt|nicht ausgewiesen"
            ),
            Meaning(CONFIDENTIAL),
        ),
        (
            (
                r"nicht sinnvoll|trifft nicht zu|nicht zutreffend|nicht anwendbar|entfaellt|"
                r"tabellenfach gesperrt|"
                r"not applicable|"
                r"nicht moeglich"
            ),
            Meaning(NOT_APPLICABLE),
        ),
        (
            r"nicht sicher|unsicher|eingeschraenkt|fallzahl zu klein|nicht genug",
            Meaning(UNKNOWN, uncertain=True),
        ),
        (
            (
                r"unbekannt|nicht bekannt|keine angabe|keine daten|nicht vor|nicht verfuegbar|kein nachweis|"
                r"nicht gemeldet|unknown|no data|^k a$"
            ),
            Meaning(UNKNOWN),
        ),
    )
)
_PARENTHESES = ("( )", "()", "(n)", "(N)")
_ENTRY = re.compile(
    r"^\s*(?:(?i:legende|zeichenerklärung|zeichen)\s*:\s*)?"
    r"[\"„“']?(?P<sign>[^\s\w=:]{1,3}|[oOxXmr/0]|[kn]\.\s?[Avbz]\.|\([ nN]\))[\"“”']?"
    r"\s*(?P<equals>=|:|\s[–-]\s|\s)\s*(?P<says>.+)$"
)
_OFFICIAL = re.compile(
    r"nichts vorhanden(?: genau null)?|genau null|"
    r"(?:zahlenwert|wert) unbekannt(?: oder geheim(?: zu halten)?)?|"
    r"(?:tabellenfach gesperrt (?:weil|da) )?(?:aussage|nachweis) nicht sinnvoll|tabellenfach gesperrt|"
    r"keine? (?:angaben?|daten|nachweis(?: vorhanden)?)(?: (?:da|weil) (?:zahlen)?wert nicht sicher genug)?|"
    r"(?:angabe|wert) (?:faellt|folgt) spaeter(?: an)?|"
    r"nicht (?:verfuegbar|zutreffend|bekannt|anwendbar)|trifft nicht zu|"
    r"(?:werte? )?(?:aus gruenden des datenschutzes |aus datenschutzgruenden )?"
    r"(?:geheim gehalten|nicht ausgewiesen)|"
    r"(?:werte?|fallzahlen) (?:kleiner(?: als)?|unter|weniger als) 3(?: (?:werden|sind))? nicht ausgewiesen"
)
"""What official statistics say of their signs, also without a sign of equality: ``– nichts vorhanden``."""


_ENTRIES = re.compile(r"[;\n\t]|,\s+(?=\S{1,3}\s*=)")
_COLOURS = re.compile(
    r"\b(?:gelb|rot|grün|blau|orange|grau|rosa|farbig|yellow|red|green|blue|gr[ea]y)(?:e[rnsm]?)?\b"
    r".{0,40}?(?:[=:]|markiert|hinterlegt|unterlegt|gekennzeichnet|bedeutet|geschrieben|marked|shaded)",
    re.IGNORECASE,
)
_LONGEST_OF_COLOURS = 120


def speaks_of_colours(line: str) -> bool:
    """Whether a line says what a colour means, which is not read: ``gelb = vorläufig``."""
    return len(line) <= _LONGEST_OF_COLOURS and _COLOURS.search(line) is not None


def legend_in(lines: Iterable[str]) -> dict[str, Meaning]:
    """Signs a file explains itself: ``- = nichts vorhanden; . = Zahlenwert unbekannt``."""
    found: dict[str, Meaning] = {}
    for line in lines:
        for sign, meaning in filter(None, map(_entry, _ENTRIES.split(line))):
            found.setdefault(sign, meaning)
    return found


def is_legend(line: str) -> bool:
    """Whether a line explains signs, and says nothing else."""
    parts = [part for part in _ENTRIES.split(line) if part.strip()]
    return bool(parts) and all(map(_entry, parts))


def _entry(part: str) -> tuple[str, Meaning] | None:
    entry = _ENTRY.match(part)
    stated = fold(entry["says"]) if entry else ""
    if entry is None or (entry["equals"].isspace() and not _OFFICIAL.fullmatch(stated)):
        return None
    meaning = next((meaning for pattern, meaning in _LEGEND if pattern.search(stated)), None)
    return (entry["sign"], meaning) if meaning is not None else None


class Markers:
    """Meanings in force for one table: a person's word, the file's legend, its publisher's signs, custom."""

    def __init__(
        self,
        legend: dict[str, Meaning],
        answers: dict[str, str],
        publisher: dict[str, Meaning] | None = None,
    ) -> None:
        self.legend = legend
        self.publisher = publisher or {}
        self.answers = {
            tidy(text): _ANSWERS[meaning] for text, meaning in answers.items() if meaning in _ANSWERS
        }

    def meaning(self, text: str) -> Meaning | None:
        """``text`` as ``folding.tidy`` leaves it. Without better knowledge the usual meaning counts."""
        for known in (self.answers, self.legend, self.publisher):
            if text in known:
                return known[text]
        return next(iter(possible_meanings(text)), None)

    @property
    def parentheses_are_explained(self) -> bool:
        """Whether ``(5)`` is known to be a value of limited certainty, as in official statistics."""
        known = (self.answers, self.legend, self.publisher)
        return bool(self.publisher) or any(sign in signs for signs in known for sign in _PARENTHESES)

    def source(self, text: str) -> str:
        """Who says what it means: ``answer``, ``legend``, ``publisher`` or, by custom, ``standard``."""
        given = {"answer": self.answers, "legend": self.legend, "publisher": self.publisher}
        return next((source for source, known in given.items() if text in known), "standard")
