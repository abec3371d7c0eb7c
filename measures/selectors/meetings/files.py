"""Resolutions as lines of a file for programs and spreadsheets."""

from collections.abc import Iterable, Iterator

from measures.models import Resolution

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
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(resolutions: Iterable[Resolution]) -> Iterator[tuple[str, ...]]:
    """A line for each commitment; states by their codes."""
    for resolution in resolutions:
        for commitment in resolution.commitments.all():
            yield (
                resolution.meeting.day.isoformat(),
                _harmless(resolution.meeting.title),
                _harmless(resolution.title),
                resolution.due_on.isoformat() if resolution.due_on else "",
                resolution.state,  # type: ignore[attr-defined]  # annotated
                commitment.organisation.code,
                _harmless(commitment.organisation.name),
                commitment.state,
                _harmless(commitment.state_reason),
                commitment.state_at.date().isoformat() if commitment.state_reason else "",
            )


def _harmless(text: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
