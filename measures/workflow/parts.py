"""What a workflow is made of: states, steps, grants, and what follows from them. Knows no model."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class SubmissionFact(StrEnum):
    """What has happened to a submission beside its status; ``workflow_triggers.fact`` has each as SQL.

    The review has begun once, since the submission was last submitted, its log has that somebody began it or
    endorsed. Whoever reviews begins it by the button, by a mark on a cell or by a comment.
    """

    REVIEW_BEGUN = "review_begun"
    ASKED_BACK = "asked_back"
    AS_APPROVED = "as_approved"


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
    """What can be done in some states: it leads to ``target``, or is put in the log and the submission stays.

    ``only_if`` and ``unless``: what must have happened before, and what not. ``signs``: the state's fields
    take who led there. ``takes_words``: may be given words, where ``needs_reason`` demands them.
    ``by_somebody_else``: closed to whoever prepared what it decides on (see ``workflow_triggers.prepared``).
    ``done`` is its line in the log, ``notice`` what the page answers. A step has a button of its own, a form
    for the reason behind ``prompt``, or, with ``has_own_page``, a link to a page that asks for more.
    """

    action: models.TextChoices
    sources: tuple[str, ...]
    grants: tuple[Grant, ...]
    target: models.TextChoices | None = None
    stays: bool = False
    only_if: tuple[SubmissionFact, ...] = ()
    unless: tuple[SubmissionFact, ...] = ()
    signs: bool = True
    needs_reason: bool = False
    takes_words: bool = False
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

    @property
    def is_logged(self) -> bool:
        return self.stays or self.target is not None

    @property
    def has_conditions(self) -> bool:
        return bool(self.only_if or self.unless)

    def leads_to(self, status: str) -> str:
        """The state of a submission that was in ``status`` once the step is taken."""
        return status if self.target is None else str(self.target.value)

    def suits(self, facts: Collection[SubmissionFact]) -> bool:
        """Whether what has happened to the submission leaves room for the step."""
        return set(self.only_if).issubset(facts) and set(self.unless).isdisjoint(facts)

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
    recording: models.TextChoices
    """The action by which figures are written."""
    states: tuple[State, ...]
    steps: tuple[Step, ...]

    def state(self, status: str) -> State:
        return next(state for state in self.states if state.status == status)

    def step(self, action: str) -> Step:
        return next(step for step in self.steps if step.action == action)

    def possible(
        self, *, status: str, rights: Collection[Right], is_in_window: bool
    ) -> frozenset[models.TextChoices]:
        """The actions that somebody with these rights may take now, if what has happened suits them."""
        return frozenset(
            step.action
            for step in self.steps
            if step.is_granted(status=status, rights=rights, is_in_window=is_in_window)
        )

    def suiting(
        self, actions: frozenset[models.TextChoices], facts: Collection[SubmissionFact]
    ) -> frozenset[models.TextChoices]:
        return frozenset(action for action in actions if self.step(action).suits(facts))

    def why_locked(
        self,
        *,
        status: str,
        rights: Collection[Right],
        is_in_window: bool,
        facts: Collection[SubmissionFact] = (),
    ) -> "StrOrPromise":
        """Why somebody with these rights cannot change figures now; empty if they can."""
        record = self.step(self.recording)
        if not record.is_for(rights):
            return _("You can read these figures. They are recorded by the organisation itself.")
        granted = self.possible(status=status, rights=rights, is_in_window=is_in_window)
        possible = self.suiting(granted, facts)
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
            (step.action.value, str(source), step.leads_to(str(source)))
            for step in self.steps
            if step.is_logged
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
        return [step for step in self.steps if step.is_logged and not step.has_own_page]

    @property
    def conditional_steps(self) -> list[Step]:
        return [step for step in self.steps if step.has_conditions]


def sql_list(codes: Iterable[str]) -> str:
    """Codes of the program's own as a list of SQL literals."""
    return ", ".join(f"'{code}'" for code in codes)
