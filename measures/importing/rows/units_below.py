"""Labels that only say what is counted: of which indicator, the row above or the whole table says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from measures.importing.columns.plan import Label
from measures.importing.layout.grid import UNIT_OF_WORD
from measures.importing.text.folding import fold, split_marks, tidy
from measures.importing.text.terms.concepts import concepts_of
from measures.importing.vocabulary import TOTAL

if TYPE_CHECKING:
    from measures.importing.columns.plan import Plan
    from measures.importing.layout.grid import SheetGrid


def name_by_units(lists: dict[str, list[Label]], grid: SheetGrid, plan: Plan) -> None:
    """``Plätze`` below ``Einstiegsqualifizierung`` are its; over groups they are all of them."""
    for position, label in enumerate(lists.get("indicator", ())):
        code = _head_above(grid, plan.block.data[position]) if label.problem == "indicator_unknown" else ""
        if code and _counts(label.found, code, grid):
            lists["indicator"][position] = Label(code, column=label.column, found=label.found)
    headed = {value.heading.meaning.get("indicator", "") for value in plan.values} - {""}
    codes = headed or {plan.constants.get("indicator", "")}
    for position, label in enumerate(lists.get("target_group", ())):
        if label.problem == "target_group_unknown" and all(
            _counts(label.found, code, grid) for code in codes
        ):
            lists["target_group"][position] = Label(TOTAL, column=label.column, found=label.found)


def _head_above(grid: SheetGrid, row: int) -> str:
    """The indicator that the row above names, if nothing else stands in it."""
    cells = [value for _, value in grid.filled(row - 1)] if row else []
    is_head = len(cells) == 1 and isinstance(cells[0], str)
    return (grid.names.exact("indicator", split_marks(tidy(cells[0]))[0]) or "") if is_head else ""


def _counts(text: str, code: str, grid: SheetGrid) -> bool:
    """Whether a text says what the indicator counts, and nothing more: ``Angebotene Plätze``."""
    term, words = grid.names.indicators.get(code), fold(text).split()
    named = [word for word in words if word in UNIT_OF_WORD]
    return (
        term is not None
        and {UNIT_OF_WORD[word] for word in named} == {term.unit}
        and not any(concepts_of(word) for word in words if word not in named)
    )
