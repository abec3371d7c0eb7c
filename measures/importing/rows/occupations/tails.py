"""Words behind the whole name of an occupation: examples of its trades, or a part of its contracts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.text import lexicon, wording
from measures.importing.text.folding import fold, split_marks
from measures.importing.text.letters import choosing
from measures.importing.vocabulary import TOTAL

if TYPE_CHECKING:
    from measures.importing.text.names import NameIndex
    from measures.importing.text.wording import Part

_WORD = re.compile(r"[^\W_]+\W*")
_LEADING = re.compile(
    r"[a-z]|etc|usw|bzw|inkl|einschl|einschließlich|inklusive|(?:verwandt|weiter|sonstig|zugehörig|ähnlich)e[nr]?",
    re.IGNORECASE,
)
"""``u. a.``, ``und verwandte``: what leads to the names of trades."""
_TRADE = re.compile(
    r"[a-zäöüß]*(?:er|ern|erin|innen|mann|männer|leute|kraft|kräfte|ist|isten|istin|eure?|eurin|enten?|gehilf\w*|bau|technik|"
    r"mechanik|schmiede?|köche?|köchin|wirte?|wirtin|kauffrau(?:en)?|fachfrau(?:en)?|berufe?n?|handwerke?|gewerke?n?)",
    re.IGNORECASE,
)
"""``Bäcker, Fleischer``: how trades are called."""
_PERSONS = re.compile(
    r"\w*(?:bewerber|teilnehmer|ausländer|abbrecher|wechsler|einsteiger|schüler)", re.IGNORECASE
)
_SHORT_FORM = re.compile(r"[A-ZÄÖÜ]{2,4}")
_SHORT_FOR_TRADES = frozenset(("shk", "kfz", "mint"))


def tail_of(names: NameIndex, code: str, label: str) -> str:
    """What stands behind the name of the code's main group; empty if that is not the whole beginning."""
    own = fold(names.label("occupation", code[:2]))
    ends = (word.end() for word in _WORD.finditer(label))
    return next((label[end:] for end in ends if fold(label[:end]) == own), "")


def restricts(names: NameIndex, tail: str) -> bool:
    """Whether words behind the name of an occupation may choose among its contracts."""
    bare = split_marks(tail.strip(" ()[]–—-:,;"))[0]
    return bool(bare) and any(_may_choose(part) for part in wording.parts_of(bare, names))


def _may_choose(part: Part) -> bool:
    words = part.text.split()
    if set(part.codes) == {TOTAL}:
        return False
    if part.kind == wording.UNKNOWN:
        return not all(_LEADING.fullmatch(word) or _names_trade(word) for word in words)
    if part.kind == wording.NARROWING:
        return not all(_LEADING.fullmatch(word) or fold(word) in _SHORT_FOR_TRADES for word in words)
    is_silent = part.kind in (wording.SILENT, wording.OCCUPATION, wording.INDICATOR)
    return not is_silent or any(map(_is_kind_of_training, words))


def _is_kind_of_training(word: str) -> bool:
    return choosing.names_kind_of_training(word) and not fold(word).endswith(("berufe", "berufen"))


def _names_trade(word: str) -> bool:
    if _SHORT_FORM.fullmatch(word):
        return fold(word) not in lexicon.words("short_for_kinds") - _SHORT_FOR_TRADES
    is_some = _is_kind_of_training(word) or _PERSONS.fullmatch(word) is not None
    return fold(word) in _SHORT_FOR_TRADES or (_TRADE.fullmatch(word) is not None and not is_some)
