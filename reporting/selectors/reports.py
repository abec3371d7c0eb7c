"""What finished reports hold: their headline figures, a single number, and the figures behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from measures.models import FigureUse, FigureVersion
from measures.querysets import FigureUseQuerySet
from partners.permissions import Access
from reporting.aggregates.trail import in_reading_order, with_sources
from reporting.enums import ScopeKind
from reporting.frozen.schema import Amount, SnapshotData
from reporting.models import ProgressReport
from reporting.renderers import wording
from reporting.selectors.editions import organisations_below
from reporting.selectors.trail import FigureLine, figure_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedNumber:
    """A number as a report shows it; ``region``: the Land's name, empty for the Alliance's total."""

    amount: Amount
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenFigures:
    """The versions behind a number that the reader may see, and how many organisations have others."""

    versions: QuerySet[FigureVersion]
    hidden_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFigures:
    name: str
    figures: list[FigureLine]


def printed_number(data: SnapshotData, code: str, year: int, region: str) -> PrintedNumber | None:
    """The amount that the report shows there, if it shows one, in the active language."""
    indicator = next((each for each in data.indicators if each.code == code), None)
    if indicator is None:
        return None
    for position, figure in enumerate(indicator.years):
        if figure.year != year:
            continue
        if not region:
            return PrintedNumber(amount=figure.amount, region="")
        for row in indicator.lands:
            if row.code == region:
                name = row.name.in_language(wording.language())
                return PrintedNumber(amount=row.amounts[position], region=name)
    return None


def frozen_figures(
    report: ProgressReport, indicator: str, year: int, region: str, access: Access
) -> FrozenFigures:
    """The figures a number of a report was added up from, in the versions approved at that time."""
    kind = report.type.scope if report.type else ScopeKind.ALLIANCE
    region = report.scope if kind is ScopeKind.LAND else region
    uses = _uses(report).of_number(indicator, year, region or None)
    versions = with_sources(FigureVersion.objects.filter(pk__in=uses.values("version"))).select_related(
        "item__submission__organisation"
    )
    if kind is ScopeKind.UMBRELLA:
        members = organisations_below(report.scope, year)
        versions = versions.filter(item__submission__organisation__in=members)
    seen = versions
    if not access.reads_all:
        seen = versions.filter(item__submission__organisation__in=access.acts_for)
    return FrozenFigures(
        versions=in_reading_order(seen, "item__submission__organisation__sort_key"),
        hidden_count=_count_submissions(versions) - _count_submissions(seen),
    )


def _uses(report: ProgressReport) -> FigureUseQuerySet:
    return report.snapshot.uses if report.snapshot else FigureUse.objects.none()


def by_organisation(versions: Iterable[FigureVersion], access: Access) -> list[OrganisationFigures]:
    """``versions`` as ``frozen_figures`` orders them, under the names of those who stated them."""
    return [
        OrganisationFigures(name=name, figures=figure_lines(list(rows), access, with_history=False))
        for name, rows in groupby(versions, key=lambda each: each.item.submission.organisation.short_name)
    ]


def headline_lines(data: SnapshotData) -> Sequence[str]:
    """The figures something was promised for, each year in words, in the active language."""
    lines = []
    for indicator in data.headlines:
        name = indicator.name.in_language(wording.language())
        for figure in indicator.years:
            value = f"{name} {figure.year}: {wording.amount(figure.amount)}"
            target = wording.against_target(figure.promised, figure.attainment)
            lines.append(f"{value} · {target}" if target else value)
    return lines


def _count_submissions(versions: QuerySet[FigureVersion]) -> int:
    return versions.values("item__submission").distinct().count()
