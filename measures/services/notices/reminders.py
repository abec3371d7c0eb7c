"""Reminders by the clock: that a round is open, that figures are due, that submissions wait for their review.

Whoever writes them holds the round, so that two workers do so one after the other; the keys of the log keep
either from writing one twice whatever happens.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import timezone

from measures.enums import ReminderKind
from measures.models import Reminder, ReportingRound, Submission
from measures.rules.notice_kinds import Topic
from measures.selectors.notices.audience import NoticeAudience, audience_of
from measures.services.notices.steps import about, notice_about
from measures.workflow import SubmissionStatus
from partners.services.notices.writing import NewNotice, settle, write_notices

CATCHES_UP = 3
"""A reminder that could not be written on its day is written within so many days, or not at all."""

WAITED_LONG = 3
"""Days after which reviewers and coordinators are reminded of what lies with them."""

WEEK = dt.timedelta(days=7)
"""So often they are, beside the days of the plan."""

LATEST = dt.timedelta(days=366)
"""So long after its last day, extensions included, a round is looked at."""


@dataclass(frozen=True)
class Planned:
    """A reminder of the plan that is to be written today."""

    submission: Submission
    days: int


def write_reminders(now: dt.datetime | None = None) -> int:
    """Write every reminder that is due; returns how many rows the log has more."""
    today = timezone.localdate(now)
    rounds = Submission.objects.annotate(last_day=Greatest("round__closes_on", "extended_until")).filter(
        round__opens_on__lte=today, last_day__gte=today - LATEST
    )
    found = sorted(set(rounds.order_by().values_list("round_id", flat=True)))
    return sum(_write_for_round(pk, today) for pk in found)


@transaction.atomic
def _write_for_round(round_id: int, today: dt.date) -> int:
    reporting_round = ReportingRound.objects.select_for_update(no_key=True).get(pk=round_id)
    submissions = list(
        Submission.objects.filter(
            round=reporting_round, status__in=(*SubmissionStatus.editable, *SubmissionStatus.in_review)
        )
        .due()
        .select_related("organisation", "round")
    )
    missing = [each for each in submissions if each.is_missing]
    audience = audience_of(each.organisation_id for each in submissions)
    return (
        _write_opened(missing, audience, today)
        + _write_due(missing, audience, today)
        + _write_waiting(reporting_round, submissions, audience, today)
    )


def write_round_opened(reporting_round: ReportingRound) -> None:
    """Tell whoever records in a round that is open by now so; where it opens later, the clock does."""
    today = timezone.localdate()
    if reporting_round.is_open_on(today):
        submissions = list(
            Submission.objects.filter(round=reporting_round, status__in=SubmissionStatus.editable)
            .due()
            .select_related("organisation", "round")
        )
        _write_opened(submissions, audience_of(each.organisation_id for each in submissions), today)


def _write_opened(submissions: Sequence[Submission], audience: NoticeAudience, today: dt.date) -> int:
    known = _known(submissions, ReminderKind.OPENED)
    new = [
        each
        for each in submissions
        if (each.pk,) not in known
        and each.round.opens_on <= today <= each.closes_on
        and each.submitted_at is None  # what was handed over once is no beginning
    ]
    write_notices(
        notice_about(
            each,
            Topic.ROUND_OPENED,
            f"opened:{each.pk}",
            audience.recording_for(each.organisation_id),
            about(each) | {"due_on": each.due_on.isoformat()},
        )
        for each in new
    )
    return _log(_row(each, ReminderKind.OPENED, today, audience) for each in new)


def _write_due(submissions: Sequence[Submission], audience: NoticeAudience, today: dt.date) -> int:
    planned = [found for each in submissions if (found := _planned(each, today))]
    known = _known(submissions, ReminderKind.PLANNED, "due_on", "days")
    new = [each for each in planned if (each.submission.pk, each.submission.due_on, each.days) not in known]
    write_notices(
        notice_about(
            each.submission,
            Topic.DUE,
            f"due:{each.submission.pk}:{each.submission.due_on}:{each.days}",
            audience.recording_for(each.submission.organisation_id),
            about(each.submission)
            | {
                "due_on": each.submission.due_on.isoformat(),
                "days": (each.submission.due_on - today).days,
                "is_closed": each.submission.closes_on < today,
            },
        )
        for each in new
    )
    return _log(_row(each.submission, ReminderKind.PLANNED, today, audience, each.days) for each in new)


def _planned(submission: Submission, today: dt.date) -> Planned | None:
    """The latest reminder of the plan whose day has come, counted from the submission's own due date.

    Where a round was closed before its due date nobody can record any more: there is nothing to remind of.
    """
    if submission.closes_on < min(today, submission.due_on):
        return None
    days = latest_of(submission.round.reminder_days, submission.due_on, today)
    return None if days is None else Planned(submission, days)


def latest_of(plan: Iterable[int], due_on: dt.date, today: dt.date) -> int | None:
    """The latest day of a plan that has come, counted from the due date; None where it is too long ago."""
    passed = (today - due_on).days
    latest = max((days for days in plan if days <= passed), default=None)
    return latest if latest is not None and passed - latest < CATCHES_UP else None


def _write_waiting(
    reporting_round: ReportingRound,
    submissions: Sequence[Submission],
    audience: NoticeAudience,
    today: dt.date,
) -> int:
    """To each coordinator and reviewer how many have lain with them for long.

    On the days of the plan to all of them, and every week to whoever has not been reminded since.
    """
    waiting = _waiting_by_person(submissions, audience, today)
    written = list(Reminder.objects.filter(round=reporting_round, kind=ReminderKind.REVIEW))
    subject = f"round:{reporting_round.pk}"
    if any(each.recipients for each in written):
        settle([subject], [Topic.WAITS.value], except_for=waiting)
    known = {each.days for each in written if each.due_on == reporting_round.due_on}
    people = set(waiting)
    days = latest_of(reporting_round.reminder_days, reporting_round.due_on, today)
    if days is None or days in known:
        days = (today - reporting_round.due_on).days
        people -= {person for each in written if today - each.day < WEEK for person in each.recipients}
        if not people or days in known:
            return 0
    address = f"{reverse('measures:review_list')}?year={reporting_round.year}&status=waiting"
    write_notices(
        NewNotice(
            kind=Topic.WAITS.value,
            key=f"waits:{reporting_round.pk}:{reporting_round.due_on}:{days}",
            address=address,
            people=[person],
            facts={"count": waiting[person], "year": reporting_round.year},
            subject=subject,
        )
        for person in sorted(people)
    )
    return _log(
        [
            Reminder(
                round=reporting_round,
                kind=ReminderKind.REVIEW,
                days=days,
                due_on=reporting_round.due_on,
                day=today,
                recipient_count=len(people),
                recipients=sorted(people),
            )
        ]
    )


def _waiting_by_person(
    submissions: Sequence[Submission], audience: NoticeAudience, today: dt.date
) -> Counter[int]:
    waiting: Counter[int] = Counter()
    for each in submissions:
        if each.status in SubmissionStatus.in_review and _has_waited(each, today):
            if each.status == SubmissionStatus.ENDORSED:
                waiting.update(audience.reviewers)
            else:
                waiting.update(audience.reviewing_next(each.organisation_id))
    return waiting


def _has_waited(submission: Submission, today: dt.date) -> bool:
    submitted = timezone.localdate(submission.submitted_at)
    return (today - submitted).days >= WAITED_LONG


def _known(submissions: Sequence[Submission], kind: ReminderKind, *more: str) -> set[tuple[object, ...]]:
    found = Reminder.objects.filter(submission__in=[each.pk for each in submissions], kind=kind)
    return set(found.order_by().values_list("submission_id", *more))


def _row(
    submission: Submission,
    kind: ReminderKind,
    today: dt.date,
    audience: NoticeAudience,
    days: int | None = None,
) -> Reminder:
    recipients = sorted(audience.recording_for(submission.organisation_id))
    return Reminder(
        round=submission.round,
        submission=submission,
        kind=kind,
        days=days,
        due_on=submission.due_on,
        day=today,
        recipient_count=len(recipients),
        recipients=recipients,
    )


def _log(rows: Iterable[Reminder]) -> int:
    return len(Reminder.objects.bulk_create(rows))
