"""Reports by the clock: each due one once, in the owner's name, until the right is lost."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone, translation

from partners.models import Affiliation, Membership, Notice
from reporting import tasks
from reporting.enums import Recurrence, YearOfReport
from reporting.exceptions import ReportError
from reporting.models import ProgressReport, ReportSchedule, ScheduledReport
from reporting.services.reports import request_report
from reporting.services.schedules import create_schedule, run_schedule
from tests.factories import MembershipFactory
from tests.reporting.stated import approve, state

DUE = dt.datetime(2017, 3, 1, 7, 0, tzinfo=dt.UTC)
LATER = DUE + dt.timedelta(minutes=1)


@pytest.fixture
def reviewer(db):
    return MembershipFactory(role="reviewer", organisation_code="BMAS").user


def scheduled(owner, report_type="annual", scope="", **columns) -> ReportSchedule:
    """Due since ``DUE``, for the year before."""
    schedule = create_schedule(
        owner=owner,
        report_type=report_type,
        scope=scope,
        year_of_report=YearOfReport.PREVIOUS,
        recurrence=Recurrence.YEARLY,
        first_on=dt.date(2017, 3, 1),
        time=dt.time(8),
    )
    ReportSchedule.objects.filter(pk=schedule.pk).update(next_at=DUE, **columns)
    return schedule


def run(schedule, now=LATER):
    return run_schedule(schedule_id=schedule.pk, now=now)


def test_a_due_report_is_asked_for_in_its_owners_name(reviewer):
    schedule = scheduled(reviewer)

    [report_id] = run(schedule)

    report = ProgressReport.objects.get(pk=report_id)
    assert (report.year, report.report_type, report.requested_by) == (2016, "annual", reviewer)
    schedule.refresh_from_db()
    assert schedule.next_at == dt.datetime(2018, 3, 1, 7, tzinfo=dt.UTC)
    assert ScheduledReport.objects.get().due_at == DUE


def test_before_its_time_nothing_is_asked_for(reviewer):
    assert run(scheduled(reviewer), now=DUE - dt.timedelta(seconds=1)) == []


def test_a_second_run_asks_for_nothing(reviewer):
    schedule = scheduled(reviewer)
    run(schedule)

    assert run(schedule) == []
    assert ProgressReport.objects.count() == 1


def test_what_was_missed_is_produced_once(reviewer):
    schedule = scheduled(reviewer, recurrence="weekly")

    assert len(run(schedule, now=DUE + dt.timedelta(weeks=5))) == 1
    schedule.refresh_from_db()
    assert schedule.next_at > DUE + dt.timedelta(weeks=5)


def test_two_clocks_at_once_ask_once(transactional_db):
    owner = MembershipFactory(role="reviewer", organisation_code="BMAS").user
    schedule = scheduled(owner)
    together = Barrier(3)

    def beat() -> list[int]:
        try:
            together.wait()
            return run(schedule)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as clocks:
        beats = [clocks.submit(beat) for _ in range(3)]

    assert sum(len(each.result()) for each in beats) == 1
    assert (ProgressReport.objects.count(), ScheduledReport.objects.count()) == (1, 1)


def test_a_lost_message_is_made_up_for(reviewer):
    [report_id] = run(scheduled(reviewer))  # and nobody sends the message

    assert report_id in tasks.reports.claim_pending_reports()


def test_every_land_with_values_gets_its_report(reviewer):
    schedule = scheduled(reviewer, "land", "*")
    state("IHK-142", "welcome_mentors", 2016, 7)
    approve("IHK-142", year=2016)

    [report_id] = run(schedule)

    assert ProgressReport.objects.get(pk=report_id).scope == "05"


def test_umbrella_without_values_is_told_as_such_and_no_report_fails(reviewer):
    assert run(scheduled(reviewer, "umbrella", "DGB")) == []

    assert not ProgressReport.objects.exists()
    assert ScheduledReport.objects.get().problem.startswith("Bis 2016 sind keine Werte von DGB freigegeben")


def test_a_report_in_work_already_is_the_one_that_was_due(reviewer):
    there = request_report(year=2016, actor=MembershipFactory(role="reviewer", organisation_code="BMAS").user)

    assert run(scheduled(reviewer)) == [there.pk]


def test_a_year_without_a_round_is_a_problem_that_the_owner_learns_of(reviewer):
    schedule = scheduled(reviewer, year_of_report=YearOfReport.CURRENT)
    ReportSchedule.objects.update(next_at=dt.datetime(2030, 3, 1, 7, tzinfo=dt.UTC))

    assert run(schedule, now=dt.datetime(2030, 3, 1, 8, tzinfo=dt.UTC)) == []

    schedule.refresh_from_db()
    assert schedule.runs
    assert "2030" in ScheduledReport.objects.get().problem
    assert "2030" in Notice.objects.get(person=reviewer).sentence


def test_all_umbrellas_of_a_year_that_has_none_are_a_problem_told_once(reviewer):
    schedule = scheduled(reviewer, "umbrella", "*")
    Affiliation.objects.all().delete()

    assert run(schedule) == []

    schedule.refresh_from_db()
    assert (schedule.runs, schedule.end) == (True, "")
    assert "2016 hat keine Dachorganisation Mitglieder" in ScheduledReport.objects.get().problem
    assert "keine Dachorganisation" in Notice.objects.get(person=reviewer).sentence
    with pytest.raises(ReportError, match="keine Dachorganisation"):
        scheduled(reviewer, "umbrella", "*")


def test_a_schedule_of_a_kind_that_there_is_no_longer_ends_and_says_so(client, reviewer):
    schedule = scheduled(reviewer)
    ReportSchedule.objects.update(report_type="weekly")

    assert run(schedule) == []

    schedule.refresh_from_db()
    assert (schedule.end, schedule.next_at) == ("no_type", None)
    assert "Berichte dieser Art gibt es nicht mehr" in Notice.objects.get(person=reviewer).sentence
    client.force_login(reviewer)
    assert "weekly" in client.get(reverse("reporting:schedule_list")).content.decode()


def _loses_the_role(person):
    Membership.objects.filter(user=person).update(role="auditor")


def _is_deactivated(person):
    person.is_active = False
    person.save()


@pytest.mark.parametrize("loses", [_loses_the_role, _is_deactivated])
def test_without_the_right_a_schedule_stops_and_says_so(reviewer, loses):
    colleague = MembershipFactory(role="reviewer", organisation_code="BMAS").user
    schedule = scheduled(reviewer)
    loses(reviewer)

    assert run(schedule) == []

    schedule.refresh_from_db()
    assert (schedule.end, schedule.next_at) == ("no_right", None)
    assert not ProgressReport.objects.exists()
    assert set(Notice.objects.values_list("person", flat=True)) == {reviewer.pk, colleague.pk}
    notice = Notice.objects.get(person=colleague)
    assert "angehalten" in notice.sentence
    names = []
    for language in ("de", "en"):
        with translation.override(language):
            names.append(notice.sentence)
    assert ("Jahresbericht" in names[0], "Annual report" in names[1]) == (True, True)


def test_nobody_schedules_what_they_may_not_ask_for(db):
    coordinator = MembershipFactory(role="coordinator", organisation_code="DIHK").user

    with pytest.raises(ReportError):
        scheduled(coordinator, "umbrella", "ZDH")
    with pytest.raises(ReportError):
        scheduled(coordinator, "umbrella", "*")
    assert scheduled(coordinator, "umbrella", "DIHK").runs


def test_a_task_runs_what_is_due_and_one_that_fails_holds_up_no_other(reviewer, monkeypatch):
    broken, working = scheduled(reviewer, "interim"), scheduled(reviewer)
    real = tasks.schedules.run_schedule

    def run_unless_broken(*, schedule_id):
        if schedule_id == broken.pk:
            raise ZeroDivisionError
        return real(schedule_id=schedule_id)

    monkeypatch.setattr(tasks.schedules, "run_schedule", run_unless_broken)
    tasks.run_report_schedules()

    working.refresh_from_db()
    broken.refresh_from_db()
    assert working.next_at > timezone.now()
    assert broken.next_at == DUE


def test_a_schedule_is_set_up_and_stopped_on_its_page(client, reviewer):
    client.force_login(reviewer)
    address = reverse("reporting:schedule_list")
    asked = {
        "edition": "land:*",
        "year_of_report": "-1",
        "recurrence": "yearly",
        "first_on": "2100-03-01",
        "time": "08:00",
    }

    page = client.post(address, asked, follow=True).content.decode()

    schedule = ReportSchedule.objects.get()
    assert "01.03.2100 08:00" in page
    assert "Bericht eines Landes: alle" in page
    client.post(reverse("reporting:schedule_stop", args=[schedule.pk]))
    schedule.refresh_from_db()
    assert (schedule.end, schedule.next_at) == ("stopped", None)


def test_a_schedule_of_somebody_else_is_not_stopped(client, db):
    owner = MembershipFactory(role="coordinator", organisation_code="DIHK").user
    schedule = scheduled(owner, "umbrella", "DIHK")

    for role, status in (("coordinator", 404), ("data_steward", 403), ("reviewer", 302)):
        body = "ZDH" if role == "coordinator" else "BMAS"
        client.force_login(MembershipFactory(role=role, organisation_code=body).user)
        answer = client.post(reverse("reporting:schedule_stop", args=[schedule.pk]))
        assert answer.status_code == status


def test_what_is_missing_on_the_page_is_asked_for(client, reviewer):
    client.force_login(reviewer)

    answer = client.post(reverse("reporting:schedule_list"), {"edition": "annual:"})

    assert answer.status_code == 422
    assert {"first_on", "time"} <= set(answer.context["form"].errors)
