"""What is to be marked, and in which words: all that a reader sees comes from outside, in their language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from measures.importing.addresses import CELL, column_number
from measures.importing.problems import ERROR, NOTE, QUERY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_COMMENTS = 10_000
"""Spreadsheet programs grow slow with more; the list of problems has them all."""

COLOURS = {ERROR: "F4B0B0", QUERY: "FFD98A", NOTE: "D6E6F7"}

_ORDER = {ERROR: 0, QUERY: 1, NOTE: 2}
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_000
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class Mark(NamedTuple):
    """One problem, in the words of its reader."""

    severity: str
    sheet: str
    cell: str
    found: str
    message: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """Every text of the handed-back workbook, in the language of who gets it.

    ``losses`` is keyed by the codes of ``losses.py``, ``reasons`` by those of whoever gives them.
    """

    author: str
    sheet_name: str
    title: str
    summary: str
    what_to_do: str
    what_to_do_alone: str
    headers: tuple[str, ...]
    severities: Mapping[str, str]
    held: str
    not_held: str
    no_problem: str
    not_kept: str
    fewer_comments: str
    losses: Mapping[str, str]
    reasons: Mapping[str, str]

    def row(self, mark: Mark) -> tuple[str, ...]:
        """A line of the list of problems."""
        effect = self.held if mark.holds else self.not_held
        reported = (self.severities[mark.severity], mark.sheet, mark.cell, mark.found, mark.message, effect)
        return tuple(printable(text) for text in reported)

    def lines(
        self,
        *,
        losses: Iterable[str] = (),
        reasons: Iterable[str] = (),
        fewer_comments: bool = False,
        is_alone: bool = False,
    ) -> list[str]:
        """What stands above the list."""
        lines = [self.title, self.summary, *(self.reasons[code] for code in reasons)]
        named = ", ".join(self.losses[code] for code in losses)
        if named:
            lines.append(self.not_kept.format(list=named))
        if fewer_comments:
            lines.append(self.fewer_comments.format(count=MOST_COMMENTS))
        lines.append(self.what_to_do_alone if is_alone else self.what_to_do)
        return [printable(line) for line in lines]


@dataclass(frozen=True, slots=True)
class Order:
    """What to do to a file of at most so many rows."""

    marks: list[Mark]
    wording: Wording
    most_rows: int


class CellMark(NamedTuple):
    """All that is the matter with one cell: its colour goes by the worst."""

    sheet: str
    row: int
    column: int
    severity: str
    text: str
    """The comment; empty where there are too many."""


def cell_marks(marks: Iterable[Mark], wording: Wording) -> tuple[list[CellMark], bool]:
    """Marks by cell, in the order of sheets and rows; and whether some go without a comment."""
    by_cell: dict[tuple[str, int, int], list[Mark]] = {}
    for mark in marks:
        place = place_of(mark.cell)
        if place:
            by_cell.setdefault((mark.sheet, *place), []).append(mark)
    worst_first = sorted(by_cell.items(), key=lambda item: min(_ORDER[mark.severity] for mark in item[1]))
    reported = [
        CellMark(
            sheet,
            row,
            column,
            min((mark.severity for mark in of_cell), key=_ORDER.__getitem__),
            _comment(of_cell, wording) if number < MOST_COMMENTS else "",
        )
        for number, ((sheet, row, column), of_cell) in enumerate(worst_first)
    ]
    return sorted(reported), len(reported) > MOST_COMMENTS


def _comment(marks: list[Mark], wording: Wording) -> str:
    lines = dict.fromkeys(f"{wording.severities[mark.severity]}: {mark.message}" for mark in marks)
    return printable("\n".join([heading(wording), *lines]))


def heading(wording: Wording) -> str:
    """The line a comment of the portal begins with; what stands above it is their own."""
    return f"— {wording.author} —"


def place_of(cell: str) -> tuple[int, int] | None:
    """Row and column, counted from one; nothing where this is no cell."""
    found = CELL.fullmatch(cell)
    if not found:
        return None
    row, column = int(found[2]), column_number(found[1]) + 1
    return (row, column) if row <= _MOST_ROWS and column <= _MOST_COLUMNS else None


def printable(text: str) -> str:
    """Text as a cell can hold it."""
    return _UNPRINTABLE.sub("", text)[:_LONGEST]


def looks_like_formula(text: str) -> bool:
    """Written as text it does no harm, but a program that exports it again may take it for one."""
    return text.startswith(_FORMULA_SIGNS)


SHEET_COLUMNS = 6
WIDTHS = {"A": 12, "B": 22, "C": 9, "D": 28, "E": 90, "F": 24}
MOST_LINKS = 65_000
"""More links on one sheet Excel does not take."""

_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_COMMENT_WIDTH, _LINE_HEIGHT, _SIGNS_PER_LINE = 320, 20, 42


def free_name(name: str, taken: Iterable[str]) -> str:
    """A name a sheet can have, and none of these has."""
    known = {other.casefold() for other in taken}
    name = _NOT_IN_NAMES.sub(" ", printable(name)).strip().strip("'")[:_LONGEST_NAME] or "?"
    free, number = name, 1
    while free.casefold() in known or free.casefold() == "history":
        number += 1
        ending = f" ({number})"
        free = f"{name[: _LONGEST_NAME - len(ending)]}{ending}"
    return free


def link_to(sheet: str, cell: str) -> str:
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cell}"


def comment_size(text: str) -> tuple[int, int]:
    """Width and height in pixels at which the whole comment shows."""
    lines = sum(1 + len(line) // _SIGNS_PER_LINE for line in text.split("\n"))
    return _COMMENT_WIDTH, _LINE_HEIGHT * (lines + 1)
