"""Writing figures as people type them: one cell or a whole form, never over somebody else's change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import pghistory
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures.enums import TOTAL, Breakdown, Origin, Quality
from measures.exceptions import (
    FigureChangedMeanwhileError,
    FigureRefusedError,
    RoundClosedError,
    SubmissionNotEditableError,
)
from measures.models import Figure, Item, Occupation, Submission, TargetGroup
from measures.typed_values import Entry
from measures.violations import MESSAGES, message_for
from partners.enums import RegionLevel
from partners.models import Region, User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FigureKey = tuple[int, str, str, str]


class SaveOutcome(StrEnum):
    SAVED = "saved"
    CLEARED = "cleared"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(frozen=True)
class CellEntry:
    """What somebody wants in a cell, and what the page showed them there before (``seen``)."""

    item_id: int
    region: str
    entry: Entry
    seen: Entry
    occupation: str = TOTAL
    target_group: str = TOTAL

    @property
    def key(self) -> FigureKey:
        return (self.item_id, self.region, self.occupation, self.target_group)


@dataclass(frozen=True)
class CellResult:
    """What became of a cell. ``stored`` is what stands in the database now."""

    cell: CellEntry
    outcome: SaveOutcome
    stored: Entry
    message: "StrOrPromise" = ""

    @property
    def is_stored(self) -> bool:
        return self.outcome in (SaveOutcome.SAVED, SaveOutcome.CLEARED, SaveOutcome.UNCHANGED)


def save_figure(  # noqa: PLR0913  # the key of a figure has four parts
    *,
    item_id: int,
    region: str,
    entry: Entry,
    seen: Entry,
    actor: User,
    occupation: str = TOTAL,
    target_group: str = TOTAL,
    reason: str = "",
    after_closing: bool = False,
) -> CellResult:
    """Store one cell, or clear it where ``entry`` is empty; the same content again changes nothing.

    Raises ``FigureChangedMeanwhileError`` with both values if the cell no longer holds what ``seen`` says,
    ``FigureRefusedError``, ``SubmissionNotEditableError`` or ``RoundClosedError``.
    """
    cell = CellEntry(
        item_id=item_id,
        region=region,
        occupation=occupation,
        target_group=target_group,
        entry=entry,
        seen=seen,
    )
    submission_id = Item.objects.values_list("submission_id", flat=True).get(pk=item_id)
    [result] = save_figures(
        submission_id=submission_id, cells=[cell], actor=actor, reason=reason, after_closing=after_closing
    )
    if result.outcome == SaveOutcome.CONFLICT:
        raise FigureChangedMeanwhileError(current=result.stored, entered=entry)
    if result.outcome == SaveOutcome.REFUSED:
        raise FigureRefusedError(result.message)
    return result


def save_figures(
    *,
    submission_id: int,
    cells: Sequence[CellEntry],
    actor: User,
    reason: str = "",
    after_closing: bool = False,
) -> list[CellResult]:
    """Store what can be stored and say of every cell what became of it, in the order given.

    The submission's row is locked first, so that two people saving the same cell come one after the other and
    the second is told. ``after_closing``: the actor may still record when the window has closed. A key given
    twice counts once, the last time.
    """
    last = {cell.key: cell for cell in cells}
    try:
        with (
            transaction.atomic(),
            pghistory.context(user=actor.pk, origin=Origin.FORM.value, reason=reason),
        ):
            submission = lock_editable(submission_id=submission_id, after_closing=after_closing)
            stored = _stored_figures(last)
            refusals = _refusals(submission, last.values())
            results = {key: _judge(cell, stored.get(key), refusals.get(key)) for key, cell in last.items()}
            _write(
                [result.cell for result in results.values() if result.outcome == SaveOutcome.SAVED],
                actor,
                stored,
            )
            cleared = [
                stored[key].pk for key, result in results.items() if result.outcome == SaveOutcome.CLEARED
            ]
            if cleared:
                Figure.objects.filter(pk__in=cleared).delete()
    except IntegrityError as error:
        raise FigureRefusedError(message_for(error)) from error
    return [results[cell.key] for cell in cells]


def lock_editable(*, submission_id: int, after_closing: bool) -> Submission:
    """Lock the submission's row and make sure that its figures may change now."""
    submission = (
        Submission.objects.select_for_update(of=("self",), no_key=True)
        .select_related("round")
        .get(pk=submission_id)
    )
    if not submission.is_editable:
        raise SubmissionNotEditableError
    if not submission.is_in_window and not after_closing:
        raise RoundClosedError
    return submission


def entry_of(figure: Figure | None) -> Entry:
    return Entry(value=figure.value, absence=figure.absence) if figure else Entry()


