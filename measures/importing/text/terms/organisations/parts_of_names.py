"""Chambers called by a part of their own name: ``IHK Niederbayern`` for *IHK für Niederbayern in Passau*.

All words of the text are words of the name, and no other chamber of the kind has them, not even in a
compound: ``IHK Franken`` may be several. What tells a place from a larger one is not left out: the *IHK
Südlicher Oberrhein* is not that of the Oberrhein.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from measures.importing.text.folding import fold, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measures.importing.vocabulary import OrganisationTerm

_KIND = re.compile(
    r"\b(?:(?P<ihk>industrie und handelskammer|handelskammer|ihk|hk)|(?P<hwk>handwerkskammer|hwk))\b"
)
_FILLING = frozenset(("zu", "fuer", "der", "des", "die", "das", "den", "in", "von", "am", "im", "und"))
_OF_NO_PLACE = frozenset(("region", "land", "main", "rhein", "oder", "grafschaft"))
_PARTING = re.compile(r"(?:mittlere|suedliche|noerdliche|westliche|oestliche)[rsn]?|nord|sued|west|ost|bad")
"""Words that say which part of a larger place is meant."""
_SHORTEST = 4
_RIVERS = (
    (re.compile(r"\s*(?:\ba\.\s?|/\s?)M(?:ain\b|\.)"), " am Main"),
    (re.compile(r"\s*\bi\.\s?B(?:r|rsg)?\."), " im Breisgau"),
)


class _Name(NamedTuple):
    words: list[str]
    code: str


class PartsOfNames:
    """Finds the only chamber whose name has all words of a text."""

    def __init__(self, organisations: Iterable[OrganisationTerm]) -> None:
        self._names: dict[str, list[_Name]] = defaultdict(list)
        self._all: dict[str, dict[str, str]] = defaultdict(dict)
        for term in organisations:
            for name in term.names:
                kind, words = _taken_apart(name)
                if kind and words:
                    self._all[kind][" ".join(words)] = term.code
                    if name == term.names[0]:
                        self._names[kind].append(_Name(words, term.code))

    def code(self, text: str) -> str:
        """Empty if the text has words of its own, or several chambers may be meant."""
        kind, words = _taken_apart(text)
        if not any(len(word) >= _SHORTEST and word not in _OF_NO_PLACE for word in words):
            return ""
        codes = {name.code for name in self._names.get(kind, ()) if _is_part(words, name.words)}
        if len(codes) != 1:
            return ""
        others = {code for name, code in self._all[kind].items() if all(word in name for word in words)}
        return codes.pop() if others == codes else ""


@lru_cache(maxsize=8)
def parts_of_names(organisations: tuple[OrganisationTerm, ...]) -> PartsOfNames:
    """The same for every file that is read with this vocabulary."""
    return PartsOfNames(organisations)


def _taken_apart(text: str) -> tuple[str, list[str]]:
    """The kind of chamber a text names, and its other words that say something."""
    text = tidy(text)
    for written, river in _RIVERS:
        text = written.sub(river, text)
    key = fold(text)
    kinds = list(_KIND.finditer(key))
    if len(kinds) != 1:
        return "", []
    words = [word for word in _KIND.sub(" ", key).split() if word not in _FILLING]
    return kinds[0].lastgroup or "", words


def _is_part(words: list[str], name: list[str]) -> bool:
    if not set(words) <= set(name):
        return False
    return not any(
        second in words and first not in words and _PARTING.fullmatch(first)
        for first, second in pairwise(name)
    )


def one_called(codes: list[str], laender: list[str], organisations: dict[str, OrganisationTerm]) -> str:
    """Whom all names stand for (``Bundesagentur (BA)``), or a chamber before its Land (``IHK Köln (NW)``).

    ``codes``: of each name, ``laender``: the Länder by their codes that all names but the first stand for.
    """
    first = organisations.get(codes[0]) if codes else None
    if first is not None and first.kind == "chamber" and any(laender):
        return (
            first.code if {organisations[land].region for land in laender if land} == {first.region} else ""
        )
    return codes[0] if len(set(codes)) == 1 else ""
