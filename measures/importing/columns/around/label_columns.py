"""Columns of words beside the values that have no role: what they say of their rows, known or asked about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from measures.importing.addresses import column_number
from measures.importing.columns.around.expectations import Expectations
from measures.importing.columns.around.keys import (
    are_numbers_of_paper,
    divides_rows,
    is_district_of_owners,
    is_key_of_owners,
    is_key_of_rows,
    is_of_units,
    is_short_unit,
)
from measures.importing.columns.around.sources import Source
from measures.importing.layout.grid import UNIT_OF_WORD, shown
from measures.importing.text import lexicon, wording
from measures.importing.text.factors import factor_in
from measures.importing.text.folding import fold, split_marks, tidy
from measures.importing.text.letters import choosing
from measures.importing.text.neutral import classes
from measures.importing.text.periods import (
    CALENDAR_YEAR,
    DAY,
    MARKET_YEAR,
    SCHOOL_YEAR,
    YEAR,
    periods_in,
    year_meant,
)
from measures.importing.text.terms.abbreviations import has_letters_of, is_name_with_initials
from measures.importing.text.terms.concepts import subject_of
from measures.importing.text.years import parse_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from measures.importing.text.periods import Period
    from measures.importing.text.wording import Part
    from measures.importing.vocabulary import IndicatorTerm

_MOST_TEXTS = 1_000
_CODE = re.compile(r"[A-Za-z]{0,4}[-_./ ]?\d{1,6}[a-z]?|[A-Z]{1,2}")
_OF_CODES = re.compile(
    r"(?i)\b(?:feld|code|id|pos|position|kürzel|kennung|kennziffer|schlüssel|nr|nummer|zeile|ref|referenz|field|item|key)\b"
)
_OF_UNITS = re.compile(r"(?i)\b(?:maß|mess|mengen)?einheit|\bunit\b|\bme\b")
_OF_PERIODS = re.compile(
    r"(?i)\b(?:stichtag|zeitraum|zeitpunkt|periode|bezug|bezugs\w+|berichtszeit\w*|zeitbezug|"
    r"reference|period|as of)\b"
)
_OF_PAPER = re.compile(
    r"(?i)\b(?:antwort|eingang|eingegangen|rückmeldung|rücklauf|meldung|gemeldet|erfasst|erhalten|geprüft|prüfung|"
    r"freigabe|freigegeben|geändert|änderung|aktualisiert|datum|übermittelt|received|reply|replied|updated|checked)\b"
)
_THAT_REPORTED = re.compile(
    r"(?i)(?:rückmeldung|meldung|rücklauf|antwort|lieferung|daten)"
    r"(?: (?:liegt|liegen) vor| erfolgt| erhalten| da|\?)?"
)
_ANSWERS = frozenset(("ja", "nein", "x", "ok", "yes", "no"))
_OF_REMARKS = re.compile(
    r"(?i)(?:anmerkung|bemerkung|kommentar|notiz|hinweis|erläuterung|fundstelle|rückfrage|remark|comment|notes?\b)"
)
_OF_STATES = re.compile(
    r"(?i)(?:(?:bearbeitungs|prüf|melde|liefer|freigabe|erfassungs|daten)?(?:status|stand)|zustand|state)"
    r"(?: der (?:meldung|daten|prüfung|bearbeitung))?"
)
_OF_OCCUPATIONS = re.compile(r"(?i)beruf|bezeichnung|bereich|occupation")
CALLED: dict[str, frozenset[str]] = {
    "calendar year": frozenset(("", CALENDAR_YEAR)),
    "kalenderjahr": frozenset(("", CALENDAR_YEAR)),
    "ganzes jahr": frozenset(("", CALENDAR_YEAR)),
    "schuljahr": frozenset((SCHOOL_YEAR,)),
    "school year": frozenset((SCHOOL_YEAR,)),
    "berichtsjahr": frozenset((MARKET_YEAR, "", CALENDAR_YEAR)),
    "vermittlungsjahr": frozenset((MARKET_YEAR,)),
}
"""What a kind of period is called where no year stands beside it."""

_OF_ANY_YEAR = frozenset(
    ("des", "folgejahres", "im", "folgejahr", "jeweils", "jew", "zum", "am", "vom", "per", "stand",
     "stichtag", "jahres", "eines", "jeden", "each", "year", "of", "the", "following")
)  # fmt: skip
"""Words beside a period that say that it is so in each year."""
_WEEK = frozenset(("woche", "week"))
_DAYS = re.compile(r"(?:vom\s+)?\d{1,2}\.(?:\s?\d{1,2}\.)?\s*(?:-|–|bis)\s*\d{1,2}\.\s?\d{1,2}\.")
_OF_OFFICES = re.compile(
    r"(?i)(?:(?:zuständiges?|federführendes?|verantwortliches?)\s+)?(?:ressorts?|ministerium|behörde)|federführung"
)
_OF_NAMES = re.compile(r"(?i)(?:(?:kurz)?bezeichnung|(?:kurz)?name|titel)\b|konzept")
"""What there is, where figures say whether there is something."""


_NAMED_BESIDE = ("organisation", "region", "indicator", "occupation_label", "target_group")
"""Columns whose names a key may be short for."""


class ColumnInDoubt(NamedTuple):
    """``is_about_table``: what it says holds for all rows or narrows them."""

    column: int
    offset: int
    heading: str
    found: str
    is_about_table: bool


class LabelColumns(Expectations):
    """What columns without a role say of the rows beside them."""

    known: frozenset[str]
    """Words that say nothing around this table."""

    def columns_in_doubt(self) -> Iterator[ColumnInDoubt]:
        """Columns of words without a known role that could narrow their rows."""
        for column, offset in self.plan.unread_columns:
            heading = self.plan.table.columns[offset].header
            cells = {self.grid.rows[row][column] for row in self.plan.block.data}
            texts = {tidy(shown(value)) for value in cells}
            if (heading and wording.is_aside(heading)) or self._is_accounted_for(
                column, offset, heading, texts
            ):
                continue
            found = [
                part
                for text in (heading, *sorted(texts)[:_MOST_TEXTS])
                if not is_name_with_initials(text)
                for part in wording.parts_of(text, self.names, self.known)
                if not self._is_known_here(part) and not self._dates_data(heading, part)
            ]
            narrowing = [
                part
                for part in found
                if part.kind != wording.UNKNOWN or choosing.names_kind_of_training(part.text)
            ]
            given = texts if heading else texts - {""}
            only = next(iter(given)) if len(given) == 1 and len(self.plan.block.data) > 1 else ""
            # All rows are of one branch, say, or counted in thousands: so are all values.
            if narrowing or (found and (only or is_of_units(heading))):
                first = narrowing[0].text if narrowing else only or found[0].text
                yield ColumnInDoubt(
                    column, offset, heading, f"{heading}: {first}" if heading else first, is_about_table=True
                )
            elif found:
                is_about_table = divides_rows(self.plan, self.grid, column)
                yield ColumnInDoubt(column, offset, heading, heading, is_about_table=is_about_table)

    def keys_in_doubt(self) -> Iterator[ColumnInDoubt]:
        """The column of keys, if these may choose part of the figures: ``U25`` below ``Kennung``."""
        column = self.plan.roles.get("key", -1)
        columns = self.plan.table.columns
        offset = next((each.index for each in columns if column_number(each.letter) == column), -1)
        reasons = self.plan.column_reasons[offset] if offset >= 0 else []
        if offset < 0 or any(reason.code == "person_chose_column" for reason in reasons):
            return
        heading = columns[offset].header
        labels = [self.plan.roles[kind] for kind in _NAMED_BESIDE if kind in self.plan.roles]
        left = {
            text
            for row in self.plan.block.data
            if (text := tidy(shown(self.grid.rows[row][column])))
            and not any(has_letters_of(shown(self.grid.rows[row][each]), text) for each in labels)
        }
        if left and not are_numbers_of_paper(left):
            found = f"{heading}: {min(left)}"
            yield ColumnInDoubt(column, offset, heading, found, is_about_table=True)

    def _is_accounted_for(self, column: int, offset: int, heading: str, texts: set[str]) -> bool:
        """Whether what a column says is known by its heading and by all its cells."""
        texts = texts - {""}
        if not texts or not heading:
            return False
        if _OF_REMARKS.search(heading) and "note" not in self.plan.roles and self._narrows_nothing(heading):
            self._give_role(column, offset, "note")
            return True
        return bool(
            (is_key_of_rows(self.plan, self.grid, column) and self._narrows_nothing(heading))
            or (_OF_CODES.search(heading) is not None and self._are_codes(texts))
            or (_OF_UNITS.search(heading) is not None and all(map(self._is_own_or_no_unit, texts)))
            or (_OF_PERIODS.search(heading) is not None and self._are_periods_of_rows(column))
            or (_OF_PAPER.search(heading) is not None and all(map(self._is_day_of_paper, texts)))
            or (_THAT_REPORTED.fullmatch(heading) is not None and {fold(text) for text in texts} <= _ANSWERS)
            or (is_key_of_owners(self.plan, self.grid, column) and self._narrows_nothing(heading))
            or (_OF_STATES.fullmatch(heading) is not None and all(map(self._is_state_of_report, texts)))
            or (_OF_OFFICES.fullmatch(heading) is not None and self._narrow_nothing(texts))
            or self._names_what_there_is(heading, texts)
            or is_district_of_owners(self.plan, self.grid, column, heading)
            or self._repeats_indicator(column)
            or (self._repeats_owner(column) and self._narrows_nothing(heading))
            or self._labels_occupations(column, offset, heading)
        )

    def _is_state_of_report(self, text: str) -> bool:
        """``geprüft und freigegeben``, ``gemeldet am 15.01.2019``: how far a report has come."""
        days = [period for period in periods_in(text) if period.form == DAY]
        if not all(map(self.is_after_end, days)):
            return False
        for day in days:
            text = text.replace(day.text, " ")
        words = [word for word in fold(text).split() if word not in lexicon.words("silent")]
        states = classes.words("states") | ({"gemeldet"} if days else set())
        return " ".join(words) in states or all(
            classes.class_of(word) == classes.REPORTING or word in states for word in words
        )

    def _are_codes(self, texts: set[str]) -> bool:
        return all(map(_CODE.fullmatch, texts)) and are_numbers_of_paper(texts)

    def _narrows_nothing(self, heading: str) -> bool:
        """Whether the heading of remarks itself narrows nothing."""
        parts = wording.parts_of(heading, self.names, self.known)
        return not any(
            part.kind in (wording.NARROWING, wording.PERIOD, wording.FACTOR)
            and not self.is_understood(part, parts)
            and not (part.period and self.is_beginning(part.period))
            for part in parts
        )

    def _names_what_there_is(self, heading: str, texts: set[str]) -> bool:
        """``Bezeichnung des Konzepts`` beside figures that say whether there is one."""
        is_named = self.own.is_yes_or_no and _OF_NAMES.match(heading) is not None
        return is_named and self._narrow_nothing({heading, *texts})

    def _narrow_nothing(self, texts: set[str]) -> bool:
        """Whether texts are names of offices or papers, of which no word speaks of figures."""
        silent = (wording.UNKNOWN, wording.SILENT, wording.REGION, wording.ORGANISATION)
        parts = [
            part
            for text in sorted(texts)
            if not is_name_with_initials(text)
            for part in wording.parts_of(text, self.names, self.known)
        ]
        return all(part.kind in silent and not choosing.names_kind_of_training(part.text) for part in parts)

    def _give_role(self, column: int, offset: int, role: str) -> None:
        self.plan.roles[role] = column
        self.plan.table.columns[offset].role = role

    def _is_own_or_no_unit(self, text: str) -> bool:
        """``Personen``, ``ST``: what the indicators count, or a short form that says no other."""
        key = fold(text)
        if factor_in(text) is not None or any(sign in text for sign in "%€"):
            return False
        if UNIT_OF_WORD.get(key):
            return self.is_own_unit(key) or not self.units
        return key in lexicon.words("silent") or is_short_unit(text)

    def _is_day_of_paper(self, text: str) -> bool:
        """A day on which the figures could be written down: after the end of their period."""
        days = [period for period in periods_in(text) if period.form == DAY and period.last]
        return len(days) == 1 and fold(text) == fold(days[0].text) and self.is_after_end(days[0])

    def _rows(self, column: int) -> Iterator[tuple[str, str, set[int]]]:
        """Of each row the text of a column, the code of the indicator and the years of its values."""
        plan, constant = self.plan, self.plan.constants.get("indicator", "")
        headed = {value.heading.meaning.get("indicator", constant) for value in plan.values}
        constant = headed.pop() if len(headed) == 1 else ""
        of_indicators, of_years = plan.roles.get("indicator", -1), plan.roles.get("year", -1)
        for row in plan.block.data:
            text = tidy(shown(self.grid.rows[row][column]))
            if not text:
                continue
            code = constant
            if of_indicators >= 0:
                code = self._indicator_of(tidy(shown(self.grid.rows[row][of_indicators])))
            year = parse_year(self.grid.rows[row][of_years]) if of_years >= 0 else None
            yield text, code, {year.year} if year else self.years()

    def _indicator_of(self, label: str) -> str:
        """The indicator of a row by its label: by its name, or by the only one among its words."""
        bare = split_marks(label)[0]
        if code := self.names.exact("indicator", bare):
            return code
        parts = wording.parts_of(bare, self.names)
        codes = {code for part in parts if part.kind == wording.INDICATOR for code in part.codes}
        return codes.pop() if len(codes) == 1 else ""

    def _are_periods_of_rows(self, column: int) -> bool:
        """Whether each cell names the period that the indicator of its row has anyway.

        A row whose label nobody knows is held for that, whatever its period.
        """
        are_labelled = "indicator" in self.plan.roles and not subject_of(self.plan.block.titles)
        return all(
            self._is_period_of(text, code, years)
            for text, code, years in self._rows(column)
            if code or not are_labelled
        )

    def _is_period_of(self, text: str, code: str, years: set[int]) -> bool:
        term = self.names.indicators.get(code)
        kinds = {term.period} if term else self.kinds
        if (called := _called(text, term)) is not None:
            return kinds <= called
        if term is not None and _DAYS.fullmatch(text) and _lasts_a_week(term):
            return True
        periods = periods_in(text)
        if len(periods) != 1 or not years or not _is_alone(text, periods[0]):
            return False
        return all(_is_period_of_year(periods[0], kind, year) for kind in kinds for year in years)

    def _repeats_indicator(self, column: int) -> bool:
        """Whether each cell names the indicator that its row has by another column, or by the table."""
        rows = list(self._rows(column))
        codes = {code for _, code, _ in rows}
        if (
            "" in codes
            or not codes
            or any(value.heading.meaning.get("indicator") for value in self.plan.values)
        ):
            return False
        return all(self.names.exact("indicator", split_marks(text)[0]) == code for text, code, _ in rows)

    def _repeats_owner(self, column: int) -> bool:
        """Whether each cell names the organisation, or the Land, that its row has by another column."""
        rows = [self.grid.rows[row] for row in self.plan.block.data]
        for kind in {"organisation", "region"} & self.plan.roles.keys():
            place = self.plan.roles[kind]
            pairs = {(tidy(shown(row[place])), tidy(shown(row[column]))) for row in rows}
            pairs = {(own, other) for own, other in pairs if other}
            codes = [[self.names.exact(kind, split_marks(text)[0]) for text in pair] for pair in pairs]
            if pairs and all(own is not None and own == other for own, other in codes):
                return True
        return False

    def _labels_occupations(self, column: int, offset: int, heading: str) -> bool:
        """Words beside the codes of occupations, one for each: they are the codes' names."""
        codes = self.plan.roles.get("occupation", -1)
        if codes < 0 or "occupation_label" in self.plan.roles or not _OF_OCCUPATIONS.search(heading):
            return False
        pairs = {
            (tidy(shown(self.grid.rows[row][codes])), tidy(shown(self.grid.rows[row][column])))
            for row in self.plan.block.data
        }
        pairs = {pair for pair in pairs if all(pair)}
        if len({code for code, _ in pairs}) != len(pairs) or len({text for _, text in pairs}) != len(pairs):
            return False
        parts = [part for _, text in pairs for part in wording.parts_of(text, self.names, self.known)]
        if any(part.kind in (wording.NARROWING, wording.PERIOD, wording.FACTOR) for part in parts):
            return False
        self._give_role(column, offset, "occupation_label")
        return True

    def _dates_data(self, heading: str, part: Part) -> bool:
        """Whether a cell below ``Stand`` is the day as of which its row's data are."""
        text = f"{heading} {part.text}"
        period = part.period and part.period._replace(start=len(heading) + 1)
        return period is not None and self._is_date_of_data(Source(text, "", []), period)

    def _is_known_here(self, part: Part) -> bool:
        if part.kind in (wording.SILENT, wording.STATUS) or self.is_own_unit(fold(part.text)):
            return True
        if part.kind in wording.NAMED:
            return bool(set(part.codes) & (self.facts.of(part.kind) | self._umbrellas()))
        return part.period is not None and part.period.form == YEAR and part.period.year in self.facts.years

    def _umbrellas(self) -> set[str]:
        known = self.names.organisations
        return {known[code].umbrella for code in self.facts.organisations if code in known}


