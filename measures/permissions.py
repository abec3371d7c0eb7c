"""What a person may do with a submission: asked by pages, admin, imports and interfaces alike."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.db import connection, models

from measures.enums import CommitmentState
from measures.exceptions import SeparateDutiesError
from measures.models import Commitment, ImportProfile, ImportRun, ReviewBatch, Submission, SupplierAlias
from measures.rules.rights import organisations_with_any, rights_over
from measures.workflow import UPLOAD, WORKFLOW, SubmissionAction, SubmissionFact, Workflow
from measures.workflow_triggers import fact, prepared
from partners.permissions import Access

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


_PREPARED = f"""
SELECT asked.id FROM measures_submission asked
WHERE asked.id = ANY(%(submissions)s) AND ({prepared("asked.id", "%(person)s")})
"""  # noqa: S608  # our own text


def prepared_by(user_id: int | None, submission_ids: Iterable[int]) -> frozenset[int]:
    """Of these submissions those that this person prepared, so that others decide on them."""
    with connection.cursor() as cursor:
        cursor.execute(_PREPARED, {"submissions": list(submission_ids), "person": user_id})
        return frozenset(row[0] for row in cursor)


_HAPPENED = ", ".join(f"({fact(each, 'asked.id')})" for each in SubmissionFact)
_FACTS = f"SELECT {_HAPPENED} FROM measures_submission asked WHERE asked.id = %(submission)s"  # noqa: S608  # our own text


def facts_of(submission_id: int) -> frozenset[SubmissionFact]:
    """What has happened to a submission beside its status."""
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, {"submission": submission_id})
        [found] = cursor.fetchall()
    return frozenset(each for each, holds in zip(SubmissionFact, found, strict=True) if holds)


def submission_actions(
    access: Access, submission: Submission, workflow: Workflow = WORKFLOW
) -> frozenset[models.TextChoices]:
    """What ``access`` may do with ``submission`` now. An auditor reads everything and does nothing."""
    possible = _suiting(_possible(access, submission, workflow), submission, workflow)
    if possible.isdisjoint(workflow.by_somebody_else):
        return possible
    own = prepared_by(access.user_id, [submission.pk])
    return possible - workflow.by_somebody_else if submission.pk in own else possible


def batch_actions(access: Access, submission: Submission) -> frozenset[models.TextChoices]:
    """The steps for several submissions at once that are open to this person by their role.

    What has happened to the submission, and who prepared it, is left to whoever asks about all of a list.
    """
    return _possible(access, submission, WORKFLOW) & WORKFLOW.by_somebody_else


def steps_for_several(access: Access) -> frozenset[models.TextChoices]:
    """The steps that this person may take with several submissions at once, with whichever."""
    return frozenset(
        action
        for action in WORKFLOW.by_somebody_else
        if organisations_with_any(access, WORKFLOW.step(action).rights) != frozenset()
    )


def may_confirm_batch(access: Access, batch: ReviewBatch) -> bool:
    """Whether this person may be the second one."""
    return batch.is_waiting and access.reviews and batch.proposed_by_id != access.user_id


def why_others_decide(access: Access, submission: Submission, actions: Collection[str]) -> "StrOrPromise":
    """Why this person may not decide on a submission that they may decide on by their role; else empty."""
    withheld = _possible(access, submission, WORKFLOW) & WORKFLOW.by_somebody_else
    return "" if withheld.issubset(actions) else SeparateDutiesError.message


def _possible(access: Access, submission: Submission, workflow: Workflow) -> frozenset[models.TextChoices]:
    return workflow.possible(
        status=submission.status,
        rights=rights_over(access, submission.organisation_id),
        is_in_window=submission.is_in_window,
    )


def may_see_rounds(access: Access) -> bool:
    """Whether the pages of the rounds open: for those who steward the data and those who audit."""
    return access.manages_data or access.audits


def may_change_rounds(access: Access) -> bool:
    """Whether this person opens and changes rounds, and gives organisations more time."""
    return access.manages_data


def may_change_meetings(access: Access) -> bool:
    """Whether this person keeps meetings and resolutions, and decides on commitments."""
    return access.manages_data


def may_report_commitment(access: Access, commitment: Commitment) -> bool:
    """Those who record for the responsible organisation, as long as it has not been dropped."""
    is_dropped = commitment.state == CommitmentState.DROPPED
    return commitment.organisation_id in access.contributes_to and not is_dropped


def may_remind(access: Access, submission: Submission) -> bool:
    """Whether this person reminds an organisation of what is missing: coordinators, data stewards."""
    is_theirs = access.manages_data or submission.organisation_id in access.coordinates
    return is_theirs and submission.is_missing


def may_change_checks(access: Access) -> bool:
    """Whether this person adds, changes, activates and ends plausibility checks."""
    return access.manages_data


def may_try_checks(access: Access) -> bool:
    """Whether this person sees what a check would find: it shows figures of everybody."""
    return access.reads_all


def may_waive_checks(access: Access) -> bool:
    """Whether this person leaves organisations out of a check for a time."""
    return access.manages_data or access.reviews


def may_judge_explanations(access: Access, submission: Submission) -> bool:
    """Whether this person accepts or refuses what was explained: whoever may send the submission back now."""
    return can(access, SubmissionAction.SEND_BACK, submission)


def _suiting(
    actions: frozenset[models.TextChoices], submission: Submission, workflow: Workflow
) -> frozenset[models.TextChoices]:
    """Those that what has happened leaves room for; it is looked up only if it matters."""
    if not any(workflow.step(action).has_conditions for action in actions):
        return actions
    return workflow.suiting(actions, facts_of(submission.pk))


def may_take(access: Access, action: SubmissionAction, submission: Submission) -> bool:
    """Whether this person may take the step now, if what stands in the submission and its log suits it."""
    return action in _possible(access, submission, WORKFLOW)


def could_ever(access: Access, action: SubmissionAction, submission: Submission) -> bool:
    """Whether this person may take the step at all, in whatever state the submission is."""
    return WORKFLOW.step(action).is_for(rights_over(access, submission.organisation_id))


def can(access: Access, action: SubmissionAction, submission: Submission) -> bool:
    """Whether one action is possible now; who prepared the submission is looked up only if it matters."""
    possible = frozenset({action} & _possible(access, submission, WORKFLOW))
    if not _suiting(possible, submission, WORKFLOW):
        return False
    return action not in WORKFLOW.by_somebody_else or not prepared_by(access.user_id, [submission.pk])


def why_read_only(access: Access, submission: Submission) -> "StrOrPromise":
    """Why this person cannot change the figures now; empty if they can."""
    return WORKFLOW.why_locked(
        status=submission.status,
        rights=rights_over(access, submission.organisation_id),
        is_in_window=submission.is_in_window,
        facts=frozenset() if submission.is_editable else facts_of(submission.pk),
    )


def may_import_for(access: Access, organisation_id: int) -> bool:
    """Whether a spreadsheet of this person may carry figures of the organisation."""
    return UPLOAD.is_for(rights_over(access, organisation_id))


def import_obstacle(access: Access, submission: Submission) -> str:
    """Why a spreadsheet may not change this submission now, as the code of a problem; empty if it may.

    Whom the window does not bind, the state does not either: applying the import opens the submission first.
    """
    rights = rights_over(access, submission.organisation_id)
    if UPLOAD.is_for_always(rights):
        return ""
    if not submission.is_in_window:
        return "round_closed"
    if UPLOAD.is_granted(status=submission.status, rights=rights, is_in_window=True):
        return ""
    return "" if can(access, SubmissionAction.CORRECT, submission) else "submission_locked"


def may_see_import(access: Access, run: ImportRun) -> bool:
    """Whether an import exists for this person: ``ImportRunQuerySet.visible_to``, asked of one."""
    if access.reads_all or run.supplier_id in access.acts_for:
        return True
    return run.created_by_id == access.user_id and (
        not access.uploads_for.isdisjoint(run.organisations)
        or (bool(run.sent_for) and access.contributes_to.issuperset(run.sent_for))
    )


def may_see_whole_import(access: Access, run: ImportRun) -> bool:
    """Whether an import that they can see is all theirs to see: every row, the sheets and the file itself."""
    return access.reads_all or _covers_import(access, run)


def may_handle_import(access: Access, run: ImportRun) -> bool:
    """Whether this person may map, apply, correct, undo or discard an import that they can see."""
    return access.manages_data or (access.writes_figures and _covers_import(access, run))


def _covers_import(access: Access, run: ImportRun) -> bool:
    """Whether this person acts for every organisation in the file.

    Where some of its content is not known to be anybody's, for all those it was sent for: it came from them.
    """
    if not access.uploads_for.issuperset(run.organisations):
        return False
    is_from_theirs = bool(run.sent_for) and access.acts_for.issuperset(run.sent_for)
    return is_from_theirs or (run.is_attributed and bool(run.organisations))


def may_forget(access: Access, confirmed: ImportProfile | SupplierAlias) -> bool:
    """Whether this person may delete what was confirmed of a supplier's files."""
    return access.manages_data or confirmed.supplier_id in access.acts_for
