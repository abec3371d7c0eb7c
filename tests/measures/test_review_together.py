"""Two reviewers at once, in real threads with connections of their own."""

import pytest
from django.utils import timezone

from measures.models import ApprovedFigure, BatchEntry, ReviewBatch, SubmissionEvent
from measures.selectors.submission_versions import version_of
from measures.services import review
from measures.services.batches import VALID_FOR, complete_batch
from measures.workflow import WORKFLOW
from tests.factories import MembershipFactory, UserFactory
from tests.measures.submissions import item_of, make_submission, move, put
from tests.measures.test_recording_together import together

pytestmark = pytest.mark.usefixtures("transactional_db")


def test_of_two_reviewers_approving_at_once_one_is_told_and_the_log_has_one_approval():
    submission = make_submission()
    put(item_of(submission), 5)
    move(submission, "submitted")
    version = version_of(submission.pk)

    results = together(
        *(
            lambda person=person: review.take_step(
                step=WORKFLOW.step("approve"), submission_id=submission.pk, actor=person, seen=version
            )
            for person in (UserFactory(), UserFactory())
        )
    )

    [refused] = [result for result in results if isinstance(result, Exception)]
    [approved] = [result for result in results if not isinstance(result, Exception)]
    event = SubmissionEvent.objects.get(submission=submission, action="approve")
    assert type(refused).__name__ in {"StepNotPossibleError", "SubmissionChangedMeanwhileError"}
    assert (event.actor, approved.status) == (approved.approved_by, "approved")
    assert ApprovedFigure.objects.filter(item__submission=submission).count() == 1


def test_withdrawing_and_beginning_the_review_at_once_leaves_one_of_them():
    submission = move(make_submission(), "submitted")
    version = version_of(submission.pk)

    results = together(
        *(
            lambda action=action, person=person: review.take_step(
                step=WORKFLOW.step(action), submission_id=submission.pk, actor=person, seen=version
            )
            for action, person in (("withdraw", UserFactory()), ("begin_review", UserFactory()))
        )
    )

    assert sum(isinstance(result, Exception) for result in results) == 1
    submission.refresh_from_db()
    last = submission.events.last()
    assert (last.action, submission.status) in {("withdraw", "draft"), ("begin_review", "submitted")}


def test_continuing_a_batch_twice_at_once_leaves_what_was_done_as_done():
    person = MembershipFactory(role="reviewer", organisation_code="BMAS").user
    codes = ("IHK-142", "IHK-101", "IHK-111", "HWK-00032")
    chosen = [move(make_submission(code), "submitted") for code in codes]
    batch = ReviewBatch.objects.create(
        action="approve",
        proposed_by=person,
        expires_at=timezone.now() + VALID_FOR,
        submission_count=len(chosen),
    )
    BatchEntry.objects.bulk_create(
        BatchEntry(batch=batch, submission=each, place=place, seen=str(version_of(each.pk)))
        for place, each in enumerate(chosen, start=1)
    )

    results = together(*[lambda: complete_batch(batch_id=batch.pk, actor=person)] * 4)

    assert results == [None] * 4
    assert set(batch.entries.values_list("outcome", flat=True)) == {"done"}
    assert batch.events.count() == len(chosen)