def _lasts_a_week(term: IndicatorTerm) -> bool:
    """Whether a measure is of some days in the year: when these were says nothing of its figures."""
    return any(_WEEK & set(fold(name).split()) for name in term.measure)


def _called(text: str, term: IndicatorTerm | None) -> frozenset[str] | None:
    """The kinds of period that a text calls by name; beside the name only words of the definition."""
    key = fold(text)
    if key in CALLED:
        return CALLED[key]
    words = {word for each in (term.definitions if term else ()) for word in fold(each).split()}
    return next(
        (
            kinds
            for name, kinds in CALLED.items()
            if key.startswith(f"{name} ") and set(key[len(name) :].split()) <= words
        ),
        None,
    )


def _is_alone(text: str, period: Period) -> bool:
    """Whether a text names a period and says nothing else: ``1.10. bis Mitte Januar des Folgejahres``."""
    rest = f"{text[: period.start]} {text[period.end :]}"
    return set(fold(rest).split()) <= _OF_ANY_YEAR


def _is_period_of_year(period: Period, kind: str, year: int) -> bool:
    if period.last is not None:
        return year_meant(period, kind) == year
    if period.form == DAY and period.months is not None:
        return any(year_meant(period.within(each), kind) == year for each in (year, year + 1))
    return any(year_meant(period.within(candidate), kind) == year for candidate in (year - 1, year))
