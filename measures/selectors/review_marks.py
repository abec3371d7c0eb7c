"""Marks on cells, with which a submission was sent back, and whether each is settled."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from measures.models import FigureVersion, ReviewMark, Submission, SubmissionEvent
from measures.selectors.entry_grid import EntryGrid
from measures.workflow import SubmissionAction, SubmissionStatus


def _with_state() -> QuerySet[Any]:
    """Marks with ``is_changed`` and ``is_settled``."""
    later = FigureVersion.objects.filter(
        item=OuterRef("item"),
        region=OuterRef("region"),
        occupation=OuterRef("occupation"),
        target_group=OuterRef("target_group"),
        pgh_id__gt=OuterRef("event__figure_version"),
    )
    return ReviewMark.objects.annotate(
        is_changed=Exists(later),
        is_settled=ExpressionWrapper(
            Exists(later) | Q(answered_at__isnull=False), output_field=BooleanField()
        ),
    )


def marks_of(submission: Submission) -> list[ReviewMark]:
    """All marks of a submission with their state, the newest step first; one query."""
    return list(
        _with_state()
        .filter(item__submission=submission)
        .select_related("item__indicator", "region", "target_group", "event__actor", "answered_by")
        .order_by("-event_id", "pk")
    )


def current_marks(submission: Submission) -> list[ReviewMark]:
    """Those of the last sending back, while the organisation works on it; else none, and no query."""
    if not submission.is_returned:
        return []
    last = submission.events.filter(action=SubmissionAction.SEND_BACK).order_by("-pk").first()
    return [mark for mark in marks_of(submission) if last and mark.event_id == last.pk]


def open_marks(submission: Submission) -> list[ReviewMark]:
    """Those of the last sending back that are not settled."""
    marks: list[Any] = current_marks(submission)  # with what the query has added
    return [mark for mark in marks if not mark.is_settled]


def open_mark_counts(submission_ids: Collection[int]) -> dict[int, int]:
    """How many marks of ``current_marks`` are not settled, by submission; one query for all."""
    sendings_back = SubmissionEvent.objects.filter(
        submission=OuterRef("item__submission"), action=SubmissionAction.SEND_BACK
    )
    found = (
        _with_state()
        .filter(
            item__submission__in=submission_ids,
            item__submission__status=SubmissionStatus.RETURNED,
            is_settled=False,
            event=Subquery(sendings_back.order_by("-pk").values("pk")[:1]),
        )
        .order_by()
        .values_list("item__submission")
        .annotate(n=Count("pk"))
    )
    return dict(found)


def put_on_cells(grid: EntryGrid, marks: Iterable[ReviewMark]) -> None:
    for mark in marks:
        if mark.cell_name in grid.cells:
            grid.cells[mark.cell_name].marks.append(mark)
