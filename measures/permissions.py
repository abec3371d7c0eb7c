"""What a person may do with a submission: asked by pages, admin, imports and interfaces alike."""

from typing import TYPE_CHECKING

from django.db import models

from measures.models import ImportProfile, ImportRun, Submission, SupplierAlias
from measures.rules.rights import rights_over
from measures.workflow import UPLOAD, WORKFLOW, SubmissionAction, Workflow
from partners.permissions import Access

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def submission_actions(
    access: Access, submission: Submission, workflow: Workflow = WORKFLOW
) -> frozenset[models.TextChoices]:
    """What ``access`` may do with ``submission`` now. An auditor reads everything and does nothing."""
    return workflow.possible(
        status=submission.status,
        rights=rights_over(access, submission.organisation_id),
        is_in_window=submission.is_in_window,
    )


def could_ever(access: Access, action: SubmissionAction, submission: Submission) -> bool:
    """Whether this person may take the step at all, in whatever state the submission is."""
    return WORKFLOW.step(action).is_for(rights_over(access, submission.organisation_id))


def can(access: Access, action: SubmissionAction, submission: Submission) -> bool:
    return action in submission_actions(access, submission)


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


def may_handle_import(access: Access, run: ImportRun) -> bool:
    """Whether this person may map, apply or discard an import that they can see."""
    return access.manages_data or (
        access.writes_figures and (run.created_by_id == access.user_id or run.supplier_id in access.acts_for)
    )


def may_forget(access: Access, confirmed: ImportProfile | SupplierAlias) -> bool:
    """Whether this person may delete what was confirmed of a supplier's files."""
    return access.manages_data or confirmed.supplier_id in access.acts_for
