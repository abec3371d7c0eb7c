"""A new xlsx: of a file in another format, its cells and their problems; or the list of problems alone."""

from __future__ import annotations

import datetime as dt
import math
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any

from xlsxwriter.exceptions import OverlappingRange

from measures.importing.formats.number_formats import (
    InMillions,
    InThousands,
    Percent,
    ThreeDecimals,
    WithText,
)
from measures.importing.formats.problem_sheet import SIGN
from measures.importing.formats.runs import StruckOut
from measures.importing.formats.workbook import ERROR_WORDS
from measures.importing.marking.marks import (
    COLOURS,
    MOST_LINKS,
    SHEET_COLUMNS,
    WIDTHS,
    CellMark,
    Mark,
    Order,
    Wording,
    cell_marks,
    comment_size,
    free_name,
    link_to,
    looks_like_formula,
    place_of,
    printable,
)
from measures.renderers.exact_workbook import ExactWorkbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from measures.importing.formats.workbook import Sheet, Workbook

NEW_WORKBOOK, HIDDEN_LEFT_OUT, LIST_CUT = "new_workbook", "hidden_left_out", "list_cut"

MOST_LISTED = 1_000_000
"""A sheet has 1,048,576 rows."""

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_DATE, _MOMENT, _TIME, _DURATION = "dd.mm.yyyy", "dd.mm.yyyy hh:mm", "hh:mm:ss", "[h]:mm:ss"
_NUMBER_FORMATS: dict[type, str] = {
    Percent: "0.0##%",
    InThousands: "#,##0,",
    InMillions: "#,##0,,",
    ThreeDecimals: "0.000",
}
"""Those that change what a person sees of the number."""
_FIRST_DAY = dt.date(1900, 3, 1)
"""Before it, serial numbers of days differ between programs."""
_NO_RESULT = "=NA()"
"""Stands for a formula that had no result, and has none."""
_NARROWEST, _WIDEST, _ROWS_MEASURED = 9, 40, 200
_CELL_COLUMN = 2

Marks = dict[tuple[int, int], CellMark]
"""By row and column, counted from zero."""


def write_alone(
    target: Path, marks: Iterable[Mark], wording: Wording, *, total: int, reasons: Sequence[str]
) -> None:
    """The list of problems without the cells; however long, it is never in memory as a whole."""
    options = {**_OPTIONS, "constant_memory": True, "tmpdir": str(target.parent)}
    with ExactWorkbook(str(target), options) as book:
        more = (LIST_CUT,) if total > MOST_LISTED else ()
        lines = wording.lines(reasons=(*reasons, *more), is_alone=True)
        sheet = book.add_worksheet(free_name(wording.sheet_name, ()))
        _NewWorkbook(book, wording).write_problems(sheet, marks, lines)


def write_cells(workbook: Workbook, target: Path, order: Order) -> None:
    wording = order.wording
    reported, fewer_comments = cell_marks(order.marks, wording)
    by_sheet: dict[str, Marks] = {}
    for mark in reported:
        by_sheet.setdefault(mark.sheet, {})[mark.row - 1, mark.column - 1] = mark
    shown = [sheet for sheet in workbook.sheets if not sheet.hidden]
    names: dict[str, str] = {}
    for sheet in shown:
        names[sheet.name] = free_name(sheet.name, names.values())
    reasons = [NEW_WORKBOOK] + [HIDDEN_LEFT_OUT] * (len(shown) < len(workbook.sheets))
    lines = wording.lines(reasons=reasons, fewer_comments=fewer_comments)
    options = {**_OPTIONS, "date_1904": workbook.counts_from_1904}
    with ExactWorkbook(str(target), options) as book:
        new = _NewWorkbook(book, wording, names)
        listed = book.add_worksheet(free_name(wording.sheet_name, names.values()))
        new.write_problems(listed, order.marks, lines)
        for sheet in shown:
            new.write_sheet(book.add_worksheet(names[sheet.name]), sheet, by_sheet.get(sheet.name, {}))


