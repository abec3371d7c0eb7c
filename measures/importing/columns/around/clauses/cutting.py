"""A note in clauses: what a clerk writes below a table is several statements in one line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_SUBORDINATE = (
    r"(?:die|der|das|den|dem|deren|dessen|welche[rmns]?|wo|wenn|sofern|soweit|falls|dass|weil|da|obwohl|"
    r"davon|darunter|und|oder|aber|sondern|ohne|nicht|nur|außer|ausgenommen|mit|who|which|that|where|if)\b"
)
"""What belongs to the words before the comma: a relative clause, a restriction."""
_CUT = re.compile(
    rf";\s*|[!?]\s+|\s[–—-]\s|(?<=[a-zäöüß]{{3}})\.\s+(?=[A-ZÄÖÜ])|(?<=\d{{4}})\.\s+(?=[A-ZÄÖÜ][a-zäöü]{{2}})|"
    rf"(?<=\))\.\s+|,\s+(?!{_SUBORDINATE})",
    re.IGNORECASE,
)
_END_OF_SENTENCE = (";", "!", "?", ".")
_STRICT = re.compile(r"(?<=[a-zäöüß]{3})\.\s+(?=[a-zäöü])")
_FULL_STOP = re.compile(r"(?:[^\W\d_]{3}|\)|\d{4})\.$")
_BEFORE = re.compile(
    r"\s*(?:hinweise?|anmerkung(?:en)?|bemerkung(?:en)?|erläuterung(?:en)?|note|notes)\s*:\s*", re.IGNORECASE
)


class Clause(NamedTuple):
    """One statement of a note, at ``start`` to ``end`` of it; ``sentence`` counts the sentences."""

    text: str
    start: int
    end: int
    sentence: int


def clauses_of(text: str) -> Iterator[Clause]:
    """The statements of a text, in order; words such as ``Hinweis:`` before them belong to none."""
    found = _BEFORE.match(text)
    begin, sentence = (found.end() if found else 0), 0
    cuts = [
        cut
        for cut in _CUT.finditer(text, begin)
        if not _STRICT.match(text, cut.start()) and not _is_in_brackets(text, cut.start())
    ]
    for cut_start, cut_end in [*(cut.span() for cut in cuts), (len(text), len(text))]:
        stripped = text[begin:cut_start].rstrip()
        if _FULL_STOP.search(stripped):
            stripped = stripped.rstrip(".")
        if stripped.strip():
            lead = len(stripped) - len(stripped.lstrip())
            yield Clause(stripped.lstrip(), begin + lead, begin + len(stripped), sentence)
        if text[cut_start:cut_end].strip()[:1] in _END_OF_SENTENCE and text[cut_start:cut_end].strip():
            sentence += 1
        begin = cut_end


def _is_in_brackets(text: str, place: int) -> bool:
    return text.count("(", 0, place) > text.count(")", 0, place)
