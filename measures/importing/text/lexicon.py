"""The words of ``lexicon.toml``: which narrow figures, which say nothing. Read once, in folded form."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from measures.importing.text.folding import fold, stem

_FILE = Path(__file__).with_name("lexicon.toml")
_SHORT = 3
_PART_OF_COUNTRY = re.compile(r"(?:(?:nord|sued|mittel)(?:ost|west)?|ost|west)deutsch(?:land|lands|e[nrs]?)?")


@cache
def _lists() -> dict[str, list[str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def words(name: str) -> frozenset[str]:
    """The whole words of a list; what ends with a hyphen is a beginning."""
    return frozenset(fold(word) or word for word in _lists()[name] if not word.endswith("-"))


@cache
def beginnings(name: str) -> tuple[str, ...]:
    """The beginnings of words in a list."""
    return tuple(fold(word) for word in _lists()[name] if word.endswith("-"))


@cache
def stems(name: str) -> frozenset[str]:
    """The single words of a list without their endings."""
    return frozenset(stem(word) for word in words(name) if " " not in word)


def is_narrowing(key: str) -> bool:
    """Whether a folded word, or some, restrict what they stand beside."""
    return key in words("narrowing") or (" " not in key and key.startswith(beginnings("narrowing")))


def is_area(key: str) -> bool:
    """``Norddeutschland``, ``mitteldeutsche``: a folded word for a part of the country."""
    return key in words("areas") or _PART_OF_COUNTRY.fullmatch(key) is not None


@cache
def _tails() -> tuple[str, ...]:
    return tuple(words("compound_tails"))


def is_compound(key: str) -> bool:
    """``Kennziffernliste``: a word for a paper behind one that says nothing, or is of the field."""
    return key.endswith(_tails()) and any(
        _is_head(key[: -len(tail)]) for tail in _tails() if key.endswith(tail)
    )


def _is_head(head: str) -> bool:
    silent = words("silent")
    return head in words("compound_heads") or (
        len(head) > _SHORT and (head in silent or head.removesuffix("s") in silent)
    )
