"""Lists of submissions: those of a round that fit a search, counted by state, and those of one state."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from measures.models import ReportingRound
from measures.querysets import SubmissionQuerySet
from measures.workflow import ListedStatus, SubmissionStatus

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

GROUPS: Mapping[str, Collection[str]] = {
    "all": tuple(ListedStatus.values),
    "waiting": SubmissionStatus.in_review,
}
"""What can be asked for besides single states, with the states it stands for."""


@dataclass(frozen=True)
class Chip:
    """A state, or a group of states, with the number of submissions in it."""

    status: str
    label: "StrOrPromise"
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class ListedSubmissions:
    """Those of the chosen state, and the chips for all states of what fits the rest of the choice."""

    submissions: SubmissionQuerySet
    chips: list[Chip]


def running_year(rounds: Iterable[ReportingRound]) -> int | None:
    """The year that lists open with: the newest round that is open, else the last one that was opened."""
    newest = sorted(rounds, key=lambda each: each.year, reverse=True)
    is_open = (each.year for each in newest if each.is_open)
    was_open = (each.year for each in newest if not each.is_before_window)
    return next(is_open, None) or next(was_open, None) or next((each.year for each in newest), None)


def listed(
    submissions: SubmissionQuerySet,
    *,
    words: str,
    year: int | None,
    status: str,
    groups: "Mapping[str, StrOrPromise]",
) -> ListedSubmissions:
    """One query for the counts; the submissions themselves are asked for by the page."""
    found = submissions.named(words).with_listed_status()
    if year is not None:
        found = found.filter(round__year=year)
    counts = dict(found.order_by().values_list("listed_status").annotate(n=Count("pk")))
    labels = {**groups, **dict(ListedStatus.choices)}
    chips = [
        Chip(code, label, sum(counts.get(each, 0) for each in GROUPS.get(code, (code,))), code == status)
        for code, label in labels.items()
    ]
    return ListedSubmissions(
        submissions=found.filter(listed_status__in=GROUPS.get(status, (status,))), chips=chips
    )
