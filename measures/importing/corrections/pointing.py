"""What a person says of a row by pointing at it, as the answer the reader takes."""

from __future__ import annotations

from typing import Any

from measures.importing.corrections.places import moved, places
from measures.importing.layout.fingerprints import row_mark
from measures.importing.vocabulary import AreaAnswer, SheetAnswers

HEADER, DATA_FIRST, DATA_LAST, TITLE = "header", "data_first", "data_last", "title"
OF_A_ROW = ("data", "total", "section", "note", "ignored")
WORDS = (HEADER, DATA_FIRST, DATA_LAST, TITLE, *OF_A_ROW)

_MOST_HEADINGS = 5

Area = dict[str, Any]


def pointed(view: dict[str, Any], overrides: SheetAnswers, row: int, word: str) -> SheetAnswers:
    """``overrides`` and this: the row, counted as the spreadsheet does, is what ``word`` says.

    ``view`` is the sheet as it was read by what was overrides before.
    """
    overrides = in_view(view, overrides)
    overrides.rows.pop(row, None)
    if word in OF_A_ROW:
        overrides.rows[row] = word
    else:
        overrides.tables = _with_row(_areas(view, overrides), row, word)
    named = {
        *overrides.rows,
        *(area.header_first for area in overrides.tables),
        *(a.data_last for a in overrides.tables),
    }
    marks = overrides.marks | _marks(view)
    overrides.marks = {number: marks[number] for number in sorted(named) if marks.get(number)}
    return overrides


def in_view(view: dict[str, Any], overrides: SheetAnswers) -> SheetAnswers:
    """The answer with its rows where they stand on the sheet shown.

    A sheet is shown in part: a row that is not shown keeps its number, unless one of its words is shown.
    """
    shown = _marks(view)
    found = places(overrides.marks, shown)
    hidden = {number for number, row in found.items() if not row and number not in shown}
    return moved(overrides, found | {number: number for number in hidden})


def _marks(view: dict[str, Any]) -> dict[int, str]:
    return {entry["number"]: row_mark(entry["cells"]) for entry in view["rows"]}


def _with_row(areas: list[AreaAnswer], row: int, word: str) -> list[AreaAnswer]:
    if word == HEADER:
        _head(areas, row)
    elif word == TITLE:
        _title(areas, row)
    elif word == DATA_FIRST:
        _begin(areas, row)
    else:
        _end(areas, row)
    return sorted(areas, key=lambda area: area.header_first)


def _areas(view: dict[str, Any], overrides: SheetAnswers) -> list[AreaAnswer]:
    """The tables as they are now. An end nobody spoke of stays open: next year's may lie further down."""
    ends = {(area.header_first, area.first_column): area.data_last for area in overrides.tables}
    found = view["areas"]
    areas = []
    for area in found:
        stands_beside = any(_are_beside(area, other) for other in found if other is not area)
        first, last = (area["first_column"], area["last_column"]) if stands_beside else ("", "")
        areas.append(
            AreaAnswer(
                area["header_first"],
                area["header_last"],
                area["data_first"],
                ends.get((area["header_first"], first), 0),
                first,
                last,
            )
        )
    return areas


def _are_beside(one: Area, other: Area) -> bool:
    return bool(one["header_first"] <= other["data_last"] and other["header_first"] <= one["data_last"])


def _at(areas: list[AreaAnswer], row: int) -> AreaAnswer | None:
    """The table a row belongs to: the last one that begins at it or above."""
    above = [area for area in areas if area.header_first <= row]
    return max(above, key=lambda area: area.header_first, default=None)


def _head(areas: list[AreaAnswer], row: int) -> None:
    """A heading beside others joins them; anywhere else a new table begins."""
    for area in areas:
        if area.header_first - 1 == row and area.header_last - row < _MOST_HEADINGS:
            area.header_first = row
            return
        if row == area.header_last + 1 and row - area.header_first < _MOST_HEADINGS:
            area.header_last = row
            area.data_first = max(area.data_first, row + 1)
            return
        if area.header_first <= row <= area.header_last:
            return
    before = _at(areas, row)
    if before is not None and (before.data_last == 0 or before.data_last >= row):
        before.data_last = row - 1
    areas.append(AreaAnswer(row, row, row + 1))


def _title(areas: list[AreaAnswer], row: int) -> None:
    """What stands at the top of the headings is none of them."""
    area = _at(areas, row)
    if area is not None and row < area.header_last:
        area.header_first = row + 1


def _begin(areas: list[AreaAnswer], row: int) -> None:
    area = _at(areas, row - 1)
    if area is None:
        if row > 1:
            areas.append(AreaAnswer(row - 1, row - 1, row))
        return
    area.data_first = row
    area.header_last = min(area.header_last, row - 1)


def _end(areas: list[AreaAnswer], row: int) -> None:
    area = _at(areas, row - 1)
    if area is not None and row >= area.data_first:
        area.data_last = row
