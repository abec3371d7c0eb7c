"""The version of a submission: which state of its log, its figures and its items somebody has seen."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.db import connection
from django.db.models import Max

from measures.models import FigureVersion, Submission, SubmissionEvent
from measures.selectors.changes import Change, changes_since_version

# Versions are never deleted, so that their number grows with every change, in whatever order the changes
# were committed. The items' part covers their levels and their Datenstand, which have no versions.
_VERSIONS = """
SELECT s.id,
    coalesce((SELECT max(e.id) FROM measures_submissionevent e WHERE e.submission_id = s.id), 0),
    coalesce(max(f.newest), 0),
    coalesce(sum(f.versions), 0),
    left(md5(string_agg(
        concat_ws(' ', i.id, i.region_level, i.occupation_level, i.data_as_of), ',' ORDER BY i.id
    )), 12)
FROM measures_submission s
LEFT JOIN measures_item i ON i.submission_id = s.id
LEFT JOIN LATERAL (
    SELECT max(v.pgh_id) AS newest, count(*) AS versions FROM measures_figureversion v WHERE v.item_id = i.id
) f ON true
WHERE s.id = ANY(%(submissions)s)
GROUP BY s.id
"""


@dataclass(frozen=True)
class SubmissionVersion:
    """The last row of the log, the newest version of a figure, how many there are, and the items' state."""

    event: int
    figure: int
    figures: int
    items: str

    def __str__(self) -> str:
        return f"{self.event}-{self.figure}-{self.figures}-{self.items}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """What a page sent back; None if that is no version."""
        parts = text.split("-")
        is_whole = len(parts) == 4 and all(part.isascii() and part.isdigit() for part in parts[:3])  # noqa: PLR2004  # its fields
        if not is_whole or any(len(part) > 18 for part in parts):  # noqa: PLR2004  # the digits of a bigint
            return None
        return cls(int(parts[0]), int(parts[1]), int(parts[2]), parts[3])


@dataclass(frozen=True)
class ChangesMeanwhile:
    """What happened to a submission after it was seen: figures before and now, and steps of the review."""

    figures: list[Change]
    steps: list[SubmissionEvent]


def versions_of(submission_ids: Iterable[int]) -> dict[int, SubmissionVersion]:
    """The present versions of these submissions, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSIONS, {"submissions": list(submission_ids)})
        return {row[0]: SubmissionVersion(row[1], row[2], int(row[3]), row[4] or "") for row in cursor}


def version_of(submission_id: int) -> SubmissionVersion:
    return versions_of([submission_id])[submission_id]


def last_saved_at(submission: Submission) -> dt.datetime | None:
    """When a figure was last stored or cleared."""
    # The newest is found in an index, which knows no times: of thousands of versions none else is read.
    versions = FigureVersion.objects.filter(item__submission=submission)
    newest = versions.values("item__submission").annotate(newest=Max("pk")).values("newest")[:1]
    return FigureVersion.objects.filter(pk=newest).values_list("pgh_created_at", flat=True).first()


def changes_meanwhile(submission: Submission, seen: SubmissionVersion) -> ChangesMeanwhile:
    """What has changed since ``seen``, for whoever decided on that state and has to decide again."""
    return ChangesMeanwhile(
        figures=changes_since_version(submission, seen.figure),
        steps=list(submission.events.filter(pk__gt=seen.event).select_related("actor", "batch__proposed_by")),
    )
