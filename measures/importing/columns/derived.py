"""Columns that are not understood, but computed from columns that are: compared with them, and no figures."""

from __future__ import annotations

import re
from itertools import groupby
from operator import gt, lt
from typing import TYPE_CHECKING

from measures.importing.addresses import address, column_letters
from measures.importing.arithmetic.columns import computation_of
from measures.importing.columns.heading_words import compares_years, is_in_percent
from measures.importing.decisions import evidence
from measures.importing.problems import Problem, Question
from measures.importing.text.folding import fold, tidy
from measures.importing.text.numbers import GERMAN, number_of_cell
from measures.importing.text.periods import SPAN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from measures.importing.columns.plan import Plan, ValueColumn
    from measures.importing.decisions import Evidence
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.vocabulary import TableAnswers

_RANKED = re.compile(
    r"\b(?:platz|rang|rank|ranking|position|pos|platzierung|stelle)\b|[^\W\d_]platz\b", re.IGNORECASE
)
_OF_CHANGE = frozenset(("abs", "absolut"))
"""Beside years they head the change, before that in per cent."""
_FEWEST_RANKED = 10
_SEVERAL = 2
_SAMPLE = 200
_SUM = "sum"
_MOST_COLUMNS = 40


def leave_out_comparisons(plan: Plan, grid: SheetGrid) -> None:
    """Take rows that compare years (``Veränderung 2018 zu 2017``) out of the rows of years."""
    column = plan.roles.get("year", -1)
    if column < 0:
        return
    texts = grid.texts(plan.block.data, column)
    comparing = {text for text in set(texts) if compares_years(text)}
    for row, text in zip(list(plan.block.data), texts, strict=True) if comparing else ():
        if text in comparing and row not in plan.block.overrides:
            plan.block.data.remove(row)
            cell = address(row, column)
            plan.problems.append(Problem("subtotal_not_kept", plan.table.sheet, cell, text))


def set_computed_aside(plan: Plan, grid: SheetGrid, given: TableAnswers) -> None:
    """Ask nothing about a column whose numbers prove what it is; cells that disagree are queries.

    What a person stated of a column stands. At least one column has to be understood: numbers alone do
    not say which of three columns is the figure.
    """
    unclear = [value for value in plan.values if _is_open(plan, value, given)]
    clear = [value for value in plan.values if value not in unclear]
    for value in [each for each in unclear if clear and is_in_percent(each.heading.text)]:
        unclear.remove(value)
        reason = evidence("heading_derived")
        _set_aside(plan, grid, value, reason, "column_ignored")
    for value in unclear if len(clear) > 1 else ():
        _judge(plan, grid, value, clear)


def set_ranks_aside(plan: Plan, grid: SheetGrid, given: TableAnswers) -> None:
    """``Platz EQ`` beside the places: where each row stands among the others, and no number of places.

    Small numbers under such a heading that rank nothing we see are asked about.
    """
    for value in [each for each in plan.values if _RANKED.search(each.heading.text)]:
        if value.is_given or value.offset in given.roles:
            continue
        ranks = _numbers(grid, value, plan.block.data)
        rows = [position for position, rank in enumerate(ranks) if rank is not None]
        others = [_numbers(grid, other, plan.block.data) for other in plan.values if other is not value]
        if not rows or any(not 1 <= (ranks[row] or 0) <= max(len(rows), _FEWEST_RANKED) for row in rows):
            continue
        if any(_are_ranks(ranks, numbers, rows) for numbers in others):
            _set_aside(plan, grid, value, evidence("ranks_rows"), "column_not_kept")
        elif not value.is_unclear:
            value.is_unclear = True
            table, cell = plan.table, address(plan.block.header[-1], value.index)
            text = value.heading.text
            plan.questions.append(
                Question("column", table.sheet, cell, text, table.fingerprint, value.offset)
            )


def _are_ranks(ranks: list[Decimal | None], numbers: list[Decimal | None], rows: list[int]) -> bool:
    """Whether each rank is that of its row's number among the others, from above or from below."""
    known = [number for row in rows if (number := numbers[row]) is not None]
    if len(known) < max(len(rows), _SEVERAL):
        return False
    return any(
        all(ranks[row] == 1 + sum(is_before(number, numbers[row] or 0) for number in known) for row in rows)
        for is_before in (gt, lt)
    )


def set_parts_aside(plan: Plan, grid: SheetGrid, given: TableAnswers) -> None:
    """``gewerblich | kaufmännisch | insgesamt``: columns nobody knows that add up to the one beside them.

    The total is read as it stands; what divides it is no figure of ours.
    """
    for run in list(_runs_of_unclear(plan, given)):
        first, last = plan.values.index(run[0]), plan.values.index(run[-1])
        beside = [*plan.values[first - 1 : first], *plan.values[last + 1 : last + 2]]
        for total in beside:
            if not total.is_unclear and _add_up(plan, grid, run, total):
                break


