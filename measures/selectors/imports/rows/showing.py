"""The staged rows as a person reads them: names for codes, what is stored, and what is the matter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from measures.enums import TOTAL, UNASSIGNED, Verdict
from measures.models import Indicator, Occupation, StagedFigure, TargetGroup
from measures.selectors.imports.messages import problem_text
from measures.selectors.visible_imports import VisibleImport
from partners.models import Organisation, Region


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
            found[place] = gettext(
                "Not applied for a reason that concerns others, too. Ask the person who uploaded the file."
            )
    return found
