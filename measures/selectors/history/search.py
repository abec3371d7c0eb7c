"""A page of the history: the newest of all that fits, from every source, after the place where it begins."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from measures.selectors.history.entries import HistoryEntry, HistorySearch
from measures.selectors.history.sources import all_sources

EXPORTED_AT_ONCE = 1000


@dataclass(frozen=True)
class HistoryPage:
    """``more``: where the next page begins; empty where there is none."""

    entries: list[HistoryEntry]
    more: str


def history_page(search: HistorySearch) -> HistoryPage:
    """As many queries whatever there is; each source is asked for one entry more than fits."""
    asked = replace(search, limit=search.limit + 1)
    sources = (source for source in all_sources() if search.asks_for(source.kind))
    found = [entry for source in sources for entry in source.entries(asked)]
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
