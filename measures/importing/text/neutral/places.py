"""Where in a line a word of a class says nothing on its figures, and where it could restrict them.

A class is not enough: *Bündnis für Ausbildung* over a table says who asked for it, *EQ-Plätze im Bündnis für
Ausbildung* which places are meant. What depends on a word for what is counted restricts it; behind ``im``,
``aus``, ``bei`` a body or an event does, unless it is a paper that comes from there. Words that narrow by
themselves (``nur``, ``ohne``) keep their question in every place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from measures.importing.text import wording
from measures.importing.text.folding import fold
from measures.importing.text.neutral import classes, persons, phrases
from measures.importing.text.neutral.classes import (
    ADJECTIVE,
    ADJECTIVE_OF_BODY,
    BODY,
    COURTESY,
    EVENT,
    FUNCTION,
    PAPER,
    PROGRAM,
    REPORTING,
    TOPIC,
    TOPIC_OF_BODY,
    words,
)
from measures.importing.text.units import UNIT_OF_WORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from measures.importing.text.wording import Part

FIGURES, JOINING, NAMED, SILENT, OPEN = "figures", "joining", "named", "silent", "open"

_WORD = re.compile(r"[^\W_]+")
_CUT = re.compile(r"[|;·•:]|\s[–—-]\s")
_END_OF_SENTENCE = re.compile(r"[.!?]\s")
_SHORTEST = 4
"""Letters of a word behind which a full stop ends a sentence rather than an abbreviation."""
_COUNTED = re.compile(
    r"(?:\w*(?:betrieb|unternehmen|teilnehm|mitglied|bewerber|schueler|jugendlich|personen|azubi|lehrling|"
    r"auszubildend|praktik|vertrag|vertraeg|plaetze|stellen|beratung|angebot|eintritt|lotsen)\w*|firmen?|frauen|maenner|menschen|"
    r"companies|firms|places|contracts|persons|people|members|participants|trainees|applicants|pupils|starts)"
)
"""What figures count, and whom: what depends on these words may restrict them."""

_LONGEST_LINE = 600
"""Signs; what is longer is no line about the paper."""
_NEAR = 6
"""Words before a day that it can belong to."""


_UNITS = frozenset(map(fold, UNIT_OF_WORD))
_OF_FIGURES = frozenset((wording.INDICATOR, wording.TARGET_GROUP, wording.OCCUPATION))
_KINDS = {**dict.fromkeys((*wording.NAMED, wording.PERIOD), NAMED), wording.NARROWING: OPEN}


@cache
def _joining() -> frozenset[str]:
    lists = ("articles", "towards", "about", "within", "by_whom", "between")
    return frozenset().union(*(words(name) for name in lists))


class _SortedWord(NamedTuple):
    """Some words of a line with what they are."""

    key: str
    start: int
    end: int
    kind: str


@dataclass(slots=True)
class _SortedLine:
    """The words of a line in order, and which of them stand apart from what follows."""

    text: str
    words: list[_SortedWord]
    cuts: set[int]
    """Places in ``words`` before which a sign parts the line."""
    commas: set[int]
    counts: bool
    """Whether any word is for what is counted, or names an indicator."""

    def begin(self, place: int, *, at_commas: bool) -> int:
        """The place at which the stretch begins that a word stands in."""
        ends = self.cuts | self.commas if at_commas else self.cuts
        while place > 0 and place not in ends:
            place -= 1
        return place

    def finish(self, place: int, *, at_commas: bool) -> int:
        """The place behind the last word of that stretch."""
        ends = self.cuts | self.commas if at_commas else self.cuts
        place += 1
        while place < len(self.words) and place not in ends:
            place += 1
        return place


def with_neutral_words(text: str, parts: list[Part]) -> list[Part]:
    """The parts of a line, those silent that are of a class and stand where it says nothing."""
    is_settled = all(part.kind not in (wording.UNKNOWN, wording.NARROWING) for part in parts)
    if is_settled or len(text) > _LONGEST_LINE:
        return parts
    line = _line(text, parts)
    spans = [found.span() for finder in phrases.FINDERS for found in finder.finditer(text)]
    whole = list(spans)
    persons_named = list(persons.persons_in(text))
    for place, word in enumerate(line.words):
        is_neutral = _RULES.get(word.kind)
        if is_neutral is not None and is_neutral(line, place):
            spans.append((word.start, word.end))
    return [_settled(part, spans, persons_named, whole) for part in parts]


def _settled(
    part: Part,
    spans: list[tuple[int, int]],
    named: list[tuple[int, int]],
    whole: list[tuple[int, int]],
) -> Part:
    is_open = part.kind == wording.UNKNOWN and any(
        start <= part.start and part.end <= end for start, end in named
    )
    for start, end in spans:
        if start <= part.start and part.end <= end:
            is_phrase = (start, end) in whole or (start, end) != (part.start, part.end)
            is_open |= part.kind == wording.UNKNOWN or (part.kind == wording.NARROWING and is_phrase)
    return part._replace(kind=wording.SILENT, codes=(), period=None) if is_open else part


def _line(text: str, parts: list[Part]) -> _SortedLine:
    found = list(_WORD.finditer(text))
    found_words: list[_SortedWord] = []
    place = 0
    while place < len(found):
        word, length = _word(found, place, parts)
        found_words.append(word)
        place += length
    cuts, commas = set(), set()
    for number, (before, after) in enumerate(pairwise(found_words), 1):
        between = text[before.end : after.start]
        is_end = _END_OF_SENTENCE.search(between) and len(before.key) >= _SHORTEST
        if _CUT.search(between) or (is_end and text[after.start].isupper()):
            cuts.add(number)
        elif "," in between:
            commas.add(number)
    counts = any(word.kind == FIGURES for word in found_words)
    return _SortedLine(text, found_words, cuts, commas, counts)


def _word(found: list[re.Match[str]], place: int, parts: list[Part]) -> tuple[_SortedWord, int]:
    """The longest name of a class that begins at a place, and how many words it has."""
    for length in range(min(classes.LONGEST, len(found) - place), 1, -1):
        chosen = found[place : place + length]
        key = " ".join(fold(each[0]) for each in chosen)
        if kind := classes.class_of(key):
            return _SortedWord(key, chosen[0].start(), chosen[-1].end(), kind), length
    match = found[place]
    key = fold(match[0])
    part = next((each for each in parts if each.start <= match.start() < each.end), None)
    return _SortedWord(key, match.start(), match.end(), _kind(key, part)), 1


def _kind(key: str, part: Part | None) -> str:
    taken_for = wording.SILENT if part is None else part.kind
    if taken_for in _OF_FIGURES or key in _UNITS:
        return FIGURES
    if key in _joining():
        return JOINING
    if taken_for in _KINDS:
        return _KINDS[taken_for]
    is_counted = _COUNTED.fullmatch(key) is not None
    plain = SILENT if taken_for == wording.SILENT else OPEN
    return classes.class_of(key) or (FIGURES if is_counted else plain)


def _leads(line: _SortedLine, place: int) -> tuple[str, int]:
    """The preposition before a word, if any, and the place of it or of the first word it belongs to."""
    begin = line.begin(place, at_commas=True)
    first = place
    while first > begin:
        before = line.words[first - 1]
        if before.kind in (ADJECTIVE, ADJECTIVE_OF_BODY) or before.key in words("articles"):
            first -= 1
            is_within = first > begin and line.words[first - 1].key in words("within")  # "aus der Allianz"
            if before.key in ("der", "des") and not is_within:
                return before.key, first
        elif before.key in _joining():
            return before.key, first - 1
        else:
            break
    return "", first


def _kinds(line: _SortedLine, begin: int, end: int) -> set[str]:
    return {word.kind for word in line.words[begin:end]}


def _is_free(line: _SortedLine, place: int) -> bool:
    """Whether nothing that is counted stands in the same stretch of a line."""
    begin, end = line.begin(place, at_commas=False), line.finish(place, at_commas=False)
    return FIGURES not in _kinds(line, begin, end)


def _is_neutral_body(line: _SortedLine, place: int) -> bool:
    """Whose paper it is, or to whom it goes; not where those counted are, or whose they are."""
    leading, first = _leads(line, place)
    before = _kinds(line, line.begin(place, at_commas=True), first)
    if _is_activity(line, place) and _is_with_result(line, place):
        return False
    if leading in words("within"):
        return not line.counts and bool(before & {PAPER, REPORTING})
    if FIGURES in before and leading not in words("towards"):
        return False
    return not _is_of_figures(line, place)


def _is_activity(line: _SortedLine, place: int) -> bool:
    return line.words[place].key.endswith(tuple(words("activities")))


def _is_with_result(line: _SortedLine, place: int) -> bool:
    """``Ergebnis der Initiative``, ``Initiative results``: what came of it, not who says so."""
    begin, end = line.begin(place, at_commas=True), line.finish(place, at_commas=True)
    return any(word.key in words("results") for word in line.words[begin:end])


def _is_of_figures(line: _SortedLine, place: int) -> bool:
    """Whether what is counted follows with nothing between that it could depend on: ``Bündnis-Plätze``."""
    for word in line.words[place + 1 : line.finish(place, at_commas=True)]:
        if word.kind == FIGURES:
            return True
        if word.kind in (PAPER, REPORTING, OPEN):
            return False
    return False


def _is_neutral_topic(line: _SortedLine, place: int) -> bool:
    """Only in the name of a body or an event: a topic alone may be what others were advised on."""
    return _follows_body(line, place)


def _follows_body(line: _SortedLine, place: int) -> bool:
    """``Runder Tisch Ausbildung und Fachkräftesicherung``: a part of the body's name."""
    begin = line.begin(place, at_commas=False)
    for number in range(place - 1, begin - 1, -1):
        word = line.words[number]
        if word.kind in (BODY, EVENT):
            return _RULES[word.kind](line, number)
        if word.kind not in (TOPIC, TOPIC_OF_BODY, JOINING, ADJECTIVE, SILENT, NAMED):
            return False
    return False


