"""What of a title says no more than which indicator the table is of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.text.folding import fold, split_marks
from measures.importing.text.periods import YEAR, periods_in
from measures.importing.text.terms.indicator_names import TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from measures.importing.text.names import NameIndex
    from measures.importing.text.wording import Part
    from measures.importing.vocabulary import IndicatorTerm

_FURTHEST = 8
"""Signs that part a text which a name with its years may run over."""
_TOPICS = "|".join(sorted(TOPICS.keys() - {"betriebsberatung"}, key=len, reverse=True))
_TOPIC = re.compile(rf"\b(?:{_TOPICS})\b", re.IGNORECASE)
"""Beside the indicators themselves *Betriebsberatung* may be another service of a chamber."""
_BETWEEN = re.compile(r"[;:|]\s|\s[–—-]\s|,\s")
_APART = re.compile(
    r"(?P<first>[^\s,;:()|]+(?:\s[^\s,;:()|]+)?)\s(?:nach|je|pro|in|im|der|des)\s[^,;:()|]+(?:,\s|\s?\()(?P<last>[^()|;]{3,40})\)?"
)


def spans_stating(text: str, codes: Iterable[str], names: NameIndex) -> list[tuple[int, int]]:
    """Where a text names one of the indicators in words that are all its own, and nothing more."""
    wanted = set(codes)
    code, halves = stated_apart(text, names)
    return [
        (start, end) for start, end in _pieces(text) if wanted & {indicator_stated(text[start:end], names)}
    ] + (halves if code in wanted else [])


def stated_apart(text: str, names: NameIndex) -> tuple[str, list[tuple[int, int]]]:
    """``Lehrverträge nach Kammern (neu abgeschlossen)``: an indicator named only by both halves, and these.

    What stands between them is none of its words, and looked at as any other.
    """
    found = _APART.fullmatch(text)
    if found is None or indicator_stated(found["first"], names) or indicator_stated(found["last"], names):
        return "", []
    code = indicator_stated(f"{found['first']} {found['last']}", names)
    return code, [found.span("first"), found.span("last")] if code else []


def spans_of_topic(text: str, codes: Iterable[str], names: NameIndex) -> list[tuple[int, int]]:
    """``Beratung in Hessen`` over its indicators: where a text names what they are all of."""
    terms = [names.indicators[code] for code in codes if code in names.indicators]
    topics = {topic for topic, counted in TOPICS.items() if terms and _are_of_topic(terms, counted, names)}
    if not topics:
        return []
    return [found.span() for found in _TOPIC.finditer(text) if fold(found[0]) in topics]


def topic_of(lines: Iterable[str]) -> str:
    """``Ausbildungsberatung 2016``: the topic that begins a title; what is counted of it, headings say."""
    found = (_TOPIC.match(line) for line in lines)
    return next((fold(match[0]) for match in found if match), "")


def _are_of_topic(terms: list[IndicatorTerm], counted: dict[str, str], names: NameIndex) -> bool:
    """Whether all indicators are of the measure of those that are counted of the topic."""
    measures = {names.indicators[code].measure for code in counted.values() if code in names.indicators}
    return len(measures) == 1 and {term.measure for term in terms} == measures


def indicator_stated(text: str, names: NameIndex) -> str:
    """The indicator a piece of a title names, whatever the years beside it."""
    bare = names.statements.without_base_year(split_marks(text)[0])
    for period in reversed(periods_in(bare)):
        if period.form == YEAR:
            bare = f"{bare[: period.start]} {bare[period.end :]}"
    return names.exact("indicator", bare.strip(" ,;:–-")) or ""


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """The whole text, what follows each sign that parts it, and what stands between two of them.

    No name has as many signs in it as a long text: what is further apart is no piece.
    """
    cuts = [(0, 0), *((found.start(), found.end()) for found in _BETWEEN.finditer(text)), (len(text),) * 2]
    for place, (_, start) in enumerate(cuts[:-1]):
        for end, _ in cuts[place + 1 : place + 1 + _FURTHEST]:
            yield start, end
    if len(cuts) > _FURTHEST + 1:
        yield 0, len(text)


def is_within(part: Part, spans: list[tuple[int, int]]) -> bool:
    """A plus is in no name: ``EQ+`` is another programme."""
    return part.text != "+" and any(start <= part.start and part.end <= end for start, end in spans)
