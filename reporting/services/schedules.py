"""Reports by the clock: asked for in their owner's name, each due one once, until the right is lost."""

import datetime as dt
import logging
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.selectors.notices.audience import audience_of
from partners.models import User
from partners.permissions import Access, access_for
from partners.services.notices.writing import NewNotice, in_every_language, write_notices
from reporting.editions.recurrence import BERLIN, next_after
from reporting.editions.types import ReportType, report_type_of
from reporting.enums import Recurrence, ScheduleEnd, YearOfReport
from reporting.exceptions import ReportError
from reporting.models import ReportSchedule, ScheduledReport
from reporting.permissions import can_request_report
from reporting.rules.notice_kinds import ReportTopic
from reporting.selectors.editions import ALL, scopes_of
from reporting.services.reports import check_editions, request_reports

logger = logging.getLogger(__name__)


def create_schedule(  # noqa: PLR0913  # which report, and when
    *,
    owner: User,
    report_type: str,
    scope: str,
    year_of_report: YearOfReport,
    recurrence: Recurrence,
    first_on: dt.date,
    time: dt.time,
) -> ReportSchedule:
    known = report_type_of(report_type)
    year = first_on.year + year_of_report
    if known is None:
        raise ReportError(_("There is no report of this kind."))
    scopes = _scopes(known, scope, year)
    if not _may_ask(access_for(owner), known, scopes):
        raise ReportError(_("You may not have this report produced."))
    check_editions(report_type, scopes, year)
    return ReportSchedule.objects.create(
        owner=owner,
        report_type=report_type,
        scope=scope,
        year_of_report=year_of_report,
        recurrence=recurrence,
        first_on=first_on,
        time=time,
        next_at=next_after(timezone.now(), first_on=first_on, time=time, recurrence=recurrence),
    )


def stop_schedule(*, schedule_id: int) -> None:
    """End it for good; what it had produced stays."""
    ReportSchedule.objects.filter(pk=schedule_id, next_at__isnull=False).update(
        end=ScheduleEnd.STOPPED, next_at=None
    )


def due_schedules(now: dt.datetime | None = None) -> list[int]:
    return list(ReportSchedule.objects.due(now or timezone.now()).values_list("pk", flat=True))


@transaction.atomic
def run_schedule(*, schedule_id: int, now: dt.datetime | None = None) -> list[int]:
    """Ask for the reports that are due and note the next time; returns the reports to be produced.

    All of it or nothing, unless somebody else is at it or was: so two clocks and a lost worker leave each
    report once. What was missed while no worker ran is produced once.
    """
    moment = now or timezone.now()
    due = ReportSchedule.objects.due(moment).select_for_update(of=("self",), skip_locked=True)
    schedule = due.filter(pk=schedule_id).select_related("owner").first()
    if schedule is None or schedule.next_at is None:
        return []
    due_at = schedule.next_at
    year = due_at.astimezone(BERLIN).year + schedule.year_of_report
    owner = schedule.owner
    if schedule.type is None:
        _end(schedule, ScheduleEnd.NO_TYPE)
        return []
    scopes = _scopes(schedule.type, schedule.scope, year)
    if not owner.is_active or not _may_ask(access_for(owner), schedule.type, scopes):
        _end(schedule, ScheduleEnd.NO_RIGHT)
        return []
    runs = _run(schedule, due_at, year, scopes)
    schedule.next_at = next_after(
        moment,
        first_on=schedule.first_on,
        time=schedule.time,
        recurrence=Recurrence(schedule.recurrence),
    )
    schedule.save(update_fields=["next_at"])
    return [run.report_id for run in runs if run.report_id is not None]


def _scopes(report_type: ReportType, scope: str, year: int) -> list[str]:
    """The parts of the Alliance that the schedule is about; none where no umbrella has members that year."""
    return [code for code, _name in scopes_of(report_type, year)] if scope == ALL else [scope]


def _may_ask(access: Access, report_type: ReportType, scopes: Sequence[str]) -> bool:
    """Whether the person may ask for all of them."""
    return all(can_request_report(access, report_type, each) for each in scopes or [ALL])


def _run(
    schedule: ReportSchedule, due_at: dt.datetime, year: int, scopes: Sequence[str]
) -> list[ScheduledReport]:
    """Note the reports asked for, or once why there are none."""
    try:
        with transaction.atomic():
            asked = request_reports(
                year=year, actor=schedule.owner, report_type=schedule.report_type, scopes=scopes
            )
    except ReportError as error:
        problem = str(error.message)
        key = f"{due_at.isoformat()}:{schedule.scope}"
        _write(schedule, ReportTopic.SCHEDULE_FAILED, key, {"problem": problem})
        runs = [ScheduledReport(schedule=schedule, due_at=due_at, scope=schedule.scope, problem=problem)]
    else:
        runs = [
            ScheduledReport(schedule=schedule, due_at=due_at, scope=report.scope, report=report)
            for report in asked
        ]
    return ScheduledReport.objects.bulk_create(runs)


def _end(schedule: ReportSchedule, why: ScheduleEnd) -> None:
    schedule.end, schedule.next_at = why, None
    schedule.save(update_fields=["end", "next_at"])
    logger.warning("Report schedule %s has stopped: %s", schedule.pk, why.value)
    _write(schedule, ReportTopic.SCHEDULE_STOPPED, "stopped", {"end": why.value})


def _write(schedule: ReportSchedule, topic: ReportTopic, key: str, facts: dict[str, str]) -> None:
    """A notice for the owner, and where the schedule has stopped for those who could take it over."""
    people = {schedule.owner_id}
    if topic is ReportTopic.SCHEDULE_STOPPED:
        people.update(audience_of(()).reviewers)
    known = schedule.type
    named = in_every_language(lambda: known.name if known else schedule.report_type)
    write_notices(
        [
            NewNotice(
                kind=topic,
                key=f"schedule:{schedule.pk}:{key}",
                address=reverse("reporting:schedule_list"),
                people=people,
                facts={"report": named, "owner": str(schedule.owner), **facts},
            )
        ]
    )
