"""Rows of a log as entries of the history: by person, organisation, event and time, the newest first."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from django.db.models import F, Q, QuerySet

from measures.selectors.history.entries import HistoryEntry, HistoryKind, HistorySearch
from partners.models import User


@dataclass(frozen=True)
class Log:
    """One table of what happened, or one of the moments that its rows have.

    ``person`` and ``organisation`` are its fields for those, empty where rows are nobody's or about none;
    ``about`` says by id and code what is about an organisation that no field refers to; ``people`` is a field
    with the numbers of others it is about. ``events`` has the rows of each event that can be asked for.
    ``entry`` gets a row and its number within the kind.
    """

    rows: QuerySet[Any]
    events: Mapping[str, Q]
    entry: Callable[[Any, int], HistoryEntry]
    person: str = ""
    organisation: str = ""
    about: Callable[[int, str], Q] | None = None
    people: str = ""
    at: str = "at"
    pk: str = "pk"

    @classmethod
    def of_versions(
        cls,
        rows: QuerySet[Any],
        events: Iterable[str],
        entry: Callable[[Any, int], HistoryEntry],
        *,
        organisation: str = "",
        prefix: str = "",
    ) -> Self:
        """What pghistory keeps of a table: its labels are the events, who it was is in the context."""
        return cls(
            rows=rows.select_related("pgh_context"),
            person="pgh_context__metadata__user",
            events={f"{prefix}{label}": Q(pgh_label=label) for label in events},
            entry=entry,
            organisation=organisation,
            at="pgh_created_at",
            pk="pgh_id",
        )

    def is_of(self, people: Collection[int]) -> Q:
        found = Q(**{f"{self.person}__in": list(people)}) if self.person else Q(pk__in=[])
        return found | Q(**{f"{self.people}__overlap": list(people)}) if self.people else found

    def is_about(self, organisation_id: int, code: str) -> Q:
        return self.about(organisation_id, code) if self.about else Q(**{self.organisation: organisation_id})


def entries_of_logs(kind: HistoryKind, logs: Sequence[Log], search: HistorySearch) -> list[HistoryEntry]:
    """A query for each log; the numbers of their rows are interleaved, so that each entry has its place."""
    found: list[HistoryEntry] = []
    for position, log in enumerate(logs):
        is_asked = not search.event or search.event_code in log.events
        if not is_asked or (search.organisation and not (log.organisation or log.about)):
            continue
        rows = log.rows.annotate(number_in_kind=F(log.pk) * len(logs) + position)
        rows = rows.filter(search.in_time(log.at, "number_in_kind", kind))
        if search.event:
            rows = rows.filter(log.events[search.event_code])
        if search.people is not None:
            rows = rows.filter(log.is_of(search.people))
        if search.organisation:
            rows = rows.filter(log.is_about(*search.organisation))
        found += [
            log.entry(row, row.number_in_kind)
            for row in rows.order_by(f"-{log.at}", "-number_in_kind")[: search.limit]
        ]
    return found


def with_names(entries: Sequence[HistoryEntry]) -> list[HistoryEntry]:
    """Those whose person is known by a number alone, from the context of a version, get the person."""
    people = User.objects.in_bulk({each.by_number for each in entries if each.by_number})
    return [replace(each, by=people.get(each.by_number or 0, each.by)) for each in entries]


def of_context(version: Any) -> dict[str, Any]:
    """Who, why and in which request, as pghistory notes it of a version; a command has none of it."""
    metadata = version.pgh_context.metadata if version.pgh_context else {}
    return {
        "by_number": metadata.get("user"),
        "reason": str(metadata.get("reason") or ""),
        "request_id": str(metadata.get("request_id") or ""),
    }
