"""Of two columns of organisations whose the rows are: the members' beside whoever is above them."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from measures.importing.addresses import column_letters, column_number
from measures.importing.columns.owners.towns import kind_in
from measures.importing.decisions import evidence
from measures.importing.layout.grid import shown
from measures.importing.text import wording
from measures.importing.text.folding import fold, split_marks, tidy

if TYPE_CHECKING:
    from measures.importing.columns.plan import Plan
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.vocabulary import TableAnswers

_KINDS = ("ihk", "hwk")
_OF_RESPONSIBLE = frozenset(
    ("zustaendig", "verantwortlich", "federfuehrend", "federfuehrung", "zustaendiger partner", "responsible")
)


def prefer_members(plan: Plan, grid: SheetGrid, given: TableAnswers) -> None:
    """``DIHK | IHK Köln``, ``IHK | Köln``: of two columns of organisations the figures are the members'."""
    first = plan.roles.get("organisation", -1)
    if given.roles:
        return
    if first < 0:
        _take_towns(plan, grid)
        return
    for column in plan.table.columns:
        index = column_number(column.letter)
        if column.role != "ignore" or index == first:
            continue
        has_umbrellas = _are_members(plan, grid, first, index)
        if not (
            has_umbrellas
            or _are_towns(plan, grid, first, index)
            or _are_in_associations(plan, grid, first, index)
        ):
            continue
        plan.roles["organisation"], plan.umbrella_column = index, first if has_umbrellas else -1
        letter = column_letters(first)
        umbrella = next(each for each in plan.table.columns if each.letter == letter)
        column.role, umbrella.role = "organisation", "ignore"
        plan.column_reasons[column.index].append(evidence("members_beside_umbrella"))
        plan.unread_columns = [each for each in plan.unread_columns if each[0] != index]
        return


def _take_towns(plan: Plan, grid: SheetGrid) -> None:
    """``Art | Sitz``: whatever their headings are, a kind and a town name a chamber."""
    columns = [column for column in plan.table.columns if column.role == "ignore"]
    for kinds, towns in permutations(columns, 2):
        first, second = column_number(kinds.letter), column_number(towns.letter)
        if _are_towns(plan, grid, first, second):
            plan.roles["organisation"], towns.role = second, "organisation"
            plan.column_reasons[towns.index].append(evidence("members_beside_umbrella"))
            plan.unread_columns = [each for each in plan.unread_columns if each[0] not in (first, second)]
            return


def take_responsible(plan: Plan, grid: SheetGrid, given: TableAnswers) -> None:
    """``zuständig`` beside indicators that just these organisations are asked for: whose figures they are.

    Beside chambers, or where others are asked, it says who looks after a measure.
    """
    is_named = any("organisation" in value.heading.meaning for value in plan.values)
    if "organisation" in plan.roles or is_named or given.roles:
        return
    for column in plan.table.columns:
        if column.role != "ignore" or fold(column.header) not in _OF_RESPONSIBLE:
            continue
        index = column_number(column.letter)
        if _are_asked(plan, grid, index):
            plan.roles["organisation"], column.role = index, "organisation"
            plan.unread_columns = [each for each in plan.unread_columns if each[0] != index]
            plan.column_reasons[column.index].append(evidence("heading_role", kind="organisation"))
            return


def _are_asked(plan: Plan, grid: SheetGrid, column: int) -> bool:
    """Whether each row names an organisation that is asked for its indicators, if these are known."""
    names, labels = grid.names, plan.roles.get("indicator", -1)
    is_any_known = False
    stated = {code for value in plan.values if (code := value.heading.meaning.get("indicator"))}
    for row in plan.block.data:
        text = split_marks(tidy(shown(grid.rows[row][column])))[0]
        label = split_marks(tidy(shown(grid.rows[row][labels])))[0] if labels >= 0 else ""
        own = names.exact("indicator", label) if label else None
        codes = {own} if own else stated
        owner = names.organisations.get(names.exact("organisation", text) or "")
        if owner is None or codes - names.indicators.keys():
            return False
        if any(owner.kind not in names.indicators[code].asked_of for code in codes):
            return False
        is_any_known = is_any_known or bool(codes)
    return is_any_known


def _are_towns(plan: Plan, grid: SheetGrid, first: int, second: int) -> bool:
    """Whether the first column says only ``IHK`` or ``HWK``, and the second names their towns."""
    texts = {
        tuple(tidy(shown(grid.rows[row][place])) for place in (first, second)) for row in plan.block.data
    }
    pairs = [(kind, town) for kind, town in texts if kind and not grid.names.is_total(kind)]
    return (
        bool(pairs)
        and all(fold(kind) in _KINDS for kind, _ in pairs)
        and all(
            grid.names.exact("organisation", f"{kind} {town}")
            for kind, town in pairs
            if town and not grid.names.is_total(town)
        )
    )


def _are_members(plan: Plan, grid: SheetGrid, first: int, second: int) -> bool:
    """Whether every organisation of the second column belongs to that of the first, or to the last named."""
    names, umbrella, count = grid.names, "", 0
    for row in plan.block.data:
        name, member = (tidy(shown(grid.rows[row][place])) for place in (first, second))
        umbrella = (names.exact("organisation", name) or "") if name else umbrella
        code = names.exact("organisation", member) if member else None
        if code in names.organisations:
            if not umbrella or names.organisations[code].umbrella != umbrella:
                return False
            count += 1
    return count > 0


def _are_in_associations(plan: Plan, grid: SheetGrid, first: int, second: int) -> bool:
    """``IHK NRW | IHK Köln``: the first column names none that is asked, and no word of it chooses anybody.

    Each chamber is in one of them; ``Südwestmetall`` beside a chamber says whose places they are.
    """
    names = grid.names
    pairs = {
        tuple(split_marks(tidy(shown(grid.rows[row][place])))[0] for place in (first, second))
        for row in plan.block.data
    }
    above = {name for name, _ in pairs if name and not names.is_total(name)}
    listed = [
        (code, name)
        for name, member in pairs
        if (code := names.exact("organisation", member)) in names.organisations
    ]
    return (
        bool(above)
        and len(listed) > len(above)
        and len({code for code, _ in listed}) == len(listed)
        and not any(names.exact("organisation", name) for name in above)
        and all(code.startswith(kind_in([name])) for code, name in listed)
        and all(
            part.kind in (wording.SILENT, wording.REGION)
            for name in above
            for part in wording.parts_of(name, names)
        )
    )
