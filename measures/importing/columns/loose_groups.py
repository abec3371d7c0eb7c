"""Rows that name a target group and nothing else: whose part they are has to show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.columns.plan import Label
from measures.importing.layout.grid import shown
from measures.importing.text.folding import tidy
from measures.importing.text.terms.concepts import concepts_of
from measures.importing.vocabulary import TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from measures.importing.columns.plan import Outline, Plan
    from measures.importing.layout.grid import SheetGrid

_LEADS_ON = re.compile(
    r"^\W*(?:dar(?:unter|\.)|davon|dav\.|hiervon|hierunter|of which|thereof)", re.IGNORECASE
)
_COMPANIES = frozenset(("company", "training company"))


def loose_groups(
    grid: SheetGrid, plan: Plan, outline: Outline, lists: dict[str, list[Label]]
) -> Iterator[tuple[int, Label]]:
    """Positions of rows of a target group of which it is not clear whose part they are, and their labels.

    Nothing is broken down by groups for an indicator that has no breakdown. Without a word (``darunter``)
    and without an indent, companies are no part of places or persons, nor those of companies; and below a
    list of chambers a group that only the last of them has may be of all of them.
    """
    column, data = outline.column, plan.block.data
    groups = lists["target_group"]
    of_groups = [_is_group(outline, grid.rows[row][column]) for row in data]
    belongs_to_all = outline.kind == "organisation" and _only_the_last_has_groups(
        of_groups, lists["organisation"], states_total=_states_total(lists["organisation"], of_groups)
    )
    own_row = -1
    for position, row in enumerate(data):
        if not of_groups[position]:
            own_row = row
            continue
        group = groups[position]
        if group.problem or group.code in ("", TOTAL):
            continue
        text = tidy(shown(grid.rows[row][column]))
        leads_on = _LEADS_ON.match(text) is not None
        is_within = outline.is_indented and own_row >= 0
        is_within = is_within and grid.indent(row, column) > grid.indent(own_row, column)
        indicators = _indicators_of(plan, lists, position)
        is_loose = any(_has_no_groups(grid, code) for code in indicators)
        if not leads_on and not is_within:
            is_loose = is_loose or any(_differs(grid, code, group.code) for code in indicators)
            is_loose = is_loose or belongs_to_all
        elif not is_within:
            is_loose = is_loose or (belongs_to_all and _states_total(lists["organisation"], of_groups))
        if is_loose:
            yield position, Label("", (), "target_group_alone", text, (), column)


def _is_group(outline: Outline, value: object) -> bool:
    return value in outline.others and outline.others[value][0] == "target_group"


def _indicators_of(plan: Plan, lists: dict[str, list[Label]], position: int) -> set[str]:
    """The indicators the values of a row may be of: by its labels, the table or the headings."""
    own = lists["indicator"][position].code if "indicator" in lists else plan.constants.get("indicator", "")
    headings = {value.heading.meaning.get("indicator", "") for value in plan.values}
    return {code or own for code in headings} - {"", TOTAL}


def _has_no_groups(grid: SheetGrid, code: str) -> bool:
    indicator = grid.names.indicators.get(code)
    return indicator is not None and "target_group" not in indicator.breakdown


def _differs(grid: SheetGrid, code: str, group: str) -> bool:
    """Whether the group is of companies and the indicator counts something else, or the other way round."""
    indicator = grid.names.indicators.get(code)
    term = next((each for each in grid.names.vocabulary.target_groups if each.code == group), None)
    if indicator is None or term is None:
        return False
    are_companies = any(_COMPANIES & concepts_of(name) for name in term.names)
    return are_companies != (indicator.unit == "companies")


def _states_total(organisations: list[Label], of_groups: list[bool]) -> bool:
    return any(
        cell.code == TOTAL for cell, is_group in zip(organisations, of_groups, strict=True) if not is_group
    )


def _only_the_last_has_groups(
    of_groups: list[bool], organisations: list[Label], *, states_total: bool
) -> bool:
    """Whether groups stand below the last organisation alone, where a total above may be meant as well."""
    if True not in of_groups:
        return False
    first = of_groups.index(True)
    owners = {cell.code for cell, is_group in zip(organisations, of_groups, strict=True) if not is_group} - {
        "",
        TOTAL,
    }
    is_last = all(of_groups[first:]) and first > 0 and organisations[first - 1].code != TOTAL
    return is_last and (states_total or len(owners) > 1)
