"""From a number down to its figures: every version with its file, sheet, cell, person and time."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Case, OuterRef, QuerySet, Subquery, When

from measures.enums import TOTAL
from measures.models import ApprovedFigure, Figure, FigureVersion

if TYPE_CHECKING:
    from measures.models import Item

FigureKey = tuple[str, str, str]
"""Region, occupation and target group: a figure's key within its item."""


def newest_version_ids(figures: QuerySet[Figure]) -> QuerySet[Figure, Any]:
    """The version that each of these current figures stands in, as values."""
    versions = FigureVersion.objects.filter(
        item=OuterRef("item"),
        region=OuterRef("region"),
        occupation=OuterRef("occupation"),
        target_group=OuterRef("target_group"),
    ).order_by("-pgh_id")
    return figures.annotate(version_id=Subquery(versions.values("pk")[:1])).values("version_id")


def versions_of(item: "Item", *, target_group: str, is_current: bool) -> QuerySet[FigureVersion]:
    """The versions that an item's total rests on now, in reading order."""
    figures = Figure.objects.filter(item=item, target_group=target_group)
    approved = ApprovedFigure.objects.filter(item=item, target_group=target_group)
    ids = newest_version_ids(figures) if is_current else approved.values("version_id")
    return in_reading_order(with_sources(FigureVersion.objects.filter(pk__in=ids)))


def in_reading_order(versions: QuerySet[FigureVersion], *before: str) -> QuerySet[FigureVersion]:
    """By region, each with its total before its occupations."""
    is_part = Case(When(occupation=TOTAL, then=0), default=1)
    return versions.order_by(*before, "region_id", is_part, "occupation_id")


def with_sources(versions: QuerySet[FigureVersion]) -> QuerySet[FigureVersion]:
    return versions.select_related(
        "region",
        "occupation",
        "target_group",
        "entered_by",
        "import_run__source_file",
        "import_run__created_by",
    )


def histories(versions: Iterable[FigureVersion]) -> dict[FigureKey, list[FigureVersion]]:
    """Every version ever of the keys of these (all of one item), newest first, in one query."""
    wanted = {key_of(version): version.item_id for version in versions}
    found: dict[FigureKey, list[FigureVersion]] = defaultdict(list)
    rows = FigureVersion.objects.filter(item__in=set(wanted.values()))
    for version in with_sources(rows).order_by("-pgh_id"):
        if key_of(version) in wanted:
            found[key_of(version)].append(version)
    return found


def key_of(version: FigureVersion) -> FigureKey:
    return version.region_id, version.occupation_id, version.target_group_id
