"""Reports by the clock: asked for in their owner's name, each due one once, until the right is lost."""

import datetime as dt
import logging

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models import Membership, User
from partners.permissions import Access, access_for
from partners.services.notices.writing import NewNotice, write_notices
from reporting.editions.recurrence import BERLIN, next_after
from reporting.editions.types import ReportType, report_type_of
from reporting.enums import Recurrence, ScheduleEnd, YearOfReport
from reporting.exceptions import ReportError
from reporting.models import ReportSchedule, ScheduledReport
from reporting.permissions import can_request_report
from reporting.rules.notice_kinds import ReportTopic
from reporting.selectors.editions import ALL, scopes_of
from reporting.services.reports import request_report

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
    if known is None or not _scopes(access_for(owner), known, scope, year):
        raise ReportError(_("You may not have this report produced."))
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
    scopes = (
        _scopes(access_for(owner), schedule.type, schedule.scope, year)
        if owner.is_active and schedule.type
        else []
    )
    if not scopes:
        _stop_without_right(schedule)
        return []
    runs = [_run(schedule, due_at, year, scope) for scope in scopes]
    schedule.next_at = next_after(
        moment,
        first_on=schedule.first_on,
        time=schedule.time,
        recurrence=Recurrence(schedule.recurrence),
    )
    schedule.save(update_fields=["next_at"])
    return [run.report_id for run in runs if run.report_id is not None]


def _scopes(access: Access, report_type: ReportType, scope: str, year: int) -> list[str]:
    """The parts of the Alliance that the schedule is about, if the person may ask for all of them."""
    scopes = [code for code, _name in scopes_of(report_type, year)] if scope == ALL else [scope]
    return scopes if all(can_request_report(access, report_type, each) for each in scopes) else []


def _run(schedule: ReportSchedule, due_at: dt.datetime, year: int, scope: str) -> ScheduledReport:
    run = ScheduledReport(schedule=schedule, due_at=due_at, scope=scope)
    try:
        with transaction.atomic():
            run.report = request_report(
                year=year, actor=schedule.owner, report_type=schedule.report_type, scope=scope
            )
    except ReportError as error:
        run.problem = str(error.message)
        _write(
            schedule, ReportTopic.SCHEDULE_FAILED, f"{due_at.isoformat()}:{scope}", {"problem": run.problem}
        )
    run.save()
    return run


def _stop_without_right(schedule: ReportSchedule) -> None:
    schedule.end, schedule.next_at = ScheduleEnd.NO_RIGHT, None
    schedule.save(update_fields=["end", "next_at"])
    logger.warning("Report schedule %s has stopped: its owner may no longer ask for it", schedule.pk)
    _write(schedule, ReportTopic.SCHEDULE_STOPPED, "stopped", {})


def _write(schedule: ReportSchedule, topic: ReportTopic, key: str, facts: dict[str, str]) -> None:
    """A notice for the owner, and where the schedule has stopped for those who could take it over."""
    people = {schedule.owner_id}
    if topic is ReportTopic.SCHEDULE_STOPPED:
        reviewers = Membership.objects.active().filter(role="reviewer", user__is_active=True)
        people.update(reviewers.values_list("user_id", flat=True))
    named = {"report": str(schedule.type.name if schedule.type else schedule.report_type)}
    write_notices(
        [
            NewNotice(
                kind=topic,
                key=f"schedule:{schedule.pk}:{key}",
                address=reverse("reporting:schedule_list"),
                people=people,
                facts={**named, "owner": str(schedule.owner), **facts},
            )
        ]
    )
