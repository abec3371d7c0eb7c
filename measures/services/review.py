"""The steps of a submission. Each locks, checks the state, changes it and adds a row to the log."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pghistory
from django.db import connection, transaction
from django.utils import timezone

from measures.checks import Finding
from measures.enums import Severity
from measures.exceptions import (
    ApprovalHeldError,
    ReasonMissingError,
    SeparateDutiesError,
    StepNotPossibleError,
    SubmissionChangedMeanwhileError,
    SubmissionHasFindingsError,
)
from measures.figure_rules import CONTENT, KEY, columns, from_excluded, same_key
from measures.models import ReviewBatch, ReviewMark, Submission, SubmissionEvent
from measures.permissions import can, facts_of, prepared_by
from measures.selectors.checks.findings import findings_by_submission, holding_approval
from measures.selectors.submission_versions import SubmissionVersion, versions_of
from measures.services.explanations import explain_open, is_open
from measures.services.notices.steps import write_notice_of_answer, write_notices_of_steps
from measures.workflow import WORKFLOW, Step, SubmissionAction
from partners.models import User
from partners.permissions import access_for

A = SubmissionAction

FORGET_WHAT_IS_GONE = f"""
DELETE FROM measures_approvedfigure a
USING measures_item i
WHERE i.id = a.item_id AND i.submission_id = ANY(%(submissions)s)
    AND NOT EXISTS (SELECT FROM measures_figure f WHERE {same_key("f", "a")})
