"""What kind of statement a clause beside a table is, held against what the table and the catalogue say.

A clause about the paper, about an indicator's own definition, period or day, about the quality of figures,
about rows that are printed, or about the history of a measure leaves the figures what they are. Words that
nobody knows keep their question unless the form of such a clause has a place for them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from measures.importing.addresses import column_number
from measures.importing.columns.around.clauses import forms, words
from measures.importing.columns.around.clauses.cutting import clauses_of
from measures.importing.columns.around.clauses.meanings import Meanings
from measures.importing.columns.around.facts import words_of_other_units
from measures.importing.columns.around.named_years import year_of_other_kind
from measures.importing.text import lexicon, wording
from measures.importing.text.folding import fold
from measures.importing.text.letters import choosing
from measures.importing.text.neutral import phrases
from measures.importing.text.periods import (
    DAY,
    PART,
    SINCE,
    YEAR,
    covered,
    periods_in,
    year_meant,
)
from measures.importing.text.quality import quality_in
from measures.importing.text.terms.abbreviations import is_short_for
from measures.importing.text.terms.titles import indicator_stated
from measures.importing.text.units import UNIT_OF_WORD

if TYPE_CHECKING:
    from measures.importing.columns.around.clauses.cutting import Clause
    from measures.importing.text.periods import Period
    from measures.importing.text.wording import Part


class Settled(NamedTuple):
    """The parts of a text, those silent that belong to settled clauses; ``left``: the text without these."""

    parts: list[Part]
    left: str


class ClauseKinds(Meanings):
    """Settles the clauses beside a table whose kind is known."""

    def settled_clauses(self, text: str, parts: list[Part], *, is_note: bool) -> Settled:
        """A note may also give the quality of figures; a title has that for the whole table."""
        clauses = _whole(list(clauses_of(text)), text, parts)
        left = text
        for clause in clauses:
            inside = [part for part in parts if clause.start <= part.start < clause.end]
            beside = [
                other.text for other in clauses if other is not clause and other.sentence == clause.sentence
            ]
            silent = self._states_nothing_new(clause, inside, beside, is_note=is_note)
            silent = silent or self._is_place_of_sender(clause, clauses, parts)
            if is_note and not silent and self._has_day_of_another(clause.text):
                parts = [part._replace(kind=wording.NARROWING) if part in inside else part for part in parts]
                continue
            if silent:
                parts = [
                    part._replace(kind=wording.SILENT, codes=(), period=None) if part in silent else part
                    for part in parts
                ]
            if silent and len(silent) == len(inside):
                left = left[: clause.start] + " " * (clause.end - clause.start) + left[clause.end :]
        return Settled(parts, left)

    def _is_place_of_sender(self, clause: Clause, clauses: list[Clause], parts: list[Part]) -> list[Part]:
        """``IHK NRW, Düsseldorf`` around rows that name their chambers: where the sender sits."""
        before = [other for other in clauses if other.end <= clause.start]
        inside, sender = (
            [part for part in parts if each and each.start <= part.start < each.end]
            for each in (clause, before[-1] if before else None)
        )
        is_of_sender = bool(sender) and all(part.kind in (wording.SILENT, wording.REGION) for part in sender)
        names_others = len(self.facts.organisations) > 1 or "organisation" in self.plan.roles
        is_place = is_of_sender and names_others and self._is_town(clause.text)
        return inside if is_place and len(inside) == 1 else []

    def _states_nothing_new(
        self, clause: Clause, inside: list[Part], beside: list[str], *, is_note: bool
    ) -> list[Part]:
        text = clause.text
        if any(part.kind == wording.FACTOR or _names_training(part) or _is_sign(part) for part in inside):
            return []
        if phrases.CALCULATING.search(text) or any(
            self.is_beside(part, text, clause.start) for part in inside
        ):
            return []
        if not is_note and any(
            part.kind in wording.NAMED and not self.is_expected_name(part) for part in inside
        ):
            return []
        if (
            self._is_of_own_period(text, beside)
            or self._is_still_there(text)
            or self._is_own_definition(text)
            or self._is_of_history(text)
            or self._began_in(text)
            or self._explains_short_form(text, inside)
            or self._is_of_other_column(text)
            or forms.is_of_rows_printed(text)
            or (is_note and self._takes_quality(text))
        ):
            return inside
        if forms.is_polite(text):
            return [
                part
                for part in inside
                if part.kind == wording.UNKNOWN or forms.belongs_to_politeness(part.text)
            ]
        return self._of_gathering(text, clause, inside)

    def _of_gathering(self, text: str, clause: Clause, inside: list[Part]) -> list[Part]:
        dates = [part for part in inside if part.period is not None and self._is_day_after_end(part.period)]
        for part in dates:
            start, end = part.start - clause.start, part.end - clause.start
            text = text[:start] + " " * (end - start) + text[end:]
        gathered = forms.is_of_gathering(text)
        if gathered is None:
            return []
        usual = {"unter", "per", "je"}
        return dates + [
            part
            for part in inside
            if (part.kind == wording.UNKNOWN or (part.kind == wording.NARROWING and fold(part.text) in usual))
            and set(fold(part.text).split()) <= {each for word in gathered for each in word.split()}
        ]

    def _is_day_after_end(self, period: Period) -> bool:
        is_short = period.form == DAY or (
            period.form == PART and period.months is not None and period.months[0] == period.months[1]
        )
        return is_short and self.is_after_end(period)

    def _is_of_own_period(self, text: str, beside: list[str]) -> bool:
        """``Nachvermittlung: Oktober 2017 bis Januar 2018``, ``Verträge zum 30.09., sonst Kalenderjahr``.

        Not ``Beratung: Betriebe 2016`` over consultations, which counts companies.
        """
        if words_of_other_units(self.units) & set(fold(text.partition(":")[2]).split()):
            return False
        periods = periods_in(text)
        if not periods and not words.BY_KIND_OF_YEAR.search(text):
            return False
        phrases = words.phrases(words.without(text, ((period.start, period.end) for period in periods)))
        silent = words.OTHERWISE | words.OF_ACTION | lexicon.words("silent")
        stated = [phrase for phrase in phrases if not set(fold(phrase).split()) <= silent]
        named = self._meant_by_phrases(phrases)
        if not named:
            others = {code for each in beside for code in self._named_in(each)}
            is_general = not stated and bool(others or words.OF_ACTION & set(fold(text).split()))
            named = self.own_codes() - others if is_general else set()
        kinds = {self.names.indicators[code].period for code in named if code in self.own_codes()}
        return (
            bool(kinds)
            and not year_of_other_kind(text, kinds)
            and all(self._is_own(period, kinds) for period in periods)
        )

    def _has_day_of_another(self, text: str) -> bool:
        """``EQ-Plätze zum 30.09.`` beside contracts, whose day it is."""
        periods = [period for period in periods_in(text) if period.form == DAY and period.last is None]
        named = self._named_in(text) & self.own_codes()
        kinds = {self.names.indicators[code].period for code in named}
        return bool(kinds) and not all(self._is_own(period, kinds) for period in periods)

    def _named_in(self, text: str) -> set[str]:
        """The indicators that another clause gives a period or a day of their own."""
        periods = periods_in(text)
        phrases = words.phrases(words.without(text, ((period.start, period.end) for period in periods)))
        return self._meant_by_phrases(phrases) if periods else set()

    def _meant_by_phrases(self, phrases: list[str]) -> set[str]:
        """What the only phrase that means indicators means; the others have to say nothing."""
        meant = [(phrase, codes) for phrase in phrases if (codes := self.meant_by_all(phrase))]
        others = [phrase for phrase in phrases if phrase not in {named for named, _ in meant}]
        is_clear = len(meant) == 1 and all(
            set(fold(phrase).split()) <= words.OTHERWISE | lexicon.words("silent") for phrase in others
        )
        return meant[0][1] if is_clear else set()

    def _is_own(self, period: Period, kinds: set[str]) -> bool:
        """Whether a period is all of that of indicators of these kinds, of a year of the table."""
        if period.form == YEAR:
            return period.year in self.years()
        if period.last is None and period.months is not None:
            if period.form == DAY:
                ends = {covered(kind, words.ANY_YEAR)[1] for kind in kinds}
                return {(end.month, end.day) for end in ends} == {period.months}
            meant = {year_meant(period.within(words.ANY_YEAR), kind) for kind in kinds}
            return meant <= {words.ANY_YEAR, words.ANY_YEAR + 1}
        return {year_meant(period, kind) for kind in kinds} <= self.years()

    def _is_still_there(self, text: str) -> bool:
        """``Verträge, die am 30.09. noch bestanden``: a stock is what there is on its day."""
        found = words.STILL_THERE.fullmatch(text)
        periods = periods_in(text)
        if not found or not periods:
            return False
        named = self.meant_by_all(found["subject"])
        kinds = {self.names.indicators[code].period for code in named}
        when = words.without(found["when"], ((each.start, each.end) for each in periods_in(found["when"])))
        return (
            bool(kinds)
            and kinds <= words.OF_CONTRACTS
            and all(period.form == DAY and self._is_own(period, kinds) for period in periods)
            and set(fold(when).split()) <= words.CONNECTING | {"jeweils", "noch", "jeweiligen"}
        )

    def _is_own_definition(self, text: str) -> bool:
        """``Gespräche = geführte Beratungen``: what the catalogue says of what is named."""
        if periods_in(text):
            return False
        framed = words.FRAME.sub(" ", text) if words.DEFINES.search(text) else ""
        if (
            framed
            and indicator_stated(" ".join(framed.replace(",", " ").split()), self.names) in self.own_codes()
        ):
            return True
        found = words.MEANS.fullmatch(text)
        if not found:
            return False
        named = self.meant_by_all(found["term"])
        stated = found["stated"]
        if named and self.meant_by_all(stated) == named:
            return True
        return bool(named) and any(
            indicator_stated(each, self.names) in named for each in (stated, f"{found['term']} {stated}")
        )

    def _is_of_history(self, text: str) -> bool:
        """``Die Woche der Ausbildung gibt es seit 2016``: since when there is a measure.

        Without a word for its beginning only of what is counted on a day: ``Beratungen seit 2012`` may be all
        those since then.
        """
        periods = periods_in(text)
        if len(periods) != 1 or "," in text:
            return False
        (period,) = periods
        rest = words.without(text, [(period.start, period.end)])
        stated = set(fold(rest).split())
        subject = " ".join(
            word
            for word in re.findall(r"[\w/-]+", rest)
            if fold(word) not in words.EXISTING | words.LEADING_HISTORY
        )
        is_since = period.form == SINCE or bool({"seit", "ab", "since"} & stated)
        is_reported = bool(words.HISTORY & stated)
        if not (is_since or is_reported) or fold(subject) in {fold(word) for word in UNIT_OF_WORD}:
            return False
        named = self.meant_by_all(subject) or self.measured(rest)
        if not named and is_reported and not subject and words.PROGRAMMES & stated:
            named = self.own_codes()
        if not named:
            return False
        return is_reported or {self.names.indicators[code].period for code in named} <= words.STOCKS

    def _began_in(self, text: str) -> bool:
        """``Woche der Ausbildung: erstmals 2016``: a remark on when there was the first of something."""
        found = words.FOR_THE_FIRST_TIME.fullmatch(text)
        return found is not None and bool(
            self.measured(found["subject"]) or self.meant_by_all(found["subject"])
        )

    def _explains_short_form(self, text: str, inside: list[Part]) -> bool:
        """``NV = Nachvermittlung``: spelt out, in words that restrict nothing."""
        found = forms.meaning_of_short_form(text)
        is_open = any(part.kind in (wording.NARROWING, wording.PERIOD, wording.STATUS) for part in inside)
        if (
            not found
            or is_open
            or words.JOINS_ANOTHER.search(found[1])
            or not is_short_for(found[0], [found[1]])
        ):
            return False
        return all(
            part.kind not in (wording.TARGET_GROUP, wording.INDICATOR) or self.is_expected_name(part)
            for part in inside
        )

    def _is_of_other_column(self, text: str) -> bool:
        """``Mitgliedsbetriebe am 1. Januar`` beside a column of that name, of which nothing is read."""
        read = {value.index for value in self.plan.values if not value.is_unclear} | set(
            self.plan.roles.values()
        )
        key = fold(text)
        return any(
            not self.meant_by_all(column.header)
            for column in self.plan.table.columns
            if column.header
            and key.startswith(f"{fold(column.header)} ")
            and column_number(column.letter) not in read
        )

    def _takes_quality(self, text: str) -> bool:
        """``Praktikumsplätze z. T. hochgerechnet``: the quality of some figures goes with them."""
        found = list(words.QUALITY.finditer(text))
        qualities = {
            "estimate" if fold(each[0]).startswith("hochgerechnet") else quality_in(each[0]) for each in found
        }
        if len(qualities) != 1:
            return False
        (quality,) = qualities
        rest = words.without(text, (each.span() for each in found))
        rest = words.PARTLY.sub(" ", rest)
        periods = periods_in(rest)
        if any(period.form != YEAR or period.year not in self.years() for period in periods):
            return False
        rest = words.without(rest, ((period.start, period.end) for period in periods))
        subject = " ".join(re.findall(r"[\w/-]+|,", rest)).strip(" ,")
        named = self.meant_by_all(words.without_ends(subject)) if subject else set()
        if not named and not set(fold(subject).split()) <= lexicon.words("silent") | lexicon.words(
            "note_words"
        ):
            return False
        years = {period.year for period in periods if period.year is not None} or {0}
        if quality:
            self.plan.status_of_figures.update(
                {(code, year): quality for code in named or {""} for year in years}
            )
        return True


def _whole(clauses: list[Clause], text: str, parts: list[Part]) -> list[Clause]:
    """Clauses that a name runs through (``EQ – angebotene Plätze``) as one."""
    found: list[Clause] = []
    for clause in clauses:
        if found and any(part.start < found[-1].end and clause.start < part.end for part in parts):
            last = found.pop()
            clause = last._replace(text=text[last.start : clause.end], end=clause.end)  # noqa: PLW2901
        found.append(clause)
    return found


def _is_sign(part: Part) -> bool:
    """``%``, which no clause explains."""
    return not any(map(str.isalnum, part.text))


def _names_training(part: Part) -> bool:
    return part.kind == wording.UNKNOWN and choosing.names_kind_of_training(part.text)
