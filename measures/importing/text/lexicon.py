"""The words of ``lexicon.toml``: which narrow figures, which say nothing. Read once, in folded form."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from measures.importing.text.folding import fold, stem

_FILE = Path(__file__).with_name("lexicon.toml")


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
    return key in words("narrowing") or any(
        key.startswith(beginning) for beginning in beginnings("narrowing") if " " not in key
    )
