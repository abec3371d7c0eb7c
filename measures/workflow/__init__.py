"""The workflow of a submission, in one place: its states, its steps, and who may take them.

Permissions, services, the triggers of the database, pages, the log and the diagram in docs/workflow.md follow
from ``WORKFLOW``. Nothing here knows a model.
"""

from dataclasses import replace
from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _

from measures.workflow.parts import Grant, Page, Right, State, Step, SubmissionFact, Workflow, sql_list

__all__ = ["Grant", "Page", "Right", "State", "Step", "SubmissionFact", "Workflow", "sql_list"]


class SubmissionStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    ENDORSED = "endorsed", _("Endorsed")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Sent back")

    # Not choices: groups of choices that queries and permissions share.
    editable = nonmember(("draft", "returned"))
    in_review = nonmember(("submitted", "endorsed"))


class ListedStatus(models.TextChoices):
    """A status as lists and pages show it: a draft is distinguished from what nobody has begun.

    ``SubmissionQuerySet.with_listed_status`` holds the rule: a draft without any item recorded is not begun.
    Steps and triggers know the status alone.
    """

    NOT_BEGUN = "not_begun", _("Not begun yet")
    DRAFT = SubmissionStatus.DRAFT.value, SubmissionStatus.DRAFT.label
    SUBMITTED = SubmissionStatus.SUBMITTED.value, SubmissionStatus.SUBMITTED.label
    ENDORSED = SubmissionStatus.ENDORSED.value, SubmissionStatus.ENDORSED.label
    APPROVED = SubmissionStatus.APPROVED.value, SubmissionStatus.APPROVED.label
    RETURNED = SubmissionStatus.RETURNED.value, SubmissionStatus.RETURNED.label

    @property
    def tone(self) -> str:
        """The colour family of its badge."""
        return "neutral" if self is ListedStatus.NOT_BEGUN else WORKFLOW.state(self.value).tone


class SubmissionAction(models.TextChoices):
    """What a person can do with a submission; computed in one place, logged for each transition."""

    RECORD = "record", _("Record figures")
    SUBMIT = "submit", _("Submit")
    ENDORSE = "endorse", _("Endorse")
    SEND_BACK = "send_back", _("Send back")
    APPROVE = "approve", _("Approve")
    CORRECT = "correct", _("Start a correction")
    WITHDRAW = "withdraw", _("Withdraw")
    BEGIN_REVIEW = "begin_review", _("Begin the review")
    ASK_BACK = "ask_back", _("Ask for it back")
    WITHDRAW_CORRECTION = "withdraw_correction", _("Withdraw the correction")


S = SubmissionStatus
A = SubmissionAction

_NOT_OPEN = _("The reporting round is not open. The data management team records late deliveries.")
_IN_REVIEW = _("This submission is in review. To change a value, ask for it to be sent back.")
_BY_ITS_PARTNER = (Grant(Right.CONTRIBUTES, in_window=True), Grant(Right.MANAGES_DATA))

