"""What a person may do with a submission: asked by pages, admin, imports and interfaces alike."""

from measures.enums import SubmissionAction, SubmissionStatus
from measures.models import ImportProfile, ImportRun, Submission, SupplierAlias
from partners.permissions import Access


def submission_actions(access: Access, submission: Submission) -> frozenset[SubmissionAction]:
    """What ``access`` may do with ``submission`` now.

    The window binds partners; a data steward may still record after it has closed (a late delivery). An
    auditor reads everything and does nothing. Nobody endorses for an organisation they only record for.
    """
    organisation_id = submission.organisation_id
    status = submission.status
    contributes = organisation_id in access.contributes_to
    is_member_of_mine = organisation_id in access.coordinates - access.contributes_to
    records = (contributes and submission.is_in_window) or access.manages_data
    actions = set()
    if status in SubmissionStatus.editable and records:
        actions |= {SubmissionAction.RECORD, SubmissionAction.SUBMIT}
    if status in SubmissionStatus.editable and is_member_of_mine and submission.is_in_window:
        actions.add(
            SubmissionAction.RECORD
        )  # umbrellas may upload for their members; submitting stays theirs
    if status == SubmissionStatus.SUBMITTED and is_member_of_mine:
        actions |= {SubmissionAction.ENDORSE, SubmissionAction.SEND_BACK}
    if status in SubmissionStatus.in_review and access.reviews:
        actions |= {SubmissionAction.APPROVE, SubmissionAction.SEND_BACK}
    if status == SubmissionStatus.APPROVED and (records or access.reviews):
        actions.add(SubmissionAction.CORRECT)
    return frozenset(actions)


def can(access: Access, action: SubmissionAction, submission: Submission) -> bool:
    return action in submission_actions(access, submission)


def may_import_for(access: Access, organisation_id: int) -> bool:
    """Whether a spreadsheet of this person may carry figures of the organisation."""
    return access.manages_data or organisation_id in access.uploads_for


def import_obstacle(access: Access, submission: Submission) -> str:
    """Why a spreadsheet may not change this submission now, as the code of a problem; empty if it may."""
    if access.manages_data:
        return ""
    if not submission.is_in_window:
        return "round_closed"
    if submission.organisation_id in access.represents and submission.status in SubmissionStatus.editable:
        return ""
    actions = submission_actions(access, submission)
    if actions & {SubmissionAction.RECORD, SubmissionAction.CORRECT}:
        return ""
    return "submission_locked"


def may_handle_import(access: Access, run: ImportRun) -> bool:
    """Whether this person may map, apply or discard an import that they can see."""
    return access.manages_data or (
        access.writes_figures and (run.created_by_id == access.user_id or run.supplier_id in access.acts_for)
    )


def may_forget(access: Access, confirmed: ImportProfile | SupplierAlias) -> bool:
    """Whether this person may delete what was confirmed of a supplier's files."""
    return access.manages_data or confirmed.supplier_id in access.acts_for
