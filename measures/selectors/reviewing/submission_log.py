"""What the log of a submission holds that a page shows apart from it."""

from collections.abc import Sequence

from measures.models import Submission, SubmissionEvent
from measures.workflow import SubmissionAction, SubmissionStatus


def explanation_of(events: Sequence[SubmissionEvent]) -> str:
    """What was written when the submission was last handed over; ``events`` in their order."""
    explanations = [event.reason for event in events if event.action == SubmissionAction.SUBMIT]
    return explanations[-1] if explanations else ""


def request_back(submission: Submission, events: Sequence[SubmissionEvent]) -> SubmissionEvent | None:
    """The open request of the organisation to have the submission back."""
    if submission.status not in SubmissionStatus.in_review:
        return None
    for event in reversed(events):
        if event.action == SubmissionAction.ASK_BACK:
            return event
        if event.action == SubmissionAction.SUBMIT:
            break
    return None
