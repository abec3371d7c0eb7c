"""Which indicator a text names in more or other words than the catalogue has.

A text names an indicator if it says all that one of its names says, and every other word is explained: by
another of its names, by its definition, by its own reference date, base year or unit. A word that restricts
(``ohne``, ``nur``) is explained only where the definition has it before the same word. A single word more,
and the text names something else. Of several indicators that fit it names none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from measures.importing.text import lexicon
from measures.importing.text.folding import fold, tidy
from measures.importing.text.periods import AFTER_30_SEPTEMBER, MARKET_YEAR, ON_30_SEPTEMBER, ON_31_DECEMBER
from measures.importing.text.terms.concepts import (
    SETTLED_AWAY,
    Concepts,
    concepts_of,
    has_phrase,
    settled,
    spoken,
)
from measures.importing.text.terms.indicator_names import INDICATOR_SYNONYMS
from measures.importing.text.units import UNIT_OF_WORD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measures.importing.vocabulary import IndicatorTerm

DAY_IN_NAME = re.compile(
    r"\b(?:bis (?:zum )?)?"
    r"(?:(?P<sep>30 (?:september|sept?|0?9))|31 (?:dezember|dez|december|dec|12)|(?:zum )?jahresende|"
    r"ende des jahres|end of (?:the )?year)\b"
)
_AFTER_DAY = re.compile(r"\b(?:nach(?: dem)?|after)\s+$")
_BEGINNING_ALONE = re.compile(r"\b1 (?:oktober|okt|10)\b(?!.*\b30 (?:september|sept?|0?9)\b)")
"""``am 1.10.`` without the end of the year that begins then."""
_TIMES = frozenset(("einmal", "zweimal", "dreimal", "mehrmals", "mehrfach", "erneut", "wiederholt"))
_IN_BASE_YEAR = re.compile(
    r"\b(?:im|in|des|aus|from|in the)\s+(?:dem\s+)?(?:basis|bezugs|referenz|ausgangs)jahr", re.IGNORECASE
)
"""``Plätze im Basisjahr`` are what others are compared with."""
_COMPARED = re.compile(
    r"[\s,;(]*\b(?:gegenüber|ggü\.?|verglichen mit|im vergleich (?:zu|mit)|above|over|"
    r"compared (?:to|with)|versus|vs\.?|basis(?:jahr)?|bezugsjahr|referenzjahr|"
    r"base(?:line)?(?: year)?)\s*:?\s*"
    r"(?:(?:dem|zum|the|stand|jahr|basisjahr|bezugsjahr|referenzjahr|base(?:line)?|year|von|in|of)\s+)*"
    r"\(?(?P<year>(?:19|20)\d{2})\b[\s)]*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_ELLIPSIS = re.compile(r"(\w{3,})-\s*(?:/|,|und|oder|u\.|od\.|bzw\.)\s*(\w{5,})", re.IGNORECASE)
"""``Ausbildungs-/Lehrverträge``: the first word ends as the second does."""
_SHORTENED = re.compile(r"(?<!\w)([^\W\d_]+)\.(?!\d)([^\W\d_]*)")
"""``abgeschl.``, ``Prakt.plätze``."""
_INITIAL = re.compile(r"\b([A-ZÄÖÜ])-([A-ZÄÖÜ]?[a-zäöüß]{4,})")
"""``Q-Standard``."""
_NO = re.compile(r"[,;]?\s*\b0\s*=\s*(?:nein|no)\b", re.IGNORECASE)
"""``1 = ja, 0 = nein``: the second says what the first does."""
_MORE = re.compile(r"\b(?:mehr|weniger|gegenüber|als)\b", re.IGNORECASE)
_OF_LAW = re.compile(
    r"(?:(?:gem(?:äß|\.)|nach|laut|i\.\s?S\.\s?d\.)\s+)?§+\s*\d+\w*(?:\s*(?:SGB\s*[IVX]+|BBiG|HwO))?"
)
_GEMELDETE = "gemeldete"
_PART = re.compile(r"(?:davon|darunter|of these)\s+", re.IGNORECASE)
_OF_REPORTING = frozenset(
    ("stichtag", "stand", "jeweils", "bzw", "beziehungsweise", "od", "jahr", "jahres", "year")
)
"""Words about the reference date and words that join; they say nothing by themselves."""
_CONTRACT = frozenset(("contract",))
_CLAUSE = re.compile(r"[,;:()]|\s[–-]\s")
_JOINERS = frozenset(("zum", "zur", "der", "des", "fuer", "und", "oder", "von"))
_SHORTEST_PREFIX, _LONGEST_JOINING = 4, 4
_LONGEST_TEXT = 160
_OF_UNIT: dict[str, frozenset[str]] = defaultdict(frozenset)
for _word, _unit in UNIT_OF_WORD.items():
    _OF_UNIT[_unit] |= concepts_of(_word)
_OF_UNIT["persons"] |= {"person", "applicant"}
_OF_UNIT["mentors"] |= {"person"}
_OF_UNITS = frozenset().union(*_OF_UNIT.values())


class _Word(NamedTuple):
    """A word that says something, what it says, and whether one that only joins stands before it."""

    text: str
    stated: Concepts
    is_joined: bool


@dataclass(slots=True)
class _Known:
    """What the catalogue says of one indicator."""

    code: str
    period: str
    unit: Concepts
    measure: tuple[str, ...] = ()
    is_registered: bool = False
    """Only the agency is asked for it: what it counts is registered with it."""
    names: list[Concepts] = field(default_factory=list)
    explained: set[str] = field(default_factory=set)
    clauses: list[list[_Word]] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    base_years: set[str] = field(default_factory=set)


class Statements:
    """Finds the indicator that a text names, for one vocabulary."""

    def __init__(self, indicators: Iterable[IndicatorTerm]) -> None:
        self._known = [_known_of(term, INDICATOR_SYNONYMS.get(term.code, ())) for term in indicators]
        self._explained = frozenset().union(*(known.explained for known in self._known), SETTLED_AWAY)

    def indicator(self, text: str, subject: Concepts = frozenset()) -> str:
        """The code of the only indicator the text names; empty if none, or more than one, fits.

        ``subject``: what titles say, so that the text need not.
        """
        text = _NO.sub("", tidy(text).replace("…", " ").replace("...", " "))
        if not text or len(text) > _LONGEST_TEXT:
            return ""
        base = _COMPARED.search(text)
        if _IN_BASE_YEAR.search(text) and not _MORE.search(text):
            return ""
        text = _OF_LAW.sub(" ", _COMPARED.sub(" ", text) if base else text)
        if self._has_foreign_word(text, subject):
            return ""
        fits = [
            known.code
            for known in self._known
            if (base is None or base["year"] in known.base_years) and _fit(text, known, subject)
        ]
        return fits[0] if len(fits) == 1 else ""

    def _has_foreign_word(self, text: str, subject: Concepts) -> bool:
        """Whether a word says what no indicator explains, so that there is no need to try them one by one.

        Most labels are names of occupations or of places. Abbreviations and English phrases are words only
        once they are written out, so their texts are always tried.
        """
        if _SHORTENED.search(text) or _INITIAL.search(text) or has_phrase(fold(text)):
            return False
        counted = text.partition(":")[2].strip() or text
        return any(
            not word.stated <= self._explained | subject
            for clause in _clauses_of(_ELLIPSIS.sub(r"\2", _PART.sub("", counted)))
            for word in clause
            if not word.text.startswith(_GEMELDETE)
        )

    def without_base_year(self, text: str) -> str:
        """The text without what it says of its indicator's base year (``gegenüber 2014``)."""
        base = _COMPARED.search(tidy(text))
        if base is None:
            return text
        bare = f"{tidy(text)[: base.start()]} {tidy(text)[base.end() :]}".strip()
        code = self.indicator(_YEAR.sub(" ", bare))
        is_own = any(known.code == code and base["year"] in known.base_years for known in self._known)
        return bare if is_own else text


