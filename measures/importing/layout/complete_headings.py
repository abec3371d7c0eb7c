"""Headings that are complete: rows below them are data however they look, or name the columns anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from measures.importing.layout.grid import CellKind, SheetGrid, is_date, role_of
from measures.importing.layout.row_kinds import cells_of, is_data, is_legend, is_numbering
from measures.importing.text.folding import tidy
from measures.importing.text.wording import is_aside

if TYPE_CHECKING:
    from collections.abc import Iterable

_LABELS_BELOW = {
    "organisation": {CellKind.ENTITY, CellKind.TOTAL},
    "region": {CellKind.ENTITY, CellKind.TOTAL},
    "indicator": {CellKind.INDICATOR, CellKind.TOTAL},
    "target_group": {CellKind.GROUP, CellKind.TOTAL},
    "occupation": {CellKind.ENTITY, CellKind.TOTAL},
    "occupation_label": {CellKind.ENTITY, CellKind.TOTAL},
    "year": {CellKind.YEAR},
}
"""What stands below a heading of labels."""

_VALUES = {CellKind.NUMBER, CellKind.MARKER, CellKind.YEAR, CellKind.TEXT}
"""What may stand in place of a value: a number that looks like a year, words for a number."""

_FAMILIES = ({CellKind.INDICATOR}, {CellKind.GROUP, CellKind.TOTAL})
_NAMES_OF_COLUMNS = {CellKind.INDICATOR, CellKind.GROUP, CellKind.TOTAL, CellKind.WORD}
_LOOK_BACK = 50


def is_complete_above(grid: SheetGrid, header: list[int], place: int, first: int) -> bool:
    """Whether the headings down to ``place`` are all there are, and those below it are rows of data.

    ``Gruppe | 2015 | 2016`` over ``Insgesamt | 2016 | 2017``: the labels have their word and the columns
    their year, so 2016 and 2017 are values. ``first`` is the first row that is data by itself.
    """
    above = [row for row in header if row <= place]
    below = [row for row in header if row > place]
    if not below:
        return False
    return all(
        fits(grid, above, row) and not _repeats_years(grid, above, row) for row in below
    ) and _has_label_of(grid, above, first, below[0])


def fits(grid: SheetGrid, header: Iterable[int], row: int) -> bool:
    """Whether a row has a label where the headings have the word for it, and no heading among its values."""
    cells = cells_of(grid, row)
    if len(cells) < 2 or is_numbering(grid, row) or is_legend(cells):  # noqa: PLR2004  a label and a value
        return False
    headings = _headings_by_column(grid, header)
    column, label = cells[0]
    kind = _kind_of_label(grid, label)
    if kind not in _LABELS_BELOW.get(_role_in(headings.get(column, ())), set()) and not (
        kind in set().union(*_FAMILIES) and _has_years_throughout(grid, headings, column)
    ):
        return False
    return all(
        each in headings and _may_stand_below(grid, headings[each], value) for each, value in cells[1:]
    )


def _kind_of_label(grid: SheetGrid, value: Any) -> CellKind:
    """``Beratungen`` is an indicator where it is a label, though it is a unit where it is a heading."""
    kind = grid.kind(value)
    is_indicator = kind is CellKind.WORD and grid.names.exact("indicator", tidy(value)) is not None
    return CellKind.INDICATOR if is_indicator else kind


def _role_in(headings: Iterable[Any]) -> str:
    return next((role for heading in headings if (role := role_of(heading))), "")


def is_labelled(grid: SheetGrid, cells: list[tuple[int, Any]]) -> bool:
    """``Neuverträge | 2016``: a name, and years or words for numbers: a row as likely as a heading."""
    (_, label), *values = cells
    is_name = any(_kind_of_label(grid, label) in family for family in _FAMILIES)
    return is_name and {grid.kind(value) for _, value in values} <= {CellKind.YEAR, CellKind.TEXT}


def is_unknown_among_rows(grid: SheetGrid, header: Iterable[int], row: int) -> bool:
    """``Köln | siehe Anlage``: a label nobody knows and words for numbers, with data right below.

    At the end of a table it could as well be a note; here it can only be a row.
    """
    cells = cells_of(grid, row)
    if len(cells) < 2 or is_legend(cells):  # noqa: PLR2004  a label and a value
        return False
    headings = _headings_by_column(grid, header)
    (column, label), values = cells[0], cells[1:]
    is_label = grid.kind(label) in (CellKind.TEXT, CellKind.WORD) and not role_of(label)
    if not is_label or _role_in(headings.get(column, ())) not in _LABELS_BELOW or is_aside(tidy(label)):
        return False
    if not all(each in headings and grid.kind(value) in _VALUES for each, value in values):
        return False
    for below in range(row + 1, min(row + _LOOK_BACK, len(grid.rows))):
        following = cells_of(grid, below)
        if not following or following[0][0] != column:
            return False
        if is_data(grid, below):
            return True
    return False


def has_unknown_label(
    grid: SheetGrid, header: list[int], cells: list[tuple[int, Any]], *, after_gap: bool
) -> bool:
    """A label nobody knows and numbers where the table has its values, even if one looks like a year.

    Below a gap, several years side by side are the headings of another table.
    """
    if len(cells) < 2 or not header or is_legend(cells):  # noqa: PLR2004  a label and a value
        return False
    columns = {column for row in header for column, _ in cells_of(grid, row)}
    first, *others = [grid.kind(value) for _, value in cells]
    if first is not CellKind.TEXT or not {column for column, _ in cells} <= columns:
        return False
    numbers = sum(kind in (CellKind.YEAR, CellKind.NUMBER, CellKind.MARKER) for kind in others)
    if numbers < len(others) or any(is_date(value) for _, value in cells):
        return False
    return not after_gap or others.count(CellKind.YEAR) == 1


def _headings_by_column(grid: SheetGrid, header: Iterable[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in header:
        for column, value in grid.filled(row):
            found.setdefault(column, []).append(value)
    return found


def _has_years_throughout(grid: SheetGrid, headings: dict[int, list[Any]], labels: int) -> bool:
    """Whether every column but that of the labels has its year, so that no year is to come below."""
    return len(headings) > 1 and all(
        any(grid.kind(value) is CellKind.YEAR for value in values)
        for column, values in headings.items()
        if column != labels
    )


def _may_stand_below(grid: SheetGrid, headings: list[Any], value: Any) -> bool:
    role = _role_in(headings)
    if role in _LABELS_BELOW:
        return grid.kind(value) in {*_LABELS_BELOW[role], CellKind.TEXT}
    return grid.kind(value) in _VALUES


def _repeats_years(grid: SheetGrid, header: list[int], row: int) -> bool:
    """``Insgesamt | 2015 | 2016`` below ``Gruppe | 2015 | 2016``: as likely the headings once more."""
    headings = _headings_by_column(grid, header)
    values = [(column, value) for column, value in cells_of(grid, row) if grid.kind(value) is CellKind.YEAR]
    return bool(values) and all(value in headings.get(column, ()) for column, value in values)


def _has_label_of(grid: SheetGrid, header: list[int], row: int, other: int) -> bool:
    """Whether a row's label is of the same kind as that of another, or one nobody knows."""
    (column, value), (first, label) = cells_of(grid, row)[0], cells_of(grid, other)[0]
    kinds = {_kind_of_label(grid, value), _kind_of_label(grid, label)}
    if column != first:
        return False
    if CellKind.TEXT in kinds or len(kinds) == 1 or any(kinds <= family for family in _FAMILIES):
        return True
    roles = {role_of(heading) for heading in _headings_by_column(grid, header).get(column, ())}
    return any(kinds <= _LABELS_BELOW.get(role, set()) for role in roles)


