"""What the corner of a pivot table says, and chambers in one column with what is counted of them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from measures.importing.addresses import column_letters
from measures.importing.decisions import evidence
from measures.importing.layout.grid import CellKind, is_year, role_of, shown
from measures.importing.text.folding import fold, split_marks, tidy
from measures.importing.text.numbers import GERMAN, number_of_cell

if TYPE_CHECKING:
    from measures.importing.columns.plan import Heading, Plan
    from measures.importing.layout.blocks import Block
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.vocabulary import TableAnswers

_PIVOT_WORDS = frozenset(("zeilenbeschriftungen", "spaltenbeschriftungen", "row labels", "column labels"))
_WORDS_OF_PROGRAM = re.compile(
    r"\b(?:(?:zeilen|spalten)beschriftungen|(?:row|column) labels)\b", re.IGNORECASE
)
_OTHER_AGGREGATE = re.compile(
    r"(?:anzahl|anzahl zahlen|mittelwert|maximum|max\.?|minimum|min\.?|produkt|varianz\w*|"
    r"standardabweichung\w*|count|average|product|var\w*|stddev\w*)\s+(?:von|of)\s",
    re.IGNORECASE,
)
_OF_VALUES = ("werte", "values")
_KINDS_OF_FIELDS = {
    "year": CellKind.YEAR,
    "indicator": CellKind.INDICATOR,
    "target_group": CellKind.GROUP,
    **dict.fromkeys(("organisation", "region", "occupation", "occupation_label"), CellKind.ENTITY),
}


def is_name_of_items(grid: SheetGrid, row: int, column: int, below: list[int]) -> bool:
    """Whether a cell only names what the headings below it are: ``Jahr`` over ``2015 | 2016 | 2017``.

    It stands over the first of them, and nothing stands to its right but the ``Werte`` of a pivot table
    with several fields of values.
    """
    value = grid.rows[row][column]
    kind = _KINDS_OF_FIELDS.get(role_of(value)) if below else None
    later = [fold(shown(other)) for place, other in grid.filled(row) if place > column]
    if not later and fold(shown(value)) in _OF_VALUES:
        return column > 0 and is_name_of_items(grid, row, column - 1, below)
    if kind is None or later not in ([], ["werte"], ["values"]):
        return False
    items = [value for place, value in grid.filled(below[0]) if place >= column]
    return len(items) > 1 and grid.rows[below[0]][column] != "" and grid.kind(items[0]) is kind


def other_aggregate(grid: SheetGrid, block: Block) -> tuple[int, int, str] | None:
    """Where, and in which words, a pivot table says that it counts rows or gives means."""
    cells = [(row, column, tidy(shown(value))) for row in block.header for column, value in grid.filled(row)]
    if not any(fold(text) in _PIVOT_WORDS for _, _, text in cells):
        return None
    return next((cell for cell in cells if _OTHER_AGGREGATE.match(cell[2])), None)


def corner_lines(plan: Plan, headings: dict[int, Heading]) -> list[str]:
    """Headings of the labels that name an indicator, a chamber or a year (``Jahr 2017``): the table's."""
    labels = set(plan.roles.values())
    named = {kind for value in plan.values for kind in value.heading.meaning} | set(plan.roles)
    return [
        _WORDS_OF_PROGRAM.sub("", heading.text).strip()
        for column, heading in headings.items()
        if column in labels
        and (
            {"indicator", "organisation"} & set(heading.meaning) - named
            or ("year" not in named and is_year(heading.text))
        )
    ]


def settle_nested_indicators(plan: Plan, grid: SheetGrid, given: TableAnswers) -> None:
    """A chamber, and below it a row for each indicator, all in one column: the rows are the indicators'.

    The chamber's own row is empty or states the sum of its rows; as soon as one states anything else, nothing
    is changed.
    """
    column = plan.roles.get("organisation", -1)
    if (
        given.roles
        or column < 0
        or "indicator" in plan.roles
        or any("indicator" in v.heading.meaning for v in plan.values)
    ):
        return
    kinds = [_kind(grid, grid.rows[row][column]) for row in plan.block.data]
    known = kinds.count("organisation") + kinds.count("indicator") + kinds.count("total")
    if kinds.count("indicator") < kinds.count("organisation") or known < len(kinds):
        return
    if not {"indicator", "organisation"} <= set(kinds) or kinds[0] != "organisation":
        return
    if not all(_is_head(plan, grid, position, kinds) for position, kind in enumerate(kinds)):
        return
    heads = {row for row, kind in zip(plan.block.data, kinds, strict=True) if kind == "organisation"}
    plan.roles["indicator"] = plan.roles.pop("organisation")
    letter = column_letters(column)
    next(each for each in plan.table.columns if each.letter == letter).role = "indicator"
    plan.block.sections = sorted(
        [*plan.block.sections, *((row, grid.rows[row][column]) for row in heads)], key=lambda each: each[0]
    )
    for row in sorted(heads):
        found = tidy(shown(grid.rows[row][column]))
        plan.block.reasons.replace(row, evidence("name_without_values", found=found, kind="organisation"))
    plan.block.data[:] = [row for row in plan.block.data if row not in heads]


def _kind(grid: SheetGrid, value: Any) -> str:
    text = split_marks(tidy(shown(value)))[0]
    if grid.names.is_total(text):
        return "total"
    if grid.names.exact("indicator", text):
        return "indicator"
    return "organisation" if grid.names.exact("organisation", text) else ""


def _is_head(plan: Plan, grid: SheetGrid, position: int, kinds: list[str]) -> bool:
    """Whether a chamber's row is empty or the sum of the indicators' rows below it; other rows are fine."""
    if kinds[position] != "organisation":
        return True
    end = next((at for at in range(position + 1, len(kinds)) if kinds[at] != "indicator"), len(kinds))
    if end == position + 1:
        return False
    parts = plan.block.data[position + 1 : end]
    for value in plan.values:
        total, *numbers = [
            number_of_cell(grid.rows[row][value.index], value.notation or GERMAN)
            for row in (plan.block.data[position], *parts)
        ]
        known = [number for number in numbers if number is not None]
        if total is not None and sum(known, Decimal(0)) != total:
            return False
    return True
