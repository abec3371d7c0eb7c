"""One step for several submissions: each in a transaction of its own; many approvals need a second person."""

import datetime as dt
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone

from measures.enums import BatchOutcome
from measures.exceptions import SecondPersonError, StepNotPossibleError
from measures.models import BatchEntry, ReviewBatch
from measures.permissions import could_ever, prepared_by
from measures.selectors.batches import candidates, entries_of, expired_proposals
from measures.selectors.submission_versions import SubmissionVersion
from measures.services.notices.steps import settle_notices_of_proposals, write_notices_of_proposal
from measures.services.review import Steps, take_step_of_batch
from measures.workflow import SubmissionAction
from partners.models import User
from partners.permissions import Access, access_for
from partners.violations import broken_rule

VALID_FOR = dt.timedelta(days=3)


def create_batch(
    *, action: SubmissionAction, seen: Mapping[int, SubmissionVersion | None], actor: User
) -> ReviewBatch:
    """Take the step with each of these; if a second person is needed, propose it.

    How many were chosen decides about that: one that cannot be included any more is kept with its reason, and
    the others do not become few enough for one person by it.
    """
    chosen = candidates(access_for(actor), action, seen)
    if not any(each.is_included for each in chosen):
        raise StepNotPossibleError
    now = timezone.now()
    with transaction.atomic():
        batch = ReviewBatch.objects.create(
            action=action,
            proposed_by=actor,
            proposed_at=now,
            expires_at=now + VALID_FOR,
            submission_count=len(chosen),
        )
        BatchEntry.objects.bulk_create(
            BatchEntry(
                batch=batch,
                submission=each.submission,
                place=place,
                seen=str(each.seen or ""),
                outcome=each.obstacle or BatchOutcome.PENDING,
            )
            for place, each in enumerate(sorted(chosen, key=lambda each: each.submission.pk), start=1)
        )
        if batch.needs_second_person:
            write_notices_of_proposal(batch)
    if not batch.needs_second_person:
        complete_batch(batch_id=batch.pk, actor=actor)
    return batch


def confirm_batch(*, batch_id: int, actor: User) -> ReviewBatch:
    """Take the steps that somebody else proposed, in the versions that they saw."""
    with transaction.atomic():
        batch = ReviewBatch.objects.select_for_update().get(pk=batch_id)
        if not batch.is_waiting:
            raise StepNotPossibleError
        if batch.proposed_by_id == actor.pk:
            raise SecondPersonError
        batch.confirmed_by, batch.confirmed_at = actor, timezone.now()
        batch.save(update_fields=["confirmed_by", "confirmed_at"])
        settle_notices_of_proposals([batch.pk])
    complete_batch(batch_id=batch.pk, actor=actor)
    return batch


def settle_expired_proposals() -> None:
    """By the clock: nobody is asked any more to confirm what has expired."""
    settle_notices_of_proposals(expired_proposals().values_list("pk", flat=True))


def complete_batch(*, batch_id: int, actor: User) -> None:
    """Take the steps that are still to be taken; after an interruption the rest of them.

    What is no longer open to the person by their role is left to others.
    """
    batch = ReviewBatch.objects.get(pk=batch_id)
    if not batch.is_completed_by(actor.pk):
        raise SecondPersonError
    access = access_for(actor)
    for entry in entries_of(batch):
        if entry.outcome == BatchOutcome.PENDING:
            _take_one(batch, entry, actor, access)


def _take_one(batch: ReviewBatch, entry: BatchEntry, actor: User, access: Access) -> None:
    """The step and its outcome, both or neither; what somebody has decided in the meantime stays."""
    pending = BatchEntry.objects.filter(pk=entry.pk, outcome=BatchOutcome.PENDING)
    try:
        with transaction.atomic():
            if pending.select_for_update(no_key=True).first():
                pending.update(outcome=_outcome(batch, entry, actor, access))
    except IntegrityError as error:
        if broken_rule(error) not in {"batch_is_for_its_people", "decided_by_somebody_else"}:
            raise
        pending.update(outcome=BatchOutcome.OWN)


def _outcome(batch: ReviewBatch, entry: BatchEntry, actor: User, access: Access) -> BatchOutcome:
    if not could_ever(access, SubmissionAction(batch.action), entry.submission):
        return BatchOutcome.OWN
    if batch.needs_second_person and prepared_by(batch.proposed_by_id, [entry.submission_id]):
        return BatchOutcome.OWN
    seen = SubmissionVersion.parse(entry.seen)
    steps: Steps = take_step_of_batch(batch=batch, submission_id=entry.submission_id, actor=actor, seen=seen)
    if steps.done:
        return BatchOutcome.DONE
    if steps.own:
        return BatchOutcome.OWN
    if steps.held:
        return BatchOutcome.HELD
    return BatchOutcome.CHANGED if steps.changed else BatchOutcome.MOVED_ON
