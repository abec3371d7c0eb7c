"""Notices of the steps of a submission and of what is said about it, written with them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.urls import reverse
from django.utils import timezone

from measures.enums import Side
from measures.models import Comment, ReviewBatch, ReviewMark, RoundEvent, Submission, SubmissionEvent
from measures.rules.notice_kinds import Topic
from measures.selectors.notices.audience import NoticeAudience, audience_of
from measures.workflow import SubmissionAction
from partners.models import User
from partners.services.notices.writing import NewNotice, settle, write_notices

A = SubmissionAction


class NoticePage(Enum):
    """Where a notice leads: to the page of recording, or to that of the review."""

    RECORDING = "measures:submission_detail"
    REVIEW = "measures:review_detail"


@dataclass(frozen=True)
class Announcement:
    """The people that a step concerns, the topic under which they read of it, and where that leads them."""

    topic: Topic
    page: NoticePage
    people: Callable[[NoticeAudience, int], frozenset[int]]


def _reviewers(audience: NoticeAudience, organisation_id: int) -> frozenset[int]:
    return audience.reviewers


def _all_reviewing(audience: NoticeAudience, organisation_id: int) -> frozenset[int]:
    return audience.reviewers | audience.coordinating(organisation_id)


ANNOUNCEMENTS: Mapping[SubmissionAction, Sequence[Announcement]] = {
    A.SUBMIT: (Announcement(Topic.SUBMITTED, NoticePage.REVIEW, NoticeAudience.reviewing_next),),
    A.WITHDRAW: (Announcement(Topic.WITHDRAWN, NoticePage.REVIEW, NoticeAudience.reviewing_next),),
    A.ASK_BACK: (Announcement(Topic.ASKED_BACK, NoticePage.REVIEW, _all_reviewing),),
    A.SEND_BACK: (
        Announcement(Topic.RETURNED, NoticePage.RECORDING, NoticeAudience.recording_for),
        Announcement(Topic.MEMBER_RETURNED, NoticePage.REVIEW, NoticeAudience.coordinating),
    ),
    A.ENDORSE: (
        Announcement(Topic.ENDORSED, NoticePage.RECORDING, NoticeAudience.recording_for),
        Announcement(Topic.ENDORSED, NoticePage.REVIEW, _reviewers),
    ),
    A.APPROVE: (
        Announcement(Topic.APPROVED, NoticePage.RECORDING, NoticeAudience.recording_for),
        Announcement(Topic.APPROVED, NoticePage.REVIEW, NoticeAudience.coordinating),
    ),
    A.CORRECT: (
        Announcement(Topic.REOPENED, NoticePage.RECORDING, NoticeAudience.recording_for),
        Announcement(Topic.REOPENED, NoticePage.REVIEW, _all_reviewing),
    ),
    A.WITHDRAW_CORRECTION: (
        Announcement(Topic.CORRECTION_WITHDRAWN, NoticePage.RECORDING, NoticeAudience.recording_for),
        Announcement(Topic.CORRECTION_WITHDRAWN, NoticePage.REVIEW, _all_reviewing),
    ),
}
"""A step that is not named is nobody's concern beside who took it."""


_OF_REVIEW = (Topic.SUBMITTED, Topic.ASKED_BACK)
SETTLED_BY: Mapping[SubmissionAction, Sequence[Topic]] = {
    A.SUBMIT: (Topic.ROUND_OPENED, Topic.DUE, Topic.REMINDED, Topic.RETURNED, Topic.MEMBER_RETURNED),
    A.WITHDRAW: _OF_REVIEW,
    A.SEND_BACK: _OF_REVIEW,
    A.APPROVE: _OF_REVIEW,
    A.ENDORSE: (Topic.SUBMITTED,),
}
"""What a step does that notices of before have asked for."""


def write_notices_of_steps(events: Sequence[SubmissionEvent], *, mark_count: int = 0) -> None:
    """Of the same step just taken with several submissions, to everybody concerned but who took it.

    ``mark_count``: on how many cells a reviewer has set marks with it.
    """
    announced = [event for event in events if event.action in ANNOUNCEMENTS]
    if not announced:
        return
    if settled := SETTLED_BY.get(SubmissionAction(announced[0].action)):
        settle((subject_of(event.submission_id) for event in announced), (each.value for each in settled))
    audience = audience_of(event.submission.organisation_id for event in announced)
    write_notices(notice for event in announced for notice in _of_step(event, audience, mark_count))