def _runs_of_unclear(plan: Plan, given: TableAnswers) -> Iterator[list[ValueColumn]]:
    """Two or more columns side by side that are asked about, and that no person spoke of."""
    for is_open, values in groupby(
        plan.values, key=lambda value: value.is_unclear and _is_open(plan, value, given)
    ):
        run = list(values)
        if is_open and len(run) > 1:
            yield run


def _add_up(plan: Plan, grid: SheetGrid, parts: list[ValueColumn], total: ValueColumn) -> bool:
    """Take the parts out if the numbers of most rows prove that they are those of the total."""
    data, columns = plan.block.data, [*parts, total]
    computation = computation_of([_numbers(grid, column, data) for column in columns], len(parts))
    if computation is None or computation.operator != _SUM or len(computation.parts) != len(parts):
        return False
    letters = column_letters(total.index)
    for part in parts:
        reason = evidence("adds_up_to_column", column=letters)
        _set_aside(plan, grid, part, reason, "column_not_kept")
    _report_misses(plan, grid, total, [data[position] for position in computation.misses])
    return True


def _is_open(plan: Plan, value: ValueColumn, given: TableAnswers) -> bool:
    """Whether the column is not understood: asked about, or without anything its siblings have."""
    if value.offset in given.roles or value.offset in given.columns:
        return False
    if value.is_unclear or _is_of_years_together(value):
        return True
    others = [other.heading.meaning for other in plan.values if other is not value and not other.is_unclear]
    named = {kind for meaning in others for kind in ("year", "indicator") if kind in meaning}
    return any(
        kind not in value.heading.meaning
        and kind not in plan.roles
        and sum(kind in meaning for meaning in others) > 1
        and not value.heading.of_last_year
        for kind in named
    )


def _is_of_years_together(value: ValueColumn) -> bool:
    """``Summe 2015-2018``: no year of its own, so either the sum of its neighbours or asked about."""
    period = value.heading.period
    return period is not None and period.form == SPAN


def _judge(plan: Plan, grid: SheetGrid, value: ValueColumn, clear: list[ValueColumn]) -> None:
    data = plan.block.data
    near = sorted(clear, key=lambda other: abs(other.index - value.index))[:_MOST_COLUMNS]
    columns = sorted([*near, value], key=lambda other: other.index)
    rows = data[:: max(len(data) // _SAMPLE, 1)]
    cells = [_numbers(grid, column, rows) for column in columns]
    is_change = fold(value.heading.text) in _OF_CHANGE
    computation = computation_of(cells, columns.index(value), is_expected=is_change)
    if computation is None:
        return
    misses, parts = computation.misses, [columns[part] for part in computation.parts]
    if len(rows) < len(data):
        rows = data
        used = [*parts, value]
        everywhere = computation_of([_numbers(grid, column, rows) for column in used], len(used) - 1)
        if everywhere is None:
            return
        misses = everywhere.misses
    letters = ", ".join(column_letters(part.index) for part in parts)
    reason = evidence("computed_from_columns", columns=letters, kind=computation.operator)
    _set_aside(plan, grid, value, reason, "column_ignored")
    _report_misses(plan, grid, value, [rows[position] for position in misses])


def _set_aside(plan: Plan, grid: SheetGrid, value: ValueColumn, reason: Evidence, problem: str) -> None:
    """Read nothing from a column, ask nothing about it, and report why."""
    plan.values = [kept for kept in plan.values if kept is not value]
    column = plan.table.columns[value.offset]
    column.role, column.meaning = "ignore", {}
    plan.column_reasons[value.offset].append(reason)
    plan.questions = [question for question in plan.questions if question.column != value.offset]
    heading = address(plan.block.header[-1], value.index)
    plan.problems.append(Problem(problem, plan.table.sheet, heading, value.heading.text))


def _report_misses(plan: Plan, grid: SheetGrid, value: ValueColumn, rows: list[int]) -> None:
    """Report the cells of a column that do not agree with those it belongs to."""
    for row in rows:
        found = tidy(str(grid.rows[row][value.index]))
        cell = address(row, value.index)
        plan.problems.append(Problem("computed_cell_differs", plan.table.sheet, cell, found))


def _numbers(grid: SheetGrid, column: ValueColumn, rows: list[int]) -> list[Decimal | None]:
    return [number_of_cell(grid.rows[row][column.index], column.notation or GERMAN) for row in rows]
