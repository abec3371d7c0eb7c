"""What finished reports hold: their headline figures, a single number, and the figures behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from measures.enums import TOTAL
from measures.models import FigureUse, FigureVersion
from measures.querysets import FigureUseQuerySet
from partners.permissions import Access
from reporting.aggregates.trail import in_reading_order, with_sources
from reporting.enums import ScopeKind
from reporting.frozen.finding import find_number
from reporting.frozen.links import KIND_OF_SCOPE, FigurePart, PartKind
from reporting.frozen.schema import Amount, SnapshotData
from reporting.models import ProgressReport
from reporting.renderers import wording
from reporting.selectors.editions import members_of
from reporting.selectors.trail import FigureLine, figure_lines

_IN_ADDRESS = {PartKind.REGION: "land", PartKind.GROUP: "gruppe", PartKind.UMBRELLA: "verband"}
"""What the address of a trail calls the parts of a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedNumber:
    """A number as a report shows it; ``parts``: the names of what it is of, none for the Alliance's total."""

    amount: Amount
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenFigures:
    """The versions behind a number that the reader may see, and how many organisations have others."""

    versions: QuerySet[FigureVersion]
    hidden_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFigures:
    name: str
    figures: list[FigureLine]


def printed_number(
    data: SnapshotData, code: str, year: int, parts: Sequence[FigurePart]
) -> PrintedNumber | None:
    """The amount of an indicator that the report shows there, if it shows one, in the active language."""
    found = find_number(data, code, year, parts)
    if found is None or not any(each.code == code for each in data.indicators):
        return None
    names = tuple(name.in_language(wording.language()) for name in found.parts)
    return PrintedNumber(amount=found.amount, parts=names)


def trail_address(report: ProgressReport, code: str, year: int, parts: Sequence[FigurePart]) -> str:
    """Where the figures behind a number of the report are; of what the whole report is need not be said."""
    scope = _scope(report)
    query = urlencode([(_IN_ADDRESS[PartKind(by)], of) for by, of in parts if (by, of) != scope])
    address = reverse("reporting:report_trail", args=[report.pk, code, year])
    return f"{address}?{query}" if query else address


def parts_of_trail(asked: Mapping[str, str]) -> tuple[FigurePart, ...]:
    """The parts that the address of a trail names."""
    return tuple((kind, asked[name]) for kind, name in _IN_ADDRESS.items() if asked.get(name))


def frozen_figures(
    report: ProgressReport, indicator: str, year: int, parts: Sequence[FigurePart], access: Access
) -> FrozenFigures:
    """The figures a number of a report was added up from, in the versions approved at that time."""
    scope = _scope(report)
    of = dict([*([scope] if scope else []), *parts])
    uses = _uses(report).of_number(indicator, year, of.get(PartKind.REGION), of.get(PartKind.GROUP, TOTAL))
    versions = with_sources(FigureVersion.objects.filter(pk__in=uses.values("version"))).select_related(
        "item__submission__organisation"
    )
    if PartKind.UMBRELLA in of:
        members = members_of(of[PartKind.UMBRELLA], year)
        versions = versions.filter(item__submission__organisation__in=members)
    seen = versions
    if not access.reads_all:
        seen = versions.filter(item__submission__organisation__in=access.acts_for)
    return FrozenFigures(
        versions=in_reading_order(seen, "item__submission__organisation__sort_key"),
        hidden_count=_count_submissions(versions) - _count_submissions(seen),
    )


def _scope(report: ProgressReport) -> FigurePart | None:
    kind = report.type.scope if report.type else ScopeKind.ALLIANCE
    return (KIND_OF_SCOPE[kind], report.scope) if kind in KIND_OF_SCOPE else None


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
