"""From a number down to its figures: every version with its file, sheet, cell, person and time."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, When

from measures.enums import TOTAL
from measures.models import ApprovedFigure, Figure, FigureVersion, ItemVersion, SubmissionEvent
from measures.workflow import WORKFLOW, SubmissionAction
from reporting.aggregates.statements import end_of

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


def versions_of(
    item: "Item", *, target_group: str, is_current: bool, as_of: dt.date | None = None
) -> QuerySet[FigureVersion]:
    """The versions that an item's total rests on, in reading order; ``as_of``: when this day ended."""
    if as_of is None:
        figures = Figure.objects.filter(item=item, target_group=target_group)
        approved = ApprovedFigure.objects.filter(item=item, target_group=target_group)
        ids = newest_version_ids(figures) if is_current else approved.values("version_id")
    else:
        until = _written_until(as_of) if is_current else Q(pk__lte=_approved_until(item, as_of))
        keys = ("region_id", "occupation_id")
        then = FigureVersion.objects.filter(until, item=item, target_group=target_group)
        ids = then.order_by(*keys, "-pgh_id").distinct(*keys).values("pk")
    return in_reading_order(
        with_sources(FigureVersion.objects.filter(pk__in=ids).exclude(pgh_label="delete"))
    )


def _written_until(day: dt.date) -> Q:
    return Q(pgh_created_at__lt=end_of(day))


def _approved_until(item: "Item", day: dt.date) -> int:
    """The newest version that was approved when the day had ended; 0 where nothing was."""
    approvals = SubmissionEvent.objects.filter(
        submission=item.submission_id, action=SubmissionAction.APPROVE, at__lt=end_of(day)
    )
    return approvals.order_by("-pk").values_list("figure_version", flat=True).first() or 0


def status_then(item: "Item", day: dt.date) -> str:
    """The state that the item's submission was in when the day ended."""
    steps = SubmissionEvent.objects.filter(submission=item.submission_id, at__lt=end_of(day))
    return steps.order_by("-pk").values_list("to_status", flat=True).first() or WORKFLOW.initial


def data_as_of(item: "Item", *, is_current: bool, as_of: dt.date | None = None) -> dt.date | None:
    """The day that the item's data were as of; ``as_of``: as it was known when this day ended."""
    column = "data_as_of" if is_current else "approved_data_as_of"
    if as_of is None:
        known: dt.date | None = getattr(item, column)
        return known
    versions = ItemVersion.objects.filter(id=item.pk, pgh_created_at__lt=end_of(as_of))
    return versions.order_by("-pgh_id").values_list(column, flat=True).first()


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


def histories(
    versions: Iterable[FigureVersion], as_of: dt.date | None = None
) -> dict[FigureKey, list[FigureVersion]]:
    """Every version of the keys of these (all of one item) until a day, newest first, in one query."""
    wanted = {key_of(version): version.item_id for version in versions}
    found: dict[FigureKey, list[FigureVersion]] = defaultdict(list)
    rows = FigureVersion.objects.filter(item__in=set(wanted.values()))
    if as_of is not None:
        rows = rows.filter(_written_until(as_of))
    for version in with_sources(rows).order_by("-pgh_id"):
        if key_of(version) in wanted:
            found[key_of(version)].append(version)
    return found


def key_of(version: FigureVersion) -> FigureKey:
    return version.region_id, version.occupation_id, version.target_group_id
