"""Periods that texts around a table may name: of its indicators and years, and the dates of the paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.text import lexicon
from measures.importing.text.folding import fold
from measures.importing.text.letters import senders
from measures.importing.text.neutral.office_lines import is_touched
from measures.importing.text.neutral.places import dates_paper, is_day_of_handing_over, names_paper
from measures.importing.text.periods import (
    AFTER_30_SEPTEMBER,
    DAY,
    PART,
    SEASON,
    SPAN,
    YEAR,
    covered,
    periods_in,
    year_meant,
)
from measures.importing.text.wording import is_aside

if TYPE_CHECKING:
    from measures.importing.columns.around.facts import Facts
    from measures.importing.columns.around.sources import Source
    from measures.importing.columns.plan import Plan
    from measures.importing.text.names import NameIndex
    from measures.importing.text.periods import Period

_ANY_YEAR = 2016
_FEWEST_OF_SERIES = 3
BEGINNING = (["ab"], ["seit"], ["from"], ["since"])
"""Words before the first day of a period."""
_ADDED = re.compile(
    r"\b(?:einschl\w*\.?|inkl\w*\.?|zuzüglich|zzgl\.?|samt|including|plus(?!\s*=))\s[^;.:()]*$", re.IGNORECASE
)
"""Before another year: its figures are in those of the table, too."""
_BESIDE = re.compile(r"\b(?:nach|vor|seit|after|before|since)\s+(?:(?:dem|den|the)\s+)?$", re.IGNORECASE)
_UP_TO = re.compile(r"\s*(?:bis(?:\s+zum)?|to|until|[–—-])\s*", re.IGNORECASE)
_OF_FIGURES = re.compile(
    r"\b(?:zahlen|werte|angaben|daten|meldung(?:en)?|plätze|ergebnisse|figures|data|kopie|abschrift|übernommen|übernahme|fortgeschrieben)\b"
    r"(?![^.;:]*\b(?:gegenüber|vergl\w*|verglichen|vorjahr\w*|veränder\w*|unterschied\w*|revision|korrigiert|siehe|vgl)\b)[^.;:]*"
    r"\b(?:für|aus|von|betreffen|umfassen|auf|for|from|of)\s+(?:(?:das|dem|the)\s+)?(?:(?:berichts|kalender|melde)?jahre?\s+|year\s+)?$",
    re.IGNORECASE,
)
"""Before the year that figures are said to be of."""


def _is_whole_of_any_year(period: Period, kind: str) -> bool:
    """Whether months without a year are all of the indicator's period: ``Oktober bis Mitte Januar``."""
    return year_meant(period.within(_ANY_YEAR), kind) in (_ANY_YEAR, _ANY_YEAR + 1)


