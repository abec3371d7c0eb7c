"""Signs that stand in the place of a number, and the file's own legend for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from measures.importing.text.names import fold, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

ZERO = "zero"
UNKNOWN, CONFIDENTIAL, NOT_APPLICABLE, PENDING = "unknown", "confidential", "not_applicable", "pending"


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
_STANDARD: dict[str, Meaning] = {
    **dict.fromkeys(("-", "–", "—", "−", "‐", "‑", "--"), _NOTHING),
    **dict.fromkeys(("o", "O"), Meaning("", below_half_unit=True)),
    **dict.fromkeys((".", "·", "●", "•", "m"), Meaning(UNKNOWN, confirm=True)),
    **dict.fromkeys(("*", "**"), Meaning(CONFIDENTIAL)),
    **dict.fromkeys(("x", "X"), Meaning(NOT_APPLICABLE)),
    **dict.fromkeys(("...", "…"), Meaning(PENDING)),
    **dict.fromkeys(("/", "( )", "()"), Meaning(UNKNOWN, uncertain=True)),
}
_TYPED: dict[str, Meaning] = {
    **dict.fromkeys(
        (
            "k a",
            "ka",
            "keine angabe",
            "keine angaben",
            "n a",
            "na",
            "unbekannt",
            "nicht bekannt",
            "k w",
            "?",
            "??",
            "nicht erfasst",
            "nicht verfuegbar",
            "liegt nicht vor",
            "fehlt",
            "nicht gemeldet",
        ),
        Meaning(UNKNOWN, confirm=True),
    ),
    **dict.fromkeys(
        ("geheim", "gesperrt", "vertraulich", "anonymisiert"), Meaning(CONFIDENTIAL, confirm=True)
    ),
    **dict.fromkeys(
        ("entfaellt", "entf", "trifft nicht zu", "nicht zutreffend", "nicht anwendbar"),
        Meaning(NOT_APPLICABLE, confirm=True),
    ),
    **dict.fromkeys(
        (
            "folgt",
            "wird nachgereicht",
            "wird nachgemeldet",
            "liegt noch nicht vor",
            "noch nicht",
            "noch offen",
        ),
        Meaning(PENDING, confirm=True),
    ),
}

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
                r"kleiner als 3|weniger als 3|unterdrueckt"
            ),
            Meaning(CONFIDENTIAL),
        ),
        (
            (
                r"nicht sinnvoll|trifft nicht zu|nicht anwendbar|entfaellt|tabellenfach gesperrt|"
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
                r"nicht gemeldet|unknown|no data"
            ),
            Meaning(UNKNOWN),
        ),
    )
)
_ENTRY = re.compile(
    r"^\s*[\"„“']?(?P<sign>[^\s\w=:]{1,3}|[oOxXmr/0]|k\.\s?A\.|\( \))[\"“”']?"
    r"\s*(?:=|:|\s[–-]\s)\s*(?P<says>.+)$"
)
_ANSWERS: dict[str, Meaning] = {
    ZERO: _NOTHING,
    **{absence: Meaning(absence) for absence in (UNKNOWN, CONFIDENTIAL, NOT_APPLICABLE, PENDING)},
}


def legend_in(lines: Iterable[str]) -> dict[str, Meaning]:
    """Signs a file explains itself: ``- = nichts vorhanden; . = Zahlenwert unbekannt``."""
    found: dict[str, Meaning] = {}
    for line in lines:
        for part in re.split(r"[;\n\t]|,\s+(?=\S{1,3}\s*=)", line):
            entry = _ENTRY.match(part)
            if not entry:
                continue
            says = fold(entry["says"])
            meaning = next((meaning for pattern, meaning in _LEGEND if pattern.search(says)), None)
            if meaning is not None:
                found.setdefault(entry["sign"], meaning)
    return found


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
        """``text`` without surrounding space."""
        for known in (self.answers, self.legend, self.publisher, _STANDARD):
            if text in known:
                return known[text]
        if len(text) <= 24 and not text[:1].isdigit():  # noqa: PLR2004  longer than any of the phrases
            return _TYPED.get(fold(text) or text)
        return None

    def source(self, text: str) -> str:
        """Who says what it means: ``answer``, ``legend``, ``publisher`` or, by custom, ``standard``."""
        given = {"answer": self.answers, "legend": self.legend, "publisher": self.publisher}
        return next((source for source, known in given.items() if text in known), "standard")
