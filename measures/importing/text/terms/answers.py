"""Yes and no in the place of a number, where an indicator says whether there is something."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from measures.importing.text.folding import fold

if TYPE_CHECKING:
    from measures.importing.text.names import NameIndex
    from measures.importing.vocabulary import IndicatorTerm

_ANSWERS = {"ja": Decimal(1), "yes": Decimal(1), "nein": Decimal(0), "no": Decimal(0)}
_TICKS = frozenset(("x", "X", "✓", "✔", "√"))
YES_OR_NO = re.compile(r"1\s*=\s*(?:ja|yes)", re.IGNORECASE)


def answer_in(text: str) -> Decimal | None:
    """One for yes, nought for no; None: the text is neither."""
    return _ANSWERS.get(fold(text))


def is_answer(text: str) -> bool:
    """Whether a text answers yes or no, or may tick something off: elsewhere ``x`` is no number."""
    return text in _TICKS or answer_in(text) is not None


def is_yes_or_no(term: IndicatorTerm) -> bool:
    """Whether an indicator counts nothing, but is one or nought."""
    return any(map(YES_OR_NO.search, term.names))


def names_yes_or_no(text: str, names: NameIndex) -> bool:
    """Whether a text names such an indicator."""
    codes = names.within("indicator", text)
    return any(is_yes_or_no(names.indicators[code]) for code in codes if code in names.indicators)


_INVERTED = re.compile(
    r"\b(?:0\s*[=:]\s*(?:ja|yes)|[12]\s*[=:]\s*(?:nein|no)|(?:ja|yes)\s*[=:]\s*[02]|(?:nein|no)\s*[=:]\s*[12])\b",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(
    r"\b\w*(?:entwurf|entwürfe|fassung|vorlage|version|eckpunkte|skizze)\w*\b|\b(?:aktualisiert|erstellt|erarbeitet|abgestimmt|"
    r"freigegeben|vorgelegt|eingereicht|veröffentlicht|beauftragt)\w*\b|\b(?:vorbereitung|abstimmung|bearbeitung|erarbeitung|"
    r"erstellung|überarbeitung|aktualisierung|freigabe|beratung|planung)\b",
    re.IGNORECASE,
)
_CONCEPT = re.compile(r"konzept", re.IGNORECASE)


def words_against_yes(text: str) -> str:
    """Words by which one is not yes, or a concept not in force: ``(0 = ja)``, ``Konzept im Entwurf``.

    Beside other indicators a draft is the paper's; a concept is a paper itself.
    """
    found = _INVERTED.search(text) or (_UNFINISHED.search(text) if _CONCEPT.search(text) else None)
    return found[0] if found else ""