class ExpectedPeriods:
    """The periods of a table, by its indicators and by its years."""

    plan: Plan
    names: NameIndex
    facts: Facts
    kinds: set[str]
    """The kinds of period of the table's indicators."""

    def is_expected_period(self, source: Source, period: Period) -> bool:
        """Whether a period is one of the table's own years, or the date of its data."""
        before = source.text[: period.start]
        if period.form == YEAR and period.year not in self.years():
            is_added = _ADDED.search(before) or self._is_year_of_figures(source, before)
            return not is_added and not self._is_source_of_earlier_year(source, period)
        if period.form == DAY and self.is_beside_day(before):
            return False
        return not self._is_source_of_earlier_year(source, period) and self._is_of_table(source, period)

    def _is_of_table(self, source: Source, period: Period) -> bool:
        if self.plan.has_parts_of_year and period.form == PART and period.months is None:
            return True  # the quarters or months stand beside the year they add up to
        if period.form == YEAR or self._is_date_of_data(source, period) or self._begins(source, period):
            return True
        ends = {period.first.year, period.last.year} if period.first and period.last else set()
        if period.form in (SPAN, SEASON) and len(self.facts.years) > 1 and ends <= self.facts.years:
            return True  # the columns or rows are these years
        if period.form == PART and self._are_days_of_series(period):
            return True
        if period.last is None and period.months is not None and period.form in (DAY, PART):
            return self._is_of_any_year(period)
        return self._is_whole(period)

    def _are_days_of_series(self, period: Period) -> bool:
        """``30.09.2015 bis 30.09.2017`` over columns of these years: the own days of each."""
        first, last, years = period.first, period.last, self.facts.years
        if first is None or last is None or len(years) < _FEWEST_OF_SERIES:
            return False
        own = {covered(kind, year) for kind in self.kinds if kind for year in years}
        begins, ends = {begin for begin, _ in own}, {end for _, end in own}
        begins_right = first == min(ends) or (first == min(begins) and len(begins) == len(years))
        return bool(own) and begins_right and last == max(ends)

    def _is_year_of_figures(self, source: Source, before: str) -> bool:
        """``Die Zahlen wurden für 2015 ermittelt`` beside figures of 2016."""
        return bool(self.years()) and _OF_FIGURES.search(before) is not None and not is_aside(source.text)

    def is_beside_day(self, before: str) -> bool:
        """``Neuverträge nach dem`` before a day: of the time that follows, as only the placing is."""
        return _BESIDE.search(before) is not None and AFTER_30_SEPTEMBER not in self.kinds

    def _is_whole(self, period: Period) -> bool:
        """Whether a period that names its year, or whose year is that of the table, is the indicators'."""
        years = self.years()
        if len(years) == 1:
            (year,) = years
            return {year_meant(period.within(year), kind) for kind in self.kinds} == {year}
        return period.last is not None and {year_meant(period, kind) for kind in self.kinds} <= years

    def _is_source_of_earlier_year(self, source: Source, period: Period) -> bool:
        """``Quelle: Zahlen 2015`` below figures of 2016: a report is of its figures' year or a later one."""
        is_source = period.form == YEAR and fold(source.text).startswith(("quelle", "source"))
        return is_source and period.year is not None and all(period.year < year for year in self.years())

    def _is_of_any_year(self, period: Period) -> bool:
        """Whether a day or months without a year are those of the indicators."""
        if period.form == DAY:
            return period.months in self._own_days()
        return all(_is_whole_of_any_year(period, kind) for kind in self.kinds)

    def _opens_span(self, source: Source, period: Period) -> bool:
        """``1. Oktober bis 30. September``, of any year: all of the indicators' period."""
        firsts = {covered(kind, _ANY_YEAR)[0] for kind in self.kinds if kind}
        is_first = period.form == DAY and {(day.month, day.day) for day in firsts} == {period.months}
        up_to = _UP_TO.match(source.text[period.end :]) if is_first and period.last is None else None
        following = periods_in(source.text[period.end + up_to.end() :])[:1] if up_to else ()
        return any(day.start == 0 and day.form == DAY and day.months in self._own_days() for day in following)

    def _begins(self, source: Source, period: Period) -> bool:
        if self._opens_span(source, period):
            return True
        return self.is_beginning(period) and fold(source.text[: period.start]).split()[-1:] in BEGINNING

    def is_beginning(self, period: Period) -> bool:
        """``1. Oktober 2016`` of the placing: the first day of the period of all figures of the table."""
        firsts = {covered(kind, year)[0] for kind in self.kinds if kind for year in self.years()}
        if period.last is None and self.kinds == {AFTER_30_SEPTEMBER}:
            return {(first.month, first.day) for first in firsts} == {period.months}
        return period.form == DAY and period.last is not None and firsts == {period.last}

    def _own_days(self) -> set[tuple[int, int]]:
        """The last days of the indicators' periods; of the placing also those around its beginning."""
        if "" in self.kinds:
            return {(9, 30), (12, 31)}
        last_days = (covered(kind, _ANY_YEAR)[1] for kind in self.kinds)
        begins = {(9, 30), (10, 1)} if self.kinds == {AFTER_30_SEPTEMBER} else set()
        return {(last.month, last.day) for last in last_days} | begins

    def _is_date_of_data(self, source: Source, period: Period) -> bool:
        """``Stand: 31.01.2017`` says as of when the data are; before the period's end it is no whole year."""
        if period.last is None or period.form not in (DAY, PART):
            return False
        before = fold(source.text[: period.start])
        is_dated = f" {before}".endswith(tuple(f" {words}" for words in lexicon.words("dated")))
        last = before.split()[-1:] or [""]
        is_dated = is_dated or (last[0].endswith(("stand", "datum")) and not lexicon.is_narrowing(last[0]))
        is_paper = senders.is_of_sender(source.text) or senders.is_written(source.text, period.start)
        is_paper = is_paper or dates_paper(source.text[: period.start])
        before_it, behind_it = source.text[: period.start], source.text[period.end :]
        is_paper = is_paper or is_day_of_handing_over(before_it, behind_it) or is_touched(before_it)
        is_paper = is_paper or (period.form == DAY and names_paper(f"{before_it} {behind_it}"))
        if not (
            is_dated
            or is_paper
            or senders.is_signed(source.text)
            or self._is_town(source.text[: period.start])
            or not f"{before_it}{behind_it}".strip()  # a day alone, as programs print it
        ):
            return False
        return self.is_after_end(period)

    def is_after_end(self, period: Period) -> bool:
        """Whether a day is not before the end of the period of any figure of the table."""
        ends = [covered(kind, year)[1] for kind in self.kinds if kind for year in self.years()]
        return bool(ends) and period.last is not None and all(period.last >= end for end in ends)

    def _is_town(self, text: str) -> bool:
        """``Leipzig, 20.01.2017`` is where and when a letter was written."""
        town = text.rstrip(", ").rpartition(",")[2].strip()
        return any(self.names.exact("organisation", f"{kind} {town}") for kind in ("IHK", "HWK"))

    def years(self) -> set[int]:
        """The years of the table, by its columns, its rows or what holds for all of it."""
        constant = self.plan.constants.get("year", "")
        return self.facts.years | ({int(constant)} if constant else set())
