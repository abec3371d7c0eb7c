"""What each column of a table is, and what holds for all of it: the mapping a person may confirm."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.addresses import address, column_letters
from measures.importing.columns import constants, derived, neighbours
from measures.importing.columns.around import surroundings
from measures.importing.columns.around.empty_columns import is_above_nothing
from measures.importing.columns.header_paths import header_paths
from measures.importing.columns.headings import TitleHint, read_heading
from measures.importing.columns.outline import find_outline
from measures.importing.columns.owners import members, towns
from measures.importing.columns.periods import of_columns as periods
from measures.importing.columns.periods import parts_of_year
from measures.importing.columns.periods.references import refers_to_periods
from measures.importing.columns.pivots import corner_lines, other_aggregate, settle_nested_indicators
from measures.importing.columns.plan import DIMENSIONS, Constant, Heading, Plan, Surroundings, ValueColumn
from measures.importing.columns.roles import contents_of, is_numeric, role_of_column
from measures.importing.columns.table_constants import find_as_of, find_constant, near, settle_constants
from measures.importing.decisions import evidence
from measures.importing.layout.fingerprints import table_fingerprint
from measures.importing.layout.grid import CellKind, SheetGrid, role_of, shown
from measures.importing.problems import Problem, Question
from measures.importing.results import Column, Table
from measures.importing.text.folding import fold, tidy
from measures.importing.text.quality import is_quality_alone, quality_in
from measures.importing.text.terms.concepts import subject_of
from measures.importing.text.terms.titles import topic_of
from measures.importing.text.units import OF_UNITS
from measures.importing.vocabulary import TOTAL, Answers, TableAnswers

if TYPE_CHECKING:
    from collections import Counter

    from measures.importing.decisions import Evidence
    from measures.importing.layout.blocks import Block
    from measures.importing.text.names import NameIndex


_COUNTING = ("", "platz", "rang", "nr", "lfd")
"""Headings over ranks and numbers of rows."""
_NUMBERS_OF_PROGRAMS = ("mandant", "mandt", "client", "buchungskreis", "bukrs")
_GOING_ON = ("nr", "lfd")
"""Of which a second table may go on counting."""
_OF_BLANKS = re.compile(r"\((?:leer|blank)\)$", re.IGNORECASE)
"""How a pivot table heads what has no item: an empty column of it says nothing."""
_MOST_DIGITS = 9
_FEWEST_COUNTED = 3
_LABELS_OF_CODES = ("bezeichnung", "text", "klartext", "name", "beschreibung", "label")
"""Headings of the words beside the codes of occupations."""


def make_plan(grid: SheetGrid, block: Block, around: Surroundings, answers: Answers) -> Plan:
    names = grid.names
    grid = grid.window(block.left, block.right)
    columns = _used_columns(grid, block)
    paths = header_paths(grid, block, columns)
    titled = find_constant(near(around), constants.indicators_in, names).code
    hint = _hint_of_titles(near(around), titled, names)
    headings = {column: read_heading(paths[column], names, hint) for column in columns}
    parts_of_year.name_sums(headings.values())
    fingerprint = table_fingerprint(headings[column].text for column in columns)
    around.fingerprints[fingerprint] += 1
    if around.fingerprints[fingerprint] > 1:
        fingerprint = f"{fingerprint}-{around.fingerprints[fingerprint]}"
    given = answers.tables.get(fingerprint, TableAnswers())
    plan = Plan(block, _table(grid, block, columns, fingerprint))
    plan.found_constants["as_of"] = find_as_of(around.lines[:3])
    plan.table.as_of = plan.found_constants["as_of"].code
    for column in columns:
        _assign(plan, grid, column, headings[column], given)
    if not plan.values:
        return plan
    derived.set_ranks_aside(plan, grid, given)
    neighbours.take_keys(plan, grid, given)
    members.prefer_members(plan, grid, given)
    towns.take_kinds_in_headings(plan, grid)
    members.take_responsible(plan, grid, given)
    neighbours.name_by_measure(plan, names, [line for lines in near(around) for line in lines], given)
    neighbours.share_ending(plan, names, given)
    neighbours.set_keys_aside(plan, grid, given)
    _set_overruled_aside(plan)
    _ask_about_aggregate(plan, grid, given)
    if corner := corner_lines(plan, headings):
        around.lines[0] = [*around.lines[0], *corner]
    settle_nested_indicators(plan, grid, given)
    derived.leave_out_comparisons(plan, grid)
    plan.outline = find_outline(grid, plan)
    neighbours.find_codes(plan, grid, given)
    _ask_about_unnamed_columns(plan, given)
    neighbours.give_parts_their_whole(plan)
    parts_of_year.set_parts_aside(plan, grid, titled)
    neighbours.settle_totals(plan, names)
    derived.set_parts_aside(plan, grid, given)
    derived.set_computed_aside(plan, grid, given)
    _multiply_by_factor_of_title(plan, around)
    plan.is_foreign = _is_foreign(plan, grid, around, given)
    settle_constants(plan, grid, around, given)
    neighbours.date_last_year(plan)
    periods.settle(plan, grid, given)
    surroundings.SurroundingWords(plan, grid, around, given.wording).settle()
    return plan


def _ask_about_aggregate(plan: Plan, grid: SheetGrid, given: TableAnswers) -> None:
    """``Anzahl von Plätze EQ`` counts the rows of a pivot table, and says nothing of the places."""
    if found := other_aggregate(grid, plan.block):
        row, column, text = found
        if given.wording.get(fold(text)) != "none":
            table = plan.table
            plan.questions.append(
                Question("wording", table.sheet, address(row, column), text, table.fingerprint)
            )


def _hint_of_titles(levels: list[list[str]], titled: str, names: NameIndex) -> TitleHint:
    known = names.indicators[titled].names if titled in names.indicators else ()
    subjects = (subject_of(lines) for lines in levels)
    topics = (topic for lines in levels if (topic := topic_of(lines)))
    return TitleHint(" ".join(map(fold, known)), next(filter(None, subjects), frozenset()), next(topics, ""))


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
    return [
        column
        for column in range(grid.left, grid.right)
        if column in used or any(grid.rows[row][column] != "" for row in block.data)
    ]


def _table(grid: SheetGrid, block: Block, columns: list[int], fingerprint: str) -> Table:
    first, last = block.data[0], block.data[-1]
    return Table(
        sheet=grid.sheet.name,
        header_rows=[row + 1 for row in block.header],
        data_range=f"{address(first, columns[0])}:{address(last, columns[-1])}",
        columns=[],
        constants={},
        fingerprint=fingerprint,
        row_count=len(block.data),
    )


def _assign(plan: Plan, grid: SheetGrid, column: int, heading: Heading, given: TableAnswers) -> None:
    """Give the next column its role in the plan; a person's answer comes before our own reading."""
    offset = len(plan.table.columns)
    counts = contents_of(grid, plan.block, column)
    _take_role_from_place(plan, grid, column, heading)
    role, confidence, reason = _role_of(grid, plan.block, column, heading, counts)
    reasons = plan.column_reasons[offset] = [reason]
    _set_numbers_aside(plan, grid, column, role)
    if role in DIMENSIONS and role in plan.roles:
        role = _settle_second(plan, grid, role, counts, reasons)
    is_given = offset in given.roles or offset in given.columns
    if is_given:
        role, confidence = "value" if offset in given.columns else given.roles[offset], 1.0
        reasons[:] = [evidence("person_chose_column")]
    if offset in given.columns:
        _take_given_meaning(heading, given.columns[offset])
    elif not is_given and role in ("", "ignore") and _states_quality(grid, plan.block, column):
        role = "quality"
    cell = address(plan.block.header[-1], column)
    if role in (*DIMENSIONS, "note", "key", "quality"):
        plan.roles.setdefault(role, column)
    elif role == "value":
        is_unclear = bool(heading.unread) and offset not in given.roles
        notation = given.notation.get(offset, "")
        plan.values.append(ValueColumn(column, offset, heading, notation, is_unclear, is_given))
        if is_unclear:
            confidence = 0.3
            reasons.append(evidence("heading_unread", found=", ".join(heading.unread)))
            _ask_about(plan, cell, heading.text, offset)
    elif heading.derived or heading.not_kept:
        code = "column_ignored" if heading.derived else "column_not_kept"
        plan.problems.append(Problem(code, grid.sheet.name, cell, heading.text))
    elif offset not in given.roles:
        _remember_aside(plan, column, heading, counts, reason)
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


