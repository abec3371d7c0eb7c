"""What holds for a whole table, settled from the words around it, with the line each was found in."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Any

from measures.importing.addresses import address
from measures.importing.columns import constants
from measures.importing.columns.around import facts
from measures.importing.columns.plan import DIMENSIONS, Constant
from measures.importing.layout.grid import CellKind, SheetGrid
from measures.importing.problems import Question
from measures.importing.vocabulary import TOTAL, TableAnswers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from measures.importing.columns.plan import Plan, Surroundings, ValueColumn
    from measures.importing.text.names import NameIndex

SOURCES = ("in_title", "in_sheet_name", "in_note", "in_upper_title", "in_other_sheet")
"""Evidence of the levels of ``Surroundings.lines``, nearest first."""

_LINES_LOOKED_AT = 1_000


def find_constant(levels: Sequence[list[str]], find: Any, *given: Any) -> Constant:
    """The one answer of the nearest level that has one; empty where a level is ambiguous or none answers."""
    for source, lines in zip(SOURCES, levels, strict=False):
        found = find(lines, *given)
        if len(found) == 1:
            few = islice(lines, _LINES_LOOKED_AT)
            line = next((line for line in few if find([line], *given) == found), "")
            return Constant(str(next(iter(found))), source, line)
        if found:
            break
    return Constant()


def find_as_of(levels: Sequence[list[str]]) -> Constant:
    """The date of the data, from the first line that names one."""
    for source, lines in zip(SOURCES, levels, strict=False):
        for line in lines:
            if day := constants.as_of([line]):
                return Constant(day, source, line)
    return Constant()


def settle_constants(plan: Plan, grid: SheetGrid, around: Surroundings, given: TableAnswers) -> None:
    names = grid.names
    roles = plan.roles
    in_sections = {grid.kind(value) for _, value in plan.block.sections}
    found = plan.found_constants
    missing = _missing(plan)
    if "indicator" in missing:
        found["indicator"] = find_constant(near(around), constants.indicators_in, names)
    plan.constants = _codes(plan)
    if "year" in missing:
        kinds = facts.kinds_of_period(plan, facts.facts_of(plan, grid), names)
        found["year"] = find_constant(near(around), constants.year_in, names, kinds)
    plan.constants = _codes(plan)
    if "organisation" in missing and _is_reported_by_laender(plan, names):
        roles["organisation"] = roles["region"]
        missing.discard("organisation")
        found["organisation"] = Constant("", "region_is_owner")
    if "organisation" in missing:
        found["organisation"] = _owner(around, names, _kinds_asked(plan, grid), plan)
    if "target_group" not in roles:
        group = find_constant(around.lines[:1], constants.target_group_in, names)
        found["target_group"] = group if group.code else Constant(TOTAL, "stated_nowhere")
    if "region" in missing:
        found["region"] = find_constant(around.lines[:1], constants.regions_in, names)
    found |= {kind: Constant(code, "person_chose_constant") for kind, code in given.constants.items()}
    plan.constants = _codes(plan)
    plan.table.constants = dict(plan.constants)
    for dimension, kind in (
        ("indicator", CellKind.INDICATOR),
        ("year", CellKind.YEAR),
        ("organisation", CellKind.ENTITY),
    ):
        if dimension in missing and dimension not in plan.constants and kind not in in_sections:
            if _is_of_few(plan, dimension):
                continue
            cell, heading = address(plan.block.header[-1], plan.values[0].index), plan.values[0].heading.text
            plan.questions.append(Question(dimension, grid.sheet.name, cell, heading, plan.table.fingerprint))


def _is_of_few(plan: Plan, dimension: str) -> bool:
    """Ask about the columns alone that lack what the headings of the others say."""
    clear = [value for value in plan.values if not value.is_unclear]
    lacking = [value for value in clear if not value.heading.meaning.get(dimension)]
    if not 0 < len(lacking) < len(clear):
        return False
    if any("target_group" in value.heading.meaning or value.heading.period for value in lacking):
        return False  # a part of its neighbours, and of which is open
    if dimension == "year" and _are_years_shifted(clear, lacking):
        return False
    for value in lacking:
        value.is_unclear = True
        cell, text = address(plan.block.header[-1], value.index), value.heading.text
        table = plan.table
        plan.questions.append(Question("column", table.sheet, cell, text, table.fingerprint, value.offset))
    return True


def _are_years_shifted(clear: list[ValueColumn], lacking: list[ValueColumn]) -> bool:
    """Whether a column lacks its year and the years have different columns: their cells may stand one aside.

    ``EQ | Beratungen 2015 | EQ 2015 | Beratungen 2016``: a year merged over the wrong two columns.
    """
    columns: dict[str, list[str]] = defaultdict(list)
    for value in clear:
        columns[value.heading.meaning.get("year", "")].append(value.heading.meaning.get("indicator", ""))
    alone = {value.heading.meaning.get("indicator", "") for value in lacking}
    of_years = [found for year, found in columns.items() if year]
    named = {indicator for found in of_years for indicator in found}
    return bool(alone & (named - {""})) and any(found != of_years[0] for found in of_years)


def near(around: Surroundings) -> list[list[str]]:
    """Titles and the sheet's name. What notes or other sheets mention need not be what the table is about."""
    titles, tab, _notes, shared, _elsewhere = around.lines
    return [titles, tab, [], shared]


