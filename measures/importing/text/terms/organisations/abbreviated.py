"""Names of organisations with words cut short: ``HWK f. München u. Obb.``."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from measures.importing.text.folding import fold, tidy
from measures.importing.text.terms.keys import chamber_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measures.importing.vocabulary import OrganisationTerm

_TOKEN = re.compile(r"([^\W\d_]+)(\.?)")
_FILLING = frozenset(
    ("zu", "fuer", "der", "des", "die", "das", "den", "in", "von", "am", "im", "und", "f", "u", "d")
)
_KINDS = ("ihk", "hwk")


class Abbreviations:
    """Finds the only organisation whose name has, in order, the words that a text cuts short."""

    def __init__(self, organisations: Iterable[OrganisationTerm]) -> None:
        self._names: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
        for term in organisations:
            for name in term.names:
                kind, _, rest = chamber_key(fold(name)).partition(" ")
                words = [word for word in rest.split() if word not in _FILLING]
                if kind in _KINDS and words:
                    self._names[kind].append((words, term.code))

    def code(self, text: str) -> str:
        """Empty if no word is cut short, or several organisations may be meant."""
        text = tidy(text)
        if "." not in text:
            return ""
        shortened = {fold(word) for word, dot in _TOKEN.findall(text) if dot}
        kind, _, rest = chamber_key(fold(text)).partition(" ")
        words = [word for word in rest.split() if word not in _FILLING]
        if not words or not shortened & {*words, "f", "u", "d"}:
            return ""
        codes = {code for known, code in self._names.get(kind, ()) if _states(words, known, shortened)}
        return codes.pop() if len(codes) == 1 else ""


@lru_cache(maxsize=8)
def abbreviations_of(organisations: tuple[OrganisationTerm, ...]) -> Abbreviations:
    """The same for every file that is read with this vocabulary."""
    return Abbreviations(organisations)


def _states(words: list[str], known: list[str], shortened: set[str]) -> bool:
    return len(words) == len(known) and all(
        word == whole or (word in shortened and _cuts(word, whole))
        for word, whole in zip(words, known, strict=True)
    )


def _cuts(short: str, whole: str) -> bool:
    """Whether a word begins with the short one, or has its letters in order after the same first one."""
    if len(short) < 2 or short[0] != whole[0]:  # noqa: PLR2004  a single letter may be anything
        return False
    letters = iter(whole)
    return all(letter in letters for letter in short)
