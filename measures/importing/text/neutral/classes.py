"""What kind of thing a word names that says nothing on which figures are meant: a body, a paper, an event.

The words are those of ``classes.toml``. A noun is known in all its forms, and a compound by its last part, if
what stands before that only says whose or about what it is: *Gremienvorlage*, *Fachkräftekonferenz*. With any
other first part (*Umschulungsbilanz*, *Gastgewerbebericht*) it could restrict, and stays unknown.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

from measures.importing.text import lexicon
from measures.importing.text.folding import REMEMBERED, fold
from measures.importing.text.letters import choosing

BODY, PAPER, REPORTING, TOPIC, TOPIC_OF_BODY = "body", "paper", "reporting", "topic", "topic_of_body"
EVENT, PROGRAM, FUNCTION, COURTESY = "event", "program", "function", "courtesy"
ADJECTIVE, ADJECTIVE_OF_BODY = "adjective", "adjective_of_body"
LONGEST = 6
"""Words of the longest name of a class."""

_FILE = Path(__file__).with_name("classes.toml")
_LISTS = {
    COURTESY: "courtesies",
    EVENT: "events",
    BODY: "bodies",
    PROGRAM: "programs",
    FUNCTION: "functions",
    PAPER: "papers",
    REPORTING: "reporting",
    TOPIC: "topics",
    TOPIC_OF_BODY: "topics_of_bodies",
}
"""In the order of preference: a word of two classes is of the first."""
_INFLECTED = (BODY, PAPER, EVENT, TOPIC, TOPIC_OF_BODY, FUNCTION)
_ENDINGS = ("se", "sen", "ses", "es", "en", "ern", "er", "e", "n", "s")
_OF_ADJECTIVE = re.compile(r"e[nrsm]?$")
_LINKS = ("", "s", "es", "n", "en", "er")
_SHORTEST = 4
_OF_ACTIVITY = re.compile(r"(?:initiativ|offensiv)(?:e|en)?$")


@cache
def _lists() -> dict[str, list[str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list, in folded form."""
    return frozenset(map(fold, _lists()[name]))


@cache
def _bare(name: str) -> frozenset[str]:
    """The words of a list, without the endings of the last one."""
    return frozenset(form for word in words(name) for form in _forms(word))


def _forms(key: str) -> tuple[str, ...]:
    """A noun with and without what could be its ending, of *Ausschusses* both *Ausschus* and *Ausschuss*."""
    bare = {key.removesuffix(ending) for ending in _ENDINGS if key.endswith(ending)}
    return (key, *sorted(each for each in bare if len(each) >= _SHORTEST))


@lru_cache(maxsize=REMEMBERED)
def class_of(key: str) -> str:
    """The class of a folded word or name; empty if it has none."""
    for kind, name in _LISTS.items():
        if key in words(name):
            return kind
        if kind in _INFLECTED and any(form in _bare(name) for form in _forms(key)):
            return kind
    if " " in key:
        return ""
    for kind, name in ((ADJECTIVE_OF_BODY, "adjectives_of_bodies"), (ADJECTIVE, "adjectives")):
        if {key, _OF_ADJECTIVE.sub("", key)} & words(name):
            return kind
    for kind, name in ((PAPER, "paper_tails"), (BODY, "body_tails")):
        if any(_is_compound(form, name) for form in _forms(key)):
            return kind
    return BODY if _is_office(key) else ""


def _is_office(key: str) -> bool:
    """``Haushaltsreferat``: a part of an office, unless it is called by those who could be counted."""
    tail = next((tail for tail in sorted(words("office_tails")) if key.endswith(tail)), "")
    start = key.removesuffix(tail)
    return bool(tail) and len(start) >= _SHORTEST and not choosing.is_called_by_some(start)


def _is_compound(key: str, tails: str) -> bool:
    ends = [(key[: -len(tail)], tail) for tail in words(tails) if key.endswith(tail) and key != tail]
    if any(tail in words("results") and _OF_ACTIVITY.search(start) for start, tail in ends):
        return False  # "Initiativergebnis": what came of it
    return any(_restricts_nothing(start) for start, _tail in ends)


def _restricts_nothing(start: str) -> bool:
    """Whether the first part of a compound only says whose or about what it is."""
    if start in words("fore_parts") or start in lexicon.words("compound_heads"):
        return True
    bare = [start.removesuffix(link) for link in _LINKS if start.endswith(link)]
    if any(len(each) >= _SHORTEST and each in words("fore_parts") for each in bare):
        return True
    fores = words("fore_parts")
    if any(start.endswith(fore) and start[: -len(fore)] in fores for fore in fores):
        return True
    return any(len(each) > _SHORTEST and class_of(each) in (BODY, PAPER, TOPIC, EVENT) for each in bare)
