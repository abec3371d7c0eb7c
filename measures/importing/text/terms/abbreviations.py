"""Short forms of words that stand in full elsewhere: ``NV`` of Nachvermittlung, ``BerEb``, ``Ausb.``."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

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


def is_short_for(short: str, texts: Iterable[str]) -> bool:
    """Whether a short form is that of a word, or of the first letters of words, of one of the texts.

    What is also short for a kind of training (``TZ``) or a sex never is.
    """
    key = fold(short).replace(" ", "")
    if not key.isalpha() or key in lexicon.words("short_for_kinds"):
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
    """Whether the letters of a short form stand in this order in a whole text, the first at its start."""
    key, words = fold(short).replace(" ", ""), fold(text).split()
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
    words = [fold(_JOINED.sub("", match[0])) for match in _WORD.finditer(text)]
    parts = fold(text).split()
    initials = "".join(part[0] for part in parts)
    named = "".join(part[0] for part in parts if part not in lexicon.words("joining"))
    return (
        key in initials
        or key in named
        or any(word != key and word[0] == key[0] and _are_in_order(key, word) for word in words if word)
        or any(
            first[0] == key[0] and _are_in_order(key, first + second)
            for first, second in pairwise(words)
            if first and second
        )
    )


def _are_in_order(letters: str, word: str) -> bool:
    rest = iter(word)
    return all(letter in rest for letter in letters)
