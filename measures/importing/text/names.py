"""Names in spreadsheets and the codes they stand for. Exact after normalisation; similarity only suggests."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from rapidfuzz import fuzz, process

from measures.importing.text import synonyms
from measures.importing.text.folding import fold, stem, tidy, with_broken_words, without_participle
from measures.importing.text.terms.asked import asked_for, counts_others
from measures.importing.text.terms.concepts import concepts_of, is_joining
from measures.importing.text.terms.groups import groups_called
from measures.importing.text.terms.keys import answer_keys, chamber_key
from measures.importing.text.terms.known_names import known_names
from measures.importing.text.terms.organisations.abbreviated import abbreviations_of
from measures.importing.text.terms.organisations.parts_of_names import one_called, parts_of_names
from measures.importing.text.terms.statements import DAY_IN_NAME, has_own_days, statements_of
from measures.importing.vocabulary import COUNTRY, TOTAL, UNASSIGNED, Answers, IndicatorTerm, Vocabulary

if TYPE_CHECKING:
    from measures.importing.text.terms.concepts import Concepts

_LAND = re.compile(
    r"^(?:(?:bundes)?land|freistaat|(?:freie (?:und )?)?hansestadt) (?P<after>.+)$"
    r"|^(?P<before>.+) (?:land|freistaat|hansestadt|insg)$"
)
_AREA_CODE = re.compile(r"^(\d{1,12})(?:\s+|$)(.*)$")
_TOTAL_OF = re.compile(
    rf"^(?:(?:{'|'.join(synonyms.SUM_WORDS_BEFORE_NAMES)})\b[\s:]*(?P<after>.*)"
    rf"|(?P<before>.+)\s(?:{'|'.join(synonyms.SUM_WORDS_AFTER_NAMES)}|(?P<pivot>ergebnis)))$",
    re.IGNORECASE,
)
_FILLING = {"der", "die", "ueber", "und"}
_GENERIC = {
    *_FILLING,
    *("aller", "alle", "kammer", "kammern", "handwerkskammern", "industrie"),
    *("handelskammern", "ihk", "ihks", "hwk", "hwks", "laender", "bundeslaender", "organisationen"),
    *("partner", "land", "bundesland", "bezirk", "bezirke", "kammerbezirk", "kammerbezirke", "landesweit"),
}
_LONGEST_NAME = 300
"""More is no name of anything. A name is looked up piece by piece, each piece by a call within the last."""
_YEAR = re.compile(r"(?:19|20)\d{2}")
_ORDINAL = re.compile(r"\d{1,2}\.")  # "1." numbers a row, a quarter or a year of training
_NAMED_TWICE = re.compile(r"^(.{2,}?)(?:\s*\((.+)\)|\s[–/-]\s(.+)|,\s(\S+)|,?\s+e\.\s?V\.)$")
_SUGGEST_FROM, _SHORTEST_WITHIN = 75, 4
_MOST_SUGGESTED = 2_000
"""Names without a match for which similar ones are looked for: a list of strangers must not cost minutes."""
_LAND_DIGITS, _DISTRICT_DIGITS = 2, 5


class Unknown(NamedTuple):
    """A name that stands for nothing known, and what it resembles."""

    text: str
    candidates: tuple[Candidate, ...] = ()


class Candidate(NamedTuple):
    """``score`` of 100: the name stands for this one too."""

    code: str
    label: str
    score: int


def _land_of(digits: str) -> tuple[str, str]:
    """The Land and the rest of an area's key; an odd number of digits has lost its leading zero."""
    whole = digits.zfill(len(digits) + (len(digits) not in (5, 8, 9, 12)))
    return whole[:_LAND_DIGITS], whole[_LAND_DIGITS:].strip("0")


