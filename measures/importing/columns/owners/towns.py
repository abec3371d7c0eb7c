"""Towns in the place of chambers: whether IHK or HWK is meant, by heading, title, section or column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from measures.importing.addresses import column_number
from measures.importing.columns.chapters import below
from measures.importing.layout.grid import SheetGrid, shown
from measures.importing.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measures.importing.columns.plan import Plan

_SAMPLE = 400
_CHAMBER_WORDS = {
    "IHK": {"ihk", "ihks", "dihk", "handelskammer", "handelskammern"},
    "HWK": {"hwk", "hwks", "zdh", "handwerkskammer", "handwerkskammern"},
}
_FIELDS = {"IHK": {"industrie", "handel", "handels"}, "HWK": {"handwerk", "handwerks"}}
"""What a title says where it names no chambers: ``Neuverträge im Handwerk``."""
_ALL_WORDS = set[str]().union(*_CHAMBER_WORDS.values())


def chamber_kinds(grid: SheetGrid, plan: Plan, column: int) -> list[str]:
    """Per data row ``IHK`` or ``HWK``, to go before a town; empty where the names say it themselves."""
    data = plan.block.data
    step = max(len(data) // _SAMPLE, 1)
    texts = {value for row in data[::step] if (value := grid.rows[row][column])}
    named = sum(bool(_ALL_WORDS & _words(shown(text))) for text in texts)
    if 2 * named >= len(texts):
        return [""] * len(data)
    if (kinds := _from_column(grid, plan, column)) or (kinds := _from_sections(grid, plan, column)):
        return kinds
    return [_from_words(grid, plan, column)] * len(data)


def _words(text: str) -> set[str]:
    return set(fold(text).split())


def kind_in(texts: Iterable[str]) -> str:
    """The kind of chamber that these texts name, if they name one."""
    words = {word for text in texts for word in _words(text)}
    for known in (_CHAMBER_WORDS, _FIELDS):
        if kinds := [kind for kind, given in known.items() if given & words]:
            return kinds[0] if len(kinds) == 1 else ""
    return ""


def _from_words(grid: SheetGrid, plan: Plan, column: int) -> str:
    headings = [each.header for each in plan.table.columns if column_number(each.letter) == column]
    return kind_in(headings) or kind_in([*plan.block.titles, grid.sheet.name])


def _from_column(grid: SheetGrid, plan: Plan, column: int) -> list[str]:
    """A column of its own says of every row which kind its chamber is."""
    for each in plan.table.columns:
        other = column_number(each.letter)
        if other == column or each.role not in ("ignore", "key", "organisation"):
            continue
        texts = {
            value: kind_in([shown(value)]) for row in plan.block.data if (value := grid.rows[row][other])
        }
        named = {kind for value, kind in texts.items() if not grid.names.is_total(shown(value))}
        if len(named) > 1 and all(named):  # "Summe" below them is of neither kind
            return [texts.get(grid.rows[row][other], "") for row in plan.block.data]
    return []


def _from_sections(grid: SheetGrid, plan: Plan, column: int) -> list[str]:
    """``Handwerkskammern`` between the rows holds for those below it, the heading for those above."""
    sections = [(row, kind) for row, value in plan.block.sections if (kind := kind_in([shown(value)]))]
    if not sections:
        return []
    return below(sections, plan.block.data, _from_words(grid, plan, column))
