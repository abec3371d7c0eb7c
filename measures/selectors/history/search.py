"""A page of the history: the newest of all that fits, from every source, after the place where it begins."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from measures.selectors.history.checks import check_entries
from measures.selectors.history.dealings import commitment_entries, discussion_entries, reminder_entries
from measures.selectors.history.entries import HistoryEntry, HistoryKind, HistorySearch
from measures.selectors.history.figures import figure_entries
from measures.selectors.history.meetings import meeting_entries
from measures.selectors.history.notices import notice_entries
from measures.selectors.history.security import security_entries
from measures.selectors.history.steps import round_entries, step_entries

SOURCES: Mapping[HistoryKind, Callable[[HistorySearch], list[HistoryEntry]]] = {
    HistoryKind.FIGURES: figure_entries,
    HistoryKind.STEPS: step_entries,
    HistoryKind.ROUNDS: round_entries,
    HistoryKind.SECURITY: security_entries,
    HistoryKind.CHECKS: check_entries,
    HistoryKind.DISCUSSION: discussion_entries,
    HistoryKind.REMINDERS: reminder_entries,
    HistoryKind.COMMITMENTS: commitment_entries,
    HistoryKind.MEETINGS: meeting_entries,
    HistoryKind.NOTICES: notice_entries,
}
EXPORTED_AT_ONCE = 1000


@dataclass(frozen=True)
class HistoryPage:
    """``more``: where the next page begins; empty where there is none."""

    entries: list[HistoryEntry]
    more: str


def history_page(search: HistorySearch) -> HistoryPage:
    """As many queries whatever there is; each source is asked for one entry more than fits."""
    asked = replace(search, limit=search.limit + 1)
    found = [entry for kind, source in SOURCES.items() if search.asks_for(kind) for entry in source(asked)]
    found.sort(key=_order)
    entries = found[: search.limit]
    return HistoryPage(entries, str(entries[-1].position) if len(found) > search.limit else "")


def all_entries(search: HistorySearch) -> Iterator[HistoryEntry]:
    """Everything that fits, a page in memory at a time."""
    asked = replace(search, limit=EXPORTED_AT_ONCE)
    while True:
        page = history_page(asked)
        yield from page.entries
        if not page.more:
            return
        asked = replace(asked, after=page.entries[-1].position)


def _order(entry: HistoryEntry) -> tuple[float, int, int]:
    position = entry.position
    return (-position.at.timestamp(), position.rank, -position.pk)
