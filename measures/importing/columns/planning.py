"""What each column of a table is, and what holds for all of it: the mapping a person may confirm."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from measures.importing.addresses import address, column_letters
from measures.importing.columns import constants, neighbours, periods, surroundings
from measures.importing.columns.headings import header_paths, read_heading
from measures.importing.columns.outline import find_outline
from measures.importing.columns.plan import DIMENSIONS, Heading, Plan, Surroundings, ValueColumn
from measures.importing.layout.fingerprints import table_fingerprint
from measures.importing.layout.grid import CellKind, SheetGrid, is_date, shown
from measures.importing.problems import Problem, Question
from measures.importing.results import Column, Table
from measures.importing.text.names import NameIndex, fold, split_marks, tidy
from measures.importing.vocabulary import TOTAL, Answers, TableAnswers

if TYPE_CHECKING:
    from measures.importing.layout.blocks import Block

_NAMED = ("region", "organisation", "indicator", "target_group", "occupation")
_MAY_BE_NUMBERS = ("year", "occupation", "region")
_SAMPLE = 400
_MOSTLY = 0.5
_CLEARLY = 0.7


def make_plan(grid: SheetGrid, block: Block, around: Surroundings, answers: Answers) -> Plan:
    names = grid.names
    grid = grid.window(block.left, block.right)
    columns = _used_columns(grid, block)
    paths = header_paths(grid, block, columns)
    titled = _one(around.lines, constants.indicators_in, names)
    hint = (
        " ".join(fold(name) for name in names.indicators[titled].names) if titled in names.indicators else ""
    )
    headings = {column: read_heading(paths[column], names, indicator_hint=hint) for column in columns}
    print_ = table_fingerprint(headings[column].text for column in columns)
    around.prints[print_] += 1
    if around.prints[print_] > 1:
        print_ = f"{print_}-{around.prints[print_]}"
    given = answers.tables.get(print_, TableAnswers())
    plan = Plan(block, _table(grid, block, columns, print_))
    plan.table.as_of = constants.as_of(line for lines in around.lines[:3] for line in lines)
    for column in columns:
        _assign(plan, grid, column, headings[column], given)
    if not plan.values:
        return plan
    plan.outline = find_outline(grid, plan)
    neighbours.find_codes(plan, grid, given)
    _ask_about_unnamed_columns(plan, given)
    neighbours.settle_totals(plan)
    _multiply_as_the_title_says(plan, around)
    plan.is_foreign = _is_foreign(plan, grid, around, given)
    _settle_constants(plan, grid, around, given)
    neighbours.date_last_year(plan)
    periods.settle(plan, grid, given)
    surroundings.Account(plan, grid, around, answers.names.get(surroundings.WORDING, {})).settle()
    return plan


def _is_foreign(plan: Plan, grid: SheetGrid, around: Surroundings, given: TableAnswers) -> bool:
    """Whether neither headings, rows nor title name an indicator, and no heading of a value is understood."""
    return not (
        given.roles
        or "indicator" in plan.roles
        or (plan.outline is not None and "indicator" in plan.outline.kinds)
        or any(not value.is_unclear for value in plan.values)
        or any(grid.kind(value) is CellKind.INDICATOR for _, value in plan.block.sections)
        or any(constants.indicators_in(lines, grid.names) for lines in around.lines[:2])
    )


def _used_columns(grid: SheetGrid, block: Block) -> list[int]:
    """The columns with a cell of their own, in the heading or below; a span above does not make one."""
    sample = (*block.header, *block.data[:50], *block.data[-5:])
    used = {column for row in sample for column, _ in grid.filled(row)}
    if grid.sheet.states:
        rows = set(block.data)
        used |= {column for row, column in grid.sheet.states if row in rows}
    between = range(min(used), max(used) + 1)
    return [
        column
        for column in between
        if column in used or any(grid.rows[row][column] != "" for row in block.data)
    ]


def _table(grid: SheetGrid, block: Block, columns: list[int], print_: str) -> Table:
    first, last = block.data[0], block.data[-1]
    return Table(
        sheet=grid.sheet.name,
        header_rows=[row + 1 for row in block.header],
        data_range=f"{address(first, columns[0])}:{address(last, columns[-1])}",
        columns=[],
        constants={},
        fingerprint=print_,
        row_count=len(block.data),
    )


def _evidence(grid: SheetGrid, block: Block, column: int) -> Counter[str]:
    """How many of a column's different texts are names of each kind, numbers, years."""
    rows = block.data if len(block.data) <= _SAMPLE else block.data[:: len(block.data) // _SAMPLE]
    counts: Counter[str] = Counter()
    for value in {grid.rows[row][column] for row in rows}:
        if value == "":
            continue
        kind = grid.kind(value)
        counts["all"] += 1
        counts["date"] += is_date(value)
        if kind in (CellKind.NUMBER, CellKind.MARKER):
            counts["number"] += 1
        elif kind is CellKind.YEAR:
            counts["year"] += 1
        elif isinstance(value, str):
            _count_names(grid.names, value, counts)
    counts["state"] = sum(state_column == column for _, state_column in grid.sheet.states)
    return counts


def _count_names(names: NameIndex, value: str, counts: Counter[str]) -> None:
    text = split_marks(tidy(value))[0]
    if names.is_total(text) or names.is_unassigned(text):
        counts["all"] -= 1
        return
    counts["text"] += 1
    kinds = [kind for kind in _NAMED if names.exact(kind, text) is not None]
    if not kinds and names.coded_occupation(text)[0] and not names.land_of_district(text):
        kinds = ["occupation"]
    counts.update(kinds)
    counts["named"] += bool(kinds)


def _share(counts: Counter[str], kind: str) -> float:
    return counts[kind] / counts["all"] if counts["all"] else 0.0


def _role(heading: Heading, counts: Counter[str]) -> tuple[str, float]:
    """Decide the column's role and how sure we are: by its heading, unless its content says otherwise."""
    if heading.derived or heading.not_kept or heading.role == "ignore":
        return "ignore", 0.9
    if heading.role in ("note", "quality"):
        return heading.role, 0.9
    named = max(_NAMED, key=lambda kind: (_share(counts, kind), kind == "occupation"))
    if heading.role and heading.role != "value":
        return _role_by_heading(heading.role, counts, named)
    if counts[named] and _share(counts, "named") >= _MOSTLY and not heading.says_something:
        return ("occupation_label" if named == "occupation" else named), _share(counts, named)
    if heading.role == "value" or heading.says_something:
        return "value", 0.95
    return _role_by_content(heading, counts)


def _role_by_heading(role: str, counts: Counter[str], named: str) -> tuple[str, float]:
    share = _share(counts, named)
    if role == "key":
        return ("region", share) if named == "region" and share >= _CLEARLY else ("key", 0.6)
    if _is_numeric(counts):
        return (role, 0.95) if role in _MAY_BE_NUMBERS else ("value", 0.6)
    if role in _NAMED and named != role and share >= _CLEARLY and _share(counts, role) < _MOSTLY:
        return named, share
    return role, max(0.9, _share(counts, role))


def _role_by_content(heading: Heading, counts: Counter[str]) -> tuple[str, float]:
    if _share(counts, "date") >= _MOSTLY:
        return "ignore", 0.6
    if not heading.text and _share(counts, "year") >= _CLEARLY:
        return "year", 0.7
    if _is_numeric(counts) or counts["state"]:
        return "value", 0.6
    return ("ignore", 0.5) if counts["all"] == 0 else ("", 0.0)


def _is_numeric(counts: Counter[str]) -> bool:
    return counts["all"] > 0 and (counts["number"] + counts["year"]) / counts["all"] >= _MOSTLY


def _assign(plan: Plan, grid: SheetGrid, column: int, heading: Heading, given: TableAnswers) -> None:
    """Give the next column its role in the plan; a person's answer comes before our own reading."""
    offset = len(plan.table.columns)
    counts = _evidence(grid, plan.block, column)
    role, confidence = _role(heading, counts)
    if role in DIMENSIONS and role in plan.roles:
        role = _second_of_its_kind(plan, role, counts)
    if offset in given.roles:
        role, confidence = given.roles[offset], 1.0
    if offset in given.columns:
        role, confidence = "value", 1.0
        heading.meaning.update(given.columns[offset])
        heading.meaning = {kind: code for kind, code in heading.meaning.items() if code}
        heading.unread = []
    cell = address(plan.block.header[-1], column)
    if role in (*DIMENSIONS, "note", "key", "quality"):
        plan.roles.setdefault(role, column)
    elif role == "value":
        is_unclear = bool(heading.unread) and offset not in given.roles
        is_given = offset in given.roles or offset in given.columns
        notation = given.notation.get(offset, "")
        plan.values.append(ValueColumn(column, offset, heading, notation, is_unclear, is_given))
        if is_unclear:
            confidence = 0.3
            _ask_about(plan, cell, heading.text, offset)
    elif heading.derived or heading.not_kept:
        code = "column_ignored" if heading.derived else "column_not_kept"
        plan.problems.append(Problem(code, grid.sheet.name, cell, heading.text))
    plan.table.columns.append(
        Column(
            index=offset,
            header=heading.text,
            role=role or "ignore",
            confidence=round(confidence, 2),
            samples=_samples(grid, plan.block, column),
            meaning=heading.meaning if role == "value" else {},
            letter=column_letters(column),
        )
    )


def _ask_about(plan: Plan, cell: str, heading: str, offset: int) -> None:
    table = plan.table
    plan.questions.append(Question("column", table.sheet, cell, heading, table.fingerprint, offset))


def _second_of_its_kind(plan: Plan, role: str, counts: Counter[str]) -> str:
    """Two columns for one dimension: code beside label, or one that is none."""
    if role == "occupation" and "occupation_label" not in plan.roles and not _is_numeric(counts):
        return "occupation_label"
    return "ignore"


def _samples(grid: SheetGrid, block: Block, column: int) -> list[str]:
    found = dict.fromkeys(tidy(shown(grid.rows[row][column])) for row in block.data[:20])
    return [text for text in found if text][:3]


def _ask_about_unnamed_columns(plan: Plan, given: TableAnswers) -> None:
    """A column of numbers without a heading, beside columns that have one, is anybody's guess."""
    if not any(value.heading.text for value in plan.values):
        return
    for value in plan.values:
        is_answered = value.offset in given.roles or value.offset in given.columns
        if not value.heading.text and not is_answered:
            value.is_unclear = True
            _ask_about(plan, address(plan.block.header[-1], value.index), "", value.offset)


def _owner(around: Surroundings, names: NameIndex) -> str:
    """Say whose figures these are: a source named below the table counts less than who supplied it."""
    own = [[line for line in lines if not constants.speaks_of_others(line)] for lines in around.lines[:3]]
    return (
        _one(own, constants.organisations_in, names)
        or around.supplier
        or _one(around.lines, constants.organisations_in, names)
    )


def _multiply_as_the_title_says(plan: Plan, around: Surroundings) -> None:
    """A factor in the title holds for the columns whose heading does not name a unit itself."""
    factor, words = constants.factor_in(around.lines[0])
    if factor == 1:
        return
    meant = [value for value in plan.values if value.heading.factor == 1 and not _names_unit(value.heading)]
    for value in meant:
        value.heading.factor = factor
    if meant:
        cell = address(plan.block.header[-1], meant[0].index)
        params = (("factor", str(factor)),)
        plan.problems.append(Problem("factor_from_title", plan.table.sheet, cell, words, params))


def _names_unit(heading: Heading) -> bool:
    key = f" {fold(heading.text)} "
    return "%" in heading.text or any(f" {unit} " in key for unit in ("anzahl", "absolut", "prozent"))


def _is_reported_by_laender(plan: Plan, names: NameIndex) -> bool:
    """A table by Land whose indicators only the Länder are asked for is the Länder's own statement."""
    codes = {
        value.heading.meaning.get("indicator") or plan.constants.get("indicator", "") for value in plan.values
    }
    return "region" in plan.roles and all(
        code in names.indicators and names.indicators[code].asked_of == ("land",) for code in codes
    )


def _one(levels: list[list[str]], find: Any, *given: Any) -> str:
    """The one answer of the nearest level that has one; empty where a level is ambiguous or none answers."""
    for lines in levels:
        found = find(lines, *given)
        if len(found) == 1:
            return str(next(iter(found)))
        if found:
            return ""
    return ""


def _near(around: Surroundings) -> list[list[str]]:
    """Titles and the sheet's name. What notes or other sheets mention need not be what the table is about."""
    titles, tab, _notes, shared, _elsewhere = around.lines
    return [titles, tab, shared]


def _settle_constants(plan: Plan, grid: SheetGrid, around: Surroundings, given: TableAnswers) -> None:
    names = grid.names
    roles = plan.roles
    in_sections = {grid.kind(value) for _, value in plan.block.sections}
    found = plan.constants
    missing = _missing(plan)
    if "indicator" in missing:
        found["indicator"] = plan.constants["indicator"] = _one(_near(around), constants.indicators_in, names)
    if "year" in missing:
        kinds = surroundings.kinds_of_period(plan, surroundings.facts_of(plan, grid), names)
        found["year"] = _one(_near(around), constants.year_in, names, kinds)
    if "organisation" in missing and _is_reported_by_laender(plan, names):
        roles["organisation"] = roles["region"]
        missing.discard("organisation")
    if "organisation" in missing:
        found["organisation"] = _owner(around, names)
    if "target_group" not in roles:
        found["target_group"] = _one(around.lines[:1], constants.target_group_in, names) or TOTAL
    if "region" in missing:
        found["region"] = _one(around.lines[:1], constants.regions_in, names)
    found.update(given.constants)
    plan.constants = {key: value for key, value in found.items() if value}
    plan.table.constants = dict(plan.constants)
    for dimension, kind in (
        ("indicator", CellKind.INDICATOR),
        ("year", CellKind.YEAR),
        ("organisation", CellKind.ENTITY),
    ):
        if dimension in missing and dimension not in plan.constants and kind not in in_sections:
            cell = address(plan.block.header[-1], plan.values[0].index)
            plan.questions.append(
                Question(
                    dimension, grid.sheet.name, cell, plan.values[0].heading.text, plan.table.fingerprint
                )
            )


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
