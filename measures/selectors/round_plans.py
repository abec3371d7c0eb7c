"""The plan of a round: its dates, its reminders, and what it asks of whom."""

import calendar
import datetime as dt
from dataclasses import dataclass, field, replace

from django.db.models import Q, QuerySet

from measures.models import Indicator, ReportingRound, RoundIndicator
from measures.selectors.due import AskedIndicator

REMINDERS = (-28, -14, -7, 0, 7)
"""The reminders of a first round, in days from the due date."""


@dataclass(frozen=True)
class RoundPlan:
    """Everything that a data steward decides about a round."""

    year: int
    opens_on: dt.date
    closes_on: dt.date
    due_on: dt.date
    reminder_days: tuple[int, ...] = ()
    asked: tuple[AskedIndicator, ...] = field(default=())

    @property
    def reference_date(self) -> dt.date:
        return dt.date(self.year, 12, 31)

    @property
    def dates(self) -> dict[str, dt.date]:
        return {"opens_on": self.opens_on, "closes_on": self.closes_on, "due_on": self.due_on}


def indicators_to_ask(year: int) -> QuerySet[Indicator]:
    """What a round of this year can ask for: nothing of a measure that had not begun."""
    begun = Q(measure__since=None) | Q(measure__since__lte=year)
    return Indicator.objects.filter(begun, is_recorded=True).select_related("measure")


def plan_of(reporting_round: ReportingRound) -> RoundPlan:
    """The plan of a round that there is."""
    return RoundPlan(
        year=reporting_round.year,
        opens_on=reporting_round.opens_on,
        closes_on=reporting_round.closes_on,
        due_on=reporting_round.due_on,
        reminder_days=tuple(reporting_round.reminders),
        asked=_in_order(reporting_round.asked.all()),
    )


def catalogue_plan(year: int) -> RoundPlan:
    """A first round: everything in the catalogue, recorded from October until January."""
    closes_on = dt.date(year + 1, 1, 31)
    asked = tuple(_of_catalogue(each) for each in indicators_to_ask(year) if each.asked_of)
    return RoundPlan(year, dt.date(year, 10, 1), closes_on, closes_on, REMINDERS, asked)


def next_plan(source: ReportingRound | None, year: int) -> RoundPlan:
    """Last year's round again: dates moved by the years between, the same asked of the same.

    What had not begun in that year or is in no round so far is asked as the catalogue has it.
    """
    if source is None:
        return catalogue_plan(year)
    before = plan_of(source)
    years = year - source.year
    asked = {each.indicator_id: each for each in before.asked}
    known = set(RoundIndicator.objects.values_list("indicator", flat=True))
    plan = []
    for indicator in indicators_to_ask(year):
        since = indicator.measure.since if indicator.measure else None
        is_new = indicator.pk not in known or (since is not None and since > source.year)
        if indicator.pk in asked:
            plan.append(_possible(asked[indicator.pk], indicator))
        elif is_new and indicator.asked_of:
            plan.append(_of_catalogue(indicator))
    return replace(
        before,
        year=year,
        opens_on=_years_later(before.opens_on, years),
        closes_on=_years_later(before.closes_on, years),
        due_on=_years_later(before.due_on, years),
        asked=tuple(plan),
    )


def _in_order(rows: QuerySet[RoundIndicator]) -> tuple[AskedIndicator, ...]:
    return tuple(AskedIndicator.of(row) for row in rows.order_by("indicator__position", "indicator"))


def _of_catalogue(indicator: Indicator) -> AskedIndicator:
    return AskedIndicator(indicator.pk, tuple(indicator.asked_of), tuple(indicator.breakdown))


def _possible(asked: AskedIndicator, indicator: Indicator) -> AskedIndicator:
    """What the indicator is not broken down by any more cannot be asked again."""
    return replace(asked, breakdown=tuple(each for each in asked.breakdown if each in indicator.breakdown))


def _years_later(day: dt.date, years: int) -> dt.date:
    """The same day of a later year; of 29 February the last of the month."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


@dataclass(frozen=True)
class PlannedReminder:
    """A reminder that is planned: how many days before or after the due date, and the day that makes."""

    days: int
    day: dt.date

    @property
    def distance(self) -> int:
        return abs(self.days)


def reminders_of(plan: RoundPlan | ReportingRound) -> list[PlannedReminder]:
    return [
        PlannedReminder(days, plan.due_on + dt.timedelta(days=days)) for days in sorted(plan.reminder_days)
    ]
