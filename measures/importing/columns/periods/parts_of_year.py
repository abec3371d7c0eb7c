"""Quarters or months beside their year: where they add up to it in every row, the year alone is a figure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from measures.importing.addresses import address
from measures.importing.decisions import evidence
from measures.importing.problems import Problem, Question
from measures.importing.text.folding import split_marks
from measures.importing.text.numbers import GERMAN, number_of_cell
from measures.importing.text.periods import CALENDAR_YEAR, PART, Period
from measures.importing.vocabulary import TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measures.importing.columns.plan import Heading, Plan, ValueColumn
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.vocabulary import IndicatorTerm

_MONTHS = list(range(1, 13))
_FEWEST = 2
_QUARTERS = 4
_ROMAN = re.compile(r"(?:^|\s)(?P<number>I{1,3}|IV)\.?(?:\s?/\s?(?:20)?\d\d)?$")


def name_sums(headings: Iterable[Heading]) -> None:
    """``Jahr`` beside all months or quarters heads their sum, not a column of years."""
    headings = list(headings)
    _name_quarters(headings)
    if not _are_a_year([heading for heading in headings if _is_part(heading)]):
        return
    for heading in headings:
        if heading.role == "year" and not heading.meaning:
            heading.role = "value"


def _name_quarters(headings: list[Heading]) -> None:
    """``I | II | III | IV``, one after the other, are quarters."""
    for place in range(len(headings) - _QUARTERS + 1):
        four = headings[place : place + _QUARTERS]
        found = [_ROMAN.search(heading.text) for heading in four]
        if [match["number"] for match in found if match] != ["I", "II", "III", "IV"]:
            continue
        for number, heading in enumerate(four):
            months = (3 * number + 1, 3 * number + 3)
            heading.period, heading.unread = Period(PART, heading.text, 0, 0, months=months), []


def set_parts_aside(plan: Plan, grid: SheetGrid, titled: str) -> None:
    """Leave out the parts of each year whose sum stands beside them. ``titled``: the titles' indicator."""
    groups: dict[tuple[str, str, str], list[ValueColumn]] = {}
    for value in plan.values:
        if _is_part(value.heading) and not value.is_given:
            groups.setdefault(_key(value), []).append(value)
    for key, parts in groups.items():
        if not _are_a_year([part.heading for part in parts]):
            continue
        for whole in plan.values:
            code = whole.heading.meaning.get("indicator") or key[1] or titled
            kinds = {term.period for term in _terms(plan, grid, code)}
            if kinds and _may_be_sum(whole, key) and _is_sum(plan, grid, whole, parts):
                if kinds == {CALENDAR_YEAR}:
                    _leave_out(plan, parts, whole)
                else:
                    _ask_about(plan, whole)
                break


def _terms(plan: Plan, grid: SheetGrid, code: str) -> list[IndicatorTerm]:
    """The indicator of the columns or, where none is named, those that the rows name."""
    column = plan.roles.get("indicator", -1)
    if code or column < 0:
        codes = {code}
    else:
        labels = grid.texts(plan.block.data, column)
        codes = {grid.names.exact("indicator", split_marks(label)[0]) or "" for label in labels}
    return [grid.names.indicators[each] for each in codes if each in grid.names.indicators]


def _is_part(heading: Heading) -> bool:
    period = heading.period
    return period is not None and period.form == PART and period.months is not None


def _are_a_year(headings: list[Heading]) -> bool:
    """Whether their periods are all months of a year, each once."""
    spans = [heading.period.months for heading in headings if heading.period and heading.period.months]
    months = [month for first, last in spans for month in range(first, last + 1)]
    return len(spans) >= _FEWEST and sorted(months) == _MONTHS


def _key(value: ValueColumn) -> tuple[str, str, str]:
    meaning = value.heading.meaning
    group = meaning.get("target_group", "")
    return meaning.get("year", ""), meaning.get("indicator", ""), "" if group == TOTAL else group


def _may_be_sum(whole: ValueColumn, key: tuple[str, str, str]) -> bool:
    if whole.heading.period is not None or whole.heading.derived:
        return False
    year, indicator, group = _key(whole)
    return (
        (not year or not key[0] or year == key[0])
        and (not indicator or not key[1] or indicator == key[1])
        and group == key[2]
    )


def _is_sum(plan: Plan, grid: SheetGrid, whole: ValueColumn, parts: list[ValueColumn]) -> bool:
    """Whether the parts add up to the whole in every row that has them all, and one does."""
    compared = 0
    for row in plan.block.data:
        total, *numbers = [
            number_of_cell(grid.rows[row][column.index], column.notation or GERMAN)
            for column in (whole, *parts)
        ]
        known = [number for number in numbers if number is not None]
        if total is None or len(known) < len(parts):
            continue
        if sum(known, Decimal(0)) != total:
            return False
        compared += 1
    return compared > 0


def _ask_about(plan: Plan, whole: ValueColumn) -> None:
    """The sum of the quarters of a calendar year is no year that ends in September."""
    if not whole.is_given and not whole.is_unclear:
        whole.is_unclear = True
        table, cell = plan.table, address(plan.block.header[-1], whole.index)
        question = Question("column", table.sheet, cell, whole.heading.text, table.fingerprint, whole.offset)
        plan.questions.append(question)


def _leave_out(plan: Plan, parts: list[ValueColumn], whole: ValueColumn) -> None:
    plan.has_parts_of_year = True
    offsets = {part.offset for part in parts}
    year = next((part.heading.meaning["year"] for part in parts if "year" in part.heading.meaning), "")
    if year:
        whole.heading.meaning.setdefault("year", year)
    whole.heading.role = ""
    plan.values = [value for value in plan.values if value.offset not in offsets]
    plan.questions = [question for question in plan.questions if question.column not in offsets]
    for part in parts:
        column = plan.table.columns[part.offset]
        column.role, column.meaning = "ignore", {}
        plan.column_reasons[part.offset].append(evidence("part_of_year"))
        cell = address(plan.block.header[-1], part.index)
        plan.problems.append(Problem("column_ignored", plan.table.sheet, cell, part.heading.text))
