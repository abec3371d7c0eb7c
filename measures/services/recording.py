"""Storing figures as people type them, one cell or a whole form. No change is overwritten unseen."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pghistory
from django.contrib.postgres.functions import TransactionNow
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.enums import TOTAL, Origin, Quality
from measures.exceptions import (
    FigureRefusedError,
    MeasuresError,
    RoundClosedError,
    SubmissionBusyError,
    SubmissionNotEditableError,
)
from measures.figure_rules import CONTENT_RULES, KEY, STATE, figure_terms, first_broken
from measures.models import Figure, Submission
from measures.rules.cells import cell_name
from measures.typed_values import Entry
from measures.violations import MESSAGES, message_for
from partners.models import User
from partners.violations import was_kept_waiting

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FigureKey = tuple[int, str, str, str]

_ENTERED = replace(
    figure_terms("c"),
    region_level="coalesce(r.level, '')",  # a code that no list has is of no level
    occupation_level="coalesce(o.level, -1)",
)
_BROKEN_RULES = f"""
SELECT i.id IS NOT NULL AND t.code IS NOT NULL, {first_broken(CONTENT_RULES, _ENTERED)}
FROM unnest(
    %(items)s::bigint[], %(regions)s::text[], %(occupations)s::text[], %(target_groups)s::text[],
    %(values)s::numeric[]
) WITH ORDINALITY AS c(item_id, region_id, occupation_id, target_group_id, value, place)
LEFT JOIN measures_item i ON i.id = c.item_id AND i.submission_id = %(submission)s
LEFT JOIN measures_indicator n ON n.id = i.indicator_id
LEFT JOIN partners_region r ON r.code = c.region_id
LEFT JOIN measures_occupation o ON o.code = c.occupation_id
LEFT JOIN measures_targetgroup t ON t.code = c.target_group_id
ORDER BY c.place
"""  # noqa: S608  # our own text


class FigureChangedMeanwhileError(MeasuresError):
    """Somebody else changed the cell after it was shown; both values are kept here."""

    message = gettext_lazy("This cell has been changed in the meantime. Choose which value is right.")

    def __init__(self, *, current: Entry, entered: Entry) -> None:
        super().__init__()
        self.current = current
        self.entered = entered


class SaveOutcome(StrEnum):
    SAVED = "saved"
    CLEARED = "cleared"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(frozen=True)
class CellEntry:
    """What somebody wants in a cell, and what the page showed them there before (``seen``).

    ``is_meant``: the person left, pasted or undid this cell. A whole form also sends the cells that nobody
    touched.
    """

    item_id: int
    region: str
    entry: Entry
    seen: Entry
    occupation: str = TOTAL
    target_group: str = TOTAL
    is_meant: bool = False

    @property
    def name(self) -> str:
        return cell_name(self.item_id, self.region, self.target_group, self.occupation)

    @property
    def key(self) -> FigureKey:
        return (self.item_id, self.region, self.occupation, self.target_group)


@dataclass(frozen=True)
class CellResult:
    """What became of a cell. ``stored`` is what stands in the database now; ``at``: when it was changed."""

    cell: CellEntry
    outcome: SaveOutcome
    stored: Entry
    message: "StrOrPromise" = ""
    at: dt.datetime | None = None

    @property
    def is_stored(self) -> bool:
        return self.outcome in (SaveOutcome.SAVED, SaveOutcome.CLEARED, SaveOutcome.UNCHANGED)


def save_figures(  # noqa: PLR0913  # what is stored, by whom, and under which conditions
    *,
    submission_id: int,
    cells: Sequence[CellEntry],
    actor: User,
    reason: str = "",
    after_closing: bool = False,
    prepare: Callable[[], None] | None = None,
) -> list[CellResult]:
    """Store what can be stored; return for every cell what became of it, in the order given.

    The submission's row is locked first, so that of two people saving the same cell the second gets a
    conflict. ``after_closing``: the actor may still record when the window has closed. A key given
    twice counts once, the last time. ``prepare``: what is to be done before, under the same lock.
    """
    last = {cell.key: cell for cell in cells}
    try:
        with (
            transaction.atomic(),
            pghistory.context(user=actor.pk, origin=Origin.FORM.value, reason=reason),
        ):
            submission, now = _lock_editable(submission_id=submission_id, after_closing=after_closing)
            if prepare:
                prepare()
            stored = _stored_figures(last)
            refusals = refusals_of(submission, last.values())
            results = {
                key: _judge(cell, stored.get(key), refusals.get(key), now) for key, cell in last.items()
            }
            _write([result.cell for result in results.values() if result.outcome == SaveOutcome.SAVED], actor)
            cleared = [
                stored[key].pk for key, result in results.items() if result.outcome == SaveOutcome.CLEARED
            ]
            if cleared:
                Figure.objects.filter(pk__in=cleared).delete()
    except IntegrityError as error:
        raise FigureRefusedError(message_for(error)) from error
    except OperationalError as error:
        if was_kept_waiting(error):
            raise SubmissionBusyError from error
        raise
    return [results[cell.key] for cell in cells]


def _lock_editable(*, submission_id: int, after_closing: bool) -> tuple[Submission, dt.datetime]:
    """Lock the submission's row and make sure that its figures may change now.

    With it comes the time of the transaction, which the versions of its figures will have.
    """
    submission = (
        Submission.objects.select_for_update(of=("self",), no_key=True)
        .select_related("round")
        .annotate(now=TransactionNow())
        .get(pk=submission_id)
    )
    if not submission.is_editable:
        raise SubmissionNotEditableError
    if not submission.is_in_window and not after_closing:
        raise RoundClosedError
    return submission, vars(submission)["now"]


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
    found = {attrgetter(*KEY)(figure): figure for figure in figures}
    return {key: figure for key, figure in found.items() if key in wanted}


def _judge(
    cell: CellEntry, figure: Figure | None, refusal: "StrOrPromise | None", now: dt.datetime
) -> CellResult:
    stored = entry_of(figure)
    is_untouched = cell.entry == cell.seen and not cell.is_meant
    if is_untouched or cell.entry == stored:
        return CellResult(cell, SaveOutcome.UNCHANGED, stored)
    if stored != cell.seen:
        return CellResult(cell, SaveOutcome.CONFLICT, stored, FigureChangedMeanwhileError.message)
    if cell.entry.is_empty:
        return CellResult(cell, SaveOutcome.CLEARED, cell.entry, at=now)
    if refusal:
        return CellResult(cell, SaveOutcome.REFUSED, stored, refusal)
    return CellResult(cell, SaveOutcome.SAVED, cell.entry, at=now)


def refusals_of(submission: Submission, cells: Iterable[CellEntry]) -> "dict[FigureKey, StrOrPromise]":
    """What the database would refuse, for each cell, so that one bad cell does not hold up the others."""
    cells = list(cells)
    params: dict[str, Any] = {
        "submission": submission.pk,
        "items": [cell.item_id for cell in cells],
        "regions": [cell.region for cell in cells],
        "occupations": [cell.occupation for cell in cells],
        "target_groups": [cell.target_group for cell in cells],
        "values": [cell.entry.value for cell in cells],
    }
    with connection.cursor() as cursor:
        cursor.execute(_BROKEN_RULES, params)
        judged = cursor.fetchall()
    refusals: dict[FigureKey, StrOrPromise] = {}
    for cell, (belongs, rule) in zip(cells, judged, strict=True):
        if not belongs:
            refusals[cell.key] = _("This cell does not belong to the submission.")
        elif rule:
            refusals[cell.key] = MESSAGES[rule]
    return refusals


def _write(cells: Sequence[CellEntry], actor: User) -> None:
    """Insert new figures and rewrite changed ones: one statement, however many cells.

    What is typed is a fresh statement: quality, flags, note and file of an earlier one do not carry over; the
    version keeps them.
    """
    now = timezone.now()
    figures = [
        Figure(
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
        for cell in cells
    ]
    # Not bulk_update: its CASE for every column and row takes longer than all the rest.
    Figure.objects.bulk_create(figures, update_conflicts=True, unique_fields=KEY, update_fields=STATE)