def _remember_aside(
    plan: Plan, column: int, heading: Heading, counts: Counter[str], reason: Evidence
) -> None:
    """Keep columns that are not read and yet can say something of their rows."""
    if reason.code == "contents_periods":
        plan.reference_columns.append(column)
    elif _is_unread(heading, counts):
        plan.unread_columns.append((column, len(plan.table.columns)))


def _role_of(
    grid: SheetGrid, block: Block, column: int, heading: Heading, counts: Counter[str]
) -> tuple[str, float, Evidence]:
    role, confidence, reason = role_of_column(heading, counts)
    is_blank = not counts["all"] + counts["state"]
    if (
        role == "value"
        and is_blank
        and (_OF_BLANKS.search(heading.text) or is_above_nothing(grid, block, column))
    ):
        return "ignore", 0.5, evidence("contents_empty")
    if fold(heading.text) in OF_UNITS and not is_numeric(counts):  # "ST" counts pieces, and is no Land
        return "", 0.0, evidence("contents_unknown", all=counts["all"])
    if role in ("", "value", "ignore") and refers_to_periods(grid, block, column):
        return "ignore", 0.8, evidence("contents_periods")
    return role, confidence, reason


def _take_given_meaning(heading: Heading, given: dict[str, str]) -> None:
    heading.meaning.update(given)
    heading.meaning = {kind: code for kind, code in heading.meaning.items() if code}
    heading.unread = []