"""  # noqa: S608  # our own text

COPY_AS_APPROVED = f"""
WITH dated AS (
    UPDATE measures_item SET approved_data_as_of = data_as_of
    WHERE submission_id = ANY(%(submissions)s) AND approved_data_as_of IS DISTINCT FROM data_as_of
)
INSERT INTO measures_approvedfigure AS a ({columns((*KEY, *CONTENT))}, version_id)
SELECT {columns((*KEY, *CONTENT), "f")}, latest.pgh_id
FROM measures_figure f
JOIN measures_item i ON i.id = f.item_id
CROSS JOIN LATERAL (
    SELECT v.pgh_id FROM measures_figureversion v
    WHERE {same_key("v", "f")}
    ORDER BY v.pgh_id DESC
    LIMIT 1
) latest
WHERE i.submission_id = ANY(%(submissions)s)
ON CONFLICT ({columns(KEY)}) DO UPDATE SET {from_excluded((*CONTENT, "version_id"))}
WHERE a.version_id IS DISTINCT FROM excluded.version_id
"""  # noqa: S608  # our own text


Seen = Mapping[int, SubmissionVersion | None]
"""Submissions by id, each with the version that the person decided on; None if they named none."""


@dataclass(frozen=True)
class MarkedCell:
    """A cell of the grid that is meant by sending back, and what the reviewer remarks on it."""

    item_id: int
    region: str
    target_group: str
    remark: str = ""


@dataclass(frozen=True)
class Steps:
    """What became of several submissions: done, moved on in the meantime, or held by the checks.

    ``changed``: their state would allow the step, but they are not in the version that was seen. ``own``:
    the step is to be taken by somebody else than who prepared them.
    """

    done: list[Submission] = field(default_factory=list)
    moved_on: list[Submission] = field(default_factory=list)
    changed: list[Submission] = field(default_factory=list)
    own: list[Submission] = field(default_factory=list)
    held: dict[int, list[Finding]] = field(default_factory=dict)
    held_as: type[ApprovalHeldError | SubmissionHasFindingsError] = SubmissionHasFindingsError

    @property
    def only(self) -> Submission:
        """The one submission the step was taken with; why it was not, as an error for people."""
        if self.held:
            raise self.held_as(next(iter(self.held.values())))
        if self.changed:
            raise SubmissionChangedMeanwhileError
        if self.own:
            raise SeparateDutiesError
        if not self.done:
            raise StepNotPossibleError
        return self.done[0]


def submit_submission(
    *,
    submission_id: int,
    actor: User,
    seen: SubmissionVersion | None,
    comment: str = "",
    explanation: str = "",
) -> Submission:
    """Hand a submission over for review. Errors must be corrected, and each query explained before."""
    return submit_submissions(
        seen={submission_id: seen}, actor=actor, comment=comment, explanation=explanation
    ).only


def submit_submissions(*, seen: Seen, actor: User, comment: str = "", explanation: str = "") -> Steps:
    """Submit what the checks let through.

    ``explanation`` is kept for each query that has none, as if it had been given there; what the review has
    refused needs a new one of its own.
    """

    def held(submissions: Sequence[Submission]) -> dict[int, list[Finding]]:
        findings = findings_by_submission([submission.pk for submission in submissions])
        let_through = {
            pk for pk, found in findings.items() if not any(_holds(each, explanation) for each in found)
        }
        if explanation.strip():
            asked = [finding for pk in let_through for finding in findings[pk]]
            explain_open(asked, actor, explanation.strip())
        return {pk: found for pk, found in findings.items() if pk not in let_through}

    return _take(WORKFLOW.step(A.SUBMIT), seen, actor, reason=comment, held=held)


def take_step(  # noqa: PLR0913  # which step of what, by whom, why and with what
    *,
    step: Step,
    submission_id: int,
    actor: User,
    seen: SubmissionVersion | None,
    reason: str = "",
    import_run_id: int | None = None,
) -> Submission:
    """Take one submission along any step of the workflow but the handing over, which the checks judge first.

    Raises ``SubmissionChangedMeanwhileError`` if it is not in the version that was ``seen``, and
    ``ApprovalHeldError`` if the checks hold its approval. ``import_run_id``: the import that takes the step.
    """
    return _take(step, {submission_id: seen}, actor, reason=reason, import_run_id=import_run_id).only


def send_back_submission(
    *,
    submission_id: int,
    actor: User,
    seen: SubmissionVersion | None,
    reason: str,
    marks: Sequence[MarkedCell] = (),
) -> Submission:
    """Send it back with a reason and with marks on the cells meant, all or nothing."""
    step = WORKFLOW.step(A.SEND_BACK)
    with transaction.atomic():
        steps = _take(step, {submission_id: seen}, actor, reason=reason, mark_count=len(marks))
        done = steps.only
        event = done.events.filter(action=A.SEND_BACK).latest("pk")
        ReviewMark.objects.bulk_create(
            ReviewMark(
                event=event,
                item_id=mark.item_id,
                region_id=mark.region,
                target_group_id=mark.target_group,
                remark=mark.remark.strip(),
            )
            for mark in marks
        )
    return done


def approve_submissions(*, seen: Seen, actor: User) -> Steps:
    return _take(WORKFLOW.step(A.APPROVE), seen, actor)


def take_step_of_batch(
    *, batch: ReviewBatch, submission_id: int, actor: User, seen: SubmissionVersion | None
) -> Steps:
    """One of several submissions that were chosen for the same step, in a transaction of its own."""
    return _take(WORKFLOW.step(batch.action), {submission_id: seen}, actor, batch_id=batch.pk)


def begin_review(*, submission: Submission, actor: User) -> None:
    """Put in the log that the review has begun, unless it has: whoever writes to the partner reviews."""
    step = WORKFLOW.step(A.BEGIN_REVIEW)
    _take(step, versions_of([submission.pk]), actor)


@transaction.atomic
def answer_mark(*, mark_id: int, actor: User, answer: str) -> ReviewMark:
    """Answer a mark instead of changing its cell; once, and before the submission is handed over again.

    Whoever may change the cell answers: nobody answers for an organisation that they do not record for.
    """
    if not answer.strip():
        raise ReasonMissingError
    submissions = Submission.objects.select_for_update(of=("self",), no_key=True).select_related("round")
    submission = submissions.get(items__review_marks=mark_id)
    if not can(access_for(actor), A.RECORD, submission):
        raise StepNotPossibleError
    now = timezone.now()
    answered = ReviewMark.objects.filter(pk=mark_id, answered_at=None).update(
        answer=answer.strip(), answered_by=actor, answered_at=now
    )
    if not answered:
        raise StepNotPossibleError
    mark = ReviewMark.objects.select_related("event").get(pk=mark_id)
    write_notice_of_answer(mark, actor)
    return mark


def start_correction(
    *, submission_id: int, actor: User, seen: SubmissionVersion | None, reason: str
) -> Submission:
    """Reopen an approved submission; what was approved stays in force until the next approval."""
    step = WORKFLOW.step(A.CORRECT)
    return take_step(step=step, submission_id=submission_id, actor=actor, seen=seen, reason=reason)


def _holds(finding: Finding, explanation: str) -> bool:
    """Whether it keeps a submission from being handed over, in spite of an explanation for all queries."""
    if is_open(finding):
        return not explanation.strip() or finding.explained is not None
    return finding.severity == Severity.ERROR


@transaction.atomic
def _take(  # noqa: PLR0913  # which step of what, by whom, why and with what
    step: Step,
    seen: Seen,
    actor: User,
    *,
    reason: str = "",
    import_run_id: int | None = None,
    batch_id: int | None = None,
    mark_count: int = 0,
    held: Callable[[Sequence[Submission]], dict[int, list[Finding]]] | None = None,
) -> Steps:
    """Lock in the order of the keys, so that overlapping selections cannot block each other.

    Under the lock nobody changes these submissions or their figures, so that what is compared with the
    version seen is what the step is taken with.
    """
    reason = reason.strip()
    if not step.is_logged:
        raise StepNotPossibleError
    if step.needs_reason and not reason:
        raise ReasonMissingError
    with pghistory.context(user=actor.pk, reason=reason):
        locked = list(
            Submission.objects.select_for_update(of=("self",), no_key=True)
            .filter(pk__in=list(seen))
            .select_related("organisation", "round")
            .order_by("pk")
        )
        possible = [
            submission
            for submission in locked
            if submission.status in step.sources
            and (not step.has_conditions or step.suits(facts_of(submission.pk)))
        ]
        present = versions_of([submission.pk for submission in possible])
        unchanged = [each for each in possible if seen[each.pk] == present[each.pk]]
        others = _of_others(step, unchanged, actor)
        held_back = held(others) if held else _held(step, others)
        done = [submission for submission in others if submission.pk not in held_back]
        events = [
            SubmissionEvent(
                submission=submission,
                action=step.action,
                from_status=submission.status,
                to_status=step.leads_to(submission.status),
                actor=actor,
                reason=reason,
                import_run_id=import_run_id,
                batch_id=batch_id,
            )
            for submission in done
        ]
        changes = _changes(step, actor)
        if changes:
            Submission.objects.filter(pk__in=[submission.pk for submission in done]).update(**changes)
        SubmissionEvent.objects.bulk_create(events)
        write_notices_of_steps(events, mark_count=mark_count)
        if step.action == A.APPROVE:
            _copy_as_approved([submission.pk for submission in done])
    for submission in done:
        for name, value in changes.items():
            setattr(submission, name, value)
    return Steps(
        done=done,
        moved_on=[submission for submission in locked if submission not in possible],
        changed=[submission for submission in possible if submission not in unchanged],
        own=[submission for submission in unchanged if submission not in others],
        held=held_back,
        held_as=ApprovalHeldError if step.action == A.APPROVE else SubmissionHasFindingsError,
    )


def _held(step: Step, submissions: Sequence[Submission]) -> dict[int, list[Finding]]:
    """What keeps figures from being approved; other steps say nothing about the figures."""
    if step.action != A.APPROVE:
        return {}
    return holding_approval([submission.pk for submission in submissions])


def _of_others(step: Step, submissions: Sequence[Submission], actor: User) -> list[Submission]:
    """Those that the person may decide on because they did not prepare them; all of them for other steps."""
    if not step.by_somebody_else:
        return list(submissions)
    own = prepared_by(actor.pk, [submission.pk for submission in submissions])
    return [submission for submission in submissions if submission.pk not in own]


def _changes(step: Step, actor: User) -> dict[str, Any]:
    if step.target is None:
        return {}
    changes: dict[str, Any] = {"status": step.target}
    if step.signs and (signed_as := WORKFLOW.state(step.target).signed_as):
        changes |= {f"{signed_as}_at": timezone.now(), f"{signed_as}_by": actor}
    return changes


def _copy_as_approved(submission_ids: list[int]) -> None:
    """Make the approved rows of these submissions equal to their figures, with their Datenstand."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET_WHAT_IS_GONE, {"submissions": submission_ids})
        cursor.execute(COPY_AS_APPROVED, {"submissions": submission_ids})
