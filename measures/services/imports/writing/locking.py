"""Locks that imports take, always in the same order: the import, then its submissions by their keys.

None of them keeps others from referring to the row: undoing one import brings figures of another back.
"""

from collections.abc import Iterable

from measures.models import Submission


def lock_submissions(ids: Iterable[int]) -> None:
    """Nobody else writes to these submissions or takes them a step further until the transaction ends."""
    list(
        Submission.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=list(ids))
        .order_by("pk")
        .values_list("pk")
    )
