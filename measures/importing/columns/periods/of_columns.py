"""Columns of half-years, months and spans beside columns of years: read only where they are the year."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from measures.importing.addresses import address
from measures.importing.columns.around.facts import facts_of, kinds_of_period
from measures.importing.columns.around.named_years import year_of_other_kind
from measures.importing.problems import Question
from measures.importing.text.periods import DAY, PART, SEASON, Period, covered, season_ending, year_meant
from measures.importing.text.years import parse_year

if TYPE_CHECKING:
    from collections.abc import Callable

    from measures.importing.columns.plan import Plan, ValueColumn
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.text.years import Year
    from measures.importing.vocabulary import TableAnswers


_ANY_YEAR = 2016
_LABEL_DAYS = {(1, 1), (9, 30), (12, 31)}
"""Days by which programs and the agency name years in headings."""


def settle(plan: Plan, grid: SheetGrid, given: TableAnswers) -> None:
    """Give each value column the year its period is; ask about one that is shorter, longer or another day."""
    dated = [value for value in plan.values if value.heading.period is not None]
    kinds = kinds_of_period(plan, facts_of(plan, grid), grid.names)
    for value in plan.values:
        is_given = value.offset in given.columns or value.offset in given.roles
        own = grid.names.indicators.get(value.heading.meaning.get("indicator", ""))
        if not is_given and year_of_other_kind(value.heading.text, {own.period} if own else kinds):
            _ask(plan, value)
    dated = [value for value in dated if not value.is_unclear]
    if not dated:
        return
    # Jan–Jun beside Jan–Dez: where some columns are parts of the year, none named so is taken for all of it.
    parts = [value for value in dated if value.heading.period and value.heading.period.form == PART]
    is_cumulated = any(_year(value, plan, kinds, grid) is None for value in parts)
    name_years = _name_years(dated)
    for value in dated:
        if value.offset in given.columns or value.offset in given.roles:
            continue
        period = value.heading.period
        if "year" in plan.roles and _is_own_last_day(value, kinds, grid):
            continue
        is_named = name_years and period is not None and period.form == DAY
        year = period.year if is_named and period else _year(value, plan, kinds, grid)
        if year is not None and not (is_cumulated and value in parts):
            value.heading.meaning["year"] = str(year)
            continue
        _ask(plan, value)


def _ask(plan: Plan, value: ValueColumn) -> None:
    table, cell = plan.table, address(plan.block.header[-1], value.index)
    plan.questions.append(
        Question("period", table.sheet, cell, value.heading.text, table.fingerprint, value.offset)
    )
    value.is_unclear = True


def whole_years(grid: SheetGrid, plan: Plan, texts: set[Any]) -> Callable[[Year], bool]:
    """Whether a label, one of ``texts``, names a whole year: a day or a season may be less, or more.

    The same day of several years (30.09.2015, 30.09.2016) is how programs write years.
    """
    years = [year for text in texts if (year := parse_year(text, serial=grid.names.first_day)) is not None]
    days = {year.day for year in years if year.day}
    labels = {(day.month, day.day) for day in days}
    kinds = kinds_of_period(plan, facts_of(plan, grid), grid.names)
    are_labels = len(days) > 1 and len(labels) == 1 and labels <= _LABEL_DAYS

    def is_whole(year: Year) -> bool:
        if year.day is not None:
            period = Period(DAY, "", 0, 0, year.day, year.day)
            return are_labels or {year_meant(period, kind) for kind in kinds} == {year.year}
        return not year.is_season or {year_meant(season_ending(year.year), kind) for kind in kinds} == {
            year.year
        }

    return is_whole


def _name_years(dated: list[ValueColumn]) -> bool:
    """30 September 2015 and 2016 side by side name the years; January and February 2016 are months."""
    days = [value.heading.period.last for value in dated if value.heading.period]
    if any(value.heading.period.form == SEASON for value in dated if value.heading.period):
        return False  # 2016/17 is the year it ends in, or begins in, as the indicator has it
    return (
        len({day.year for day in days if day}) > 1
        and len({(day.month, day.day) for day in days if day}) == 1
        and all(day is not None and (day.month, day.day) in _LABEL_DAYS for day in days)
    )


def _year(value: ValueColumn, plan: Plan, kinds: set[str], grid: SheetGrid) -> int | None:
    period = value.heading.period
    if period is None:
        return None
    own = grid.names.indicators.get(value.heading.meaning.get("indicator", ""))
    constant = value.heading.meaning.get("year") or plan.constants.get("year", "")
    if period.form == DAY and period.last is None:
        period = _day_in(period, int(constant)) if constant else period
    elif period.form == PART and constant:
        period = period.within(int(constant))
    years = {year_meant(period, kind) for kind in ({own.period} if own else kinds)}
    return years.pop() if len(years) == 1 else None


def _is_own_last_day(value: ValueColumn, kinds: set[str], grid: SheetGrid) -> bool:
    """Whether a day without a year is that on which the indicator's period ends: the rows have the years."""
    period, own = value.heading.period, grid.names.indicators.get(value.heading.meaning.get("indicator", ""))
    if period is None or period.form != DAY or period.last is not None:
        return False
    lasts = [covered(kind, _ANY_YEAR)[1] for kind in ({own.period} if own else kinds)]
    return {(last.month, last.day) for last in lasts} == {period.months}


def _day_in(period: Period, year: int) -> Period:
    month, day = period.months or (1, 1)
    try:
        on = dt.date(year, month, day)
    except ValueError:
        return period  # the 29th of February, in another year
    return period._replace(first=on, last=on)
