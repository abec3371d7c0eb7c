"""Persons in the lines around a table: who wrote the sheet or answers for it, by name and office.

Whoever it is, the figures are those of the organisations the table names. A piece of a line is a person
only if all of it is: a given name or an initial before a surname, with titles and offices. Anything else in
it, and it is none; ``K. Betriebe`` has no surname.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.text import lexicon
from measures.importing.text.folding import fold
from measures.importing.text.neutral import classes

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = re.compile(r"[^|;·•,/():]+")
_DASH = re.compile(r"\s[–—-]\s")
_TITLE = (
    r"(?:(?:Dr|Prof|Dipl|Mag|Ass|RA|med|rer|jur|phil|pol|nat|Ing|B\.A|M\.A)\.?"
    r"(?:-[A-Z]\w+\.?)?(?:\s?h\.\s?c\.)?\s+)*"
)
_PERSON = re.compile(
    rf"(?:(?:Herrn?|Frau|Fr\.|Hr\.|Mrs?\.?|Ms\.?|gez\.|i\.\s?[AV]\.)\s+)*{_TITLE}"
    r"(?P<given>[A-ZÄÖÜ][a-zäöüßéè]+(?:[- ][A-ZÄÖÜ][a-zäöüßéè]+)?|(?:[A-ZÄÖÜ][a-z]?\.[ -]?){1,2})\s*"
    r"(?P<surname>(?:(?:von|van|de|der|den|zu|zur|vom)\s+)*[A-ZÄÖÜ][\wäöüßéèçşğı'’]+(?:-[A-ZÄÖÜ]\w+)?)"
)
_BEFORE = re.compile(
    r"^(?:(?:erstellt|bearbeitet|geprüft|erfasst|zusammengestellt|ausgefüllt|verfasst|gemeldet|übermittelt|vorgelegt|"
    r"prepared|compiled|submitted|reported)\s+)?(?:von|durch|by|an|c/o|mit|und|i\.\s?A\.|gez\.)\s+",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 3


def persons_in(text: str) -> Iterator[tuple[int, int]]:
    """From where to where a line names a person, and what the person is."""
    for piece in _pieces(text):
        start = piece.start() + len(piece[0]) - len(piece[0].lstrip())
        words = piece[0].strip()
        if found := _BEFORE.match(words):
            start, words = start + found.end(), words[found.end() :]
        if _names_person(words):
            yield start, start + len(words)


def _pieces(text: str) -> Iterator[re.Match[str]]:
    bare = _DASH.sub(lambda found: "|".center(len(found[0])), text)
    return _PIECE.finditer(bare)


def _names_person(text: str) -> bool:
    """Whether all of a text is a person: the name alone, or before or behind what the person is."""
    starts = (word.start() for word in _WORD.finditer(text))
    for found in filter(None, (_PERSON.match(text, start) for start in starts)):
        around = _WORD.findall(text[: found.start()]) + _WORD.findall(text[found.end() :])
        if _is_given(found["given"]) and _is_surname(found["surname"]) and all(map(_is_office, around)):
            return not any(char.isdigit() for char in text)
    return False


def _is_given(text: str) -> bool:
    return "." in text or fold(re.split(r"[\s-]", text, maxsplit=1)[0]) in classes.words("given_names")


def _is_surname(text: str) -> bool:
    key = fold(text)
    return (
        len(key) >= _SHORTEST
        and not any(map(lexicon.is_narrowing, key.split()))
        and not any(stem in key for stem in lexicon.words("kinds_of_training"))
        and not key.endswith(tuple(classes.words("no_surnames")))
        and key not in lexicon.words("silent")
        and not classes.class_of(key)
    )


def _is_office(word: str) -> bool:
    key = fold(word)
    is_short = len(key) == 1  # "a. D."
    return is_short or classes.class_of(key) == classes.FUNCTION or key in lexicon.words("joining")