def _is_neutral_event(line: _SortedLine, place: int) -> bool:
    leading, first = _leads(line, place)
    if line.counts or leading in words("within") or leading in words("come_from"):
        return False
    before = _kinds(line, line.begin(place, at_commas=True), first)
    return bool(before & {PAPER, REPORTING}) if leading else not before & {OPEN}


def _is_neutral_reporting(line: _SortedLine, place: int) -> bool:
    after = line.words[place + 1 : place + 2]
    return not line.counts or bool(after and after[0].key in words("by_whom"))


def _is_neutral_adjective(line: _SortedLine, place: int) -> bool:
    """Before a paper, a body or an event, with only such words between."""
    for word in line.words[place + 1 : line.finish(place, at_commas=False)]:
        if word.kind in (BODY, PAPER, EVENT):
            return _RULES[word.kind](line, line.words.index(word))
        if word.kind not in (ADJECTIVE, ADJECTIVE_OF_BODY) and word.key not in ("und", "and"):
            return False
    return False


def _is_neutral_adjective_of_body(line: _SortedLine, place: int) -> bool:
    """``Runder Tisch``, not ``runde Zahlen``."""
    after = line.words[place + 1 : place + 2]
    return bool(after) and after[0].kind == BODY and _is_neutral_body(line, place + 1)