class NameIndex:
    """Codes by name, for one reading."""

    def __init__(self, vocabulary: Vocabulary, answers: Answers | None = None) -> None:
        self.vocabulary = vocabulary
        self.indicators: dict[str, IndicatorTerm] = {term.code: term for term in vocabulary.indicators}
        self.organisations = {term.code: term for term in vocabulary.organisations}
        self.laender = {term.region: term.code for term in vocabulary.organisations if term.kind == "land"}
        self.regions = {term.code for term in vocabulary.regions}
        self.occupations = {term.code: term.label for term in vocabulary.occupations}
        self.occupation_keys = {code: fold(label) for code, label in self.occupations.items()}
        self.answers = {
            kind: {key: code for text, code in given.items() for key in answer_keys(kind, text)}
            for kind, given in (answers.names if answers else {}).items()
        }
        self.first_day = 0
        """The day from which the workbook's day numbers count; 0: its numbers are none."""
        known = known_names(vocabulary)
        self._keys = defaultdict(dict, {kind: dict(keys) for kind, keys in known.keys.items()})
        self._labels = defaultdict(dict, known.labels)
        self._concepts = known.concepts
        self._folded, self._stems, self._ordered = known.folded, known.stems, known.ordered
        self._codes: dict[tuple[str, str], str | tuple[str, ...]] = {}
        self._cache: dict[tuple[str, str], str | Unknown] = {}
        self.read_texts: dict[tuple[str, frozenset[str]], list[Any]] = {}
        """The parts of notes and covers, by text and the words that say nothing; for all tables."""
        self._within: dict[tuple[str, str], frozenset[str]] = {}
        self.statements = statements_of(vocabulary.indicators)
        self.abbreviations = abbreviations_of(vocabulary.organisations)
        self.parts_of_names = parts_of_names(vocabulary.organisations)
        self._suggested = 0

    def learn(self, kind: str, key: str, code: str) -> None:
        """Take over a legend of the file itself (``K01`` = ``IHK Aachen``)."""
        self._keys[kind][fold(key)] = {code}
        self._codes.clear()
        self._cache.clear()
        self.read_texts.clear()
        self._stems, self._ordered = {}, {}  # those so far are shared with other readings
        self._within.clear()

    def exact(self, kind: str, text: str) -> str | None:
        """The code for a name, or None; nothing is guessed."""
        found = self._code(kind, text)
        return found if isinstance(found, str) else None

    def resolve(self, kind: str, text: str) -> str | Unknown:
        known = self._cache.get((kind, text))
        if known is None:
            found = self._code(kind, text)
            known = found if isinstance(found, str) else self._unknown(kind, tidy(text), found)
            self._cache[kind, text] = known
        return known

    def _unknown(self, kind: str, text: str, ambiguous: tuple[str, ...]) -> Unknown:
        bare = without_participle(text)[0] if kind == "target_group" else text
        if ambiguous:
            return Unknown(text, tuple(Candidate(code, self.label(kind, code), 100) for code in ambiguous))
        return Unknown(text, self.candidates(kind, bare))

    def answered(self, kind: str, text: str) -> str:
        """The code a person gave for a name; spaces, case and punctuation do not matter."""
        given = self.answers.get(kind)
        if not given:
            return ""
        return next((given[key] for key in answer_keys(kind, text) if key in given), "")

    def label(self, kind: str, code: str) -> str:
        return next((label for label, owner in self._labels[kind].items() if owner == code), code)

    def _code(self, kind: str, text: str) -> str | tuple[str, ...]:
        """The code for a name, or all it may stand for; what it merely resembles costs more."""
        if len(text) > _LONGEST_NAME or (kind in ("occupation", "region") and _ORDINAL.fullmatch(text)):
            return ()
        known = self._codes.get((kind, text))
        if known is None:
            known = self._codes[kind, text] = self._look_up(kind, tidy(text))
        return known

    def _look_up(self, kind: str, text: str) -> str | tuple[str, ...]:
        if answer := self.answered(kind, text):
            return answer
        if text in (TOTAL, UNASSIGNED):
            return text
        keys = self._keys[kind]
        bare = without_participle(text)[0] if kind == "target_group" else text
        key = fold(bare)
        codes = keys.get(key) or (groups_called(bare, keys) if kind == "target_group" else None)
        if not codes and kind == "organisation":
            shortened = self.abbreviations.code(text) or self.parts_of_names.code(text)
            codes = keys.get(chamber_key(key)) or {shortened} - {""}
        if codes and len(codes) > 1 and kind == "organisation":
            codes = self._before_merging(codes)
        if not codes and kind == "indicator":
            codes = self._indicators_called(key) or {self.statements.indicator(text)} - {""}
            codes |= self._asked_for(text)
        if not codes and (joined := with_broken_words(bare)) != bare:
            return self._look_up(kind, joined)
        if codes and len(codes) == 1:
            return next(iter(codes))
        if kind == "region" and (code := self._coded_region(text) or self._named_land(key)):
            return code
        described = "" if codes else self._described(kind, bare)
        return described or (tuple(sorted(codes)) if codes else ())

    def _asked_for(self, question: str) -> set[str]:
        """The indicator of a question that counts what the indicator counts."""
        asked = asked_for(question)
        code = self.exact("indicator", asked.name) if asked else None
        return {code} if asked and code and asked.may_count(self.indicators[code].unit) else set()

    def _described(self, kind: str, text: str) -> str:
        """What stands for a name without being one: two names of one body, a total."""
        if kind not in ("organisation", "region"):
            return ""
        return (kind == "organisation" and self._called_twice(text)) or self._total_of(kind, text)

    def _called_twice(self, text: str) -> str:
        """``Bundesagentur für Arbeit (BA)``, ``DIHK e. V.``: a name and its short form, or its legal one."""
        found = _NAMED_TWICE.match(text)
        names = [part for part in found.groups() if part] if found else []
        laender = [self.laender.get(self.exact("region", name) or "", "") for name in names[1:]]
        codes = [self.exact("organisation", name) or "" for name in names]
        return one_called(codes, laender, self.organisations)

    def _total_of(self, kind: str, text: str) -> str:
        """``Summe der Kammern`` and ``Insgesamt (79 IHKs)`` are totals, ``NRW zusammen`` is the Land's."""
        found = _TOTAL_OF.match(text)
        if not found:
            return ""
        rest = found["after"] or found["before"] or ""
        words = fold(rest).split()
        if any(_YEAR.fullmatch(word) for word in words):
            return ""  # "Summe 2016" says its year, too
        if _FILLING.issuperset(words) and words:
            return ""  # "Insgesamt über" says over what elsewhere
        if all(word.isdigit() or word in _GENERIC for word in words):
            return TOTAL
        if found["pivot"] and kind == "organisation":
            return self.laender.get(
                self.exact("region", rest) or "", ""
            )  # a chamber's result may be anything
        return self.exact(kind, rest) or self.laender.get(self.exact("region", rest) or "", "")

    def _before_merging(self, codes: set[str]) -> set[str]:
        """A name that a merged chamber left to its successor is the merged chamber's."""
        heirs = {self.organisations[code].successor for code in codes if code in self.organisations}
        return codes - heirs or codes

    def _named_land(self, key: str) -> str:
        """``Land Bayern``, ``Bayern (Land)``."""
        found = _LAND.match(key)
        return (found and self.exact("region", found["after"] or found["before"])) or ""

    def _coded_region(self, text: str) -> str | None:
        """``05 Nordrhein-Westfalen``, ``05`` or ``05000000``; a lost leading zero counts beside the name."""
        found = _AREA_CODE.match(text)
        if not found:
            return None
        digits, name = found.groups()
        if len(digits) > _LAND_DIGITS:
            digits, rest = _land_of(digits)
            if rest:
                return None
        if not name:
            return COUNTRY if digits == "00" else digits if digits in self.regions else None
        if _AREA_CODE.match(name):
            return None  # a row of numbers is no region
        code = self.exact("region", name)
        if code in (COUNTRY, TOTAL):
            return COUNTRY if not digits.strip("0") else None
        return code if code == digits.zfill(2) else None

    def land_of_district(self, text: str) -> str:
        """The Land in which a district lies by its key (``01001 Flensburg``, with or without its zero)."""
        found = _AREA_CODE.match(tidy(text))
        if not found or len(found[1]) < _DISTRICT_DIGITS - 1:
            return ""
        land, rest = _land_of(found[1])
        return land if rest and land in self.regions else ""

    def candidates(self, kind: str, text: str) -> tuple[Candidate, ...]:
        """At most three that the text resembles, best first."""
        self._suggested += 1
        if self._suggested > _MOST_SUGGESTED:
            return ()
        labels = self._labels[kind]
        folded = self._folded.get(kind)
        if folded is None:
            folded = self._folded[kind] = {label: fold(label) for label in labels}
        found = process.extract(
            fold(text),
            folded,
            scorer=fuzz.WRatio,
            score_cutoff=_SUGGEST_FROM,
            limit=6,
        )
        best: dict[str, Candidate] = {}
        for _, score, label in found:
            code = labels[label]
            best.setdefault(code, Candidate(code, self.label(kind, code), round(score)))
        return tuple(list(best.values())[:3])

    def within(self, kind: str, text: str) -> frozenset[str]:
        """Codes whose name occurs as whole words in a longer text; longer names hide shorter ones."""
        known = self._within.get((kind, text))
        if known is None:
            known = self._within[kind, text] = self._find_within(kind, text)
        return known

    def _find_within(self, kind: str, text: str) -> frozenset[str]:
        padded = f" {fold(text)} "
        codes: set[str] = set()
        for key, code in self._longest_first(kind):
            if key in padded:
                padded = padded.replace(key, "  ")
                codes.add(code)
        return frozenset(codes - {TOTAL, UNASSIGNED})

    def _longest_first(self, kind: str) -> list[tuple[str, str]]:
        """The names of one code each, as whole words; short ones mislead and are left out."""
        ordered = self._ordered.get(kind)
        if ordered is None:
            ordered = self._ordered[kind] = [
                (f" {key} ", next(iter(owners)))
                for key, owners in sorted(self._keys[kind].items(), key=lambda item: -len(item[0]))
                if len(key) >= _SHORTEST_WITHIN and len(owners) == 1
            ]
        return ordered

    def indicators_with(self, concepts: Concepts) -> set[str]:
        """All indicators one of whose names says just this."""
        return set(self._concepts.get(concepts, ())) if concepts else set()

    def _indicators_called(self, key: str) -> set[str]:
        """The same of a folded name; a day in it has to be the indicator's own."""
        codes = self.indicators_with(concepts_of(DAY_IN_NAME.sub(" ", key)))
        dated = [code for code in codes if has_own_days(key, self.indicators[code].period)]
        return {code for code in dated if not counts_others(key, self.indicators[code].unit)}

    def codes_named(self, kind: str, key: str) -> set[str]:
        """All codes a folded name may stand for."""
        codes = self._keys[kind].get(key)
        if not codes and kind == "organisation":
            codes = self._keys[kind].get(chamber_key(key))
        return set(codes or ())

    def codes_inflected(self, kind: str, key: str) -> set[str]:
        """All codes whose names differ from a folded name by endings alone (``Plätzen EQ``)."""
        stems = self._stems.get(kind)
        if stems is None:
            stems = defaultdict(set)
            for name, codes in self._keys[kind].items():
                stems[" ".join(map(stem, name.split()))] |= codes
            self._stems[kind] = stems
        words = key.split()
        if found := stems.get(" ".join(map(stem, words))):
            return set(found)
        if kind != "indicator" or is_joining(words[0]) or is_joining(words[-1]):
            return set()
        return self._indicators_called(key)

    def codes_within(self, kind: str, text: str) -> set[str]:
        """Short names such as BA or BFB, written exactly so, as words of a text."""
        words = set(re.findall(r"[\w.]+(?:-[\w]+)*", text))
        if kind == "organisation":
            return words & set(self.organisations)
        return set()

    def is_total(self, text: str) -> bool:
        return TOTAL in self._keys["organisation"].get(fold(text), ())

    def is_unassigned(self, text: str) -> bool:
        return UNASSIGNED in self._keys["occupation"].get(fold(text), ())
