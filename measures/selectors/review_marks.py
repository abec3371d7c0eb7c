"""Marks on cells, with which a submission was sent back, and whether each is settled."""

from collections.abc import Iterable

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from measures.models import FigureVersion, ReviewMark, Submission
from measures.selectors.entry_grid import EntryGrid
from measures.workflow import SubmissionAction


def marks_of(submission: Submission) -> list[ReviewMark]:
    """All marks of a submission with ``is_changed`` and ``is_settled``, the newest step first; one query."""
    later = FigureVersion.objects.filter(
        item=OuterRef("item"),
        region=OuterRef("region"),
        occupation=OuterRef("occupation"),
        target_group=OuterRef("target_group"),
        pgh_id__gt=OuterRef("event__figure_version"),
    )
    return list(
        ReviewMark.objects.filter(item__submission=submission)
        .annotate(
            is_changed=Exists(later),
            is_settled=ExpressionWrapper(
                Exists(later) | Q(answered_at__isnull=False), output_field=BooleanField()
            ),
        )
        .select_related("item__indicator", "region", "target_group", "event__actor", "answered_by")
        .order_by("-event_id", "pk")
    )


def current_marks(submission: Submission, marks: Iterable[ReviewMark]) -> list[ReviewMark]:
    """Those of the last sending back, while the organisation works on it; else none."""
    if not submission.is_editable:
        return []
    last = (
        submission.events.filter(action__in=[SubmissionAction.SEND_BACK, SubmissionAction.SUBMIT])
        .order_by("-pk")
        .first()
    )
    if last is None or last.action != SubmissionAction.SEND_BACK:
        return []
    return [mark for mark in marks if mark.event_id == last.pk]


def put_on_cells(grid: EntryGrid, marks: Iterable[ReviewMark]) -> None:
    for mark in marks:
        if mark.cell_name in grid.cells:
            grid.cells[mark.cell_name].marks.append(mark)
