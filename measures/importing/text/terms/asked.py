"""Questions of a form as the names they ask for: ``Wie viele Betriebe wurden beraten?``.

What a question denies, plans or narrows stays in it, and so the name is another one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from measures.importing.text.folding import fold
from measures.importing.text.units import UNIT_COUNTED_AS, UNIT_OF_WORD

_QUESTION = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s+)?"
    r"(?:wie\s?viele?n?|wie (?:hoch|groß) (?:ist|war) die (?:an)?zahl (?:der|an|von)|how many|"
    r"welche (?:an)?zahl (?:an|von)|what (?:is|was) the number of)\s+(?P<asked>[^?]+?)\s*\?",
    re.IGNORECASE,
)
_TAKING_PLACE = re.compile(
    r"\bf(?:anden|inden) (?P<between>[^,;]*)\bstatt\b|\bstattgefunden\b", re.IGNORECASE
)
_TRAINING = re.compile(r"\bbilde(?:te)?n (?P<between>[^,;]*)\baus\b|\bausgebildet\b", re.IGNORECASE)
_OF_ASKING = re.compile(
    r"\b(?:haben|konnten|hat|hatten?)\s+(?:sie|die kammer|ihre kammer|ihr bezirk)\b"
    r"|\bin ihre[mr] (?:kammer|bezirk|kammerbezirk)\b"
    r"|\bgab es\b|\b(?:waren|sind|wurden|were|have been|did you)\b",
    re.IGNORECASE,
)


_NOUN = re.compile(r"[A-ZÄÖÜ][\w-]+")
_OF_COUNTING = frozenset(("wie", "viele", "wieviele", "anzahl", "zahl", "der", "die", "von", "number", "of"))
_UNITS = {fold(word): unit for word, unit in UNIT_OF_WORD.items()}
_FILLING_IN = re.compile(
    r"ausfüll|auszufüllen|anleitung|glossar|definition|schlüssel|codeliste|instruction|"
    r"\b(?:ein|an|über)(?:zu)?(?:tragen|geben|nehmen)\b|\b(?:zu |bitte )melden\b|\bverwenden\b|"
    r"zulässig|pflichtf|\beingabe|\b(?:felde?r?n?|zellen?|spalten?|zeilen?|fill|enter|fields?|cells?|columns?)\b",
    re.IGNORECASE,
)


def counts_others(key: str, unit: str) -> bool:
    """Whether the first word of a folded name counts something else: companies in ``Betriebe mit EQ``."""
    first = next((word for word in key.split() if word not in _OF_COUNTING), "")
    counted = _UNITS.get(first, "")
    return bool(counted and unit) and counted not in (unit, UNIT_COUNTED_AS.get(unit))


class CountAsked(NamedTuple):
    """``unit``: what the first noun counts, companies in ``Wie viele Betriebe haben EQ-Plätze?``."""

    name: str
    unit: str

    def may_count(self, unit: str) -> bool:
        return self.unit in ("", unit, UNIT_COUNTED_AS.get(unit))


def asked_for(text: str) -> CountAsked | None:
    """What a question counts, in the words of a name."""
    question = _QUESTION.fullmatch(text)
    if question is None:
        return None
    asked = _TAKING_PLACE.sub(lambda match: match["between"] or " ", question["asked"])
    asked = _TRAINING.sub(lambda match: f"ausbilden {match['between'] or ''}", asked)
    noun = _NOUN.search(question["asked"])
    return CountAsked(
        " ".join(_OF_ASKING.sub(" ", asked).split()), _UNITS.get(fold(noun[0]), "") if noun else ""
    )


def is_about_filling_in(text: str) -> bool:
    """Whether a line, or the name of a sheet, is about how a form is filled in or what its words mean."""
    return _FILLING_IN.search(text) is not None