def _codes(plan: Plan) -> dict[str, str]:
    return {
        kind: constant.code
        for kind, constant in plan.found_constants.items()
        if constant.code and kind in DIMENSIONS
    }


def _owner(around: Surroundings, names: NameIndex, kinds: frozenset[str], plan: Plan) -> Constant:
    """Whose figures these are: a source named below the table counts less than who supplied it."""
    own = [[line for line in lines if not constants.speaks_of_others(line)] for lines in around.lines[:3]]
    found = find_constant(own, constants.members_in, names, kinds)
    if found.code:
        return found
    if around.supplier:
        return Constant(around.supplier, "of_supplier")
    found = find_constant(around.lines, constants.organisations_in, names)
    return found if found.code or plan.unread_columns else _only_asked(names, kinds)


def _only_asked(names: NameIndex, kinds: frozenset[str]) -> Constant:
    """``Unversorgte Bewerber nach Ländern``: nobody but the one agency is asked for such figures."""
    asked = [code for code, term in names.organisations.items() if term.kind in kinds]
    return Constant(asked[0], "only_one_asked") if len(asked) == 1 else Constant()


def _is_reported_by_laender(plan: Plan, names: NameIndex) -> bool:
    """A table by Land whose indicators only the Länder are asked for is the Länder's own statement."""
    codes = {
        value.heading.meaning.get("indicator") or plan.constants.get("indicator", "") for value in plan.values
    }
    return "region" in plan.roles and all(
        code in names.indicators and names.indicators[code].asked_of == ("land",) for code in codes
    )


def _kinds_asked(plan: Plan, grid: SheetGrid) -> frozenset[str]:
    """The kinds of organisations that are asked for indicators of the table."""
    codes = facts.facts_of(plan, grid).indicators | {plan.constants.get("indicator", "")}
    terms = [term for code in codes if (term := grid.names.indicators.get(code)) is not None]
    return frozenset(kind for term in terms for kind in term.asked_of)


def _missing(plan: Plan) -> set[str]:
    """Dimensions that neither a column nor every heading gives."""
    return {
        dimension
        for dimension in ("indicator", "year", "organisation", "region")
        if dimension not in plan.roles
        and not (plan.outline and dimension in plan.outline.kinds)
        and not all(
            value.heading.meaning.get(dimension)
            for value in plan.values
            if not value.is_unclear and not value.heading.of_last_year
        )
    }
