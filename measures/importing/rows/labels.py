"""What a label in a table stands for: a code, or the problem in its place."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from measures.importing.columns.plan import Label
from measures.importing.layout.grid import shown
from measures.importing.rows.value_reader import state_read
from measures.importing.text.dates import is_made_date
from measures.importing.text.folding import split_marks, tidy
from measures.importing.text.names import NameIndex, Unknown
from measures.importing.text.periods import DAY, covered
from measures.importing.text.synonyms import SUM_WORDS_AFTER_NAMES
from measures.importing.text.terms.concepts import Concepts, concepts_of, together
from measures.importing.text.terms.places import PARTS_OF_COUNTRY
from measures.importing.text.wording import INDICATOR, SILENT, parts_of
from measures.importing.text.years import Year, parse_year
from measures.importing.vocabulary import COUNTRY, TOTAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from measures.importing.formats.workbook import Sheet
    from measures.importing.text.periods import Period


_ANY_YEAR = 2016
_OF_PLACING = frozenset(("matching",))
_IN_ALL = re.compile(rf"\s+(?:{'|'.join(SUM_WORDS_AFTER_NAMES)})$", re.IGNORECASE)


def unknown_cell(kind: str, unknown: Unknown, column: int) -> Label:
    params: tuple[tuple[str, str], ...] = (
        ("candidates", ", ".join(candidate.label for candidate in unknown.candidates)),
    )
    if unknown.candidates:
        params += (("candidate_codes", json.dumps(unknown.candidates, ensure_ascii=False)),)
    return Label("", (), f"{kind}_unknown", unknown.text, params, column)


def made_date(text: str, column: int) -> Label:
    return Label("", (), "date_not_label", text, (), column)


def year_cell(column: int, first_day: int, is_whole: Callable[[Year], bool]) -> Callable[[Any], Label]:
    """``is_whole``: whether a day or a season stands for the whole period of the indicators' year."""

    def resolve(value: Any) -> Label:
        year = parse_year(value, serial=first_day)
        if year is not None and not is_whole(year):
            return Label("", (), "period_differs", tidy(shown(value)), (), column)
        if year is None:
            return Label("", (), "year_unreadable", tidy(shown(value)), (), column)
        return Label(
            str(year.year), year.marks, found=tidy(shown(value)), column=column, quality=year.quality
        )

    return resolve


def labels_in_doubt(sheet: Sheet, column: int, rows: Sequence[int]) -> Iterator[tuple[int, Label]]:
    """Of a column, the positions of labels that show an error or are struck out: they are not blank.

    What stands above them does not hold for their rows, nor for the rows below.
    """
    if not sheet.states and not sheet.struck:
        return
    for position, row in enumerate(rows):
        if state := sheet.states.get((row, column)):
            yield position, Label("", (), state_read(state).problem, state, (), column)
        elif (row, column) in sheet.struck:
            yield position, Label("", (), "struck_out", tidy(shown(sheet.rows[row][column])), (), column)


def of_chambers(own: list[Label], found: list[Label], names: NameIndex) -> list[Label]:
    """Labels of towns as those of one kind of chambers; a total of the rows is that of their umbrella."""
    known = names.organisations
    whole = next((known[label.code].umbrella for label in found if label.code in known), TOTAL)
    return [
        town
        if label.problem == "organisation_unknown"
        else (label._replace(code=whole) if label.code == TOTAL else label)
        for label, town in zip(own, found, strict=True)
    ]


def _is_last_day(period: Period | None, kind: str, year: int = 0) -> bool:
    """Whether a day is the last of the indicator's period; with a year only if that is the table's."""
    if period is None or period.form != DAY or not kind:
        return False
    if period.last is not None:
        return bool(year) and period.last == covered(kind, year)[1]
    _, last = covered(kind, _ANY_YEAR)
    return period.months == (last.month, last.day)


class LabelReader:
    """Reads the labels of one column. ``prefix`` (``IHK``) goes before towns that stand alone."""

    year = 0
    """The only year of the table, if it has one: the year of a day in a label has to be this."""

    def __init__(
        self, names: NameIndex, kind: str, column: int, prefix: str = "", subject: Concepts = frozenset()
    ) -> None:
        """``subject``: what the titles say, so that the labels of indicators need not."""
        self.subject = subject
        self.names = names
        self.kind = kind
        self.column = column
        self.prefix = prefix

    def __call__(self, value: Any) -> Label:
        text = tidy(shown(value))
        bare, marks = split_marks(text)
        for name, mark in ((bare, marks), (text, ())):
            if code := self._code(name):
                return Label(code, mark, column=self.column, found=text)
        if self.kind == "region" and (land := self.names.land_of_district(text)):
            params = (("region", self.names.label("region", land)),)
            return Label("", (), "region_level", text, params, self.column)
        if is_made_date(value):
            return made_date(text, self.column)
        found = self.names.resolve(self.kind, bare)
        return unknown_cell(self.kind, found if isinstance(found, Unknown) else Unknown(text), self.column)

    def _code(self, name: str) -> str:
        names = self.names
        if self.kind != "organisation":
            code = names.exact(self.kind, name)
            if code is None and self.kind == "indicator":
                if names.is_total(name):
                    return TOTAL
                return self._indicator_among_words(name) or self._indicator_of_subject(name)
            if code is None and self.kind == "region" and name.isdigit() and name.zfill(2) in names.regions:
                return name.zfill(2)
            return code or ""
        if self.prefix and (code := names.exact("organisation", f"{self.prefix} {name}")):
            return code
        return names.exact("organisation", name) or self._land(name)

    def _indicator_of_subject(self, name: str) -> str:
        """``eingeladen`` below ``Nachvermittlung 2016``: the title says to what.

        ``Angebote insgesamt`` of the placing are all of them; contracts in all could be the stock.
        """
        if self.subject == _OF_PLACING:
            name = _IN_ALL.sub("", name)
        concepts = concepts_of(name) if self.subject else frozenset()
        codes = self.names.indicators_with(together(concepts, self.subject)) if concepts else set()
        return codes.pop() if len(codes) == 1 else ""

    def _indicator_among_words(self, name: str) -> str:
        """``Zahl der Willkommenslotsen (Stand 31.12.)``: the only name, and nothing that changes it."""
        parts = parts_of(name, self.names)
        codes = {code for part in parts if part.kind == INDICATOR for code in part.codes}
        if len(codes) != 1:
            return ""
        code = codes.pop()
        period = self.names.indicators[code].period
        is_plain = all(
            part.kind in (INDICATOR, SILENT) or _is_last_day(part.period, period, self.year) for part in parts
        )
        return code if is_plain else ""

    def _land(self, name: str) -> str:
        """A region among organisations: the Land's own code, or a total over all."""
        region = self.names.exact("region", name) or ""
        if region in (COUNTRY, *PARTS_OF_COUNTRY):
            return TOTAL
        return self.names.laender.get(region, "")