def _states_quality(grid: SheetGrid, block: Block, column: int) -> bool:
    """``Art``: every cell says of what quality the figures beside it are (``endgültig``, ``vorläufig``)."""
    texts = {tidy(shown(grid.rows[row][column])) for row in block.data} - {""}
    return any(map(quality_in, texts)) and all(map(is_quality_alone, texts))


def _take_role_from_place(plan: Plan, grid: SheetGrid, column: int, heading: Heading) -> None:
    """Numbers of rows and of programs stand left of all labels, words for occupations beside their codes."""
    key = fold(heading.text)
    is_number_of_program = (
        not plan.roles and key in _NUMBERS_OF_PROGRAMS and len(_samples(grid, plan.block, column)) == 1
    )
    if is_number_of_program or (not plan.roles and _counts_rows(grid, plan.block, column, key)):
        heading.role, heading.meaning = "ignore", {}
    elif not heading.role and key in _LABELS_OF_CODES and "occupation" in plan.roles:
        heading.role = "occupation_label"


def _counts_rows(grid: SheetGrid, block: Block, column: int, heading: str) -> bool:
    """Whether a column left of all labels holds 1, 2, 3 and so on: ranks (``Platz``) or the rows counted."""
    if heading not in _COUNTING:
        return False
    values = [grid.rows[row][column] for row in block.data]
    texts = [shown(value).strip().rstrip(".") for value in values if value != ""]
    numbers = [int(text) for text in texts if text.isdecimal() and len(text) <= _MOST_DIGITS]
    first = numbers[0] if numbers and heading in _GOING_ON else 1
    in_order = list(range(first, first + len(texts)))
    return len(texts) >= _FEWEST_COUNTED and (numbers if not heading else sorted(numbers)) == in_order


def _set_overruled_aside(plan: Plan) -> None:
    """A column of indicators or groups beside headings that name them all: its words may narrow the rows."""
    for kind in ("indicator", "target_group"):
        named = {value.heading.meaning.get(kind, "") for value in plan.values if not value.is_unclear}
        is_overruled = kind in plan.roles and named and not named & {"", TOTAL}
        if is_overruled and len(plan.roles.keys() & DIMENSIONS) > 1:
            column = plan.roles.pop(kind)
            letters = column_letters(column)
            offset = next(each.index for each in plan.table.columns if each.letter == letters)
            plan.table.columns[offset].role = "ignore"
            plan.unread_columns.append((column, offset))


def _is_unread(heading: Heading, counts: Counter[str]) -> bool:
    """Whether nothing is known of a column that holds something: its words may narrow what the rows are."""
    return heading.role != "ignore" and counts["all"] > 0


def _ask_about(plan: Plan, cell: str, heading: str, offset: int) -> None:
    table = plan.table
    plan.questions.append(Question("column", table.sheet, cell, heading, table.fingerprint, offset))


