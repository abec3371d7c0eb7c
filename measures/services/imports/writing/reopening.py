"""Submissions in review or approved go back to where figures can be written, never silently."""

from collections.abc import Iterable

from measures.models import Submission
from measures.selectors.submission_versions import versions_of
from measures.services.imports.errors import ImportNeedsReasonError
from measures.services.review import send_back_submission, start_correction
from measures.workflow import SubmissionStatus
from partners.models import User


def reopen(submissions: Iterable[Submission], actor: User, reason: str) -> None:
    """Reopen those that cannot be written to, each with a row in its log; needs a reason for any.

    They are locked already, and what was seen of them was the import's preview, which has been compared.
    """
    closed = [submission for submission in submissions if not submission.is_editable]
    if closed and not reason:
        raise ImportNeedsReasonError([str(submission) for submission in closed])
    present = versions_of([submission.pk for submission in closed])
    for submission in closed:
        seen = present[submission.pk]
        if submission.status == SubmissionStatus.APPROVED:
            start_correction(submission_id=submission.pk, actor=actor, seen=seen, reason=reason)
        else:
            send_back_submission(submission_id=submission.pk, actor=actor, seen=seen, reason=reason)