@lru_cache(maxsize=8)
def statements_of(indicators: tuple[IndicatorTerm, ...]) -> Statements:
    """The same for every file that is read with this vocabulary."""
    return Statements(indicators)


def _known_of(term: IndicatorTerm, synonyms: tuple[str, ...]) -> _Known:
    measure = tuple(map(fold, term.measure))
    known = _Known(term.code, term.period, _OF_UNIT[term.unit], measure, term.asked_of == ("agency",))
    for name in (*term.names, *synonyms):
        bare = _PART.sub("", name, count=1) if _PART.match(name) else name
        known.names += [concepts_of(_without_days(fold(text))) for text in {name, bare}]
    for text in (*term.names, *synonyms, *term.definitions):
        clauses = _clauses_of(text)
        known.clauses += clauses
        known.explained |= {concept for clause in clauses for word in clause for concept in word.stated}
        known.explained |= concepts_of(text)
        known.words |= set(fold(text).split())
    known.explained |= known.unit
    if term.period == AFTER_30_SEPTEMBER and "agency" not in term.asked_of:
        known.explained |= {"unplaced", "matching"}  # all that is done after 30 September is done for them
    known.base_years = {year for text in term.definitions for year in _YEAR.findall(text)}
    known.names = [name for name in known.names if name]
    return known


def _clauses_of(text: str) -> list[list[_Word]]:
    """The words of a text that say something, clause by clause."""
    clauses: list[list[_Word]] = []
    for clause in _CLAUSE.split(text):
        words: list[_Word] = []
        is_joined = False
        for word, stated in spoken(_without_days(fold(clause))):
            if stated and word not in _OF_REPORTING:
                words.append(_Word(word, stated, is_joined))
            is_joined = not stated
        clauses.append(words)
    return [words for words in clauses if words]


def _without_days(key: str) -> str:
    return DAY_IN_NAME.sub(" ", key)


def has_own_days(key: str, period: str) -> bool:
    """Whether every day a folded text names is that on which the indicator's period ends.

    What is done after 30 September is called by this day, too.
    """
    if _BEGINNING_ALONE.search(key):
        return False
    return all(
        period == AFTER_30_SEPTEMBER
        if _AFTER_DAY.search(key[: day.start()])
        else period in ((MARKET_YEAR, ON_30_SEPTEMBER) if day["sep"] else (ON_31_DECEMBER,))
        for day in DAY_IN_NAME.finditer(key)
    )