def _settle_second(
    plan: Plan, grid: SheetGrid, role: str, counts: Counter[str], reasons: list[Evidence]
) -> str:
    """The role of a column whose dimension another one before it gives already."""
    if _names_more(plan, grid, role, counts, is_called=reasons[0].code == "heading_role"):
        _set_first_aside(plan, role)
        return role
    reasons.append(evidence("second_of_kind", column=column_letters(plan.roles[role]), kind=role))
    return _second_of_its_kind(plan, role, counts)


def _names_more(plan: Plan, grid: SheetGrid, role: str, counts: Counter[str], *, is_called: bool) -> bool:
    """``Thema | Kennzahl``, ``Code | Text``: of two columns of indicators the second names them better."""
    if role != "indicator":
        return False
    first = next(each for each in plan.table.columns if each.letter == column_letters(plan.roles[role]))
    before = contents_of(grid, plan.block, plan.roles[role])
    own, other = counts[role] * before["all"], before[role] * counts["all"]
    return own > other or (is_called and own == other and role_of(first.header) != role)


def _set_numbers_aside(plan: Plan, grid: SheetGrid, column: int, role: str) -> None:
    """``AGS | Land``: a first column of the numbers of just the Länder that the second one names."""
    if role != "region" or role not in plan.roles:
        return
    rows = [grid.rows[row] for row in plan.block.data]
    pairs = {(tidy(shown(row[plan.roles[role]])), tidy(shown(row[column]))) for row in rows}
    numbered = [(number, name) for number, name in pairs if number]
    if numbered and all(
        number.isdecimal() and grid.names.exact(role, number) == grid.names.exact(role, name) is not None
        for number, name in numbered
    ):
        _set_first_aside(plan, role)


def _set_first_aside(plan: Plan, role: str) -> None:
    column = plan.roles.pop(role)
    letters = column_letters(column)
    first = next(each for each in plan.table.columns if each.letter == letters)
    first.role = "ignore"
    plan.unread_columns.append((column, first.index))


def _second_of_its_kind(plan: Plan, role: str, counts: Counter[str]) -> str:
    """Two columns for one dimension: code beside label, or one that is none."""
    if role == "occupation" and "occupation_label" not in plan.roles and not is_numeric(counts):
        return "occupation_label"
    return "ignore"


def _samples(grid: SheetGrid, block: Block, column: int) -> list[str]:
    found = dict.fromkeys(tidy(shown(grid.rows[row][column])) for row in block.data[:20])
    return [text for text in found if text][:3]


def _ask_about_unnamed_columns(plan: Plan, given: TableAnswers) -> None:
    """A column of numbers without a heading, beside columns that have one, is anybody's guess.

    So is the one that has, left of several: ``2016`` may head them all.
    """
    if not any(value.heading.text for value in plan.values):
        return
    named = {
        value.index
        for value in plan.values
        if value.heading.text or value.offset in given.roles or value.offset in given.columns
    }
    unnamed = {value.index for value in plan.values} - named
    for value in plan.values:
        heads_several = {value.index + 1, value.index + 2} <= unnamed
        is_open = value.index in unnamed or (heads_several and not value.is_unclear)
        if is_open and not value.is_given and value.offset not in given.roles:
            value.is_unclear = True
            plan.column_reasons[value.offset].append(evidence("without_heading"))
            cell = address(plan.block.header[-1], value.index)
            _ask_about(plan, cell, value.heading.text, value.offset)


def _multiply_by_factor_of_title(plan: Plan, around: Surroundings) -> None:
    """A factor in the title holds for the columns whose heading does not name a unit itself."""
    factor, words = constants.factor_in(around.lines[0])
    if factor == 1:
        return
    meant = [value for value in plan.values if value.heading.factor == 1 and not _names_unit(value.heading)]
    for value in meant:
        value.heading.factor = factor
    if meant:
        line = next(line for line in around.lines[0] if constants.factor_in([line])[0] == factor)
        plan.found_constants["factor"] = Constant(str(factor), "in_title", line)
        cell = address(plan.block.header[-1], meant[0].index)
        params = (("factor", str(factor)),)
        plan.problems.append(Problem("factor_from_title", plan.table.sheet, cell, words, params))


def _names_unit(heading: Heading) -> bool:
    key = f" {fold(heading.text)} "
    return "%" in heading.text or any(f" {unit} " in key for unit in ("anzahl", "absolut", "prozent"))
