"""Submissions in review or approved go back to where figures can be written, never silently."""

from collections.abc import Iterable

from measures.models import ImportRun, Submission
from measures.permissions import facts_of
from measures.selectors.imports.returning import reopened_by
from measures.selectors.submission_versions import versions_of
from measures.services.imports.errors import ImportNeedsReasonError
from measures.services.review import take_step
from measures.workflow import WORKFLOW, SubmissionAction, SubmissionFact, SubmissionStatus
from partners.models import User
from partners.permissions import Access


def reopen(submissions: Iterable[Submission], actor: User, reason: str, run: ImportRun) -> None:
    """Reopen, for an import, those that cannot be written to, each with a row in its log, for a reason.

    They are locked already, and what was seen of them was the import's preview, which has been compared.
    """
    closed = [submission for submission in submissions if not submission.is_editable]
    if closed and not reason:
        raise ImportNeedsReasonError([str(submission) for submission in closed])
    present = versions_of([submission.pk for submission in closed])
    for submission in closed:
        seen = present[submission.pk]
        if submission.status == SubmissionStatus.APPROVED:
            step = WORKFLOW.step(SubmissionAction.CORRECT)
        else:
            step = WORKFLOW.step(SubmissionAction.SEND_BACK)
        take_step(
            step=step,
            submission_id=submission.pk,
            actor=actor,
            seen=seen,
            reason=reason,
            import_run_id=run.pk,
        )


def withdraw_corrections(
    submissions: Iterable[int], actor: User, access: Access, reason: str, run: ImportRun
) -> None:
    """Take back the corrections that the import began, where what was approved is stated again.

    Only for whom the step is open on the submission's own page as well: undoing gives nobody a right to it.
    The submissions are locked already.
    """
    begun = reopened_by(run, submissions, access)
    present = versions_of(begun)
    for pk in begun:
        if SubmissionFact.AS_APPROVED in facts_of(pk):
            take_step(
                step=WORKFLOW.step(SubmissionAction.WITHDRAW_CORRECTION),
                submission_id=pk,
                actor=actor,
                seen=present[pk],
                reason=reason,
                import_run_id=run.pk,
            )