def _is_neutral_program(line: _SortedLine, place: int) -> bool:
    leading, _ = _leads(line, place)
    return _is_free(line, place) or leading in ("aus", "mit", "per", "via", "from")


def _always(line: _SortedLine, place: int) -> bool:
    return True


_RULES: dict[str, Callable[[_SortedLine, int], bool]] = {
    PAPER: _always,
    COURTESY: _is_free,
    BODY: _is_neutral_body,
    EVENT: _is_neutral_event,
    REPORTING: _is_neutral_reporting,
    TOPIC: _is_neutral_topic,
    TOPIC_OF_BODY: _follows_body,
    FUNCTION: _is_free,
    PROGRAM: _is_neutral_program,
    ADJECTIVE: _is_neutral_adjective,
    ADJECTIVE_OF_BODY: _is_neutral_adjective_of_body,
}


def dates_paper(before: str) -> bool:
    """Whether a day behind these words is that of the paper: when it was sent or printed, or is due."""
    stretch = _CUT.split(before.rstrip(" :"))[-1]
    keys = [fold(word[0]) for word in _WORD.finditer(stretch)]
    lead = bool(keys) and keys[-1] in words("before_days")
    kinds = {classes.class_of(key) for key in keys[-_NEAR:]}
    is_due = bool(words("due") & set(keys))
    is_key = before.rstrip().endswith(":") and bool({REPORTING, PAPER} & kinds)  # "Eingang: 17.01.2017"
    is_led = lead and (REPORTING in kinds or (PAPER in kinds and keys[-1] in ("vom", "of", "bis")))
    return is_due or is_key or is_led
