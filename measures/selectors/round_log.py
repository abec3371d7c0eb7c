"""The log of a round: what its rows hold, and how they read."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from measures.models import Indicator, ReportingRound, RoundEvent
from measures.selectors.due import AskedIndicator, Comparison, DueOutcome
from measures.selectors.round_plans import RoundPlan
from partners.models import Organisation

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

DATES: "dict[str, StrPromise]" = {
    "opens_on": gettext_lazy("First day"),
    "closes_on": gettext_lazy("Last day"),
    "due_on": gettext_lazy("Due date"),
    "extended_until": gettext_lazy("Extended until"),
}

Details = dict[str, Any]


@dataclass(frozen=True)
class LogLine:
    """A row of the log with what it changed, in words."""

    event: RoundEvent
    changes: list[str]


def opened_details(comparison: Comparison) -> Details:
    return _outcomes(comparison)


def changed_details(before: RoundPlan, after: RoundPlan, comparison: Comparison) -> Details:
    old, new = _by_indicator(before), _by_indicator(after)
    details: Details = {
        "dates": {
            name: [before.dates[name].isoformat(), day.isoformat()]
            for name, day in after.dates.items()
            if before.dates[name] != day
        },
        "asked": sorted(new.keys() - old.keys()),
        "not_asked": sorted(old.keys() - new.keys()),
        "asked_differently": sorted(pk for pk in old.keys() & new.keys() if _differs(old[pk], new[pk])),
        **_outcomes(comparison),
    }
    if set(before.reminder_days) != set(after.reminder_days):
        details["reminders"] = [sorted(before.reminder_days), sorted(after.reminder_days)]
    return {name: value for name, value in details.items() if value}


def window_details(
    before: dt.date | None, after: dt.date | None, *, name: str, organisation: str = ""
) -> Details:
    """A last day that has moved; of one organisation's, by its code."""
    days = [day.isoformat() if day else None for day in (before, after)]
    return {"dates": {name: days}, **({"organisation": organisation} if organisation else {})}


def round_log(reporting_round: ReportingRound) -> list[LogLine]:
    """Three queries: the rows, and the organisations and indicators that they name. Newest first."""
    events = list(reporting_round.events.select_related("actor").order_by("-pk"))
    return [LogLine(event, changes) for event, changes in zip(events, changes_in_words(events), strict=True)]


def changes_in_words(events: Sequence[RoundEvent]) -> list[list[str]]:
    """What each row of the log changed: two queries, for the organisations and indicators that they name."""
    if not events:
        return []
    names = _Names(events)
    return [list(names.changes(event.details)) for event in events]


def _outcomes(comparison: Comparison) -> Details:
    """How many items, and of whom, by what became of them."""
    return {
        outcome.value: {"items": len(found), "organisations": sorted({o.organisation_id for o in found})}
        for outcome in (DueOutcome.ADDED, DueOutcome.DROPPED, DueOutcome.KEPT, DueOutcome.BLOCKED)
        if (found := comparison.having(outcome))
    }


def _by_indicator(plan: RoundPlan) -> dict[int, AskedIndicator]:
    return {each.indicator_id: each for each in plan.asked}


def _differs(one: AskedIndicator, other: AskedIndicator) -> bool:
    return set(one.kinds) != set(other.kinds) or set(one.breakdown) != set(other.breakdown)


class _Names:
    """The organisations and indicators that rows of the log name."""

    FEW = 5
    """So many organisations are named; the others are counted."""

    def __init__(self, events: Sequence[RoundEvent]) -> None:
        organisations = {
            pk
            for event in events
            for outcome in DueOutcome
            for pk in event.details.get(outcome.value, {}).get("organisations", ())
        }
        indicators = {
            pk
            for event in events
            for name in ("asked", "not_asked", "asked_differently")
            for pk in event.details.get(name, ())
        }
        self.organisations = Organisation.objects.in_bulk(organisations)
        self.indicators = Indicator.objects.in_bulk(indicators)

    def changes(self, details: Details) -> Iterator[str]:
        if code := details.get("organisation"):
            yield _("Organisation: %(code)s") % {"code": code}
        for name, (before, after) in details.get("dates", {}).items():
            yield _("%(name)s: %(before)s → %(after)s") % {
                "name": DATES[name],
                "before": _day(before),
                "after": _day(after),
            }
        if "reminders" in details:
            before, after = (", ".join(map(str, days)) or "–" for days in details["reminders"])
            yield _("Reminders, in days from the due date: %(before)s → %(after)s") % {
                "before": before,
                "after": after,
            }
        for name, text in (
            ("asked", _("Asked from now on: %(names)s")),
            ("not_asked", _("Not asked any more: %(names)s")),
            ("asked_differently", _("Asked of others or broken down differently: %(names)s")),
        ):
            if name in details:
                named = (self.indicators.get(pk) for pk in details[name])
                yield text % {"names": ", ".join(each.name for each in named if each)}
        for outcome in DueOutcome:
            if outcome.value in details:
                yield self._outcome(outcome, details[outcome.value])

    def _outcome(self, outcome: DueOutcome, found: Details) -> str:
        count = len(found["organisations"])
        text = {
            DueOutcome.ADDED: ngettext(
                "Added: %(count)s organisation (%(names)s); indicators: %(items)s",
                "Added: %(count)s organisations (%(names)s); indicators: %(items)s",
                count,
            ),
            DueOutcome.DROPPED: ngettext(
                "Dropped, nothing was recorded: %(count)s organisation (%(names)s); indicators: %(items)s",
                "Dropped, nothing was recorded: %(count)s organisations (%(names)s); indicators: %(items)s",
                count,
            ),
            DueOutcome.KEPT: ngettext(
                "Not due any more, kept since something is recorded: %(count)s organisation (%(names)s); "
                "indicators: %(items)s",
                "Not due any more, kept since something is recorded: %(count)s organisations (%(names)s); "
                "indicators: %(items)s",
                count,
            ),
            DueOutcome.BLOCKED: ngettext(
                "Not asked since one above or below has recorded: %(count)s organisation (%(names)s); "
                "indicators: %(items)s",
                "Not asked since one above or below has recorded: %(count)s organisations (%(names)s); "
                "indicators: %(items)s",
                count,
            ),
        }[outcome]
        known = [self.organisations[pk] for pk in found["organisations"] if pk in self.organisations]
        named = [each.short_name for each in sorted(known, key=lambda each: each.sort_key)]
        names = ", ".join(named[: self.FEW]) + (", …" if len(named) > self.FEW else "")
        return text % {
            "items": number_format(found["items"], force_grouping=True),
            "count": count,
            "names": names,
        }


def _day(text: str | None) -> str:
    return date_format(dt.date.fromisoformat(text), "SHORT_DATE_FORMAT") if text else "–"
