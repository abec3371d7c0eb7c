"""A page of the history: the newest of all that fits, from every source, after the place where it begins."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import merge

from measures.selectors.history.entries import HistoryEntry, HistorySearch, Position
from measures.selectors.history.sources import HistorySource, all_sources

EXPORTED_AT_ONCE = 1000
MOST_EXPORTED = 100_000
"""So many entries a file has at most: it is made in one request, which has a thread and a minute or two."""


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


class ExportedEntries:
    """The newest of what fits, a page of each source in memory at a time, and what of it is beyond a file."""

    def __init__(self, search: HistorySearch) -> None:
        self.search = search
        self.goes_on_after: Position | None = None
        """The place of the last entry, once all of the file has been read, if there are older ones."""

    def __iter__(self) -> Iterator[HistoryEntry]:
        sources = (source for source in all_sources() if self.search.asks_for(source.kind))
        last: HistoryEntry | None = None
        for count, entry in enumerate(merge(*(self._of(source) for source in sources), key=_order)):
            if count == MOST_EXPORTED:
                self.goes_on_after = last.position if last else None
                return
            yield entry
            last = entry

    def _of(self, source: HistorySource) -> Iterator[HistoryEntry]:
        """Those of a source, asked for more only when these are written: no source is read for nothing."""
        after, found = self.search.after, None
        while found is None or len(found) == EXPORTED_AT_ONCE:
            asked = replace(self.search, limit=EXPORTED_AT_ONCE, after=after)
            found = sorted(source.entries(asked), key=_order)[:EXPORTED_AT_ONCE]
            yield from found
            after = found[-1].position if found else None


def _order(entry: HistoryEntry) -> tuple[float, int, int]:
    position = entry.position
    return (-position.at.timestamp(), position.rank, -position.pk)
