"""Which cells of the heading rows head each column, from top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from measures.importing.columns.pivots import is_name_of_items
from measures.importing.layout.grid import SheetGrid, role_of, shown
from measures.importing.layout.row_kinds import is_numbering, is_of_contacts
from measures.importing.text.folding import fold

if TYPE_CHECKING:
    from measures.importing.layout.blocks import Block


def header_paths(grid: SheetGrid, block: Block, columns: list[int]) -> dict[int, list[Any]]:
    """Per column its heading from top to bottom, spans and stacked groups filled to the right.

    A group ends where one above it ends: ``darunter`` does not reach into the next indicator. A row that
    only counts the columns says nothing about them.
    """
    paths: dict[int, list[Any]] = {column: [] for column in columns}
    begun: set[int] = set()
    header = [row for row in block.header if not is_numbering(grid, row)] or block.header
    header = [row for row in header if row == header[0] or not is_of_contacts(grid, row)]
    for depth, row in enumerate(header):
        below = header[depth + 1 :]
        spans = grid.has_spans(row)
        centred = {} if spans else _centred(grid, row, below, columns)
        last: Any = ""
        begins = {column for column in columns if grid.rows[row][column] != ""}
        for column in columns:
            value = centred.get(column, grid.spanned(row, column))
            if value != "" and is_name_of_items(grid, row, column, below):
                value = ""
                begins.discard(column)
            last = "" if column in begun else last
            if value == "" and last != "" and not spans and any(grid.spanned(r, column) != "" for r in below):
                value = last
            elif value != "":
                last = "" if _is_describing(value) else value
            else:
                last = ""
            if value != "" and (not paths[column] or paths[column][-1] != value):
                paths[column].append(value)
        begun |= begins
    return paths


def _centred(grid: SheetGrid, row: int, below: list[int], columns: list[int]) -> dict[int, Any]:
    """Headings typed over the middle of groups of columns, without merging: column -> the group's heading.

    The groups are as wide as the headings below repeat themselves (``EQ | Betriebe | EQ | Betriebe``).
    """
    values = [(column, value) for column, value in grid.filled(row) if not _is_describing(value)]
    if not below or len(values) < 2:  # noqa: PLR2004  a single heading has no rhythm
        return {}
    labels = {column: grid.spanned(below[-1], column) for column in columns}
    first = next(
        (column for column in columns if labels[column] != "" and not _is_describing(labels[column])), -1
    )
    named = [column for column in columns if column >= first >= 0]
    width, rest = divmod(len(named), len(values))
    if rest or width < 2:  # noqa: PLR2004  a heading of its own for every column
        return {}
    groups = [named[start : start + width] for start in range(0, len(named), width)]
    repeats = [tuple(fold(shown(labels[column])) for column in group) for group in groups]
    places = {
        group.index(column) for group, (column, _) in zip(groups, values, strict=True) if column in group
    }
    if len(set(repeats)) != 1 or len(places) != 1 or places == {0} or _repeats_within(repeats[0]):
        return {}
    if not all(column in group for group, (column, _) in zip(groups, values, strict=True)):
        return {}
    return {column: value for group, (_, value) in zip(groups, values, strict=True) for column in group}


def _repeats_within(labels: tuple[str, ...]) -> bool:
    """``2015 | 2016 | 2015 | 2016`` are two groups: what stands over the second begins there."""
    return any(labels[:size] * (len(labels) // size) == labels for size in range(1, len(labels) // 2 + 1))


def _is_describing(value: Any) -> bool:
    return role_of(value) not in ("", "value")
