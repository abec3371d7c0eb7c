"""One programme, measure or project that a text speaks of without its name: ``Ergebnisse des Programms``.

The figures may be those of this one alone. ``Maßnahme`` over a column, ``Maßnahmen und Programme`` of a table
and whatever says what a programme is called restrict nothing; whether the name follows is seen by the caller.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.text.folding import fold
from measures.importing.text.neutral import classes

if TYPE_CHECKING:
    from collections.abc import Iterator

_ONE = (
    r"(?:(?:programms?|projekt(?:e?s)?|maßnahme|vorhabens?|instruments?|modellversuchs?)(?!\w)(?!-)"
    r"|(?:programme|project|measure|scheme)(?!\w)(?!-))"
)
_POINTING = (
    r"(?:d(?:er|es|em)|diese[rsm]|jene[rsm]|eine[rsm]|unsere[rsm]|ihre[rsm]|im|vom|zum|zur|beim|am|"
    r"the|this|that|our|one)"
)
_FIGURES = (
    r"(?:ergebnis(?:se)?|zahlen|daten|werte|angaben|bilanz|statistik|auswertung|meldung|bericht|plätze|eintritte|"
    r"verträge|beratungen)"
)
_SINGLE = re.compile(
    rf"(?<!\w)(?:{_POINTING}\s+(?:(?!{_ONE})[\wäöüß-]+(?:en|em|er|es)\s+)?{_ONE}"
    rf"|(?:programm|projekt|maßnahme|vorhaben)\s+(?-i:[A-Z]|[IVX]{{1,4}})(?![\w-])"
    rf"|(?:programm|projekt|vorhabens?){_FIGURES}(?!\w)"
    rf"|(?:für|durch|über|in|auf)\s+(?:das|die)\s+(?:programm|projekt|maßnahme|vorhaben)(?!\w)"
    rf"|(?<![\w-])[\w-]*{_FIGURES}\s+\(?(?:programm|projekt|maßnahme|vorhaben)(?=\s*(?:$|[|;,)–-])))",
    re.IGNORECASE,
)
_NAMING = re.compile(
    r"\b(?:name|bezeichnung|titel|nummer|nr|kürzel|kurzname|kennung|art|typ|code|id|title|number|"
    r"beginn|start|ende|laufzeit|dauer|träger|leitung|leiter(?:in)?|ansprech(?:partner(?:in)?|person)|kontaktperson|"
    r"verantwortliche?|zuständig|kontakt|hinweise?|erläuterung(?:en)?|informationen|beschreibung|kurzbeschreibung|"
    r"description|link|website|internetseite)\.?\s+$",
    re.IGNORECASE,
)
"""Before ``der Maßnahme``: what it is called, who leads it, where more is to be read."""
_NEXT = re.compile(r"\W*(?:(?P<of>der|des)\s+)?(?P<word>[^\W_]+)")


def spans_of_single_programmes(text: str) -> Iterator[tuple[int, int]]:
    """Where a text speaks of one programme, and may mean that its figures are those of this one."""
    for found in _SINGLE.finditer(text):
        before = text[: found.start()]
        if not (_NAMING.search(before) or _is_other_programme(text[found.end() :])):
            yield found.span()


def _is_other_programme(following: str) -> bool:
    """``Programm TIBROS`` is software, ``Programm der Sitzung`` an agenda."""
    found = _NEXT.match(following)
    kind = classes.class_of(fold(found["word"])) if found else ""
    return found is not None and kind == (classes.PAPER if found["of"] else classes.PROGRAM)


def is_single_programme(text: str) -> bool:
    """Whether these words are such a one, and nothing else."""
    return _SINGLE.fullmatch(text) is not None
