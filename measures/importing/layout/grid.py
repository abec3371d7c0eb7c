"""What a single cell looks like, before anything is known about the table it stands in."""

from __future__ import annotations

import datetime as dt
import re
from copy import copy
from enum import Enum
from typing import TYPE_CHECKING, Any

from measures.importing.formats.workbook import ERROR_WORDS, Sheet
from measures.importing.text import synonyms, units
from measures.importing.text.dates import date_shown, is_made_date
from measures.importing.text.folding import fold, split_marks, tidy, without_participle
from measures.importing.text.numbers import take_apart
from measures.importing.text.terms import answers
from measures.importing.text.years import day_of_serial, parse_year

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from measures.importing.text.markers import Markers
    from measures.importing.text.names import NameIndex

FIRST_YEAR, LAST_YEAR = 1990, 2100
_MANY_MERGED_CELLS = 200_000
_LONG_TEXT = 160
_HEAD = 40
_DATE = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}|\d{4}-\d{2}-\d{2}")


_KEY_OF_PROGRAM = re.compile(
    r"(?:k|ihk|hwk|kammer|kam|org|organisation|mitgl|mitglied)s? ?(?:nr|num|nummer|id|key|code)"
)
"""``KNR``, as programs call the number of a chamber."""
_OF_KLDB = re.compile(
    r"(?:(?:nr|nummer|code|kode|schluessel|kennziffer|beruf|berufe|berufsgruppe|berufshauptgruppe) )?"
    r"kldb(?: 2010)?(?: (?:nr|nummer|code|kode|schluessel|steller|[1-5] steller))?"
)
"""``Nr. KldB``: the codes of occupations."""
_FLAT_ASIDE = re.compile(r"\d (?:variable|merkmal) (?:code|label)|\d (?:variable attribute|auspraegung) code")
"""Columns of a Destatis flat file that repeat what the label beside them says."""


class CellKind(Enum):
    BLANK = "blank"
    NUMBER = "number"
    MARKER = "marker"
    YEAR = "year"
    ENTITY = "entity"
    TOTAL = "total"
    INDICATOR = "indicator"
    GROUP = "group"
    WORD = "word"
    TEXT = "text"


def words(*lists: Any) -> frozenset[str]:
    return frozenset(fold(word) or word for given in lists for word in given)


ROLE_OF_WORD: dict[str, str] = {
    fold(word) or word: role for role, given in synonyms.ROLE_WORDS.items() for word in given
}
UNITS = words(units.UNIT_WORDS)
UNIT_OF_WORD: dict[str, str] = {fold(word): unit for word, unit in units.UNIT_OF_WORD.items()}
DERIVED = words(synonyms.DERIVED_WORDS)
NOT_KEPT = words(synonyms.NOT_KEPT_WORDS)
OF_LAST_YEAR = words(synonyms.LAST_YEAR_WORDS)
FACTORS: dict[str, int] = {fold(word): factor for word, factor in units.FACTOR_WORDS.items()}
_HEADING_WORDS = frozenset(ROLE_OF_WORD) | UNITS | DERIVED | NOT_KEPT | OF_LAST_YEAR | frozenset(FACTORS)


def is_blank(value: object) -> bool:
    return value == "" or (isinstance(value, str) and not value.strip())


def is_year(value: object) -> bool:
    year = parse_year(value)
    return year is not None and FIRST_YEAR <= year.year <= LAST_YEAR


def is_date(value: object) -> bool:
    return isinstance(value, dt.date) or (
        isinstance(value, str) and _DATE.fullmatch(value.strip()) is not None
    )


def is_serial_of_label(value: object, first_day: int) -> bool:
    """``43738``: the first or last day of a month as its day number, what a heading's date turns into."""
    day = day_of_serial(value, first_day) if isinstance(value, (int, float)) else None
    return day is not None and (day.day == 1 or (day + dt.timedelta(days=1)).day == 1)


def shown(value: Any) -> str:
    """A cell's content as text: numbers and dates as German has them, without the decimals formats add."""
    if value.__class__ is float:
        return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
    return date_shown(value) if isinstance(value, dt.date) else str(value)


def role_of(value: object) -> str:
    """The role a heading's word gives its column; empty if it names none."""
    if not isinstance(value, str):
        return ""
    text = split_marks(tidy(value))[0]
    key = fold(text) or text
    if known := ROLE_OF_WORD.get(key, ""):
        return known
    if _KEY_OF_PROGRAM.fullmatch(key):
        return "key"
    if _OF_KLDB.fullmatch(key):
        return "occupation"
    words = [word for word in key.split() if word not in ("und", "u")]  # "PLZ/Ort", "Telefon und E-Mail"
    is_aside = len(words) > 1 and all(ROLE_OF_WORD.get(word) == "ignore" for word in words)
    return "ignore" if is_aside or _FLAT_ASIDE.fullmatch(key) else ""