class _NewWorkbook:
    """A workbook in the making; ``names``: what its sheets are called, by the name in the file."""

    def __init__(self, book: Any, wording: Wording, names: Mapping[str, str] | None = None) -> None:
        self.book = book
        self.wording = wording
        self.names = names or {}
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def format(self, **look: Any) -> Any:
        """One format per look: a workbook must not have thousands."""
        key = tuple(sorted(look.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(look) if look else None
        return self.formats[key]

    def write_problems(self, sheet: Any, marks: Iterable[Mark], lines: Sequence[str]) -> None:
        for letter, width in WIDTHS.items():
            sheet.set_column(f"{letter}:{letter}", width)
        sheet.set_column(SHEET_COLUMNS, SHEET_COLUMNS, None, None, {"hidden": True})
        header = len(lines) + 1
        sheet.freeze_panes(header + 1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.write_string(0, 0, lines[0], self.format(bold=True, font_size=14))
        sheet.write_string(0, SHEET_COLUMNS, SIGN)
        for number, line in enumerate(lines[1:], 1):
            sheet.write_string(number, 0, line)
        for column, text in enumerate(self.wording.headers):
            sheet.write_string(header, column, text, self.format(bold=True))
        last = header
        for last, mark in enumerate(islice(marks, MOST_LISTED), header + 1):
            self._write_problem(sheet, last, mark, is_linked=last - header <= MOST_LINKS)
        if last == header:
            last += 1
            sheet.write_string(last, 0, self.wording.no_problem)
        sheet.autofilter(header, 0, last, SHEET_COLUMNS - 1)

    def _write_problem(self, sheet: Any, row: int, mark: Mark, *, is_linked: bool) -> None:
        for column, text in enumerate(self.wording.row(mark)):
            look: dict[str, Any] = {"valign": "top", "text_wrap": True}
            if column == 0:
                look["bg_color"] = COLOURS[mark.severity]
            if looks_like_formula(text):
                look["quote_prefix"] = True
            if column == _CELL_COLUMN and is_linked and mark.sheet in self.names and place_of(text):
                look |= {"font_color": "#0000EE", "underline": 1}
                address = f"internal:{link_to(self.names[mark.sheet], mark.cell)}"
                sheet.write_url(row, column, address, self.format(**look), text)
            else:
                sheet.write_string(row, column, text, self.format(**look))

    def write_sheet(self, sheet: Any, given: Sheet, marks: Marks) -> None:
        for merge in given.merges:
            # Of two spans that overlap one is enough; a span of one cell is none.
            with suppress(OverlappingRange):
                sheet.merge_range(*merge, "")
        surplus = given.text.surplus if given.text else {}
        for row, values in enumerate(given.rows):
            for column, value in enumerate([*values, *surplus[row]] if row in surplus else values):
                place = row, column
                state, mark = given.states.get(place), marks.get(place)
                if not (state or mark) and value in {"", None}:
                    continue
                look: dict[str, Any] = {"bg_color": COLOURS[mark.severity]} if mark else {}
                if indent := given.indents.get(place):
                    look["indent"] = indent
                if isinstance(state, StruckOut):
                    self._write_value(sheet, place, str(state), {**look, "font_strikeout": True})
                elif state and state not in ERROR_WORDS:
                    sheet.write_formula(*place, _NO_RESULT, self.format(**look), "")
                else:
                    self._write_value(sheet, place, state or value, look)
        self._comment(sheet, given, marks)
        _lay_out(sheet, given)

    def _comment(self, sheet: Any, given: Sheet, marks: Marks) -> None:
        for (row, column), mark in marks.items():
            if mark.text:
                width, height = comment_size(mark.text)
                options = {"author": self.wording.author, "width": width, "height": height}
                sheet.write_comment(row, column, mark.text, options)
            if row >= len(given.rows) or column >= len(given.rows[row]):
                sheet.write_blank(row, column, None, self.format(bg_color=COLOURS[mark.severity]))

    def _write_value(self, sheet: Any, place: tuple[int, int], value: Any, look: dict[str, Any]) -> None:
        """A cell as its own kind: text stays text, with its leading zeros and whatever it begins with."""
        if isinstance(value, bool):
            sheet.write_boolean(*place, value, self.format(**look))
        elif isinstance(value, int | float) and math.isfinite(value):
            if shown := _number_format(value):
                look = {**look, "num_format": shown}
            sheet.write_number(*place, value, self.format(**look))
        elif shown := _date_format(value):
            sheet.write_datetime(*place, value, self.format(**look, num_format=shown))
        elif value in {"", None}:
            sheet.write_blank(*place, None, self.format(**look))
        else:
            text = printable(str(value))
            look = {**look, "quote_prefix": True} if looks_like_formula(text) else look
            sheet.write_string(*place, text, self.format(**look))


def _lay_out(sheet: Any, given: Sheet) -> None:
    """As wide as the content asks for; what was hidden is."""
    for column, width in enumerate(_widths(given.rows[:_ROWS_MEASURED])):
        is_hidden = any(first <= column <= last for first, last in given.hidden_columns)
        sheet.set_column(column, column, width, None, {"hidden": is_hidden})
    for first, last in given.hidden_rows:
        for row in range(first, min(last + 1, len(given.rows))):
            sheet.set_row(row, None, None, {"hidden": True})


def _widths(rows: Sequence[Sequence[Any]]) -> list[int]:
    columns = zip(*rows, strict=False)
    return [min(_WIDEST, max(_NARROWEST, *(len(str(value)) + 2 for value in column))) for column in columns]


def _number_format(value: float) -> str:
    """The format that shows the number as the sender's did; empty where that is as it is."""
    if isinstance(value, WithText):
        before, after = (text.replace('"', "") for text in (value.before, value.after))
        return f'"{before}"General"{after}"'
    return _NUMBER_FORMATS.get(type(value), "")


def _date_format(value: Any) -> str:
    """How to show it, if it is a moment or a span of time that can be written as one."""
    if isinstance(value, dt.datetime):
        is_day = value.time() == dt.time()
        return "" if value.date() < _FIRST_DAY else _DATE if is_day else _MOMENT
    if isinstance(value, dt.date):
        return _DATE if value >= _FIRST_DAY else ""
    if isinstance(value, dt.time):
        return _TIME
    return _DURATION if isinstance(value, dt.timedelta) and value >= dt.timedelta() else ""
