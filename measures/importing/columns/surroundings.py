"""The words around a table, each accounted for: used, saying nothing, or asked about.

Asked are words that narrow (``nur``, ``Ziel``), words nobody knows, periods that are not the indicator's
own, and places that contradict each other (the tab says 2016, the title 2015).
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from measures.importing.addresses import address, column_letters, column_number, place_of
from measures.importing.columns import constants
from measures.importing.columns.facts import (
    SAMPLE,
    facts_of,
    have_columns,
    is_part_of_indicator,
    kinds_of_period,
    name_owners,
    units_of,
    words_of_other_units,
)
from measures.importing.columns.plan import Constant
from measures.importing.columns.sources import Source, sources_of
from measures.importing.decisions import WORD, Decision, Subject, evidence
from measures.importing.layout.grid import UNIT_OF_WORD, shown
from measures.importing.problems import Question
from measures.importing.text import lexicon, wording
from measures.importing.text.folding import fold, split_marks, tidy
from measures.importing.text.periods import (
    DAY,
    ON_30_SEPTEMBER,
    ON_31_DECEMBER,
    PART,
    SEASON,
    SPAN,
    YEAR,
    covered,
    year_meant,
)
from measures.importing.text.years import parse_year
from measures.importing.vocabulary import COUNTRY, TOTAL

if TYPE_CHECKING:
    from measures.importing.columns.plan import Plan, Surroundings
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.text.periods import Period
    from measures.importing.text.wording import Part

WORDING, PERIOD = "wording", "period"
NO_EFFECT, LEAVE_OUT = "none", "leave"
"""What a person may answer: the values hold as they stand, or the table is not to be read."""

_UNIT_COUNTED_AS = {"mentors": "persons"}
"""Units of the catalogue that a heading may call by a more general word."""
_ANY_YEAR = 2016
_FEW = 3
_LEADS_TO_GROUP = frozenset(("nur", "darunter", "davon", "dar", "dav", "hiervon", "only"))
_PER_PART = frozenset(("je", "pro", "quartal", "monat", "halbjahr", "quartalen", "monaten", "halbjahren"))
_ON_A_DAY = frozenset((ON_30_SEPTEMBER, ON_31_DECEMBER))
_CHANGING = (wording.INDICATOR, wording.TARGET_GROUP, wording.PERIOD, wording.FACTOR, wording.STATUS)
"""Named among other words, these are not taken from a heading between the rows."""
_MOST_TEXTS = 200
_DAMAGED = "\ufffd"
_REASONS = {"silent": "word_of_form", "period": "word_of_period", "asked": "word_unknown"}


class SurroundingWords:
    """Goes through the words around one table and leaves questions in its plan."""

    def __init__(self, plan: Plan, grid: SheetGrid, around: Surroundings, answers: dict[str, str]) -> None:
        self.plan = plan
        self.grid = grid
        self.names = grid.names
        self.around = around
        self.answers = {fold(text) or text: answer for text, answer in answers.items()}
        self.facts = facts_of(plan, grid)
        self.kinds = kinds_of_period(plan, self.facts, self.names)
        self.units = units_of(plan, self.facts, self.names)
        self.known = self._known_words() - words_of_other_units(self.units)
        self.asked: set[str] = set()
        self.leaves_out = False

    def _known_words(self) -> frozenset[str]:
        codes = self.facts.indicators | {self.plan.constants.get("indicator", "")}
        terms = [self.names.indicators[code] for code in codes if code in self.names.indicators]
        owners = self.facts.organisations if len(self.facts.organisations) <= _FEW else set()
        owners = owners | {self.plan.constants.get("organisation", "")}
        known = self.names.organisations
        return wording.words_known(
            [name for term in terms for name in (*term.names, *term.measure)]
            + [name for code in owners if code in known for name in known[code].names]
        )

    def settle(self) -> None:
        self._compare_units()
        sources = sources_of(self.plan, self.grid, self.known)
        for source in sources:
            self._look_at(source)
        self._compare_places(sources)
        self._look_at_sections()
        self._look_at_unread_columns()
        self._look_at_columns_of_months()
        self._look_at_damaged_headings()
        if self.leaves_out:
            self.plan.leave_out()

    def _compare_units(self) -> None:
        """``Beratungen`` over ``Betriebe`` counts companies, and so is not the number of consultations."""
        constant = self.plan.constants.get("indicator", "")
        for value in self.plan.values:
            term = self.names.indicators.get(value.heading.meaning.get("indicator") or constant)
            unit = value.heading.unit
            if (
                unit
                and term
                and term.unit
                and unit != _UNIT_COUNTED_AS.get(term.unit, term.unit)
                and unit != term.unit
                and not value.is_unclear
                and not value.is_given
            ):
                value.is_unclear = True
                self._question("column", self._head(value.index), value.heading.text, value.offset)

    def _head(self, column: int) -> str:
        return address(self.plan.block.header[-1], column)

    def _look_at(self, source: Source) -> None:
        parts = source.parts
        self._take_target_group(source)
        for part in parts:
            if part.period is not None and part.kind == wording.PERIOD:
                self._check_period(source, part.period)
            elif part.kind in wording.NAMED:
                self._check_name(source, part)
            elif part.kind == wording.FACTOR and not self._is_multiplied():
                self._ask(WORDING, source, part.text)
        asked = [part for part in wording.open_parts(parts) if not self._is_understood(part, parts)]
        for part in asked:
            self._ask(WORDING, source, part.text)
        self._keep_reasons(source, asked)

    def _is_multiplied(self) -> bool:
        """Whether the title or a heading was understood to multiply values of the table."""
        return "factor" in self.plan.found_constants or any(
            value.heading.factor != 1 for value in self.plan.values
        )

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
        for row, value in self.plan.block.sections:
            text = split_marks(tidy(shown(value)))[0]
            if parse_year(value) is not None or any(self.names.exact(kind, text) for kind in wording.NAMED):
                continue
            parts = wording.parts_of(text, self.names, self.known)
            left = [part for part in wording.open_parts(parts) if not self._is_understood(part, parts)]
            left += [part for part in parts if part.kind in _CHANGING and not self._holds_anyway(part)]
            if left and self.answers.get(fold(text)) != NO_EFFECT:
                self.plan.unknown_sections[row] = text

    def _holds_anyway(self, part: Part) -> bool:
        """Whether what is named within a heading between the rows is what the whole table is about."""
        if part.period is not None:
            return part.period.form == YEAR and part.period.year in self._years()
        if part.kind not in wording.NAMED:
            return False
        return set(part.codes) <= self.facts.of(part.kind) | {self.plan.constants.get(part.kind, "")}

    def _look_at_unread_columns(self) -> None:
        """Ask about columns of words without a known role; about the whole table if they narrow its rows."""
        for column, offset in self.plan.unread_columns:
            heading = self.plan.table.columns[offset].header
            if wording.is_aside(heading):
                continue
            rows = self.plan.block.data
            texts = {tidy(shown(self.grid.rows[row][column])) for row in rows[:: max(1, len(rows) // SAMPLE)]}
            found = [
                part
                for text in (heading, *sorted(texts)[:_MOST_TEXTS])
                for part in wording.parts_of(text, self.names, self.known)
                if not self._is_known_here(part) and not self._dates_data(heading, part)
            ]
            narrowing = [part for part in found if part.kind != wording.UNKNOWN]
            cell = self._head(column)
            if narrowing:
                self._ask(WORDING, Source(heading, cell, []), f"{heading}: {narrowing[0].text}")
            elif found:
                self._question("column", cell, heading, offset)

    def _dates_data(self, heading: str, part: Part) -> bool:
        """Whether a cell below ``Stand`` is the day as of which its row's data are."""
        text = f"{heading} {part.text}"
        period = part.period and part.period._replace(start=len(heading) + 1)
        return period is not None and self._is_date_of_data(Source(text, "", []), period)

    def _is_known_here(self, part: Part) -> bool:
        if part.kind in (wording.SILENT, wording.STATUS) or self._is_own_unit(fold(part.text)):
            return True
        if part.kind in wording.NAMED:
            return bool(set(part.codes) & (self.facts.of(part.kind) | self._umbrellas()))
        return part.period is not None and part.period.form == YEAR and part.period.year in self.facts.years

    def _is_own_unit(self, key: str) -> bool:
        """Whether a word names what the table's indicators count; of several it may be any of theirs."""
        unit = UNIT_OF_WORD.get(key, "")
        own = self.units | {_UNIT_COUNTED_AS.get(each, "") for each in self.units}
        return bool(unit) and (unit in own or not self.units)

    def _umbrellas(self) -> set[str]:
        known = self.names.organisations
        return {known[code].umbrella for code in self.facts.organisations if code in known}

    def _look_at_damaged_headings(self) -> None:
        """A heading with signs that no text has may have said something else."""
        for column in self.plan.table.columns:
            if _DAMAGED in column.header:
                self._ask(WORDING, Source("", self._head(column_number(column.letter)), []), column.header)

    def _look_at_columns_of_months(self) -> None:
        """A column of months or quarters makes every row a part of a year."""
        for value in self.plan.values:
            words = set(fold(value.heading.text).split())
            if value.is_unclear and words & lexicon.words("parts_of_year"):
                self._ask(PERIOD, Source("", self._head(value.index), []), value.heading.text)

    def _take_target_group(self, source: Source) -> None:
        """``Plätze EQ für Geflüchtete``: all values of the table are those of the group."""
        groups = {code for part in source.parts if part.kind == wording.TARGET_GROUP for code in part.codes}
        plan = self.plan
        is_open = plan.constants.get("target_group", TOTAL) == TOTAL and not self._is_stated("target_group")
        if is_open and len(groups) == 1 and not self.facts.target_groups and "target_group" not in plan.roles:
            code = groups.pop()
            plan.constants["target_group"] = plan.table.constants["target_group"] = code
            found_in = "title_says" if source.cell else "sheet_name_says"
            plan.found_constants["target_group"] = Constant(code, found_in, source.text)

    def _is_stated(self, kind: str) -> bool:
        """Whether a person said what holds for the whole table."""
        found = self.plan.found_constants.get(kind)
        return found is not None and found.source == "person_says_constant"

    def _check_period(self, source: Source, period: Period) -> None:
        years = self._years()
        if self.plan.has_parts_of_year and period.form == PART and period.months is None:
            return  # the quarters or months stand beside the year they add up to
        if period.form == YEAR or self._is_date_of_data(source, period):
            return
        ends = {period.first.year, period.last.year} if period.first and period.last else set()
        if period.form in (SPAN, SEASON) and len(self.facts.years) > 1 and ends <= self.facts.years:
            return  # the columns or rows are these years
        if period.form == DAY and period.last is None:
            if period.months in self._last_days():
                return
        elif len(years) == 1:
            (year,) = years
            meant = {year_meant(period.within(year), kind) for kind in self.kinds}
            if meant == {year}:
                return
        elif period.last is not None and {year_meant(period, kind) for kind in self.kinds} <= years:
            return
        self._ask(PERIOD, source, period.text)

    def _last_days(self) -> set[tuple[int, int]]:
        if "" in self.kinds:
            return {(9, 30), (12, 31)}
        return {(last.month, last.day) for _, last in (covered(kind, _ANY_YEAR) for kind in self.kinds)}

    def _is_date_of_data(self, source: Source, period: Period) -> bool:
        """``Stand: 31.01.2017`` says as of when the data are; before the period's end it is no whole year."""
        if period.last is None or period.form not in (DAY, PART):
            return False
        before = fold(source.text[: period.start])
        is_dated = f" {before}".endswith(tuple(f" {words}" for words in lexicon.words("dated")))
        if not (is_dated or wording.is_of_sender(source.text) or self._is_town(before)):
            return False
        ends = [covered(kind, year)[1] for kind in self.kinds if kind for year in self._years()]
        return bool(ends) and all(period.last >= end for end in ends)

    def _is_town(self, text: str) -> bool:
        """``Leipzig, 20.01.2017`` is where and when a letter was written."""
        return any(self.names.exact("organisation", f"{kind} {text}") for kind in ("IHK", "HWK"))

    def _years(self) -> set[int]:
        """The years of the table, by its columns, its rows or what holds for all of it."""
        constant = self.plan.constants.get("year", "")
        return self.facts.years | ({int(constant)} if constant else set())

    def _check_name(self, source: Source, part: Part) -> None:
        facts, plan = self.facts, self.plan
        constant = plan.constants.get(part.kind, "")
        stated = facts.of(part.kind) | ({constant} if constant else set())
        codes = set(part.codes)
        if codes & stated or (part.kind == "target_group" and self._is_stated(part.kind)):
            return
        if part.kind == "organisation":
            is_fine = self._is_sender(codes, constant)
        elif part.kind == "region":
            is_fine = self._is_area(codes)
        elif part.kind == "indicator":
            is_fine = not stated
        else:
            is_fine = False
        if not is_fine:
            self._ask(WORDING, source, part.text)

    def _is_sender(self, codes: set[str], constant: str) -> bool:
        """Whether whoever is named only sends or receives the table: it says itself whose figures it has."""
        known = self.names.organisations
        if self.facts.organisations or not constant:
            return True
        if any(known[constant].umbrella == code for code in codes if constant in known):
            return True
        asked_of = {kind for code in self.facts.indicators for kind in self._asked_of(code)}
        return all(known[code].kind not in asked_of for code in codes if code in known)

    def _asked_of(self, indicator: str) -> tuple[str, ...]:
        term = self.names.indicators.get(indicator)
        return term.asked_of if term else ()

    def _is_area(self, codes: set[str]) -> bool:
        """Whether all organisations of the table lie in the area that is named."""
        known = self.names.organisations
        owners = self.facts.organisations | {self.plan.constants.get("organisation", "")}
        regions = {known[code].region for code in owners if code in known} | self.facts.regions
        if codes == {COUNTRY}:
            return True
        if regions == {COUNTRY} and "region" not in self.plan.roles and len(codes) == 1:
            self.plan.constants.setdefault("region", next(iter(codes)))
            self.plan.table.constants.setdefault("region", self.plan.constants["region"])
            return True
        return bool(regions) and regions <= codes

    def _is_understood(self, part: Part, parts: list[Part]) -> bool:
        key = fold(part.text) or part.text
        if self.units and self._is_own_unit(key):
            return True
        if key in _LEADS_TO_GROUP:
            following = next((other for other in parts if other.start >= part.end), None)
            return following is not None and following.kind == wording.TARGET_GROUP
        words = key.split()
        codes = self.facts.indicators | {self.plan.constants.get("indicator", "")}
        if part.kind == wording.UNKNOWN and is_part_of_indicator(part.text, codes, self.names):
            return True
        return (
            (words == ["bestand"] and self.kinds <= _ON_A_DAY)
            or (self.plan.has_parts_of_year and _PER_PART.issuperset(words))
            or self._are_registered(words)
            or name_owners(words, self.plan, self.grid, self.facts)
            or have_columns(words, self.plan)
        )

    def _are_registered(self, words: list[str]) -> bool:
        """``Gemeldete Bewerber``: what only the agency is asked for is registered with it."""
        owners = {self._asked_of(code) for code in self.facts.indicators}
        return owners == {("agency",)} and all(word.startswith("gemeldete") for word in words)

    def _compare_places(self, sources: list[Source]) -> None:
        """Ask where the name of the sheet and the title give different years for a table that names none."""
        if self.facts.years or "year" not in self.plan.constants:
            return
        tab = constants.year_in([sources[0].text], self.names, self.kinds) if sources[0].cell == "" else set()
        titles = constants.year_in([each.text for each in sources[1:]], self.names, self.kinds)
        if tab and titles and not tab & titles:
            cell = next((each.cell for each in sources[1:] if each.cell), "")
            found = f"{', '.join(map(str, sorted(tab)))} / {', '.join(map(str, sorted(titles)))}"
            self._question("year", cell, found)

    def _ask(self, code: str, source: Source, text: str) -> None:
        answer = self.answers.get(fold(text) or text, "")
        if answer == NO_EFFECT or text in self.asked:
            return
        self.asked.add(text)
        if answer == LEAVE_OUT:
            self.leaves_out = True
            return
        self._question(code, source.cell, text)

    def _question(self, code: str, cell: str, found: str, column: int = -1) -> None:
        table = self.plan.table
        self.plan.questions.append(Question(code, table.sheet, cell, found, table.fingerprint, column))
