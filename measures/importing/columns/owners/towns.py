"""Towns in the place of chambers: whether IHK or HWK is meant, by heading, title, section or column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from measures.importing.addresses import address, column_number
from measures.importing.columns.chapters import below
from measures.importing.layout.grid import SheetGrid, shown
from measures.importing.problems import Question
from measures.importing.text.folding import fold, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measures.importing.columns.plan import Plan, ValueColumn

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


def take_kinds_in_headings(plan: Plan, grid: SheetGrid) -> None:
    """``Bezirk | IHK | HWK`` over towns: the heading of each value says which chamber of a town is meant.

    A column that says neither is asked about, unless its numbers prove it the sum of the others.
    """
    column = plan.roles.get("organisation", -1)
    kinds = _to_the_right([kind_in([value.heading.text]) for value in plan.values], plan.values)
    named = set(kinds) - {""}
    if column < 0 or not named or any(chamber_kinds(grid, plan, column)):
        return
    texts = {tidy(shown(grid.rows[row][column])) for row in plan.block.data} - {""}
    both = [[grid.names.exact("organisation", f"{kind} {text}") for kind in _CHAMBER_WORDS] for text in texts]
    if 2 * sum(map(all, both)) < len(texts):
        return
    for value, kind in zip(plan.values, kinds, strict=True):
        value.chamber_kind = "" if "organisation" in value.heading.meaning else kind
        if not value.chamber_kind and not value.is_unclear and not value.is_given:
            value.is_unclear = True
            table, cell = plan.table, address(plan.block.header[-1], value.index)
            text = value.heading.text
            question = Question("column", table.sheet, cell, text, table.fingerprint, value.offset)
            plan.questions.append(question)


def _to_the_right(kinds: list[str], values: list[ValueColumn]) -> list[str]:
    """``IHK | | HWK |`` over ``2015 | 2016 | 2015 | 2016``: each stands over the first of its group."""
    starts = [place for place, kind in enumerate(kinds) if kind]
    size = len(kinds) // max(len(starts), 1)
    groups = [[value.heading.meaning for value in values[start : start + size]] for start in starts]
    if starts != list(range(0, len(kinds), size or 1)) or any(group != groups[0] for group in groups):
        return kinds
    return [kinds[place // size * size] for place in range(len(kinds))]


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
