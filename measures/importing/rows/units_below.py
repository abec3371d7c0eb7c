"""Labels that only say what is counted: of which indicator, the row above or the whole table says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from measures.importing.columns.plan import Label
from measures.importing.layout.grid import UNIT_OF_WORD, is_blank
from measures.importing.text.folding import fold
from measures.importing.text.terms.concepts import concepts_of
from measures.importing.vocabulary import TOTAL

if TYPE_CHECKING:
    from measures.importing.columns.plan import Plan
    from measures.importing.layout.grid import SheetGrid


def name_by_units(lists: dict[str, list[Label]], grid: SheetGrid, plan: Plan) -> None:
    """``Plätze`` below ``Einstiegsqualifizierung`` are its; over groups they are all of them."""
    for position, label in enumerate(lists.get("indicator", ())):
        if position and label.problem == "indicator_unknown" and _is_empty(grid, plan, position - 1):
            above = lists["indicator"][position - 1]
            if _counts(label.found, above.code, grid):
                lists["indicator"][position] = Label(above.code, column=label.column, found=label.found)
    headed = {value.heading.meaning.get("indicator", "") for value in plan.values} - {""}
    codes = headed or {plan.constants.get("indicator", "")}
    for position, label in enumerate(lists.get("target_group", ())):
        if label.problem == "target_group_unknown" and all(
            _counts(label.found, code, grid) for code in codes
        ):
            lists["target_group"][position] = Label(TOTAL, column=label.column, found=label.found)


def _is_empty(grid: SheetGrid, plan: Plan, position: int) -> bool:
    """Whether a row has no value: it heads the rows below it."""
    row, states = plan.block.data[position], grid.sheet.states
    return all(
        is_blank(grid.rows[row][value.index]) and (row, value.index) not in states for value in plan.values
    )


def _counts(text: str, code: str, grid: SheetGrid) -> bool:
    """Whether a text says what the indicator counts, and nothing more: ``Angebotene Plätze``."""
    term, words = grid.names.indicators.get(code), fold(text).split()
    named = [word for word in words if word in UNIT_OF_WORD]
    return (
        term is not None
        and {UNIT_OF_WORD[word] for word in named} == {term.unit}
        and not any(concepts_of(word) for word in words if word not in named)
    )
