"""Where every organisation stands in a round, and who of them is missing."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.models import Submission
from measures.querysets import SubmissionQuerySet
from measures.selectors.board.contacts import Contact, contacts_of
from measures.selectors.board.times import last_activities, last_reminders
from measures.selectors.submission_lists import Chip
from measures.workflow import ListedStatus

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ALL, MISSING, OVERDUE, IN_CORRECTION = "all", "missing", "overdue", "in_correction"
STATES: "Mapping[str, StrOrPromise]" = {
    MISSING: _("Missing"),
    OVERDUE: _("Overdue"),
    IN_CORRECTION: _("In correction"),
    ALL: _("All"),
    **dict(ListedStatus.choices),
}
"""What can be asked for: groups of states, then single states."""

WITHOUT = "-"
"""Asked for as an umbrella: those that have none."""


@dataclass(frozen=True)
class BoardChoice:
    """What the board of a round is to show; an empty text restricts nothing."""

    year: int
    words: str = ""
    umbrella: str = ""
    region: str = ""
    kind: str = ""
    status: str = MISSING


@dataclass(frozen=True)
class BoardRow:
    """One organisation of a round. ``last_activity`` and the rest are of the rows that are shown."""

    submission: Submission
    today: dt.date
    contacts: Sequence[Contact] = ()
    last_activity: dt.datetime | None = None
    reminded_on: dt.date | None = None

    @property
    def is_missing(self) -> bool:
        return self.submission.is_missing

    @property
    def status_labels(self) -> "list[StrOrPromise]":
        """Its status in words, and that what was approved stands while it is changed."""
        labels: list[StrOrPromise] = [self.submission.shown_status.label]
        return [*labels, STATES[IN_CORRECTION]] if self.submission.is_in_correction else labels

    @property
    def days_left(self) -> int | None:
        """Until its own due date, below zero once that is over; None where nothing is missing."""
        return (self.submission.due_on - self.today).days if self.is_missing else None

    @property
    def is_overdue(self) -> bool:
        return self.days_left is not None and self.days_left < 0

    @property
    def days_late(self) -> int:
        return max(0, -(self.days_left or 0))

    def is_of(self, status: str) -> bool:
        match status:
            case "all":
                return True
            case "missing":
                return self.is_missing
            case "overdue":
                return self.is_overdue
            case "in_correction":
                return self.submission.is_in_correction
            case _:
                return self.submission.listed_status == status


@dataclass(frozen=True)
class Members:
    """How many of one umbrella have handed over in all, beside those of its rows that are shown."""

    umbrella: str
    rows: Sequence[BoardRow]
    due: int
    handed_over: int

    @property
    def missing(self) -> int:
        return self.due - self.handed_over


@dataclass(frozen=True)
class Board:
    """What is chosen of a round, with how many there are in each state."""

    rows: list[BoardRow]
    chips: list[Chip]
    umbrellas: list[str]
    everybody: list[BoardRow] = field(repr=False)

    def members(self, shown: Sequence[BoardRow]) -> Iterator[Members]:
        """The rows shown by umbrella; those without one come last."""
        for umbrella, rows in groupby(shown, key=_umbrella):
            due = [each for each in self.everybody if _umbrella(each) == umbrella]
            yield Members(umbrella, tuple(rows), len(due), sum(not each.is_missing for each in due))


def board_of(submissions: SubmissionQuerySet, choice: BoardChoice) -> Board:
    """Of these submissions those of the round, in one query; ``completed`` adds the rest to what is shown."""
    due = (
        submissions.filter(round__year=choice.year)
        .due()
        .with_listed_status()
        .with_progress()
        .order_by(F("umbrella_key").asc(nulls_last=True), "organisation__sort_key")
    )
    if choice.region:
        due = due.filter(organisation__region=choice.region)
    if choice.kind:
        due = due.filter(organisation__kind=choice.kind)
    today = timezone.localdate()
    everybody = [BoardRow(each, today) for each in due.named(choice.words)]
    umbrellas = list(dict.fromkeys(name for row in everybody if (name := _umbrella(row))))
    if choice.umbrella:
        wanted = "" if choice.umbrella == WITHOUT else choice.umbrella
        everybody = [each for each in everybody if _umbrella(each) == wanted]
    chips = [
        Chip(code, label, sum(each.is_of(code) for each in everybody), code == choice.status)
        for code, label in STATES.items()
    ]
    rows = [each for each in everybody if each.is_of(choice.status)]
    return Board(rows, chips, umbrellas, everybody)


def completed(rows: Iterable[BoardRow]) -> list[BoardRow]:
    """The same rows with who records there, when something last happened, and when they were reminded."""
    found = list(rows)
    keys = [each.submission.pk for each in found]
    contacts = contacts_of(each.submission.organisation_id for each in found)
    activities, reminders = last_activities(keys), last_reminders(keys)
    return [
        BoardRow(
            each.submission,
            each.today,
            contacts.get(each.submission.organisation_id, ()),
            activities.get(each.submission.pk),
            reminders.get(each.submission.pk),
        )
        for each in found
    ]


def _umbrella(row: BoardRow) -> str:
    return str(getattr(row.submission, "umbrella", None) or "")
