"""The staged rows page by page, a million of them like a hundred."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

from measures.models import StagedFigure
from measures.selectors.imports.rows.finding import find_rows
from measures.selectors.visible_imports import VisibleImport

MOST_COUNTED = 10_000


class RowPages(Paginator):
    """Pages of staged rows. What can be known without counting a million rows is not counted."""

    def __init__(
        self,
        rows: QuerySet[StagedFigure],
        per_page: int,
        *,
        known_count: int | None = None,
        first_of_all: int | None = None,
        least_count: int = 0,
    ) -> None:
        """``first_of_all``: the first key of rows that follow on each other without a gap."""
        super().__init__(rows, per_page)
        self.known_count = known_count
        self.first_of_all = first_of_all
        self.least_count = least_count
        self.most_counted = MOST_COUNTED

    @cached_property
    def count(self) -> int:
        if self.known_count is not None:
            return self.known_count
        if self.least_count > MOST_COUNTED:
            return MOST_COUNTED + 1
        rows: Any = self.object_list
        return int(rows.order_by()[: MOST_COUNTED + 1].count())

    def page(self, number: Any) -> Any:
        """Where keys have no gap a page is found by them: the last of a million rows as soon as the first."""
        if self.first_of_all is None:
            return super().page(number)
        number = self.validate_number(number)
        first = self.first_of_all + (number - 1) * self.per_page
        rows: Any = self.object_list
        return Page(rows.filter(pk__range=(first, first + self.per_page - 1)), number, self)

    @property
    def is_cut(self) -> bool:
        """Whether there are more rows than were counted."""
        return self.known_count is None and self.count > MOST_COUNTED


def pages_of(
    visible: VisibleImport, per_page: int, *, verdict: str, search: str, cause: int | None
) -> RowPages:
    run, found = visible.run, find_rows(visible, verdict=verdict, search=search, cause=cause)
    if search or cause is not None:
        return RowPages(found.rows, per_page, least_count=found.least_count)
    counts = visible.counts.by_verdict
    all_of_them = sum(counts.values())
    count = counts[verdict] if verdict else all_of_them
    has_gaps = count != all_of_them or run.staged_count != count
    return RowPages(
        found.rows, per_page, known_count=count, first_of_all=None if has_gaps else run.staged_from
    )
