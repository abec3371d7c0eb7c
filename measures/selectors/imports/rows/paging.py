"""The staged rows page by page, a million of them like a hundred."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

from measures.models import StagedFigure
from measures.selectors.imports.planning import without_sorting
from measures.selectors.imports.rows.finding import find_rows
from measures.selectors.visible_imports import VisibleImport

MOST_COUNTED = 10_000


class RowPages(Paginator):
    """Pages of staged rows. What can be known without counting a million rows is not counted."""

    def __init__(  # noqa: PLR0913  # the rows, and what is known of them
        self,
        rows: QuerySet[StagedFigure],
        per_page: int,
        *,
        known_count: int | None = None,
        least_count: int = 0,
        keys: Sequence[int] | None = None,
        are_many: bool = False,
    ) -> None:
        """``keys``: those of all rows in their order, if known. ``are_many``: as in ``FoundRows``."""
        super().__init__(rows, per_page)
        self.known_count = known_count
        self.least_count = least_count
        self.keys = keys
        self.are_many = are_many
        self.most_counted = MOST_COUNTED

    @cached_property
    def count(self) -> int:
        if self.known_count is not None:
            return self.known_count
        if self.keys is not None:
            return min(len(self.keys), MOST_COUNTED + 1)
        if self.least_count > MOST_COUNTED:
            return MOST_COUNTED + 1
        rows: Any = self.object_list
        return int(rows.order_by()[: MOST_COUNTED + 1].count())

    def page(self, number: Any) -> Any:
        """Where keys are known a page is found by them: the last of a million rows as soon as the first."""
        if self.keys is None:
            page = super().page(number)
            if self.are_many:
                with without_sorting():
                    page.object_list = list(page.object_list)
            return page
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        rows: Any = self.object_list
        return Page(
            rows.filter(pk__in=self.keys[first : min(first + self.per_page, self.count)]), number, self
        )

    @property
    def is_cut(self) -> bool:
        """Whether there are more rows than were counted."""
        return self.known_count is None and self.count > MOST_COUNTED


def pages_of(
    visible: VisibleImport, per_page: int, *, verdict: str, search: str, cause: int | None
) -> RowPages:
    run, found = visible.run, find_rows(visible, verdict=verdict, search=search, cause=cause)
    if search or cause is not None:
        rows = found.rows if found.keys is None else visible.rows().order_by("pk")
        return RowPages(
            rows, per_page, least_count=found.least_count, keys=found.keys, are_many=found.are_many
        )
    counts = visible.counts.by_verdict
    all_of_them = sum(counts.values())
    count = counts[verdict] if verdict else all_of_them
    has_gaps = count != all_of_them or run.staged_count != count
    first = None if has_gaps else run.staged_from
    keys = None if first is None else range(first, first + count)
    return RowPages(found.rows, per_page, known_count=count, keys=keys)
