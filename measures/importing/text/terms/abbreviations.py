"""Short forms of words that stand in full elsewhere: ``NV`` of Nachvermittlung, ``BerEb``, ``Ausb.``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from measures.importing.text import lexicon
from measures.importing.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 7
_FEWEST_CAPITALS = 2
_WORD = re.compile(r"[^\W\d_]+(?:[-/][^\W\d_]+)*")
_NAME_AND_INITIALS = re.compile(r"(?P<name>[^()]+?)\s*\((?P<short>[^\W\d_]{3,8})\)")
_FEWEST_INITIALS = 3
_JOINED = re.compile(r"[-/]")
_ROMAN = re.compile(r"[IVX]{2,4}")
_FEWEST_IN_ORDER = 4
_SHORTEST_FIRST = 3
_BEGINNING = re.compile(
    r"(?:qualifizier|qualitaet|plaetz|platz|stelle|vertraeg|vertrag|vermittl|versorg|lotse|begleit|berat|gespraech|einstieg|ausbild|bildung|"
    r"betrieb|orientier|standard|angebot|bericht|meldung|aktion|jahr|initiativ|konzept|netzwerk|woche|markt|kammer|tag(?!u)|handel|"
    r"handwerk|abfrage|umfrage|statistik|auswert|erheb|uebersicht|zahl|daten|arbeit|gemeinschaft|ministeri|minister|institut|konferenz|"
    r"verband|verbaend|bezirk|land|laender|bund|wirtschaft|gewerkschaft|schul|bewerb|abschl|abschluess|lehr|tabell|bogen|blatt|liste|"
    r"haupt|gruppe|bereich|nummer|agentur|unternehm|industrie|foerder|rat|amt|ausschuss|kreis)"
)
"""How parts of compounds begin."""
_NOT_BEFORE = ("aus", "weiter", "fort", "ver")
"""``Ausbildung`` is one word."""


def is_short_for(short: str, texts: Iterable[str]) -> bool:
    """Whether a short form is that of a word, or of the first letters of words, of one of the texts.

    What is also short for a kind of training (``TZ``) or a sex never is.
    """
    key = fold(short).replace(" ", "")
    if not key.isalpha() or key in lexicon.words("short_for_kinds") or _ROMAN.fullmatch(short):
        return False
    if short.endswith(".") and len(key) > 1:
        return any(word.startswith(key) for text in texts for word in fold(text).split())
    capitals = sum(letter.isupper() for letter in short)
    if not 1 < len(key) <= _LONGEST or capitals < _FEWEST_CAPITALS or not short[0].isupper():
        return False
    texts = list(texts)
    return any(_is_of_words(key, text) for text in texts) or any(
        is_short_for_all(short, text) for text in texts
    )


def is_short_for_all(short: str, text: str) -> bool:
    """Whether a short form is that of a whole text, the first letter at the start of a word.

    Of four letters it is enough that they stand in this order: names of bodies have parts nobody lists.
    """
    key = fold(short).replace(" ", "")
    if not key.isalpha() or key in lexicon.words("short_for_kinds") or not short.isupper():
        return False
    return _is_spelt_in(key, text) or (len(key) >= _FEWEST_IN_ORDER and has_letters_of(text, short))


def has_letters_of(label: str, short: str) -> bool:
    """Whether the letters of a key beside a label stand in it in this order: ``AC``, ``Aachen``."""
    key, words = fold(short).replace(" ", ""), fold(label).split()
    if not key.isalpha() or key in lexicon.words("short_for_kinds") or not short.isupper():
        return False
    return any(
        word[0] == key[0] and _are_in_order(key, "".join(words[place:])) for place, word in enumerate(words)
    )


def is_name_with_initials(text: str) -> bool:
    """``Kein Abschluss ohne Anschluss (KAoA)``: a proper name, by its own initials behind it."""
    found = _NAME_AND_INITIALS.fullmatch(text)
    if found is None or not found["name"][0].isupper():
        return False
    words = fold(found["name"]).split()
    return len(words) >= _FEWEST_INITIALS and "".join(word[0] for word in words) == fold(found["short"])


def _is_of_words(key: str, text: str) -> bool:
    parts = fold(text).split()
    initials = "".join(part[0] for part in parts)
    named = "".join(part[0] for part in parts if part not in lexicon.words("joining"))
    are_initials = (
        key in (initials, named) if len(key) < _FEWEST_INITIALS else key in initials or key in named
    )
    return are_initials or _is_spelt_in(key, text)


def _is_spelt_in(key: str, text: str) -> bool:
    """``BerEb`` in ``Berufseinstiegsbegleitung``: the beginnings of its parts, one after the other.

    Letters that only stand in a word, in whatever place, are no short form: *IT* is none of *Einstieg*.
    """
    units = [unit for word in _WORD.finditer(text) for unit in _units(word[0])]
    joining = lexicon.words("joining")
    starts = [
        place
        for place, unit in enumerate(units)
        if unit.is_first and not (unit.is_optional and unit.text in joining)
    ]
    return any(
        _is_spelt(key, units, place, is_start=True) and not units[place].text.startswith(key)
        for place in starts
    )


class _Unit(NamedTuple):
    """A part of a compound, whether it is the first one, and whether a short form may leave it out."""

    text: str
    is_first: bool
    is_optional: bool


def _units(word: str) -> list[_Unit]:
    units = []
    for joined in _JOINED.split(word):
        key = fold(joined)
        is_optional = key in lexicon.words("joining") or joined[:1].islower()
        ends = [place for place in range(_SHORTEST_FIRST, len(key)) if _BEGINNING.match(key, place)]
        ends = [place for place in ends if not key[:place].endswith(_NOT_BEFORE)]
        starts = [0, *ends]
        units += [
            _Unit(key[start:end], start == 0, is_optional or start > 0)
            for start, end in zip(starts, [*ends, len(key)], strict=True)
        ]
    return units


def _is_spelt(key: str, units: list[_Unit], place: int, *, is_start: bool = False) -> bool:
    if not key:
        return True
    if place == len(units):
        return False
    unit = units[place]
    for length in range(1, min(len(key), len(unit.text)) + 1):
        if unit.text[:length] != key[:length]:
            break
        if _is_spelt(key[length:], units, place + 1):
            return True
    return not is_start and unit.is_optional and _is_spelt(key, units, place + 1)


def _are_in_order(letters: str, word: str) -> bool:
    rest = iter(word)
    return all(letter in rest for letter in letters)
