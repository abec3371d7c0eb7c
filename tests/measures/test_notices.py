"""Who reads of what: each step, each word and each extension reaches whom it concerns, and nobody else."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from measures.enums import Side
from measures.models import Reminder, SubmissionEvent
from measures.selectors.round_plans import catalogue_plan
from measures.selectors.submission_versions import versions_of
from measures.services import rounds as round_services
from measures.services.batches import confirm_batch
from measures.services.notices import steps
from measures.services.review import answer_mark, submit_submissions
from partners.enums import Role
from partners.models import Membership, Notice, Organisation, User
from partners.permissions import access_for
from partners.selectors.notices import latest
from partners.services.notices.writing import mark_read
from tests.factories import MembershipFactory, UserFactory
from tests.measures.reviewing import approved_at_once, commented, marked, sent_back, take
from tests.measures.submissions import (
    YEAR,
    approve_submission,
    endorse_submission,
    item_of,
    make_submission,
    move,
    put,
    send_back_submission,
    start_correction,
    submit_submission,
)

pytestmark = pytest.mark.django_db


def unread_count(person: User) -> int:
    return Notice.objects.unread().filter(person=person).count()


@pytest.fixture
def clerk() -> User:
    return MembershipFactory(organisation_code="IHK-142").user


@pytest.fixture
def coordinator() -> User:
    return MembershipFactory(role=Role.COORDINATOR, organisation_code="DIHK").user


@pytest.fixture
def reviewer() -> User:
    return MembershipFactory(role=Role.REVIEWER, organisation_code="BMAS").user


@pytest.fixture(autouse=True)
def others() -> list[User]:
    """People whom nothing here concerns."""
    gone = MembershipFactory(organisation_code="IHK-142").user
    Membership.objects.filter(user=gone).update(valid_from="2020-01-01", valid_until="2020-12-31")
    inactive = MembershipFactory(organisation_code="IHK-142", user=UserFactory(is_active=False)).user
    return [gone, inactive, MembershipFactory(organisation_code="HWK-00032").user, UserFactory()]


@pytest.fixture
def submission():
    made = make_submission()
    put(item_of(made), 5)
    return made


def topics(user: User) -> list[str]:
    return list(Notice.objects.filter(person=user).order_by("pk").values_list("kind", flat=True))


def test_each_step_reaches_whom_it_concerns_and_not_who_took_it(
    submission, clerk, coordinator, reviewer, others
):
    colleague = MembershipFactory(organisation_code="IHK-142").user
    submit_submission(submission_id=submission.pk, actor=clerk)
    endorse_submission(submission_id=submission.pk, actor=coordinator)
    approve_submission(submission_id=submission.pk, actor=reviewer)
    start_correction(submission_id=submission.pk, actor=reviewer, reason="Zahl fehlt")

    of_the_chamber = ["thanks", "endorsed", "approved", "reopened"]
    assert topics(clerk) == topics(colleague) == of_the_chamber
    assert topics(coordinator) == ["submitted", "approved", "reopened"]
    assert topics(reviewer) == ["endorsed"]
    assert [topics(each) for each in others] == [[]] * 4


def test_return_is_read_by_the_organisation_and_its_coordinator_with_the_reason(
    submission, clerk, coordinator, reviewer
):
    move(submission, "submitted", by=clerk)
    send_back_submission(submission_id=submission.pk, actor=reviewer, reason="Bitte prüfen")

    with translation.override("en"):
        [notice] = latest(clerk, 5)
        assert notice.sentence == (
            f"{reviewer} has sent back the submission {YEAR} of IHK Köln. Reason: “Bitte prüfen”"
        )
    assert notice.address == f"/erfassung/{submission.pk}/"
    [of_coordinator] = latest(coordinator, 5)
    assert (of_coordinator.kind, of_coordinator.address) == (
        "member_returned",
        f"/pruefung/{submission.pk}/",
    )


def test_step_settles_what_was_asked_for_before_it(submission, clerk, coordinator, reviewer):
    move(submission, "submitted", by=clerk)
    send_back_submission(submission_id=submission.pk, actor=reviewer, reason="Bitte prüfen")
    assert unread_count(clerk) == 1
    submit_submission(submission_id=submission.pk, actor=clerk)

    assert list(Notice.objects.filter(awaits_mail=True, person=clerk).values_list("kind", flat=True)) == [
        "thanks"
    ]
    assert unread_count(clerk) == 1
    take("approve", submission, reviewer)
    kinds = Notice.objects.unread().filter(person=coordinator).values_list("kind", flat=True)
    assert list(kinds) == ["approved"]


def test_return_counts_the_cells_that_are_marked(submission, clerk):
    sent_back(submission, "_T", "J1")

    with translation.override("en"):
        assert latest(clerk, 1)[0].sentence.endswith("2 cells are marked.")


def test_withdrawing_and_asking_back_reach_whoever_reviews(submission, clerk, coordinator, reviewer):
    move(submission, "submitted", by=clerk)
    take("withdraw", submission, clerk)
    submission.refresh_from_db()
    move(submission, "submitted", by=clerk)
    take("begin_review", submission, coordinator)
    take("ask_back", submission, clerk, reason="Zahlendreher")

    assert topics(coordinator) == ["withdrawn", "asked_back"]
    assert topics(reviewer) == ["asked_back"]


def test_without_an_umbrella_the_ministry_reads_that_something_waits(reviewer, coordinator):
    submission = make_submission("BA")
    put(item_of(submission), 5, region="DE")
    submit_submission(submission_id=submission.pk, actor=MembershipFactory(organisation_code="BA").user)

    assert topics(reviewer) == ["submitted"]
    assert topics(coordinator) == []


def test_comments_go_to_the_other_side_and_to_those_who_took_part(submission, clerk, coordinator, reviewer):
    silent = MembershipFactory(role=Role.REVIEWER, organisation_code="BMAS").user
    commented(submission, clerk, with_file=False)
    assert topics(coordinator) == ["commented"]  # nobody has taken part so far: it is the umbrella's turn

    commented(submission, reviewer, side=Side.REVIEW, with_file=False)
    commented(submission, clerk, with_file=False)

    assert topics(clerk) == ["commented"]
    assert topics(reviewer) == ["commented"]
    assert topics(coordinator) == ["commented"]
    assert topics(silent) == []


def test_answer_to_a_mark_reaches_whoever_set_it_unless_they_have_left(submission, clerk, reviewer):
    mark = marked(submission)
    answer_mark(mark_id=mark.pk, actor=clerk, answer="Stimmt so")
    assert Notice.objects.filter(kind="mark_answered").count() == 0  # set by somebody without any role

    mark.event.actor = reviewer  # as if it had been this one
    mark.answer = "Stimmt so"
    steps.write_notice_of_answer(mark, clerk)
    assert topics(reviewer) == ["mark_answered"]


def test_extension_and_its_withdrawal_are_two_notices(submission, clerk, coordinator):
    steward = MembershipFactory(role=Role.DATA_STEWARD, organisation_code="BMAS").user
    later = submission.round.closes_on + dt.timedelta(days=9)
    for until in (later, None):
        round_services.extend_submission(
            submission_id=submission.pk, until=until, actor=steward, reason="Umzug"
        )

    assert topics(clerk) == topics(coordinator) == ["extension", "extension"]
    with translation.override("de"):
        assert "Umzug" in latest(clerk, 1)[0].sentence


def test_proposal_of_many_approvals_reaches_the_other_reviewers(reviewer):
    codes = Organisation.objects.filter(code__startswith="IHK-1").values_list("code", flat=True)[:11]
    second = MembershipFactory(role=Role.REVIEWER, organisation_code="BMAS").user
    third = MembershipFactory(role=Role.REVIEWER, organisation_code="BMAS").user
    batch = approved_at_once([move(make_submission(code), "submitted") for code in codes], reviewer)

    assert topics(second)[-1] == "proposed"
    assert "proposed" not in topics(reviewer)
    waiting = Notice.objects.filter(kind="proposed", read_at=None, awaits_mail=True)
    assert {each.person for each in waiting} == {second, third}

    confirm_batch(batch_id=batch.pk, actor=second)

    assert not waiting.all().exists()


def test_opening_a_round_reaches_everybody_who_records_in_it_once(clerk, reviewer):
    today = timezone.localdate()
    plan = catalogue_plan(2019)
    plan = type(plan)(
        2019, today, today + dt.timedelta(days=60), today + dt.timedelta(days=50), (-7,), plan.asked
    )
    steward = MembershipFactory(role=Role.DATA_STEWARD, organisation_code="BMAS").user

    opened = round_services.open_round(plan=plan, actor=steward)

    assert topics(clerk) == ["round_opened"]
    assert topics(reviewer) == []
    assert Reminder.objects.filter(round=opened, kind="opened").count() == opened.submissions.count()


def test_round_that_opens_later_is_nobodys_notice_yet(clerk):
    today = timezone.localdate()
    plan = catalogue_plan(2019)
    days = [today + dt.timedelta(days=each) for each in (3, 60, 50)]
    round_services.open_round(plan=type(plan)(2019, *days, (), plan.asked), actor=None)

    assert topics(clerk) == []


@pytest.mark.parametrize("count", [1, 3])
def test_notices_of_many_submissions_take_as_many_queries_as_of_one(clerk, coordinator, count):
    made = [make_submission(code) for code in ("IHK-142", "IHK-101", "IHK-111")[:count]]
    for each in made:
        put(item_of(each), 5)
    submit_submissions(seen=versions_of([each.pk for each in made]), actor=clerk)
    events = SubmissionEvent.objects.filter(submission__in=made)
    rows = list(events.select_related("submission__organisation", "submission__round", "actor"))
    Notice.objects.all().delete()

    with CaptureQueriesContext(connection) as captured:
        steps.write_notices_of_steps(rows)

    assert len(captured) == 4  # what is settled, the tree, the people, the notices
    assert len(topics(coordinator)) == count


def test_notice_says_nothing_of_what_a_person_sees_no_more(submission, clerk, reviewer):
    move(submission, "submitted", by=clerk)
    send_back_submission(submission_id=submission.pk, actor=reviewer, reason="Geheim")
    Membership.objects.filter(user=clerk).update(valid_from="2020-01-01", valid_until="2020-12-31")

    [notice] = latest(clerk, 5)

    assert not notice.is_visible
    assert "Geheim" not in notice.sentence
    assert "Köln" not in notice.sentence


def test_unread_come_first_and_are_counted_until_they_are_read(submission, clerk, reviewer):
    commented(submission, reviewer, side=Side.REVIEW, with_file=False)
    commented(submission, reviewer, side=Side.REVIEW)
    assert unread_count(clerk) == 2

    newest = latest(clerk, 1)[0]
    mark_read(user=clerk, notice_id=newest.pk)

    assert unread_count(clerk) == 1
    assert latest(clerk, 1, access_for(clerk))[0] != newest
    mark_read(user=clerk)
    assert unread_count(clerk) == 0


def test_step_that_is_rolled_back_leaves_no_notice(submission, clerk, coordinator):
    with transaction.atomic():
        submit_submission(submission_id=submission.pk, actor=clerk)
        transaction.set_rollback(True)

    assert Notice.objects.count() == 0


def test_submission_dropped_from_its_round_takes_its_notices_along(clerk):
    today = timezone.localdate()
    base = catalogue_plan(2019)
    dates = (today, today + dt.timedelta(days=60), today + dt.timedelta(days=50))
    asked = [each for each in base.asked if "chamber" in each.kinds][:1]
    rest = [each for each in base.asked if "chamber" not in each.kinds][:1]
    both = type(base)(2019, *dates, (), (*asked, *rest))
    opened = round_services.open_round(plan=both, actor=None)
    assert topics(clerk) == ["round_opened"]

    plan = type(base)(2019, *dates, (), tuple(rest))
    round_services.change_round(round_id=opened.pk, plan=plan, actor=None)

    assert topics(clerk) == []
