"""What would happen to submissions that are chosen for the same step, and who may not be included and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet
from django.utils import timezone

from measures.enums import BatchOutcome
from measures.models import BatchEntry, ReviewBatch, Submission
from measures.permissions import batch_actions, prepared_by
from measures.review_triggers import MOST_BY_ONE_PERSON
from measures.selectors.checks.findings import holding_approval
from measures.selectors.submission_versions import SubmissionVersion, versions_of
from measures.workflow import SubmissionAction
from partners.models import User
from partners.permissions import Access

Seen = Mapping[int, SubmissionVersion | None]


@dataclass(frozen=True)
class ChosenSubmission:
    """A submission chosen; ``obstacle``: why the step cannot be taken with it, by whoever asks, now."""

    submission: Submission
    seen: SubmissionVersion | None
    obstacle: BatchOutcome | None = None

    @property
    def is_included(self) -> bool:
        return self.obstacle is None


def candidates(
    access: Access, action: SubmissionAction, seen: Seen, *, proposer_id: int | None = None
) -> list[ChosenSubmission]:
    """By name, in a constant number of queries. ``proposer_id``: nor may they have prepared any of it."""
    submissions = list(
        Submission.objects.visible_to(access)
        .filter(pk__in=list(seen))
        .with_listed_status()
        .select_related("organisation", "round", "submitted_by")
        .order_by("organisation__sort_key", "-round__year")
    )
    versions = versions_of(seen)
    own = prepared_by(access.user_id, seen)
    if proposer_id is not None:
        own |= prepared_by(proposer_id, seen)
    chosen = [
        ChosenSubmission(
            each, seen[each.pk], _obstacle(access, action, each, seen[each.pk] == versions[each.pk], own)
        )
        for each in submissions
    ]
    if action != SubmissionAction.APPROVE:
        return chosen
    held = holding_approval(each.submission.pk for each in chosen if each.is_included)
    return [
        replace(each, obstacle=BatchOutcome.HELD) if each.submission.pk in held else each for each in chosen
    ]


def _obstacle(
    access: Access,
    action: SubmissionAction,
    submission: Submission,
    is_as_seen: bool,  # noqa: FBT001  # a fact of this submission
    own: Iterable[int],
) -> BatchOutcome | None:
    if action not in batch_actions(access, submission):
        return BatchOutcome.MOVED_ON
    if not is_as_seen:
        return BatchOutcome.CHANGED
    return BatchOutcome.OWN if submission.pk in own else None


def batches_of(access: Access) -> QuerySet[ReviewBatch]:
    """Those that this person proposed; for reviewers and whoever reads everything all of them."""
    batches = ReviewBatch.objects.select_related("proposed_by", "confirmed_by")
    return batches if access.reads_all else batches.filter(Q(proposed_by=access.user_id))


def waiting_batches(access: Access) -> QuerySet[ReviewBatch]:
    """Proposals that wait for a second person: ``ReviewBatch.is_waiting``, asked of all of them."""
    if not access.reviews:
        return ReviewBatch.objects.none()
    return _waiting(batches_of(access))


def waiting_of(person: User) -> QuerySet[ReviewBatch]:
    """Those that this person proposed."""
    return _waiting(ReviewBatch.objects.filter(proposed_by=person))


def expired_proposals() -> QuerySet[ReviewBatch]:
    """Those that no second person has confirmed in time."""
    return _unconfirmed(ReviewBatch.objects.all()).filter(expires_at__lte=timezone.now())


def _waiting(batches: QuerySet[ReviewBatch]) -> QuerySet[ReviewBatch]:
    return _unconfirmed(batches).filter(expires_at__gt=timezone.now())


def _unconfirmed(batches: QuerySet[ReviewBatch]) -> QuerySet[ReviewBatch]:
    return batches.filter(
        action=SubmissionAction.APPROVE, submission_count__gt=MOST_BY_ONE_PERSON, confirmed_at=None
    )


def entries_of(batch: ReviewBatch) -> list[BatchEntry]:
    return list(batch.entries.select_related("submission__organisation", "submission__round"))


def proposed(access: Access, batch: ReviewBatch, entries: Iterable[BatchEntry]) -> list[ChosenSubmission]:
    """What is proposed and not decided, as it would be if this person confirmed it now."""
    seen = {
        entry.submission_id: SubmissionVersion.parse(entry.seen)
        for entry in entries
        if entry.outcome == BatchOutcome.PENDING
    }
    return candidates(access, SubmissionAction(batch.action), seen, proposer_id=batch.proposed_by_id)
