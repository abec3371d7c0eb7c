"""Reminders by the plan of a round: on their days, to whom it concerns, once, and in one mail a day."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from measures.models import Reminder, ReportingRound, Submission
from measures.services.notices.personal import remind
from measures.services.notices.reminders import write_reminders
from measures.tasks import send_notices
from partners.enums import Role
from partners.models import Membership, Notice, NoticeDigest, User
from partners.permissions import access_for
from partners.services import mails
from partners.services.notices.digests import write_digests
from partners.services.notices.unsubscribing import unsubscribe
from tests.factories import MembershipFactory
from tests.measures.reviewing import take
from tests.measures.submissions import (
    YEAR,
    extended,
    item_of,
    make_submission,
    move,
    put,
    submit_submission,
    with_dates,
)
from tests.smtp import delivering

BERLIN = ZoneInfo("Europe/Berlin")
PLAN = [-28, -7, 0, 7]
pytestmark = pytest.mark.django_db


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), BERLIN)


def with_plan(submission: Submission, days: list[int] = PLAN) -> ReportingRound:
    ReportingRound.objects.filter(pk=submission.round_id).update(reminder_days=days)
    submission.round.refresh_from_db()
    return submission.round


@pytest.fixture
def clerk() -> User:
    return MembershipFactory(organisation_code="IHK-142").user


@pytest.fixture
def submission(clerk: User) -> Submission:
    """Due in 30 days; that its round is open is known."""
    made = make_submission()
    with_plan(made)
    write_reminders(noon(timezone.localdate()))
    return made


def written(user: User) -> list[str]:
    found = Notice.objects.filter(person=user).exclude(kind="round_opened")
    return list(found.order_by("pk").values_list("kind", flat=True))


def remind_on(submission: Submission, days: int) -> int:
    """Have the clock run so many days from the due date."""
    return write_reminders(noon(submission.due_on + dt.timedelta(days=days)))


def days_written() -> list[int]:
    return list(Reminder.objects.filter(kind="planned").order_by("pk").values_list("days", flat=True))


def test_plan_is_kept_day_by_day_and_nothing_is_written_twice(submission, clerk):
    with_dates(submission.round, closes_on=submission.round.closes_on + dt.timedelta(days=30))
    for days in (-29, -28, -28, -27, -7, 0, 0, 7, 8):
        remind_on(submission, days)

    assert days_written() == [-28, -7, 0, 7]
    assert written(clerk) == ["due"] * 4


def test_day_that_was_missed_is_caught_up_within_days_and_by_the_latest_only(submission, clerk):
    remind_on(submission, -5)
    assert days_written() == [-7]
    remind_on(submission, 3)

    assert days_written() == [-7]
    assert Notice.objects.filter(kind="due").get().facts["days"] == 5


def test_whoever_has_submitted_or_is_not_due_is_not_reminded(submission, clerk):
    codes = ("IHK-101", "IHK-111", "IHK-112")
    others = [make_submission(code) for code in codes]
    people = [MembershipFactory(organisation_code=code).user for code in codes]
    move(others[0], "submitted")
    others[1].items.all().delete()
    move(others[2], "submitted", "approved", "draft")  # a correction: what was approved stands
    remind_on(submission, 0)

    assert written(clerk) == ["due"]
    assert [written(each) for each in people] == [[], [], []]


def test_people_who_have_left_and_accounts_that_are_closed_are_not_reminded(submission, clerk):
    gone = MembershipFactory(organisation_code="IHK-142").user
    Membership.objects.filter(user=gone).update(valid_from="2020-01-01", valid_until="2020-12-31")
    closed = MembershipFactory(organisation_code="IHK-142").user
    User.objects.filter(pk=closed.pk).update(is_active=False)

    remind_on(submission, 0)

    assert (written(gone), written(closed), written(clerk)) == ([], [], ["due"])
    assert Reminder.objects.get(kind="planned").recipient_count == 1


def test_extension_moves_the_plan(submission, clerk):
    before = submission.due_on
    extended(submission, before + dt.timedelta(days=28))
    write_reminders(noon(before))
    assert days_written() == [-28]  # of the new day
    remind_on(submission, -7)
    remind_on(submission, 0)

    assert days_written() == [-28, -7, 0]
    assert set(Reminder.objects.filter(kind="planned").values_list("due_on", flat=True)) == {
        submission.due_on
    }


def test_round_closed_before_its_due_date_reminds_nobody(submission, clerk):
    with_dates(submission.round, closes_on=submission.due_on - dt.timedelta(days=10))
    for days in (-7, 0, 7):
        remind_on(submission, days)

    assert written(clerk) == []


def test_due_date_that_is_over_names_the_closed_round(submission, clerk):
    remind_on(submission, 7)

    notice = Notice.objects.get(kind="due")
    assert "vor 7 Tagen" in notice.sentence
    assert notice.facts["is_closed"]


@pytest.mark.parametrize("day", [dt.date(2027, 3, 28), dt.date(2027, 10, 31)])  # clocks change in Berlin
def test_day_begins_and_ends_in_berlin_also_where_clocks_change(submission, clerk, day):
    opens = day - dt.timedelta(days=20)
    with_dates(submission.round, opens_on=opens, due_on=day, closes_on=day + dt.timedelta(days=9))
    with_plan(submission, [0])
    first = dt.datetime.combine(day, dt.time.min, BERLIN).astimezone(dt.UTC)
    last = dt.datetime.combine(day, dt.time(23, 59, 59), BERLIN).astimezone(dt.UTC)

    write_reminders(first - dt.timedelta(seconds=1))
    assert written(clerk) == []
    write_reminders(first)
    assert [each.facts["days"] for each in Notice.objects.filter(kind="due")] == [0]
    write_reminders(last)
    assert written(clerk) == ["due"]
    assert Reminder.objects.get(kind="planned").day == day


def test_coordinators_and_reviewers_are_reminded_of_what_lies_with_them(submission):
    coordinator = MembershipFactory(role=Role.COORDINATOR, organisation_code="DIHK").user
    reviewer = MembershipFactory(role=Role.REVIEWER, organisation_code="BMAS").user
    move(submission, "submitted")
    endorsed = move(make_submission("IHK-101"), "submitted", "endorsed")
    fresh = move(make_submission("IHK-111"), "submitted")
    Submission.objects.exclude(pk=fresh.pk).update(submitted_at=F("submitted_at") - dt.timedelta(days=9))
    remind_on(submission, -28)
    remind_on(submission, -28)

    assert (written(coordinator), written(reviewer)) == (["waits"], ["waits"])
    assert Notice.objects.get(person=coordinator).facts["count"] == 1
    assert Notice.objects.get(person=reviewer).facts["count"] == 1
    assert Reminder.objects.get(kind="review").recipient_count == 2
    assert endorsed.status == "endorsed"


def test_reviewers_are_reminded_every_week_until_nothing_waits(submission):
    reviewer = MembershipFactory(role=Role.REVIEWER, organisation_code="BMAS").user
    move(submission, "submitted", "endorsed")
    Submission.objects.update(submitted_at=F("submitted_at") - dt.timedelta(days=9))

    for days in (7, 8, 13, 14, 15, 20, 21):  # the plan ends on the seventh day
        remind_on(submission, days)
    assert list(Reminder.objects.filter(kind="review").values_list("days", flat=True)) == [7, 14, 21]
    waits = Notice.objects.filter(person=reviewer, kind="waits")
    assert waits.filter(read_at=None, awaits_mail=True).count() == 3

    move(submission, "approved")
    remind_on(submission, 29)
    assert (waits.count(), waits.filter(read_at=None).count()) == (3, 0)


def test_submitting_early_is_thanked_for_once(submission, clerk):
    put(item_of(submission), 5)
    submit_submission(submission_id=submission.pk, actor=clerk)
    take("withdraw", submission, clerk)
    submit_submission(submission_id=submission.pk, actor=clerk)

    assert written(clerk) == ["thanks"]


@pytest.mark.parametrize("count", [1, 3])
def test_reminders_of_many_organisations_take_as_many_queries_as_of_one(count):
    made = [make_submission(code) for code in ("IHK-142", "IHK-101", "IHK-111")[:count]]
    with_plan(made[0])
    for each in made:
        MembershipFactory(organisation_code=each.organisation.code)

    with CaptureQueriesContext(connection) as captured:
        assert remind_on(made[0], 0) == 2 * count + 1  # open and due, and nothing that waits in review

    assert len(captured) == 15


# Mails


@pytest.fixture
def postbox(settings):
    with delivering(settings) as found:
        yield found


def send_at(moment: dt.datetime) -> int:
    written = write_digests(moment)
    mails.send_due()
    return written


def tomorrow(hour: int = 7, minute: int = 0, days: int = 1) -> dt.datetime:
    day = timezone.localdate() + dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(hour, minute), BERLIN)


def test_all_that_waits_goes_into_one_mail_a_day(submission, clerk, postbox):
    remind_on(submission, -7)
    reviewer = MembershipFactory(role=Role.REVIEWER, organisation_code="BMAS").user
    move(submission, "submitted", by=clerk)
    take("approve", submission, reviewer)

    assert send_at(tomorrow(6, 59)) == 0
    assert send_at(tomorrow()) == 1
    assert send_at(tomorrow(8)) == 0

    [mail] = postbox.of(clerk.email)
    text = mail.get_content()
    assert mail["Subject"] == "[Allianz-Portal] 3 Mitteilungen für Sie"
    assert text.index("in 7") < text.index(str(reviewer))  # what is due comes first
    assert f"http://localhost:8000/erfassung/{submission.pk}/" in text


def test_urgent_notice_leaves_at_once_unless_there_was_a_mail_today(submission, clerk, postbox):
    reviewer = MembershipFactory(role=Role.REVIEWER, organisation_code="BMAS").user
    send_at(tomorrow())  # that the round is open
    assert len(postbox.of(clerk.email)) == 1
    move(submission, "submitted", by=clerk)
    take("send_back", submission, reviewer, reason="Bitte prüfen")

    assert send_at(tomorrow(15)) == 0
    assert send_at(tomorrow(6, 30, days=2)) == 0
    assert send_at(tomorrow(7, 0, days=2)) == 1

    submission.refresh_from_db()
    move(submission, "submitted", by=clerk)
    take("send_back", submission, reviewer, reason="Noch einmal")
    Notice.objects.filter(facts__reason="Noch einmal").update(at=tomorrow(14, 0, days=3))
    assert send_at(tomorrow(14, 1, days=3)) == 1
    assert "Noch einmal" in postbox.of(clerk.email)[-1].get_content()


def test_what_is_not_urgent_waits_for_the_morning(submission, clerk, postbox):
    Notice.objects.all().delete()
    reviewer = MembershipFactory(role=Role.REVIEWER, organisation_code="BMAS").user
    move(submission, "submitted", by=clerk)
    take("approve", submission, reviewer)
    Notice.objects.update(at=tomorrow(10))

    assert send_at(tomorrow(10, 5)) == 0
    assert send_at(tomorrow(7, 0, days=2)) == 1


def test_mail_is_in_the_language_of_the_person(submission, clerk, postbox):
    User.objects.filter(pk=clerk.pk).update(language="en")
    german = MembershipFactory(organisation_code="IHK-142").user
    remind_on(submission, 0)
    send_at(tomorrow())

    assert "are due today" in postbox.of(clerk.email)[0].get_content()
    assert "heute fällig" in postbox.of(german.email)[0].get_content()


def test_what_is_due_comes_by_mail_although_the_rest_is_switched_off(submission, clerk, postbox):
    unsubscribe(clerk.pk)
    reviewer = MembershipFactory(role=Role.REVIEWER, organisation_code="BMAS").user
    Notice.objects.all().delete()
    move(submission, "submitted", by=clerk)
    take("approve", submission, reviewer)
    assert send_at(tomorrow()) == 0
    remind_on(make_submission("IHK-142", year=YEAR + 1), 0)
    with_plan(Submission.objects.get(round__year=YEAR + 1))
    remind_on(Submission.objects.get(round__year=YEAR + 1), 0)

    assert send_at(tomorrow()) == 1
    [mail] = postbox.of(clerk.email)
    assert str(reviewer) not in mail.get_content()
    assert mail["List-Unsubscribe"] is None


def test_read_in_the_portal_is_not_mailed_unless_it_is_due(submission, clerk, postbox):
    reviewer = MembershipFactory(role=Role.REVIEWER, organisation_code="BMAS").user
    remind_on(submission, -7)
    move(submission, "submitted", by=clerk)
    take("approve", submission, reviewer)
    Notice.objects.update(read_at=timezone.now())

    send_at(tomorrow())

    [mail] = postbox.of(clerk.email)
    assert str(reviewer) not in mail.get_content()


def test_nobody_who_has_left_meanwhile_is_mailed(submission, clerk, postbox):
    remind_on(submission, 0)
    Membership.objects.filter(user=clerk).update(valid_from="2020-01-01", valid_until="2020-12-31")

    assert send_at(tomorrow()) == 0
    assert send_at(tomorrow(8)) == 0
    assert postbox.mails == []
    assert not Notice.objects.filter(awaits_mail=True).exists()


def test_mail_can_be_done_without_by_one_click_and_names_no_answer(submission, clerk, postbox, client):
    reviewer = MembershipFactory(role=Role.REVIEWER, organisation_code="BMAS").user
    move(submission, "submitted", by=clerk)
    take("approve", submission, reviewer)
    send_at(tomorrow())
    [mail] = postbox.of(clerk.email)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = mail["List-Unsubscribe"].strip().strip("<>").removeprefix("http://localhost:8000")

    client.handler.enforce_csrf_checks = True
    response = client.post(address, {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200
    assert response["Referrer-Policy"] == "no-referrer"
    Notice.objects.update(awaits_mail=True, digest=None)
    NoticeDigest.objects.all().delete()
    Notice.objects.filter(kind="round_opened").delete()
    assert send_at(tomorrow(days=2)) == 0


def test_words_of_a_coordinator_reach_whoever_records_there_once_a_day(submission, clerk, postbox):
    coordinator = MembershipFactory(role=Role.COORDINATOR, organisation_code="DIHK").user
    foreign = make_submission("HWK-00032")
    chosen = [submission.pk, foreign.pk]
    first = remind(
        submission_ids=chosen, access=access_for(coordinator), actor=coordinator, text="Bitte melden."
    )
    again = remind(submission_ids=chosen, access=access_for(coordinator), actor=coordinator, text="Hallo?")

    assert ([each.pk for each in first.done], [each.pk for each in again.already]) == (
        [submission.pk],
        [submission.pk],
    )
    send_at(tomorrow())
    [mail] = postbox.of(clerk.email)
    assert "Bitte melden." in mail.get_content()
    assert str(coordinator) in mail.get_content()
    log = Reminder.objects.get(kind="personal")
    assert (log.actor, log.text, log.submission_id) == (coordinator, "Bitte melden.", submission.pk)


def test_task_of_the_clock_writes_reminders_and_sends_mails(
    submission, clerk, postbox, monkeypatch, django_capture_on_commit_callbacks
):
    day = tomorrow().astimezone(BERLIN).date()  # the mails of today's notices are due by then
    with_dates(submission.round, due_on=day, closes_on=day)
    moment = noon(day)
    monkeypatch.setattr(timezone, "now", lambda: moment.astimezone(dt.UTC))

    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            send_notices()

    assert len(postbox.of(clerk.email)) == 1
