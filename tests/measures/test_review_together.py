"""Two reviewers at once, in real threads with connections of their own."""

import pytest

from measures.models import ApprovedFigure, SubmissionEvent
from measures.selectors.submission_versions import version_of
from measures.services import review
from measures.workflow import WORKFLOW
from tests.factories import UserFactory
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
