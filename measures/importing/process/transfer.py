"""A reading as the database takes it: figures and problems as text for COPY, the rest as a small answer.

The text is written by the process that reads, so that whoever waits for it passes a million rows on without
looking at one. Columns are those of ``ROW_FIELDS`` and ``PROBLEM_FIELDS``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import count, islice
from typing import TYPE_CHECKING, Any

from measures.importing.addresses import CELL, column_number, taken_apart
from measures.importing.decisions import Decision  # noqa: TC001  # msgspec resolves the answer's types
from measures.importing.formats.storable_texts import storable
from measures.importing.problems import ERROR, QUERY, Question
from measures.importing.reading.pipeline import read_file
from measures.importing.results import ComparedTotal, SheetView, Table, reason_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from measures.importing.problems import Problem
    from measures.importing.results import FigureRow, Reading

ROWS, PROBLEMS = "rows", "problems"

ROW_FIELDS = (
    "n", "sheet", "cell", "row", "column", "indicator", "year", "organisation", "region", "occupation",
    "occupation_label", "target_group", "value", "absence", "quality", "is_below_half_unit", "is_uncertain",
    "note", "original", "is_held",
)  # fmt: skip
PROBLEM_FIELDS = ("severity", "code", "sheet", "cell", "row", "column", "found", "message", "holds")

_AT_ONCE = 20_000
_NOTHING = "\\N"
_SHEET, _CELL, _OCCUPATION_LABEL, _ORIGINAL = 100, 12, 300, 200
_KEY = {"indicator": 40, "organisation": 20, "region": 12, "occupation": 8, "target_group": 12}
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@dataclass(slots=True)
class ReadingSummary:
    """What a reading says besides its rows and problems."""

    name: str
    status: str = "ready"
    reason_code: str = ""
    reason_params: dict[str, str] = field(default_factory=dict)
    encoding: str = ""
    suffix: str = ""
    tables: list[Table] = field(default_factory=list)
    control_totals: list[ComparedTotal] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    sheets: list[SheetView] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    """What areas, rows, columns and words were taken for, and why. They are shown, never stored."""
    organisations: list[str] = field(default_factory=list)
    """Codes of everybody whose figures the file has."""
    row_count: int = 0

    @property
    def reason(self) -> str:
        return reason_in_words(self.reason_code, self.reason_params, self.questions)


def read_into(folder: Path, path: Path, **arguments: Any) -> ReadingSummary:
    """Read a file; leave figures and problems in ``folder`` and answer with the rest."""
    reading = read_file(path, **arguments)
    write_rows(reading.rows, folder / ROWS)
    write_problems(reading, folder / PROBLEMS)
    return ReadingSummary(
        name=reading.name,
        status=reading.status,
        reason_code=reading.reason_code,
        reason_params=reading.reason_params,
        encoding=reading.encoding,
        suffix=reading.suffix,
        tables=reading.tables,
        control_totals=reading.control_totals,
        questions=reading.questions,
        sheets=reading.sheets,
        decisions=reading.decisions,
        organisations=sorted({row.organisation for row in reading.rows} - {""}),
        row_count=len(reading.rows),
    )


class _Texts(dict[Any, str]):
    """Each different content as COPY takes it, worked out once."""

    def __init__(self, make: Callable[[Any], str]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, content: Any) -> str:
        text = self[content] = self.make(content)
        return text

    def of(self, contents: Iterable[Any]) -> list[str]:
        return [self[content] for content in contents]


def _text(longest: int | None = None) -> _Texts:
    """Texts as PostgreSQL takes them: no NUL, no half of a surrogate pair, no longer than the column."""
    return _Texts(lambda content: storable(content)[:longest].translate(_ESCAPED))


def write_rows(rows: Sequence[FigureRow], path: Path) -> None:
    key = {name: _text(longest) for name, longest in _KEY.items()}
    sheet, label, note, original = _text(_SHEET), _text(_OCCUPATION_LABEL), _text(), _text(_ORIGINAL)
    number = _Texts(lambda value: _NOTHING if value is None else str(value))
    year = _Texts(lambda value: str(value) if value else _NOTHING)
    known = _Texts(lambda value: value or _NOTHING)
    flag = {False: "f", True: "t"}
    numbers = count(1)
    with path.open("w", encoding="utf-8", newline="") as file:
        for start in range(0, len(rows), _AT_ONCE):
            part = rows[start : start + _AT_ONCE]
            (
                indicator, years, organisation, region, occupation, labels, group, value, absence, quality,
                below, uncertain, notes, sheets, cells, originals, held,
            ) = zip(*part, strict=True)  # fmt: skip
            lines, columns = _places(cells)
            fields: tuple[Iterable[str], ...] = (
                map(str, islice(numbers, len(part))),
                sheet.of(sheets),
                cells,
                lines,
                columns,
                key["indicator"].of(indicator),
                year.of(years),
                key["organisation"].of(organisation),
                key["region"].of(region),
                key["occupation"].of(occupation),
                label.of(labels),
                key["target_group"].of(group),
                number.of(value),
                known.of(absence),
                quality,
                [flag[is_set] for is_set in below],
                [flag[is_set] for is_set in uncertain],
                note.of(notes),
                original.of(originals),
                [flag[is_set] for is_set in held],
            )
            file.write("\n".join(map("\t".join, zip(*fields, strict=True))))
            file.write("\n")


def _places(cells: Sequence[str]) -> tuple[list[str], list[str]]:
    """Rows and columns of addresses, counted from 1, as text."""
    letters, rows = taken_apart(cells)
    columns = _Texts(lambda name: str(column_number(name) + 1))
    return rows, columns.of(letters)


def write_problems(reading: Reading, path: Path) -> None:
    """Problems, and whether each holds a value: an error does, a query where its cell is held."""
    held = {(row.sheet, row.cell) for row in reading.rows if row.held}
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(_problem_lines(reading.problems, held))


def _problem_lines(problems: Iterable[Problem], held: set[tuple[str, str]]) -> Iterator[str]:
    sheet = _text(_SHEET)
    for problem in problems:
        severity = problem.severity
        place = CELL.fullmatch(problem.cell)
        holds = severity == ERROR or (severity == QUERY and (problem.sheet, problem.cell) in held)
        fields = (
            severity,
            problem.code,
            sheet[problem.sheet],
            problem.cell[:_CELL],
            place[2] if place else "0",
            str(column_number(place[1]) + 1) if place else "0",
            storable(problem.found).translate(_ESCAPED),
            json.dumps({name: storable(value) for name, value in problem.params}).translate(_ESCAPED),
            "t" if holds else "f",
        )
        yield "\t".join(fields) + "\n"
