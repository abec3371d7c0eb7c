"""Which members of each umbrella have handed over, and who of them is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import F

from measures.models import Submission
from measures.querysets import SubmissionQuerySet
from measures.workflow import SubmissionStatus


@dataclass(frozen=True)
class Members:
    """Those of one umbrella in one round, by name; without an umbrella each stands for itself."""

    umbrella: str
    submissions: Sequence[Submission]

    @property
    def missing(self) -> list[Submission]:
        return [each for each in self.submissions if each.status in SubmissionStatus.editable]

    @property
    def handed_over(self) -> int:
        return len(self.submissions) - len(self.missing)


def members_of_round(submissions: SubmissionQuerySet, year: int) -> list[Members]:
    """Of these submissions those of the round with something due, in one query."""
    due = (
        submissions.filter(round__year=year)
        .due()
        .with_listed_status()
        .with_progress()
        .order_by(F("umbrella_key").asc(nulls_last=True), "organisation__sort_key")
    )
    return [
        Members(umbrella or "", tuple(found))
        for umbrella, found in groupby(due, key=lambda each: each.umbrella)
    ]