def _is_value(grid: SheetGrid, value: Any) -> bool:
    kind = grid.kind(value)
    return kind is CellKind.NUMBER or kind is CellKind.MARKER


def names_columns_anew(grid: SheetGrid, header: list[int], data: list[int], row: int) -> bool:
    """``| Praktikumsplätze | Neuverträge`` among the rows: what follows stands under other headings.

    Words nobody knows (``| Plan | Ist``) are headings where no label stands before them.
    """
    cells = cells_of(grid, row) if data else []
    if len(cells) < 2 or any(_is_value(grid, value) for _, value in reversed(cells)):  # noqa: PLR2004
        return False
    named = [column for column, value in cells if grid.kind(value) in _NAMES_OF_COLUMNS]
    labels = _columns_of_labels(grid, header, data)
    has_label = any(column in labels for column, _ in cells)
    others = [(column, value) for column, value in cells if column not in labels]
    if len(others) < 2:  # noqa: PLR2004  one word in place of a number is no row of headings
        return False
    if not has_label:
        return True
    return all(column in named for column, _ in others)


def _columns_of_labels(grid: SheetGrid, header: list[int], data: list[int]) -> set[int]:
    """Columns with a word for labels above them, and those in which the rows above have no number."""
    headings = _headings_by_column(grid, header)
    named = {
        column
        for column, values in headings.items()
        if any(role_of(each) in _LABELS_BELOW for each in values)
    }
    held: dict[int, bool] = {}
    for row in data[-_LOOK_BACK:]:
        for column, value in cells_of(grid, row):
            is_number = grid.kind(value) in (CellKind.NUMBER, CellKind.MARKER)
            held[column] = held.get(column, False) or is_number
    return named | {column for column, has_numbers in held.items() if not has_numbers}
