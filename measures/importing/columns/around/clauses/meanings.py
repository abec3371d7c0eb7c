"""Which indicators the words of a clause mean: by names, measures and units, or by a column's heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from measures.importing.columns.around.clauses import words
from measures.importing.columns.around.label_columns import LabelColumns
from measures.importing.layout.grid import UNIT_OF_WORD
from measures.importing.text import lexicon
from measures.importing.text.folding import fold
from measures.importing.text.periods import AFTER_30_SEPTEMBER
from measures.importing.text.terms.concepts import concepts_of
from measures.importing.text.terms.titles import indicator_stated
from measures.importing.text.units import UNIT_COUNTED_AS

if TYPE_CHECKING:
    from measures.importing.columns.plan import ValueColumn


class Meanings(LabelColumns):
    """What words of a clause stand for among the indicators of the table and the catalogue."""

    def own_codes(self) -> set[str]:
        return {term.code for term in self.own.terms}

    def meant_by_all(self, text: str) -> set[str]:
        """The indicators that words mean, each of several joined by ``und``; none if one is unknown."""
        found: set[str] = set()
        for phrase in words.AND.split(words.OF_SUBJECT.sub("", text.strip(" :=–-")).strip("„“”\"'»«")):
            if not phrase:
                continue
            meant = self.meant(phrase)
            if not meant:
                return set()
            found |= meant
        return found

    def headed(self, phrase: str) -> list[ValueColumn]:
        """The columns of values that have these words for a heading."""
        return [value for value in self.plan.values if fold(value.heading.text) == fold(phrase)]

    def meant(self, phrase: str) -> set[str]:
        """Those of the table, or of the catalogue, whose name, measure or unit says what the words do."""
        heads = {value.heading.meaning.get("indicator", "") for value in self.headed(phrase)}
        if len(heads - {""}) == 1:
            return heads
        stated, concepts = indicator_stated(phrase, self.names), concepts_of(phrase)
        if not stated and any(map(lexicon.is_narrowing, fold(phrase).split())):
            return set()  # "davon" stands in a name of the catalogue
        unit = UNIT_OF_WORD.get(fold(phrase), "")
        everything = [*self.names.indicators.values()]
        for terms in (self.own.terms, everything):
            codes = {term.code for term in terms}
            if stated in codes:
                return {stated}
            counted = {
                term.code for term in terms if unit and unit in (term.unit, UNIT_COUNTED_AS.get(term.unit))
            }
            found = counted or {
                term.code
                for term in terms
                if concepts
                and not _counts_others(phrase, term.unit)
                and any(concepts <= concepts_of(name) for name in (*term.names, *term.measure))
            }
            if found:
                return found
        if concepts == {"matching"}:
            return {term.code for term in everything if term.period == AFTER_30_SEPTEMBER}
        return set()

    def measured(self, text: str) -> set[str]:
        """The indicators of a measure whose whole name a text has, beside words of beginning only."""
        for term in self.names.indicators.values():
            for name in term.measure:
                key = fold(name)
                if len(key.split()) > 1 and key in fold(text):
                    others = fold(text).replace(key, " ").split()
                    if set(others) <= words.EXISTING | words.LEADING_HISTORY:
                        return {term.code}
        return set()


def _counts_others(phrase: str, unit: str) -> bool:
    """``Teilnehmende EQ`` counts persons, although the name of the places has the word."""
    counted = {UNIT_OF_WORD[word] for word in fold(phrase).split() if word in UNIT_OF_WORD}
    return not counted <= {unit, UNIT_COUNTED_AS.get(unit)}
