"""Schedules as their page shows them: which report, when next, and what became of the last times."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext

from measures.models import ReportingRound
from partners.permissions import Access
from reporting.enums import ScopeKind
from reporting.models import ReportSchedule, ScheduledReport
from reporting.permissions import may_stop_schedule
from reporting.querysets import ReportScheduleQuerySet
from reporting.selectors.editions import ALL, Edition, EditionNames, editions_for, names_of_scopes

LAST_TIMES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleLine:
    schedule: ReportSchedule
    name: str
    runs: Sequence[ScheduledReport]
    may_stop: bool


def editions_to_schedule(access: Access) -> list[Edition]:
    """What the person may have produced by the clock: what they may ask for of the newest round."""
    year = ReportingRound.objects.order_by("-year").values_list("year", flat=True).first()
    return editions_for(access, year) if year else []


def schedules_for(access: Access) -> ReportScheduleQuerySet:
    runs = ScheduledReport.objects.select_related("report")[:LAST_TIMES]
    found: ReportScheduleQuerySet = ReportSchedule.objects.visible_to(access)
    return found.select_related("owner").prefetch_related(
        Prefetch("runs_so_far", queryset=runs, to_attr="last_times")
    )


def schedule_lines(access: Access, schedules: Sequence[ReportSchedule]) -> list[ScheduleLine]:
    names = names_of_scopes(each.scope for each in schedules)
    return [
        ScheduleLine(
            schedule=each,
            name=_name(each, names),
            runs=_last_times(each),
            may_stop=each.runs and may_stop_schedule(access, each),
        )
        for each in schedules
    ]


def _last_times(schedule: ReportSchedule) -> list[ScheduledReport]:
    """As ``schedules_for`` has found."""
    found: list[ScheduledReport] = vars(schedule)["last_times"]
    return found


def _name(schedule: ReportSchedule, names: EditionNames) -> str:
    if schedule.type is None:
        return schedule.report_type
    if schedule.type.scope is ScopeKind.ALLIANCE:
        return str(schedule.type.name)
    if schedule.scope == ALL:
        return gettext("%(kind)s: all") % {"kind": schedule.type.name}
    return f"{schedule.type.name}: {names.scope_name(schedule.type, schedule.scope)}"