def _of_step(event: SubmissionEvent, audience: NoticeAudience, mark_count: int) -> Iterator[NewNotice]:
    submission = event.submission
    facts = about(submission, event.actor) | {"reason": event.reason, "marks": mark_count}
    for each in ANNOUNCEMENTS[SubmissionAction(event.action)]:
        people = each.people(audience, submission.organisation_id) - {event.actor_id}
        yield notice_about(submission, each.topic, f"step:{event.pk}", people, facts, page=each.page)
    days_left = (submission.due_on - timezone.localdate(event.at)).days
    if event.action == A.SUBMIT and days_left > 0:
        people = audience.recording_for(submission.organisation_id)
        thanks = about(submission) | {"days": days_left}
        yield notice_about(submission, Topic.THANKS, f"thanks:{submission.pk}", people, thanks)


def write_notices_of_comment(comment: Comment) -> None:
    """To the other side, and to whoever has had to do with the submission and still works with it."""
    submission = comment.submission
    organisation = submission.organisation_id
    audience = audience_of([organisation])
    took_part = set(submission.events.values_list("actor_id", flat=True)) | set(
        submission.comments.values_list("author_id", flat=True)
    )
    involved = audience.everybody(organisation) & took_part
    recording = audience.recording_for(organisation)
    facts = about(submission, comment.author) | {"text": comment.text}
    reviewing = involved - recording
    if comment.side == Side.PARTNER:
        reviewing = reviewing or audience.reviewing_next(organisation)
    recipients = ((recording, NoticePage.RECORDING), (reviewing - recording, NoticePage.REVIEW))
    write_notices(
        notice_about(
            submission,
            Topic.COMMENTED,
            f"comment:{comment.pk}",
            people - {comment.author_id},
            facts,
            page=page,
        )
        for people, page in recipients
    )


def write_notice_of_answer(mark: ReviewMark, actor: User) -> None:
    """To whoever set the mark, if they still work with the submission."""
    submission = Submission.objects.select_related("organisation", "round").get(events=mark.event_id)
    reviewer = mark.event.actor_id
    people = audience_of([submission.organisation_id]).everybody(submission.organisation_id) & {reviewer}
    facts = about(submission, actor) | {"text": mark.answer}
    topic, key = Topic.MARK_ANSWERED, f"mark:{mark.pk}"
    write_notices([notice_about(submission, topic, key, people - {actor.pk}, facts, page=NoticePage.REVIEW)])


def write_notices_of_extension(submission: Submission, event: RoundEvent) -> None:
    audience = audience_of([submission.organisation_id])
    facts = about(submission) | {
        "until": event.extended_until.isoformat() if event.extended_until else None,
        "reason": event.reason,
    }
    recipients = (
        (audience.recording_for(submission.organisation_id), NoticePage.RECORDING),
        (audience.coordinating(submission.organisation_id), NoticePage.REVIEW),
    )
    write_notices(
        notice_about(
            submission, Topic.EXTENSION, f"round:{event.pk}", people - {event.actor_id or 0}, facts, page=page
        )
        for people, page in recipients
    )


def write_notices_of_proposal(batch: ReviewBatch) -> None:
    """To the reviewers of whom one is to confirm what another proposes."""
    people = audience_of([]).reviewers - {batch.proposed_by_id}
    write_notices(
        [
            NewNotice(
                kind=Topic.PROPOSED.value,
                key=f"batch:{batch.pk}",
                address=reverse("measures:review_batch", args=[batch.pk]),
                people=people,
                facts={"actor": str(batch.proposed_by), "count": batch.submission_count},
                subject=_subject_of_batch(batch.pk),
            )
        ]
    )


def settle_notices_of_proposals(batch_ids: Iterable[int]) -> None:
    """Proposals that wait for nobody any more."""
    settle(map(_subject_of_batch, batch_ids), [Topic.PROPOSED.value])


def about(submission: Submission, actor: User | None = None) -> dict[str, Any]:
    """The facts that every notice about a submission has."""
    facts = {"organisation": submission.organisation.short_name, "year": submission.round.year}
    return facts | ({"actor": str(actor)} if actor else {})


def notice_about(  # noqa: PLR0913  # a notice has these parts
    submission: Submission,
    topic: Topic,
    key: str,
    people: Iterable[int],
    facts: dict[str, Any],
    *,
    page: NoticePage = NoticePage.RECORDING,
) -> NewNotice:
    return NewNotice(
        kind=topic.value,
        key=key,
        address=reverse(page.value, args=[submission.pk]),
        people=people,
        facts=facts,
        organisation_id=submission.organisation_id,
        subject=subject_of(submission.pk),
    )


def subject_of(submission_id: int) -> str:
    return f"submission:{submission_id}"


def _subject_of_batch(batch_id: int) -> str:
    return f"batch:{batch_id}"
