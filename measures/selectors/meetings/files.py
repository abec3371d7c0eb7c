"""Resolutions as lines of a file for programs and spreadsheets."""

from collections.abc import Iterable, Iterator

from django.utils import timezone

from measures.models import Resolution
from measures.renderers.tables import harmless

CSV_COLUMNS = (
    "meeting_day",
    "meeting",
    "resolution",
    "due_on",
    "state",
    "organisation",
    "organisation_name",
    "commitment_state",
    "reason",
    "decided_on",
)


def csv_lines(resolutions: Iterable[Resolution]) -> Iterator[tuple[str, ...]]:
    """A line for each commitment; states by their codes."""
    for resolution in resolutions:
        for commitment in resolution.commitments.all():
            yield (
                resolution.meeting.day.isoformat(),
                harmless(resolution.meeting.title),
                harmless(resolution.title),
                resolution.due_on.isoformat() if resolution.due_on else "",
                resolution.state,  # type: ignore[attr-defined]  # annotated
                commitment.organisation.code,
                harmless(commitment.organisation.name),
                commitment.state,
                harmless(commitment.state_reason),
                timezone.localdate(commitment.state_at).isoformat() if commitment.state_reason else "",
            )
