"""Headings between rows that are the chapters of a form (``A Ausbildungsmarkt``, ``B Betriebe``)."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, TypeVar

from measures.importing.layout.grid import shown
from measures.importing.text.folding import fold, split_marks, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from measures.importing.columns.plan import Plan
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.vocabulary import IndicatorTerm

T = TypeVar("T")

_NUMBERED = re.compile(r"(?P<number>[A-Z]|\d{1,2}|[IVX]{1,4})(?:[.):]|\s)\s*(?=[^\W\d])")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def below(headings: Sequence[tuple[int, T]], rows: Sequence[int], first: T) -> list[T]:
    """What holds for each row: that of the last heading above it, ``first`` where there is none yet."""
    current, waiting = first, list(reversed(headings))
    found = []
    for row in rows:
        while waiting and waiting[-1][0] < row:
            current = waiting.pop()[1]
        found.append(current)
    return found


def chapters_of(plan: Plan, grid: SheetGrid) -> dict[int, str]:
    """The words of each chapter by its row, without its letter or number.

    Chapters follow one another in order, and no label of an indicator stands in two of them: else they say
    of which part of the cases each has its figures.
    """
    sections = {row: split_marks(tidy(shown(value)))[0] for row, value in plan.block.sections}
    found = {row: match for row, text in sections.items() if (match := _NUMBERED.match(text))}
    places = _places([match["number"] for match in found.values()])
    in_order = len(found) == len(sections) > 1 and all(
        after == before + 1 for before, after in pairwise(places)
    )
    if not in_order:
        return {}
    if "indicator" not in plan.roles or _repeat_labels(plan, grid):
        return {}
    return {row: sections[row][match.end() :] for row, match in found.items()}


def rows_of_section(plan: Plan, row: int) -> list[int]:
    """The rows of data from a heading down to the next one."""
    following = min((other for other, _ in plan.block.sections if other > row), default=None)
    return [each for each in plan.block.data if each > row and (following is None or each < following)]


def terms_below(plan: Plan, grid: SheetGrid, row: int) -> list[IndicatorTerm]:
    """The indicators of the rows below a heading; a label without a value is a heading of others."""
    column = plan.roles.get("indicator", -1)
    if column < 0:
        return []
    rows = takewhile(lambda each: len(list(grid.filled(each))) > 1, rows_of_section(plan, row))
    labels = {tidy(shown(grid.rows[each][column])) for each in rows}
    codes = {grid.names.exact("indicator", split_marks(label)[0]) for label in labels}
    return [grid.names.indicators[code] for code in codes if code in grid.names.indicators]


def _repeat_labels(plan: Plan, grid: SheetGrid) -> bool:
    """Whether an indicator of one chapter stands in another one, too; parts (``darunter``) may."""
    seen: dict[str, int] = {}
    for chapter, (row, _) in enumerate(plan.block.sections):
        for code in _codes(plan, grid, row):
            if seen.setdefault(code, chapter) != chapter:
                return True
    return False


def _codes(plan: Plan, grid: SheetGrid, row: int) -> Iterator[str]:
    for each in rows_of_section(plan, row):
        text = split_marks(tidy(shown(grid.rows[each][plan.roles["indicator"]])))[0]
        if text and not fold(text).startswith(("darunter", "davon", "dar ", "dav ")):
            yield grid.names.exact("indicator", text) or fold(text)


def _places(numbers: list[str]) -> list[int]:
    """What letters and numbers count; ``I``, ``II`` and ``III`` are numbers, ``H`` and ``I`` are letters."""
    if all(number in _ROMAN for number in numbers):
        return [_ROMAN.index(number) + 1 for number in numbers]
    return [int(number) if number.isdigit() else ord(number[0]) - ord("A") + 1 for number in numbers]
