"""The words around a table, each accounted for: used, saying nothing, or asked about.

Asked are words that narrow (``nur``, ``Ziel``), words nobody knows, periods that are not the indicator's
own, and places that contradict each other (the tab says 2016, the title 2015).
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from measures.importing.addresses import address, column_letters, column_number, place_of
from measures.importing.columns import constants
from measures.importing.columns.around.asides import asides_in_doubt
from measures.importing.columns.around.empty_columns import rows_among_headings, texts_over_nothing
from measures.importing.columns.around.facts import (
    chambers_contradicted,
    is_in_every_heading,
    spoken_for,
    words_of_other_units,
)
from measures.importing.columns.around.keys import groups_occupations, qualifies_labels
from measures.importing.columns.around.measures import (
    is_lone_short_form,
    is_of_placing,
    lacks_its_measure,
    names_placing,
    texts_around,
)
from measures.importing.columns.around.named_years import year_of_other_kind
from measures.importing.columns.around.notes import is_legend_or_rounding
from measures.importing.columns.around.own_words import OwnWords
from measures.importing.columns.around.sources import Source, groups_named, sources_of, years_differing
from measures.importing.columns.around.tabs import with_names_of_tabs
from measures.importing.columns.around.words_below import WordsBelow
from measures.importing.columns.chapters import chapters_of, terms_below
from measures.importing.columns.plan import Constant
from measures.importing.decisions import WORD, Decision, Subject, evidence
from measures.importing.layout.grid import role_of, shown
from measures.importing.problems import Question
from measures.importing.text import lexicon, wording
from measures.importing.text.folding import fold, split_marks, tidy
from measures.importing.text.letters import choosing
from measures.importing.text.periods import PART, YEAR, year_meant
from measures.importing.text.terms.restrictions import restricts_all
from measures.importing.text.terms.titles import is_within, spans_of_topic, spans_stating
from measures.importing.text.years import parse_year
from measures.importing.vocabulary import TOTAL, UNASSIGNED

if TYPE_CHECKING:
    from measures.importing.columns.plan import Plan, Surroundings
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.text.wording import Part

WORDING, PERIOD = "wording", "period"
NO_EFFECT, LEAVE_OUT = "none", "leave"
"""What a person may answer: the values hold as they stand, or the table is not to be read."""

_CHANGING = (wording.INDICATOR, wording.TARGET_GROUP, wording.PERIOD, wording.FACTOR, wording.STATUS)
"""Named among other words, these are not taken from a heading between the rows."""
_NAMING_PERIODS = ("year", "note", "quality", "key")
"""Columns whose headings name what their own cells are, not the figures."""
_MOST_TEXTS = 1_000
_DAMAGED = "\ufffd"
_FEW = 3
_REASONS = {"silent": "word_of_form", "period": "word_of_period", "asked": "word_unknown"}


class SurroundingWords(WordsBelow):
    """Goes through the words around one table and leaves questions in its plan."""

    def __init__(self, plan: Plan, grid: SheetGrid, around: Surroundings, answers: dict[str, str]) -> None:
        super().__init__(plan, grid)
        self.around = around
        self.answers = {fold(text) or text: answer for text, answer in answers.items()}
        self.known = self._known_words() - words_of_other_units(self.units)
        self.asked: set[str] = set()
        self.leaves_out = False

    def _known_words(self) -> frozenset[str]:
        terms = [self.names.indicators[code] for code in self._indicators()]
        owners = self.facts.organisations if len(self.facts.organisations) <= _FEW else set()
        owners = owners | {self.plan.constants.get("organisation", "")}
        known = self.names.organisations
        of_names = wording.words_known(
            [name for term in terms for name in (*term.names, *term.measure)]
            + [name for code in owners if code in known for name in known[code].names]
        )
        return (of_names - lexicon.words("halves_of_fields")) | self.own.known

    def _full_names(self) -> list[str]:
        owners = self.facts.organisations | {self.plan.constants.get("organisation", "")}
        known = self.names.organisations
        return [*self.own.names, *(name for code in owners if code in known for name in known[code].names)]

    def _indicators(self) -> set[str]:
        codes = self.facts.indicators | {self.plan.constants.get("indicator", "")}
        return codes & self.names.indicators.keys()

    def settle(self) -> None:
        self._look_at_contradictions()
        headings = [column.header for column in self.plan.table.columns if column.role != "ignore"]
        sources = sources_of(self.plan, self.grid, self.known, self.around.beside)
        sources = with_names_of_tabs(sources, headings, self._full_names())
        for source in sources:
            if source.cell and is_legend_or_rounding(source.text):
                self._keep_reasons(source, [])
            else:
                self._look_at(source)
        self._look_over_empty_columns()
        self._look_at_measures(sources)
        self._compare_places(sources)
        self._look_at_notes()
        self._look_at_comments()
        self._look_at_headings_of_labels()
        self._look_at_rows_among_headings()
        self._look_at_sections()
        self._look_at_unread_columns()
        self._look_at_asides()
        self._look_at_columns_of_months()
        self._look_at_damaged_headings()
        if self.leaves_out:
            self.plan.leave_out()

    def _look_at_contradictions(self) -> None:
        """Ask about columns whose heading names another unit, or what the rows name otherwise."""
        texts = texts_around(self.plan, self.grid)
        for value in self.plan.values:
            is_settled = value.is_unclear or value.is_given
            if not is_settled and (
                self.is_of_other_unit(value)
                or self.is_denied_by_rows(value)
                or lacks_its_measure(value, self.plan, self.grid, texts)
                or is_lone_short_form(value, self.plan)
                or self.words_against(value.heading.text)
                or self.counts_some(value.heading.text)
            ):
                value.is_unclear = True
                self._question("column", self._head(value.index), value.heading.text, value.offset)

    def _head(self, column: int) -> str:
        return address(self.plan.block.header[-1], column)

    def _look_at(self, source: Source) -> None:
        self._take_target_group(source)
        stated = spans_stating(source.text, self._indicators(), self.names)
        stated += spans_of_topic(source.text, self._indicators(), self.names)
        parts = [part for part in source.parts if not is_within(part, stated)]
        parts, left = self.settled_title(source, parts)
        self.take_region(source.text, parts)
        for part in parts:
            if part.period is not None and part.kind == wording.PERIOD:
                if not self.is_expected_period(source, part.period):
                    self._ask(PERIOD, source, part.period.text)
            elif part.kind in wording.NAMED:
                if not self.is_expected_name(part, parts) and not self.own.is_repeated(part, parts):
                    self._ask(WORDING, source, part.text)
            elif part.kind == wording.FACTOR and not self.is_multiplied():
                self._ask(WORDING, source, part.text)
        if year := year_of_other_kind(left, self.kinds):
            self._ask(PERIOD, source, year)
        left_open = [part for part in wording.open_parts(parts) if not self.is_understood(part, parts)]
        asked = [part for part in left_open if not self.is_own_programme(part, source.parts)]
        if not wording.is_aside(source.text):
            asked += chambers_contradicted(parts, self.plan, self.grid, self.facts)
        asked += spoken_for(source.text, source.parts, self.plan, self.names, self.facts)
        asked += self.words_against(source.text)
        for part in asked:
            self._ask(WORDING, source, part.text)
        self._keep_reasons(source, asked)

    def _look_at_notes(self) -> None:
        """Ask about notes below the table that could restrict its figures, each as a whole."""
        for note in self.notes_seen():
            if note.is_asked:
                self._ask(WORDING, note.source, note.source.text)
            self._keep_reasons(note.source, note.asked)

    def _look_at_comments(self) -> None:
        """Ask about comments that restrict figures; others are only reported."""
        block = self.plan.block
        rows = range(block.title_rows.start, block.data[-1] + 1)
        usual = self.known | lexicon.words("note_words")
        for (row, column), text in sorted(self.grid.sheet.comments.items()):
            if row not in rows or not block.left <= column < block.right:
                continue
            parts = wording.parts_of(text, self.names, usual)
            source = Source(tidy(text), address(row, column), parts)
            is_open = row not in block.data and restricts_all(source.text, self.names)
            is_open |= any(self.is_unexpected(part, source) for part in parts)
            narrowing = [part for part in parts if part.kind == wording.NARROWING]
            if is_open or any(not self.is_understood(part, parts) for part in narrowing):
                self._ask(WORDING, source, source.text)
                self._keep_reasons(source, parts)

    def _look_at_headings_of_labels(self) -> None:
        """Ask about words that restrict a column of labels: ``Kammer (kaufmännisch)``, ``IHK (2015)``."""
        roles = {column: role for role, column in self.plan.roles.items()}
        for column in self.plan.table.columns:
            role = roles.get(column_number(column.letter), "")
            parts = wording.parts_of(column.header, self.names, self.known) if role else []
            if role_of(column.header):
                is_dated = role not in _NAMING_PERIODS
                parts = [part for part in parts if is_dated and part.kind in (wording.PERIOD, wording.FACTOR)]
            source = Source(column.header, self._head(column_number(column.letter)), parts)
            if role == "year":
                self._look_at_years(source, column_number(column.letter))
            for part in parts:
                is_open = part.kind == wording.NARROWING or qualifies_labels(role, part, source.text)
                is_open &= not (self.is_understood(part, parts) or self.is_of_reporting(role, part, parts))
                year = part.period.year if part.period and part.period.form == YEAR else None
                is_other_year = year is not None and bool(self.years()) and year not in self.years()
                if is_open or is_other_year or self.is_unexpected(part, source):
                    self._ask(WORDING, source, part.text)

    def _look_at_rows_among_headings(self) -> None:
        for each in rows_among_headings(self.plan, self.grid):
            self._ask(WORDING, each, each.text)

    def _look_over_empty_columns(self) -> None:
        """Ask about what stands over no figures: as about a title, or about what restricts or names."""
        for source, is_title in list(texts_over_nothing(self.plan, self.grid, self.known)):
            if is_title:
                self._look_at(source)
                self._look_at_other_years(source)
                continue
            for part in source.parts:
                is_open = part.kind == wording.NARROWING and not self.is_understood(part, source.parts)
                if is_open or self.is_unexpected(part, source):
                    self._ask(WORDING, source, source.text)

    def _look_at_other_years(self, source: Source) -> None:
        """``EQ-Plätze 2016 | | | 2017`` in one row: either may be the year of the figures."""
        for part in source.parts:
            if part.period is not None and part.period.form == YEAR and part.period.year not in self.years():
                self._ask(PERIOD, source, part.period.text)

    def _look_at_measures(self, sources: list[Source]) -> None:
        """Ask about a title of the placing after 30 September over indicators that are not of it."""
        terms = [self.names.indicators[code] for code in self._indicators()]
        if not terms or any(is_of_placing(term) for term in terms):
            return
        for source in sources:
            if names_placing([source.text]):
                self._ask(WORDING, source, source.text)

    def _look_at_years(self, heading: Source, column: int) -> None:
        """``Ausbildungsjahr`` over cells such as ``2016/17``."""
        for label in dict.fromkeys(self.grid.texts(self.plan.block.data, column)):
            if year := year_of_other_kind(f"{heading.text} {label}", self.kinds):
                self._ask(PERIOD, heading, year)
                return

    def _keep_reasons(self, source: Source, asked: list[Part]) -> None:
        """Keep what every word was taken for; words side by side of one kind go together."""
        table = self.plan.table
        row, column = place_of(source.cell) if source.cell else (-1, -1)
        letters = column_letters(column) if column >= 0 else ""
        for kind, alike in groupby(source.parts, key=lambda part: self._taken_for(part, asked)):
            text = " ".join(part.text for part in alike)
            subject = Subject(table.sheet, row + 1, row + 1, letters, letters, text)
            self.plan.words.append(
                Decision(subject, WORD, kind, (evidence(_REASONS.get(kind, "word_named")),))
            )

    def _taken_for(self, part: Part, asked: list[Part]) -> str:
        if any(other.start <= part.start and part.end <= other.end for other in asked):
            return "asked"
        return "silent" if part.kind in (wording.NARROWING, wording.UNKNOWN) else part.kind

    def _look_at_sections(self) -> None:
        """Headings between the rows that name nothing known: the rows below them are held."""
        chapters = chapters_of(self.plan, self.grid)
        for row, value in self.plan.block.sections:
            text = chapters.get(row) or split_marks(tidy(shown(value)))[0]
            if row in self.plan.block.renaming:
                self.plan.unknown_sections[row] = text
                continue
            if parse_year(value) is not None or self._is_named(text):
                is_other = is_in_every_heading(value, text, self.plan, self.names)
                if is_other or year_of_other_kind(text, self.kinds):
                    self.plan.unknown_sections[row] = text
                continue
            parts = wording.parts_of(text, self.names, self.known)
            left = [part for part in wording.open_parts(parts) if not self.is_understood(part, parts)]
            if row in chapters:  # their words are topics, but for what narrows
                left = [
                    part
                    for part in left
                    if part.kind != wording.UNKNOWN or choosing.names_kind_of_training(part.text)
                ]
            changing = [part for part in parts if part.kind in _CHANGING and not self._holds_anyway(part)]
            left += [part for part in changing if not self._is_of_rows(row, parts, part)]
            left = [] if groups_occupations(text, left, self.plan) else left
            if left and self.answers.get(fold(text)) != NO_EFFECT:
                self.plan.unknown_sections[row] = text

    def _is_of_rows(self, row: int, parts: list[Part], part: Part) -> bool:
        """``Nachvermittlung 2018/19`` over rows of the placing: a period or measure of their indicators."""
        terms = terms_below(self.plan, self.grid, row)
        if part.period is None:
            return bool(terms) and all(OwnWords([term], ()).is_repeated(part, parts) for term in terms)
        years = self.years()
        meant = {year_meant(part.period.within(year), term.period) for term in terms for year in years}
        return bool(meant) and meant == years and (part.period.last is None or len(years) == 1)

    def _is_named(self, text: str) -> bool:
        """Whether a text is a name; ``other`` is one only where the rows have names of that kind."""
        codes = {kind: self.names.exact(kind, text) for kind in wording.NAMED}
        return any(code and (code != UNASSIGNED or kind in self.plan.roles) for kind, code in codes.items())

    def _holds_anyway(self, part: Part) -> bool:
        """Whether what is named within a heading between the rows is what the whole table is about."""
        if part.period is not None:
            return part.period.form == YEAR and part.period.year in self.years()
        if part.kind not in wording.NAMED:
            return False
        return set(part.codes) <= self.facts.of(part.kind) | {self.plan.constants.get(part.kind, "")}

    def _look_at_unread_columns(self) -> None:
        """Ask about columns of words without a known role; about the whole table if they narrow its rows."""
        for found in (*self.columns_in_doubt(), *self.keys_in_doubt()):
            cell = self._head(found.column)
            if found.is_about_table:
                self._ask(WORDING, Source(found.heading, cell, []), found.found)
            else:
                self._question("column", cell, found.heading, found.offset)

    def _look_at_asides(self) -> None:
        """Ask about places and days beside the values that are not those of the whole figure."""
        for column, heading, found in asides_in_doubt(self.plan, self.grid, self.years(), self.kinds):
            self._ask(WORDING, Source(heading, self._head(column), []), f"{heading}: {found}")

    def _look_at_damaged_headings(self) -> None:
        """A heading with signs that no text has may have stated something else."""
        for column in self.plan.table.columns:
            if _DAMAGED in column.header:
                self._ask(WORDING, Source("", self._head(column_number(column.letter)), []), column.header)

    def _look_at_columns_of_months(self) -> None:
        """A column of months or quarters makes every row a part of a year; not so ``1. Halbjahr``."""
        for value in self.plan.values:
            period, words = value.heading.period, set(fold(value.heading.text).split())
            is_one_part = period is not None and period.form == PART and bool(period.months or period.last)
            if value.is_unclear and not is_one_part and words & lexicon.words("parts_of_year"):
                self._ask(PERIOD, Source("", self._head(value.index), []), value.heading.text)

    def _take_target_group(self, source: Source) -> None:
        """``Plätze EQ für Geflüchtete``: all values of the table are those of the group.

        ``Referat Flüchtlinge`` need only be who sends them.
        """
        if wording.is_of_department(source.text):
            return
        named = [part for part in groups_named(source) if not self.are_placed(part.text)]
        groups = {code for part in named for code in part.codes}
        plan = self.plan
        is_open = plan.constants.get("target_group", TOTAL) == TOTAL and not self.is_stated("target_group")
        if is_open and len(groups) == 1 and not self.facts.target_groups and "target_group" not in plan.roles:
            code = groups.pop()
            plan.constants["target_group"] = plan.table.constants["target_group"] = code
            found_in = "in_title" if source.cell else "in_sheet_name"
            plan.found_constants["target_group"] = Constant(code, found_in, source.text)

    def _compare_places(self, sources: list[Source]) -> None:
        """Ask where the name of the sheet, the title, and the one year of headings or rows differ."""
        for cell, found in years_differing(sources, self.grid, self.kinds, self.plan, self.facts):
            self._question("year", cell, found)
        if self.facts.years or "year" not in self.plan.constants:
            return
        self._compare_with_cover(int(self.plan.constants["year"]))
        tab = constants.year_in([sources[0].text], self.names, self.kinds) if sources[0].cell == "" else set()
        titles = constants.year_in([each.text for each in sources[1:]], self.names, self.kinds)
        if tab and titles and not tab & titles:
            cell = next((each.cell for each in sources[1:] if each.cell), "")
            found = f"{', '.join(map(str, sorted(tab)))} / {', '.join(map(str, sorted(titles)))}"
            self._question("year", cell, found)

    def _compare_with_cover(self, year: int) -> None:
        """``Meldung 2016`` on the cover of a table of 2015, where no table of the file is of 2016."""
        lines = [line for line in self.around.covers if not wording.is_aside(line)]
        years = constants.year_in(lines, self.names, self.kinds)
        if years and not years & (self.around.years | {year}):
            self._question("year", "", " / ".join(map(str, sorted(years | {year}))))

    def _ask(self, code: str, source: Source, text: str) -> None:
        if source.cell:
            table = self.plan.table
            self.plan.doubts.append(Question(code, table.sheet, source.cell, text, table.fingerprint))
        answer = self.answers.get(fold(text) or text, "")
        if answer == LEAVE_OUT:
            self.leaves_out = True
        elif answer != NO_EFFECT and text not in self.asked:
            self.asked.add(text)
            self._question(code, source.cell, text)

    def _question(self, code: str, cell: str, found: str, column: int = -1) -> None:
        table = self.plan.table
        self.plan.questions.append(Question(code, table.sheet, cell, found, table.fingerprint, column))
