"""Storing figures by occupation as people type them: the first ones decide how many digits the item keeps."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from measures.models import Figure, Item, Occupation, Submission
from measures.services.recording import CellEntry, CellResult, FigureKey, refusals_of, save_figures
from partners.models import User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def save_by_occupation(
    *, submission_id: int, cells: Sequence[CellEntry], actor: User, after_closing: bool = False
) -> list[CellResult]:
    """Store cells as ``save_figures`` does, and let an item without occupations so far take their level.

    Codes of another level are refused, as they are everywhere.
    """
    return save_figures(
        submission_id=submission_id,
        cells=cells,
        actor=actor,
        after_closing=after_closing,
        prepare=partial(_take_level, submission_id, cells),
    )


def refusals_by_occupation(
    submission: Submission, cells: Sequence[CellEntry]
) -> "dict[FigureKey, StrOrPromise]":
    """What saving these would refuse, once the first of them have decided the level; nothing is changed."""
    with transaction.atomic():
        _take_level(submission.pk, cells)
        refusals = refusals_of(submission, cells)
        transaction.set_rollback(True)
    return refusals


def _take_level(submission_id: int, cells: Sequence[CellEntry]) -> None:
    entered = [cell for cell in cells if not cell.entry.is_empty]
    digits = Occupation.objects.filter(code__in={cell.occupation for cell in entered}, level__gt=0)
    levels = dict(digits.values_list("code", "level"))
    wanted = {cell.item_id: levels[cell.occupation] for cell in entered if cell.occupation in levels}
    for item_id, level in wanted.items():
        if not Figure.objects.filter(item=item_id, occupation__level__gt=0).exists():
            Item.objects.filter(pk=item_id, submission=submission_id).update(occupation_level=level)
