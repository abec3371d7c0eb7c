"""What a person may do with a submission: asked by pages, admin, imports and interfaces alike."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.db import connection, models

from measures.exceptions import SeparateDutiesError
from measures.models import ImportProfile, ImportRun, Submission, SupplierAlias
from measures.rules.rights import rights_over
from measures.workflow import UPLOAD, WORKFLOW, SubmissionAction, Workflow
from measures.workflow_triggers import prepared
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


def submission_actions(
    access: Access,
    submission: Submission,
    workflow: Workflow = WORKFLOW,
    *,
    known_prepared: Collection[int] | None = None,
) -> frozenset[models.TextChoices]:
    """What ``access`` may do with ``submission`` now. An auditor reads everything and does nothing.

    ``known_prepared``: the submissions of a list that this person prepared; None: look them up.
    """
    possible = _possible(access, submission, workflow)
    if possible.isdisjoint(workflow.by_somebody_else):
        return possible
    own = prepared_by(access.user_id, [submission.pk]) if known_prepared is None else known_prepared
    return possible - workflow.by_somebody_else if submission.pk in own else possible


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


def could_ever(access: Access, action: SubmissionAction, submission: Submission) -> bool:
    """Whether this person may take the step at all, in whatever state the submission is."""
    return WORKFLOW.step(action).is_for(rights_over(access, submission.organisation_id))


def can(access: Access, action: SubmissionAction, submission: Submission) -> bool:
    """Whether one action is possible now; who prepared the submission is looked up only if it matters."""
    if action not in _possible(access, submission, WORKFLOW):
        return False
    return action not in WORKFLOW.by_somebody_else or not prepared_by(access.user_id, [submission.pk])


def why_read_only(access: Access, submission: Submission) -> "StrOrPromise":
    """Why this person cannot change the figures now; empty if they can."""
    return WORKFLOW.why_locked(
        status=submission.status,
        rights=rights_over(access, submission.organisation_id),
        is_in_window=submission.is_in_window,
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