class _Kinds(dict[object, CellKind]):
    """The kind of each different content, worked out once."""

    def __init__(self, find: Callable[[object], CellKind]) -> None:
        super().__init__()
        self.find = find

    def __missing__(self, value: object) -> CellKind:
        kind = self[value] = self.find(value)
        return kind


class SheetGrid:
    """A sheet's cells with their kinds; spans answer with the text of their first cell."""

    def __init__(self, sheet: Sheet, names: NameIndex, markers: Markers) -> None:
        self.sheet = sheet
        self.rows = sheet.rows
        self.names = names
        self.markers = markers
        self.width = len(sheet.rows[0]) if sheet.rows else 0
        self.left, self.right = 0, self.width
        self.kinds = _Kinds(self._kind)
        self._answered: list[bool] = []
        self._anchors: dict[tuple[int, int], tuple[int, int]] = {}
        for top, left, bottom, right in sheet.merges:
            if len(self._anchors) + (bottom - top + 1) * (right - left + 1) > _MANY_MERGED_CELLS:
                break
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    self._anchors[row, column] = (top, left)

    def window(self, left: int, right: int) -> SheetGrid:
        """The same cells, seen only from column ``left`` up to, not including, ``right``."""
        window = copy(self)
        window.left, window.right = max(left, 0), min(right, self.width)
        return window

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        return self._anchors.get((row, column), (row, column))

    def spanned(self, row: int, column: int) -> Any:
        """The cell's value; inside a span, the span's."""
        top, left = self._anchors.get((row, column), (row, column))
        return self.rows[top][left] if top < len(self.rows) and left < self.width else ""

    def indent(self, row: int, column: int) -> int:
        """How far the cell's text is set in, by spaces or by its alignment."""
        value = self.rows[row][column]
        spaces = len(value) - len(value.lstrip()) if isinstance(value, str) else 0
        return spaces + self.sheet.indents.get((row, column), 0)

    def has_spans(self, row: int) -> bool:
        return any((row, column) in self._anchors for column in range(self.left, self.right))

    def filled(self, row: int) -> Iterator[tuple[int, Any]]:
        """Cells of a row that hold something, an error or an empty formula included."""
        states = self.sheet.states
        line = self.rows[row]
        if self.right - self.left < self.width:
            line = line[self.left : self.right]
        for column, value in enumerate(line, self.left):
            if value == "" or (isinstance(value, str) and not value.strip()):
                if states and (row, column) in states:
                    yield column, None
            else:
                yield column, value

    def texts(self, rows: Iterable[int], column: int) -> list[str]:
        """What a column shows in these rows."""
        cells = [self.rows[row][column] for row in rows]
        if set(map(type, cells)) <= {str, float}:  # others are equal to numbers that are shown differently
            texts = {cell: tidy(shown(cell)) for cell in set(cells)}
            return [texts[cell] for cell in cells]
        return [tidy(shown(cell)) for cell in cells]

    def kind(self, value: object) -> CellKind:
        return self.kinds[value]

    def _kind(self, value: object) -> CellKind:
        if value is None:
            return CellKind.NUMBER
        if isinstance(value, str):
            text = tidy(value)
            return self._kind_of_text(text) if text else CellKind.BLANK
        return CellKind.YEAR if is_year(value) else CellKind.NUMBER

    def _kind_of_text(self, text: str) -> CellKind:
        if self.markers.meaning(text) is not None or text in ERROR_WORDS:
            return CellKind.MARKER
        if answers.answer_in(text) is not None and self._has_answers:
            return CellKind.MARKER
        if len(text) > _LONG_TEXT:
            return CellKind.TEXT
        if is_year(text):
            return CellKind.YEAR
        bare, _ = split_marks(text)
        if fold(bare) in _HEADING_WORDS or bare in ROLE_OF_WORD:
            return CellKind.WORD
        is_number = take_apart(text) is not None or is_made_date(text)
        return CellKind.NUMBER if is_number else self._kind_of_name(bare)

    @property
    def _has_answers(self) -> bool:
        """Whether the head of the sheet names an indicator that yes or no is a figure of."""
        if not self._answered:
            texts = {tidy(value) for row in self.rows[:_HEAD] for value in row if isinstance(value, str)}
            self._answered.append(any(answers.names_yes_or_no(text, self.names) for text in texts))
        return self._answered[0]

    def _kind_of_name(self, text: str) -> CellKind:
        names = self.names
        if names.is_total(text):
            return CellKind.TOTAL
        if names.exact("indicator", text):
            return CellKind.INDICATOR
        if any(names.exact(kind, text) for kind in ("organisation", "region", "occupation")):
            return CellKind.ENTITY
        bare, is_part = without_participle(text)
        if is_part or names.exact("target_group", bare):
            return CellKind.GROUP
        return CellKind.TEXT
