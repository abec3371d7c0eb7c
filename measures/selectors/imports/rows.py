"""The staged rows as a person reads them: names for codes, what is stored, and what is the matter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext

from measures.enums import TOTAL, UNASSIGNED, Verdict
from measures.models import ImportProblem, Indicator, Occupation, StagedFigure, TargetGroup
from measures.selectors.imports.messages import problem_text
from measures.selectors.visible_imports import VisibleImport
from partners.models import Organisation, Region

MOST_COUNTED = 10_000


@dataclass(frozen=True)
class PreviewRow:
    staged: StagedFigure
    organisation: str
    region: str
    occupation: str
    indicator: str
    target_group: str
    message: str

    @property
    def verdict_label(self) -> str:
        return str(Verdict(self.staged.verdict).label)

    @property
    def is_new(self) -> bool:
        return self.staged.old_value is None and not self.staged.old_absence

    @property
    def change(self) -> Decimal | None:
        """Change against the year before, as a ratio; None where there is nothing to compare."""
        now, before = self.staged.value, self.staged.last_year
        return (now - before) / before if now is not None and before else None


def rows_of(
    visible: VisibleImport, *, verdict: str = "", search: str = "", cause: int | None = None
) -> QuerySet[StagedFigure]:
    """Staged rows in the order of the file; ``search`` looks at cells, texts, partners, Länder and more.

    ``cause`` keeps the rows whose cell, or if they are held whose line, a problem of that cause names.
    """
    run, rows = visible.run, visible.rows().order_by("pk")
    if run.staged_from is not None:
        rows = rows.filter(pk__range=(run.staged_from, run.staged_to))  # not among the rows of other imports
    if verdict:
        rows = rows.filter(verdict=verdict)
    if cause is not None:
        problems = ImportProblem.objects.filter(
            import_run=run, cause=cause, sheet=OuterRef("sheet"), row=OuterRef("row")
        )
        in_cell = problems.filter(column=OuterRef("column"))
        rows = rows.filter(Exists(in_cell) | Q(Exists(problems), verdict=Verdict.HELD))
    return rows.filter(_found_by(search)) if search else rows


def _found_by(search: str) -> Q:
    """Names are looked up first, so that a million rows are compared with codes alone."""
    organisations = Organisation.objects.filter(
        Q(short_name__icontains=search) | Q(name_de__icontains=search) | Q(code__iexact=search)
    )
    indicators = Indicator.objects.filter(Q(name_de__icontains=search) | Q(name_en__icontains=search))
    occupations = Occupation.objects.filter(Q(label_de__icontains=search) | Q(label_en__icontains=search))
    regions = Region.objects.filter(Q(name_de__icontains=search) | Q(name_en__icontains=search))
    return (
        Q(cell=search.upper())
        | Q(original=search)
        | Q(occupation=search)
        | Q(organisation__in=list(organisations.values_list("code", flat=True)))
        | Q(indicator__in=list(indicators.values_list("code", flat=True)))
        | Q(occupation__in=list(occupations.values_list("code", flat=True)))
        | Q(region__in=list(regions.values_list("code", flat=True)))
    )


class RowPages(Paginator):
    """Pages of staged rows. What can be known without counting a million rows is not counted."""

    def __init__(
        self,
        rows: QuerySet[StagedFigure],
        per_page: int,
        *,
        known_count: int | None = None,
        first_of_all: int | None = None,
    ) -> None:
        """``first_of_all``: the first key of rows that follow on each other without a gap."""
        super().__init__(rows, per_page)
        self.known_count = known_count
        self.first_of_all = first_of_all
        self.most_counted = MOST_COUNTED

    @cached_property
    def count(self) -> int:
        if self.known_count is not None:
            return self.known_count
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
    run, rows = visible.run, rows_of(visible, verdict=verdict, search=search, cause=cause)
    if search or cause is not None:
        return RowPages(rows, per_page)
    counts = visible.counts.by_verdict
    all_of_them = sum(counts.values())
    count = counts[verdict] if verdict else all_of_them
    has_gaps = count != all_of_them or run.staged_count != count
    return RowPages(rows, per_page, known_count=count, first_of_all=None if has_gaps else run.staged_from)


def shown(visible: VisibleImport, rows: Sequence[StagedFigure]) -> list[PreviewRow]:
    """Name what the rows of one page hold; a fixed number of queries."""
    organisations = dict(
        Organisation.objects.filter(code__in={row.organisation for row in rows}).values_list(
            "code", "short_name"
        )
    )
    regions = _names(Region.objects.filter(code__in={row.region for row in rows}))
    indicators = _names(Indicator.objects.filter(code__in={row.indicator for row in rows}))
    groups = _names(TargetGroup.objects.filter(code__in={row.target_group for row in rows}))
    occupations = {
        occupation.code: occupation.label
        for occupation in Occupation.objects.filter(code__in={row.occupation for row in rows})
    }
    messages = _messages(visible, rows)
    return [
        PreviewRow(
            staged=row,
            organisation=organisations.get(row.organisation, row.organisation),
            region=regions.get(row.region, row.region),
            occupation=_occupation(row, occupations),
            indicator=indicators.get(row.indicator, row.indicator),
            target_group="" if row.target_group == TOTAL else groups.get(row.target_group, row.target_group),
            message=messages.get((row.sheet, row.row, row.column), ""),
        )
        for row in rows
    ]


def _names(objects: Iterable[Any]) -> dict[str, str]:
    return {item.code: item.name for item in objects}


def _occupation(row: StagedFigure, labels: dict[str, str]) -> str:
    if row.occupation == TOTAL:
        return ""
    label = labels.get(row.occupation, row.occupation_label)
    return label if row.occupation == UNASSIGNED else f"{row.occupation} {label}".strip()


def _messages(visible: VisibleImport, rows: Sequence[StagedFigure]) -> dict[tuple[str, int, int], str]:
    """What is the matter with a row: a problem of its own cell, else what holds in its line."""
    problems = visible.problems().filter(
        sheet__in={row.sheet for row in rows}, row__in={row.row for row in rows}
    )
    by_cell = {(problem.sheet, problem.row, problem.column): problem for problem in problems}
    by_line = {(problem.sheet, problem.row): problem for problem in problems if problem.holds}
    found: dict[tuple[str, int, int], str] = {}
    for row in rows:
        place = (row.sheet, row.row, row.column)
        problem = by_cell.get(place) or (
            by_line.get(place[:2]) if row.verdict == Verdict.HELD.value else None
        )
        if problem:
            found[place] = problem_text(problem.code, problem.found, visible.message_of(problem))
        elif row.verdict == Verdict.HELD.value and not visible.is_whole:
            found[place] = gettext("Held for a reason that concerns others, too. Ask who uploaded the file.")
    return found
