"""Why something was read as it was: a decision, what it is about, and the evidence it rests on.

Evidence is a code with parameters, collected where the decision is made; the sentence is made when it is
shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from measures.importing.addresses import column_letters
from measures.importing.decisions import of_areas, of_columns, of_rows, of_words
from measures.importing.decisions.types import TRANSLATED, WORDS, EvidenceType, in_words
from measures.importing.problems.types import render

__all__ = [
    "AREA",
    "COLUMN",
    "EVIDENCE",
    "ROW",
    "WORD",
    "WORDS",
    "Decision",
    "Evidence",
    "EvidenceType",
    "Line",
    "RowEvidence",
    "Subject",
    "evidence",
    "in_words",
]

AREA, ROW, COLUMN, WORD = "area", "row", "column", "word"
"""What a decision may be about; a word stands in a cell, or is the name of a sheet."""

MOST_ROWS = 500
"""Rows of a table whose reasons are kept one by one; those after them are counted."""

EVIDENCE: dict[str, EvidenceType] = {
    known.code: known for module in (of_areas, of_rows, of_columns, of_words) for known in module.TYPES
}


class Evidence(NamedTuple):
    """One reason, by its code."""

    code: str
    params: tuple[tuple[str, str], ...] = ()

    @property
    def message(self) -> str:
        filled = {name: in_words(text) if name in TRANSLATED else text for name, text in self.params}
        return render(EVIDENCE[self.code].message, filled)


def evidence(code: str, **params: object) -> Evidence:
    return Evidence(code, tuple((name, str(value)) for name, value in params.items()))


class Subject(NamedTuple):
    """A part of a sheet, by rows as the spreadsheet counts them and by column letters.

    Without columns: whole rows. Without rows: whole columns. Without either: the sheet's name.
    """

    sheet: str
    first_row: int = 0
    last_row: int = 0
    first_column: str = ""
    last_column: str = ""
    text: str = ""
    """The words it is about, where there are any: a heading, a title."""

    @property
    def place(self) -> str:
        """Rows as ``5`` or ``5-83``, columns as ``C`` or ``C:D``, cells as ``A1`` or ``A4:D83``."""
        if not self.first_column:
            is_one = self.last_row == self.first_row
            return f"{self.first_row or ''}" if is_one else f"{self.first_row}-{self.last_row}"
        first = f"{self.first_column}{self.first_row or ''}"
        last = f"{self.last_column}{self.last_row or ''}"
        return first if last == first else f"{first}:{last}"


@dataclass(frozen=True, slots=True)
class Decision:
    """``subject`` was taken for something: an area for a table, a row for data, a column for a role."""

    subject: Subject
    kind: str
    taken_for: str
    evidence: tuple[Evidence, ...]
    meaning: tuple[tuple[str, str], ...] = ()
    """Dimensions with their codes, where that is what it was taken for."""


class Line(str):
    """A text from outside a table, with the cells it stands in; rows and columns count from zero."""

    __slots__ = ("first_column", "last_column", "row", "sheet")

    sheet: str
    row: int
    first_column: int
    last_column: int

    @classmethod
    def at(cls, text: str, sheet: str, row: int, first_column: int, last_column: int) -> Line:
        line = cls(text)
        line.sheet, line.row = sheet, row
        line.first_column, line.last_column = first_column, last_column
        return line

    @property
    def subject(self) -> Subject:
        number = self.row + 1
        columns = column_letters(self.first_column), column_letters(self.last_column)
        return Subject(self.sheet, number, number, *columns, str(self))


class RowEvidence:
    """Why single rows of a table are what they are; rows count from zero.

    Plain rows need none. Of very many others the first are kept and the rest are counted.
    """

    __slots__ = ("by_row", "left_out")

    def __init__(self) -> None:
        self.by_row: dict[int, tuple[Evidence, ...]] = {}
        self.left_out: set[int] = set()

    def wants(self, row: int) -> bool:
        """Whether evidence for the row is still kept; what is costly to state is not made otherwise."""
        if row in self.by_row or len(self.by_row) < MOST_ROWS:
            return True
        self.left_out.add(row)
        return False

    def add(self, row: int, found: Evidence) -> None:
        """Keep one piece of evidence of each code."""
        if self.wants(row):
            known = self.by_row.get(row, ())
            if all(other.code != found.code for other in known):
                self.by_row[row] = (*known, found)

    def replace(self, row: int, found: Evidence) -> None:
        """Somebody else decided about the row: what spoke for it before no longer counts."""
        self.by_row.pop(row, None)
        self.add(row, found)
