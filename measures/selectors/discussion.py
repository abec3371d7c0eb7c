"""The comments on a submission: by whom, for whom, on what, with which files."""

from collections import Counter

from django.db.models import QuerySet

from measures.models import Attachment, Comment, Submission
from measures.selectors.entry_grid import EntryGrid


def comments_of(submission: Submission) -> QuerySet[Comment]:
    """The oldest first, with the files that go with each; two queries."""
    return submission.comments.select_related(
        "author", "organisation", "item__indicator", "region", "target_group"
    ).prefetch_related("attachments")


def comment_counts(submission: Submission) -> Counter[str]:
    """How many comments there are on each cell, by its name; under "" those on the whole submission."""
    return Counter(
        f"{item}-{region}-{group}" if item else ""
        for item, region, group in submission.comments.order_by().values_list(
            "item_id", "region_id", "target_group_id"
        )
    )


def put_comments_on(grid: EntryGrid, submission: Submission) -> Counter[str]:
    """Note on the cells how many comments there are; one query."""
    counts = comment_counts(submission)
    for name, count in counts.items():
        if name in grid.cells:
            grid.cells[name].comments = count
    return counts


def attachments_of(submission: Submission) -> QuerySet[Attachment]:
    return Attachment.objects.filter(comment__submission=submission)