WORKFLOW = Workflow(
    initial=S.DRAFT.value,
    recording=A.RECORD,
    states=(
        State(S.DRAFT, tone="info", why_locked=_NOT_OPEN),
        State(
            S.SUBMITTED,
            tone="info",
            why_locked=_IN_REVIEW,
            signed_as="submitted",
            why_locked_before={
                A.WITHDRAW: _(
                    "This submission waits for its review. To change a value, withdraw it before that begins."
                )
            },
        ),
        State(S.ENDORSED, tone="info", why_locked=_IN_REVIEW),
        State(
            S.APPROVED,
            tone="success",
            why_locked=_(
                "This submission is approved and the reporting round is closed. To change a value, ask the "
                "data management team or the ministry for a correction."
            ),
            signed_as="approved",
            why_locked_before={
                A.CORRECT: _("This submission is approved. To change a value, start a correction.")
            },
        ),
        State(S.RETURNED, tone="warning", why_locked=_NOT_OPEN),
    ),
    # The window binds partners; a data steward may still record after it has closed (a late delivery).
    steps=(
        Step(
            A.RECORD,
            sources=S.editable,
            # Umbrellas may upload for their members; submitting stays with the members.
            grants=(
                Grant(Right.CONTRIBUTES, in_window=True),
                Grant(Right.COORDINATES_MEMBER, in_window=True),
                Grant(Right.MANAGES_DATA),
            ),
        ),
        Step(
            A.SUBMIT,
            sources=S.editable,
            target=S.SUBMITTED,
            grants=_BY_ITS_PARTNER,
            done=_("Submitted"),
            button="primary",
            has_own_page=True,
            offered_on=(Page.RECORDING,),
        ),
        Step(
            A.APPROVE,
            sources=S.in_review,
            target=S.APPROVED,
            by_somebody_else=True,
            grants=(Grant(Right.REVIEWS),),
            done=_("Approved"),
            button="primary",
            has_own_page=True,
            offered_on=(Page.REVIEW,),
        ),
        Step(
            A.ENDORSE,
            sources=(S.SUBMITTED.value,),
            target=S.ENDORSED,
            by_somebody_else=True,
            grants=(Grant(Right.COORDINATES_MEMBER),),
            done=_("Endorsed"),
            notice=_("You have endorsed the submission. The ministry can approve it now."),
            button="primary",
            address="mittragen",
            offered_on=(Page.REVIEW,),
        ),
        Step(
            A.SEND_BACK,
            sources=S.in_review,
            target=S.RETURNED,
            grants=(
                Grant(Right.COORDINATES_MEMBER, only_from=(S.SUBMITTED.value,)),
                Grant(Right.REVIEWS),
            ),
            needs_reason=True,
            done=_("Sent back"),
            notice=_("The submission has been sent back with your reason."),
            prompt=_("Send back with a reason"),
            address="zurueckgeben",
            offered_on=(Page.REVIEW,),
        ),
        Step(
            A.BEGIN_REVIEW,
            sources=(S.SUBMITTED.value,),
            stays=True,
            unless=(SubmissionFact.REVIEW_BEGUN,),
            grants=(Grant(Right.COORDINATES_MEMBER), Grant(Right.REVIEWS)),
            done=_("Review begun"),
            notice=_("The review has begun. The organisation can no longer withdraw the submission."),
            address="beginnen",
            offered_on=(Page.REVIEW,),
        ),
        Step(
            A.WITHDRAW,
            sources=(S.SUBMITTED.value,),
            target=S.DRAFT,
            unless=(SubmissionFact.REVIEW_BEGUN,),
            grants=_BY_ITS_PARTNER,
            done=_("Withdrawn"),
            notice=_("The submission is a draft again. Submit it once it is complete."),
            address="zurueckziehen",
            offered_on=(Page.RECORDING,),
        ),
        Step(
            A.ASK_BACK,
            sources=S.in_review,
            stays=True,
            only_if=(SubmissionFact.REVIEW_BEGUN,),
            unless=(SubmissionFact.ASKED_BACK,),
            grants=_BY_ITS_PARTNER,
            takes_words=True,
            done=_("Asked for it back"),
            notice=_("The reviewers see your request. The submission stays in review until it is sent back."),
            prompt=_("Ask for the submission back"),
            address="zurueckerbitten",
            offered_on=(Page.RECORDING,),
        ),
        Step(
            A.CORRECT,
            sources=(S.APPROVED.value,),
            target=S.DRAFT,
            grants=(
                Grant(Right.CONTRIBUTES, in_window=True),
                Grant(Right.MANAGES_DATA),
                Grant(Right.REVIEWS),
            ),
            needs_reason=True,
            done=_("Correction started"),
            has_own_page=True,
            offered_on=(Page.RECORDING, Page.REVIEW),
        ),
        # Back to what was approved, by whoever could have started the correction; no new approval.
        Step(
            A.WITHDRAW_CORRECTION,
            sources=S.editable,
            target=S.APPROVED,
            only_if=(SubmissionFact.AS_APPROVED,),
            signs=False,
            grants=(*_BY_ITS_PARTNER, Grant(Right.REVIEWS)),
            done=_("Correction withdrawn"),
            notice=_("The correction has been withdrawn. The submission is approved, as it was."),
            address="korrektur-zuruecknehmen",
            offered_on=(Page.RECORDING, Page.REVIEW),
        ),
    ),
)

RECORD = WORKFLOW.step(A.RECORD)
UPLOAD = replace(RECORD, grants=(*RECORD.grants, Grant(Right.REPRESENTS, in_window=True)))
"""Recording by a spreadsheet: as in the grid, and also for those an agent has a mandate of."""
