"""The workflow of a submission, in one place: its states, its steps, and who may take them.

Permissions, services, the triggers of the database, pages, the log and the diagram in docs/workflow.md follow
from ``WORKFLOW``. Nothing here knows a model.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum, nonmember
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


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


class Right(StrEnum):
    """What a person may do for the organisation of a submission."""

    CONTRIBUTES = "contributes"
    COORDINATES_MEMBER = "coordinates_member"
    REPRESENTS = "represents"
    REVIEWS = "reviews"
    MANAGES_DATA = "manages_data"


class Page(StrEnum):
    """Where a step is offered."""

    RECORDING = "recording"
    REVIEW = "review"


@dataclass(frozen=True)
class Grant:
    """Who may take a step: always, or only while the window is open, or only from some of its states."""

    right: Right
    in_window: bool = False
    only_from: tuple[str, ...] = ()

    def holds(self, *, status: str, rights: Collection[Right], is_in_window: bool) -> bool:
        return (
            self.right in rights
            and (is_in_window or not self.in_window)
            and (not self.only_from or status in self.only_from)
        )


@dataclass(frozen=True)
class State:
    """``tone``: the colour family of its badge. ``signed_as``: the fields that take who led here and when.

    ``why_locked``: why figures cannot be changed now, and what helps, for those who may at other times;
    ``why_locked_before``: the same for those who may take a step that opens it.
    """

    status: models.TextChoices
    tone: str
    why_locked: "StrOrPromise"
    signed_as: str = ""
    why_locked_before: Mapping[models.TextChoices, "StrOrPromise"] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """What can be done in some states. Without ``target`` the submission stays where it is.

    ``by_somebody_else``: closed to whoever prepared what it decides on (see ``workflow_triggers.prepared``).
    ``done`` is its line in the log, ``notice`` what the page answers. A step has a button of its own, a form
    for the reason behind ``prompt``, or, with ``has_own_page``, a link to a page that asks for more.
    """

    action: models.TextChoices
    sources: tuple[str, ...]
    grants: tuple[Grant, ...]
    target: models.TextChoices | None = None
    needs_reason: bool = False
    by_somebody_else: bool = False
    done: "StrOrPromise" = ""
    notice: "StrOrPromise" = ""
    prompt: "StrOrPromise" = ""
    button: str = "secondary"
    address: str = ""
    has_own_page: bool = False
    offered_on: tuple[Page, ...] = ()

    @property
    def label(self) -> "StrOrPromise":
        return self.action.label

    @property
    def url_name(self) -> str:
        return f"submission_{self.action.value}"

    @property
    def route(self) -> str:
        return f"measures:{self.url_name}"

    def is_granted(self, *, status: str, rights: Collection[Right], is_in_window: bool) -> bool:
        return status in self.sources and any(
            grant.holds(status=status, rights=rights, is_in_window=is_in_window) for grant in self.grants
        )

    def is_for(self, rights: Collection[Right]) -> bool:
        """Whether these rights suffice in some state and at some time."""
        return not self.rights.isdisjoint(rights)

    def is_for_always(self, rights: Collection[Right]) -> bool:
        """Whether these rights suffice outside the window, too."""
        return any(grant.right in rights and not grant.in_window for grant in self.grants)

    @property
    def rights(self) -> frozenset[Right]:
        """Those of which each suffices in some state and at some time."""
        return frozenset(grant.right for grant in self.grants)


@dataclass(frozen=True)
class Workflow:
    initial: str
    states: tuple[State, ...]
    steps: tuple[Step, ...]

    def state(self, status: str) -> State:
        return next(state for state in self.states if state.status == status)

    def step(self, action: str) -> Step:
        return next(step for step in self.steps if step.action == action)

    def possible(
        self, *, status: str, rights: Collection[Right], is_in_window: bool
    ) -> frozenset[models.TextChoices]:
        """The actions that somebody with these rights may take now."""
        return frozenset(
            step.action
            for step in self.steps
            if step.is_granted(status=status, rights=rights, is_in_window=is_in_window)
        )

    def why_locked(self, *, status: str, rights: Collection[Right], is_in_window: bool) -> "StrOrPromise":
        """Why somebody with these rights cannot change figures now; empty if they can."""
        record = self.step(SubmissionAction.RECORD)
        if not record.is_for(rights):
            return _("You can read these figures. They are recorded by the organisation itself.")
        possible = self.possible(status=status, rights=rights, is_in_window=is_in_window)
        if record.action in possible:
            return ""
        state = self.state(status)
        return next(
            (why for action, why in state.why_locked_before.items() if action in possible), state.why_locked
        )

    def offered(self, page: Page, actions: Collection[str]) -> list[Step]:
        """Of these actions the steps that the page offers, in the order of the workflow."""
        return [step for step in self.steps if step.action in actions and page in step.offered_on]

    @property
    def moves(self) -> tuple[tuple[str, str, str], ...]:
        """Every action with the state it leaves and the state it leads to."""
        return tuple(
            (step.action.value, str(source), step.target.value)
            for step in self.steps
            if step.target is not None
            for source in step.sources
        )

    @property
    def needing_reason(self) -> list[models.TextChoices]:
        return [step.action for step in self.steps if step.needs_reason]

    @property
    def by_somebody_else(self) -> frozenset[models.TextChoices]:
        """The actions that are closed to whoever prepared the submission."""
        return frozenset(step.action for step in self.steps if step.by_somebody_else)

    @property
    def plain_steps(self) -> list[Step]:
        """Those that a button or a reason completes, without a page of their own."""
        return [step for step in self.steps if step.target is not None and not step.has_own_page]


def sql_list(codes: Iterable[str]) -> str:
    """Codes of the program's own as a list of SQL literals."""
    return ", ".join(f"'{code}'" for code in codes)


S = SubmissionStatus
A = SubmissionAction

_NOT_OPEN = _("The reporting round is not open. The data management team records late deliveries.")
_IN_REVIEW = _("This submission is in review. To change a value, ask for it to be sent back.")

WORKFLOW = Workflow(
    initial=S.DRAFT.value,
    states=(
        State(S.DRAFT, tone="info", why_locked=_NOT_OPEN),
        State(S.SUBMITTED, tone="info", why_locked=_IN_REVIEW, signed_as="submitted"),
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
            grants=(Grant(Right.CONTRIBUTES, in_window=True), Grant(Right.MANAGES_DATA)),
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
            notice=_("The submission has been approved. Its figures are now what reports read."),
            button="primary",
            address="freigeben",
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
    ),
)

RECORD = WORKFLOW.step(A.RECORD)
UPLOAD = replace(RECORD, grants=(*RECORD.grants, Grant(Right.REPRESENTS, in_window=True)))
"""Recording by a spreadsheet: as in the grid, and also for those an agent has a mandate of."""
