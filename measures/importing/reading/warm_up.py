"""What the reader works out once in the life of a process: word lists, patterns, the keys of names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from measures.importing.formats.workbook import Sheet, Workbook
from measures.importing.reading.pipeline import read_sheets
from measures.importing.vocabulary import Answers

if TYPE_CHECKING:
    from measures.importing.vocabulary import Vocabulary

_ROWS: list[list[Any]] = [
    ["Ausbildungsplätze nach Kammern, Stand 30.09.2016", "", ""],
    ["Kammer", "2015", "2016"],
    ["Nord", "1.200", "k. A."],
    ["Süd *", 7, 12],
    ["Insgesamt", 1207, ""],
    ["* ohne Nebenstellen", "", ""],
]


def warm_up(vocabulary: Vocabulary) -> None:
    """Read a small table of our own, so that copies of this process need not begin from nothing."""
    sheet = Sheet("Tabelle", [list(row) for row in _ROWS])
    read_sheets(Workbook([sheet]), name="", vocabulary=vocabulary, answers=Answers())