def _stored_figures(keys: Iterable[FigureKey]) -> dict[FigureKey, Figure]:
    wanted = set(keys)
    figures = Figure.objects.filter(
        item__in={key[0] for key in wanted},
        region__in={key[1] for key in wanted},
        occupation__in={key[2] for key in wanted},
        target_group__in={key[3] for key in wanted},
    )
    found = {(f.item_id, f.region_id, f.occupation_id, f.target_group_id): f for f in figures}
    return {key: figure for key, figure in found.items() if key in wanted}


def _judge(cell: CellEntry, figure: Figure | None, refusal: "StrOrPromise | None") -> CellResult:
    stored = entry_of(figure)
    if cell.entry in (stored, cell.seen):  # already so, or not touched by this person
        return CellResult(cell, SaveOutcome.UNCHANGED, stored)
    if stored != cell.seen:
        return CellResult(cell, SaveOutcome.CONFLICT, stored, FigureChangedMeanwhileError.message)
    if cell.entry.is_empty:
        return CellResult(cell, SaveOutcome.CLEARED, cell.entry)
    if refusal:
        return CellResult(cell, SaveOutcome.REFUSED, stored, refusal)
    return CellResult(cell, SaveOutcome.SAVED, cell.entry)


def _refusals(submission: Submission, cells: Iterable[CellEntry]) -> "dict[FigureKey, StrOrPromise]":
    """What the database would refuse, said of each cell, so that one bad cell does not hold up the others."""
    cells = list(cells)
    items = {
        item.pk: item
        for item in Item.objects.filter(
            submission=submission, pk__in={cell.item_id for cell in cells}
        ).select_related("indicator")
    }
    regions = dict(
        Region.objects.filter(code__in={cell.region for cell in cells}).values_list("code", "level")
    )
    occupations = dict(
        Occupation.objects.filter(code__in={cell.occupation for cell in cells}).values_list("code", "level")
    )
    groups = set(
        TargetGroup.objects.filter(code__in={cell.target_group for cell in cells}).values_list(
            "code", flat=True
        )
    )
    refusals: dict[FigureKey, StrOrPromise] = {}
    for cell in cells:
        item = items.get(cell.item_id)
        if item is None or cell.target_group not in groups:
            refusals[cell.key] = _("This cell does not belong to the submission.")
        elif rule := _broken_rule(cell, item, regions.get(cell.region), occupations.get(cell.occupation)):
            refusals[cell.key] = MESSAGES[rule]
    return refusals


def _broken_rule(
    cell: CellEntry, item: Item, region_level: str | None, occupation_level: int | None
) -> str | None:
    indicator = item.indicator
    value = cell.entry.value
    rules = {
        "figure_indicator_is_recorded": not indicator.is_recorded,
        "figure_region_level_of_item": region_level not in (item.region_level, RegionLevel.UNASSIGNED),
        "figure_occupation_level_of_item": occupation_level not in (item.occupation_level, 0),
        "figure_occupation_is_asked": cell.occupation != TOTAL
        and Breakdown.OCCUPATION not in indicator.breakdown,
        "figure_target_group_is_asked": cell.target_group != TOTAL
        and Breakdown.TARGET_GROUP not in indicator.breakdown,
        "figure_not_negative": value is not None and value < 0 and not indicator.may_be_negative,
        "figure_decimals_of_indicator": value is not None and value != round(value, indicator.decimals),
    }
    return next((rule for rule, is_broken in rules.items() if is_broken), None)


def _write(cells: Sequence[CellEntry], actor: User, stored: dict[FigureKey, Figure]) -> None:
    """Insert new figures and rewrite changed ones: two statements, however many cells.

    What is typed is a fresh statement: quality, flags, note and file of an earlier one do not carry over; the
    version keeps them.
    """
    now = timezone.now()
    new: list[Figure] = []
    changed: list[Figure] = []
    for cell in cells:
        figure = stored.get(cell.key)
        (changed if figure else new).append(
            Figure(
                pk=figure.pk if figure else None,
                item_id=cell.item_id,
                region_id=cell.region,
                occupation_id=cell.occupation,
                target_group_id=cell.target_group,
                value=cell.entry.value,
                absence=cell.entry.absence,
                quality=Quality.FINAL,
                origin=Origin.FORM,
                entered_by=actor,
                entered_at=now,
            )
        )
    if new:
        Figure.objects.bulk_create(new)
    if changed:
        Figure.objects.bulk_update(
            changed,
            [
                "value", "absence", "quality", "is_below_half_unit", "is_uncertain", "note", "origin",
                "entered_by", "entered_at", "import_run", "sheet", "cell", "original",
            ],
        )  # fmt: skip
