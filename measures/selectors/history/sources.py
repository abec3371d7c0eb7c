"""What a source of the history is, and all there are. Each app registers those of its own tables."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from measures.selectors.history.entries import HistoryEntry, HistoryKind, HistorySearch

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Events = Iterable[tuple[str, "StrOrPromise"]]


@dataclass(frozen=True)
class HistorySource:
    """All entries of a kind: the events that can be asked for, by code and in words, and what fits a search.

    ``entries`` returns the newest first, as many as the search wants, in the same number of queries whatever
    there is.
    """

    kind: HistoryKind
    events: Callable[[], Events]
    entries: Callable[[HistorySearch], list[HistoryEntry]]


_REGISTERED: dict[HistoryKind, HistorySource] = {}


def register(sources: Iterable[HistorySource]) -> None:
    """Add sources; the same kind again takes the place of the former."""
    _REGISTERED.update((source.kind, source) for source in sources)


def all_sources() -> list[HistorySource]:
    """In the order of the kinds."""
    return [_REGISTERED[kind] for kind in HistoryKind if kind in _REGISTERED]
