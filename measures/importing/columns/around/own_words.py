"""Words of the catalogue on the indicators of a table: who repeats them says nothing new.

``ohne Vertragsabschluss im Vorjahr`` is what *companies advised* are by definition, ``gegenüber 2014`` what
additional places are counted from; beside another indicator both would restrict it.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from measures.importing.text import wording
from measures.importing.text.folding import fold, stem
from measures.importing.text.periods import AFTER_30_SEPTEMBER, YEAR
from measures.importing.text.terms.abbreviations import is_short_for
from measures.importing.text.terms.answers import is_yes_or_no
from measures.importing.text.terms.concepts import concepts_of, is_joining
from measures.importing.text.terms.indicator_names import FIELD_WORDS, INDICATOR_SYNONYMS, LEGAL_BASES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from measures.importing.text.wording import Part
    from measures.importing.vocabulary import IndicatorTerm

_NOUN = re.compile(r"\b[A-ZÄÖÜ][\wäöüß-]+")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_COMPARING = frozenset(
    (
        *("gegenueber", "ggue", "verglichen", "vergleich", "mehr", "als", "ueber", "zu", "dem", "im", "mit"),
        *(
            "weniger",
            "unter",
            "minus",
            "plus",
            "minuszeichen",
            "vorzeichen",
            "negativ",
            "negative",
            "positive",
        ),
        *(
            "differenz",
            "saldo",
            "verhaeltnis",
            "unterschied",
            "veraenderung",
            "difference",
            "change",
            "zum",
            "jahr",
            "stand",
        ),
        *("zuwachs", "rueckgang", "zunahme", "abnahme", "bedeutet", "bedeuten", "werte", "wert", "plaetze"),
        *("above", "over", "below", "than", "more", "fewer", "compared", "to", "versus", "vs", "negative"),
    )
)
_BASE = frozenset(
    (
        *("basisjahr", "basis", "bezugsjahr", "referenzjahr", "vergleichsjahr", "ausgangsjahr"),
        *("vergleichsbasis", "ausgangsbasis", "ausgangswert", "baseline", "base", "year"),
    )
)
_NAMES_BASE = re.compile(
    r"(?:bezugs|basis|vergleichs|referenz|ausgangs)(?:jahr|wert|groesse|basis|niveau|punkt|stand|zeitpunkt)(?:e?s)?"
)
_ANSWERS = frozenset(("1", "0", "ja", "nein", "yes", "no"))
_IN_FORCE = (
    "gueltig",
    "geltend",
    "gilt",
    "vorhanden",
    "besteh",
    "beschlossen",
    "verabschiedet",
    "kraft",
    "force",
)
_DENYING = frozenset(("ohne", "nicht", "kein", "keine", "without", "not", "no"))
_SUBTITLE = re.compile(r"\s+[(–-]")
_FEWEST_REPEATED = 2
_FEWEST_OF_DEFINITION = 3
_SEASONS = frozenset(
    (
        *("herbst", "winter", "spaetherbst", "autumn"),
        *("aktion", "aktionen", "vermittlungsaktion", "vermittlungsaktionen"),
        *("5 quartal", "fuenftes quartal", "fuenfte quartal", "fuenften quartal", "fifth quarter"),
    )
)
"""What the placing after 30 September is, and when; the agency calls these months the fifth quarter."""
_SEVERAL_TIMES = re.compile(r"\b(?:mehrmals|mehrere an|several times|more than once)\b")


class OwnWords:
    """What the catalogue says on the indicators of a table; on several, what it says on each of them."""

    def __init__(self, terms: Sequence[IndicatorTerm], measures: Iterable[str]) -> None:
        self.terms = terms
        self.measures = frozenset(measures)
        """The names of all measures of the catalogue."""
        self._last: tuple[tuple[str, ...], list[range], set[int]] | None = None

    def are_source(self, part: Part) -> bool:
        """``Neuverträge (BIBB)``: whom the catalogue calls the source of each of the indicators."""
        sources = [set(fold(" ".join(term.sources)).split()) for term in self.terms]
        return part.text.isupper() and bool(sources) and all(fold(part.text) in words for words in sources)

    @cached_property
    def known(self) -> frozenset[str]:
        """Single words of the definitions: nouns, since ``bestehend`` alone is not what a definition says."""
        of_terms = [
            wording.words_known(_NOUN.findall(" ".join(_texts(term)))) | set(LEGAL_BASES.get(term.code, ()))
            for term in self.terms
        ]
        of_season = _SEASONS if {term.period for term in self.terms} == {AFTER_30_SEPTEMBER} else frozenset()
        return (frozenset.intersection(*of_terms) if of_terms else frozenset()) | of_season

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the indicators and their measures, that short forms can be of."""
        return tuple(
            name
            for term in self.terms
            for code in (term.code,)
            for name in (
                *term.names,
                *INDICATOR_SYNONYMS.get(code, ()),
                *FIELD_WORDS.get(code, ()),
                *term.measure,
            )
        )

    @cached_property
    def count_several_times(self) -> bool:
        """Whether by the definition of one of them somebody may be counted more than once."""
        return any(_SEVERAL_TIMES.search(text) for term in self.terms for text in term.definitions)

    @cached_property
    def _phrases(self) -> list[list[list[str]]]:
        return [
            [_contents(fold(text).split()) for text in (*term.measure, *_texts(term))] for term in self.terms
        ]

    @cached_property
    def _base_year(self) -> int | None:
        """The year that the definition of each of the indicators counts from."""
        years = [set(_YEAR.findall(" ".join(term.definitions))) for term in self.terms]
        common = set.intersection(*years) if years else set()
        return int(next(iter(common))) if len(common) == 1 else None

    @cached_property
    def is_yes_or_no(self) -> bool:
        """Whether the indicators say whether there is something, and count nothing."""
        return bool(self.terms) and all(map(is_yes_or_no, self.terms))

    def is_repeated(self, part: Part, parts: Sequence[Part]) -> bool:
        """Whether words stand beside others as they do in the catalogue."""
        if not self.terms:
            return False
        places, repeated = self._places_repeated(tuple(each.text for each in parts))
        own = [
            place
            for each, of_part in zip(parts, places, strict=True)
            if part.start <= each.start < part.end
            for place in of_part
        ]
        return bool(own) and repeated.issuperset(own)

    def _places_repeated(self, texts: tuple[str, ...]) -> tuple[list[range], set[int]]:
        """The places of the words of each part of a text, and of those repeated.

        Found once for a text, however many of its parts are asked about.
        """
        if self._last is None or self._last[0] != texts:
            words: list[str] = []
            places = []
            for text in texts:
                found = _contents(fold(text).split())
                places.append(range(len(words), len(words) + len(found)))
                words += found
            self._last = texts, places, self._repeated(words) | self._named_wholly(words)
        return self._last[1:]

    @cached_property
    def _longest_phrase(self) -> int:
        return max((len(phrase) for phrases in self._phrases for phrase in phrases), default=0)

    @cached_property
    def _measures_of_terms(self) -> list[list[str]]:
        return [_contents(fold(name).split()) for term in self.terms for name in term.measure]

    def _named_wholly(self, words: list[str]) -> set[int]:
        """The places of words that are the whole name of a measure of which the table has an indicator."""
        return {
            place
            for name in self._measures_of_terms
            for start in range(len(words) - len(name) + 1)
            if len(name) >= _FEWEST_REPEATED and words[start : start + len(name)] == name
            for place in range(start, start + len(name))
        }

    def _repeated(self, words: list[str]) -> set[int]:
        """The places of words that stand side by side in a text of each indicator, two at least."""
        found: set[int] = set()
        for start in range(len(words)):
            furthest = min(len(words), start + self._longest_phrase)
            for end in range(furthest, start + _FEWEST_REPEATED - 1, -1):
                run = words[start:end]
                if all(any(_holds(phrase, run) for phrase in phrases) for phrases in self._phrases):
                    found.update(range(start, end))
                    break
        return found

    def are_all_of_definition(self, parts: Sequence[Part]) -> bool:
        """Whether all open words of a sentence, three at least, stand in the definition of each indicator."""
        open_parts = [each for each in parts if each.kind in (wording.NARROWING, wording.UNKNOWN)]
        words = {_key(word) for each in open_parts for word in fold(each.text).split()}
        return len(words) >= _FEWEST_OF_DEFINITION and all(
            any(words <= set(phrase) for phrase in phrases) for phrases in self._phrases
        )

    def are_compared_with_base(self, part: Part, parts: Sequence[Part]) -> bool:
        """``gegenüber dem Basisjahr 2014`` of what is counted from 2014 by definition."""
        words = set(fold(part.text).split()) - {"="}
        bases = {word for word in words if word in _BASE or _NAMES_BASE.fullmatch(word)}
        if self._base_year is None or not words <= _COMPARING | bases:
            return False
        years = {each.period.year for each in parts if each.period is not None and each.period.form == YEAR}
        return self._base_year in years or (bool(bases) and not years)

    def are_legend(self, part: Part) -> bool:
        """``gültig (1 = ja, 0 = nein)`` of an indicator that is one or nought."""
        words = fold(part.text).split()
        return self.is_yes_or_no and all(word in _ANSWERS or word.startswith(_IN_FORCE) for word in words)

    def names_measure_within(self, text: str) -> bool:
        """Whether a text has the whole name of a measure that an indicator belongs to."""
        return bool(self._named_wholly(_contents(fold(text).split())))

    def names_measure(self, part: Part, parts: Sequence[Part]) -> bool:
        """A measure's name, or its short form, in a list of measures of which one is the table's own."""
        own = [name for term in self.terms for name in term.measure]
        others = [each.text for each in parts if each is not part]
        words = _contents(word for other in others for word in fold(other).split())
        bare = [_contents(fold(name.partition("(")[0]).split()) for name in own]
        is_own_named = any(name and _holds(words, name) for name in bare)
        return _is_of(part.text, own) or (
            _is_of(part.text, self.measures) and (is_own_named or any(_is_of(other, own) for other in others))
        )

    def is_measure_among(self, parts: Sequence[Part]) -> bool:
        """Whether words of a text are the name of a measure of which the table has an indicator.

        ``EQ-Plätze`` are counted in the measure; they do not say which it is.
        """
        own = [name for term in self.terms for name in term.measure]
        words = [stem(word) for each in parts for word in fold(each.text).split()]
        bare = [list(map(stem, fold(_SUBTITLE.split(name)[0]).split())) for name in own]
        return any(name and _holds(words, name) for name in bare) or any(
            _is_of(each.text, own) for each in parts if each.kind != wording.SILENT
        )


def _texts(term: IndicatorTerm) -> tuple[str, ...]:
    return (*term.definitions, *term.sources)


def _is_of(text: str, names: Iterable[str]) -> bool:
    key = fold(text)
    names = list(names)
    return any(key == fold(name) or key == fold(name.partition("(")[0]) for name in names) or is_short_for(
        text, names
    )


def _contents(words: Iterable[str]) -> list[str]:
    return [_key(word) for word in words if not is_joining(word)]


def _key(word: str) -> str:
    """What a word says: an Ausbildungsvertrag is a Vertragsabschluss."""
    concepts = concepts_of(word) - {"new"}
    return " ".join(sorted(concepts)) or stem(word)


def _holds(phrase: list[str], run: list[str]) -> bool:
    """Whether words stand side by side in a phrase, and not behind an ``ohne`` that they leave out."""
    places = [place for place in range(len(phrase) - len(run) + 1) if phrase[place : place + len(run)] == run]
    return any(place == 0 or phrase[place - 1] not in _DENYING for place in places)