def _fit(text: str, known: _Known, subject: Concepts) -> bool:
    """Whether a text names the indicator, and says nothing more."""
    text = _without_measure(text, known)
    text = _INITIAL.sub(lambda match: _with_initial(match, known), text)
    text = _ELLIPSIS.sub(_written_out, _SHORTENED.sub(lambda match: _spelt_out(match, known), text))
    if known.period == AFTER_30_SEPTEMBER:
        text = _PART.sub("", text, count=1) if _PART.match(text) else text
    if not has_own_days(fold(text), known.period):
        return False
    clauses = _clauses_of(text)
    if known.is_registered and not any("gemeldet" in name for name in known.names):
        clauses = [[each for each in clause if not each.text.startswith(_GEMELDETE)] for clause in clauses]
    found = settled({concept for clause in clauses for word in clause for concept in word.stated})
    if known.period == MARKET_YEAR and _are_contracts_of_day(text, clauses):
        found |= {"new"}
    named = [name for name in known.names if name <= found | subject and name & found]
    return (
        bool(named)
        and found <= known.explained | subject
        and all(_is_kept(clause, known, max(named, key=len)) for clause in clauses)
    )


def _are_contracts_of_day(text: str, clauses: list[list[_Word]]) -> bool:
    """``Lehrverträge (30.9.)``: what is counted on this day are those concluded by then; the stock is not."""
    words = [word for clause in clauses for word in clause]
    is_of_day = any(day["sep"] for day in DAY_IN_NAME.finditer(fold(text)))
    return is_of_day and bool(words) and all(word.stated == _CONTRACT for word in words)


def _is_kept(clause: list[_Word], known: _Known, name: Concepts) -> bool:
    """Whether what restricts, or counts something else, stands in the catalogue's words as it does here."""
    for place, word in enumerate(clause):
        if word.stated <= name:
            continue
        if lexicon.is_narrowing(word.text) or word.text in _TIMES:
            return _is_end_of_clause(clause[place:], known.clauses)
        if word.stated & (_OF_UNITS - known.unit) and not (
            word.is_joined and place and _stand_together(clause[place - 1 : place + 1], known.clauses)
        ):
            return False
    return True


def _is_end_of_clause(words: list[_Word], clauses: list[list[_Word]]) -> bool:
    """Whether the words end a clause of the catalogue; one word alone has to be all of it."""
    return any(
        _are_alike(clause[-len(words) :], words)
        for clause in clauses
        if len(clause) >= len(words) > 1 or len(clause) == len(words)
    )


def _stand_together(words: list[_Word], clauses: list[list[_Word]]) -> bool:
    return any(
        _are_alike(clause[place : place + len(words)], words)
        for clause in clauses
        for place in range(len(clause) - len(words) + 1)
    )


def _are_alike(some: list[_Word], others: list[_Word]) -> bool:
    return len(some) == len(others) and all(
        bool(one.stated & other.stated) for one, other in zip(some, others, strict=True)
    )


def _without_measure(text: str, known: _Known) -> str:
    """``Berufseinstiegsbegleitung: begleitete Schüler`` names the measure before what is counted."""
    before, colon, after = text.partition(":")
    return after.strip() if colon and after.strip() and fold(before) in known.measure else text


def _written_out(match: re.Match[str]) -> str:
    """``Lehrverträge`` alone, where the first word with the end of the second says the same."""
    return match[2] if _end_alike(match[1], match[2]) else match[0]


@lru_cache(maxsize=4096)
def _end_alike(first: str, second: str) -> bool:
    """Whether the first word with some end of the second says what the second does."""
    stated = concepts_of(second)
    return any(concepts_of(f"{first}{second[start:]}") == stated for start in range(1, len(second) - 3))


def _with_initial(match: re.Match[str], known: _Known) -> str:
    """The word of the indicator's own texts that begins with the letter and ends with the rest."""
    start, end = fold(match[1])[:1], fold(match[2])
    meant = {word for word in known.words if word.startswith(start) and word.endswith(end) and word != end}
    return min(meant) if len({concepts_of(word) for word in meant}) == 1 else match[0]


def _spelt_out(match: re.Match[str], known: _Known) -> str:
    """An abbreviation as the word of the indicator's own texts that it abbreviates, if it is only one's."""
    start, end = fold(match[1]), fold(match[2])
    if not end and len(start) < _SHORTEST_PREFIX:
        words = known.words | _JOINERS
        meant = {word for word in words if word.startswith(start) and len(word) <= _LONGEST_JOINING}
    else:
        meant = {
            word
            for word in known.words
            if word.startswith(start) and word.endswith(end) and len(word) > len(start) + len(end)
        }
    silent = {word for word in meant if not concepts_of(word)}  # "angeb." rather offered than an offer
    meant = silent or meant
    return f" {min(meant)} " if len({concepts_of(word) for word in meant}) == 1 else match[0]
