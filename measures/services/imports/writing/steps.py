"""Putting on record what an import wrote: the versions of its figures, and what it did to their items."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from measures.enums import ImportStepKind
from measures.models import ImportRun, ImportStep
from measures.selectors.imports.item_states import ItemState, states_of
from measures.services.imports.judging import sql
from partners.models import User


@dataclass(frozen=True)
class Before:
    """How things stood before a step wrote anything."""

    newest_version: int
    items: dict[int, ItemState]


@dataclass(frozen=True)
class WriteContext:
    """Who writes, why, and under which context the versions are found again."""

    run: ImportRun
    actor: User
    reason: str
    context_id: UUID
    undoes: ImportStep | None = None


def look_before_writing(item_ids: Collection[int]) -> Before:
    with connection.cursor() as cursor:
        cursor.execute(sql.NEWEST_VERSION)
        newest = cursor.fetchone()[0]
    return Before(newest, states_of(item_ids))


def record_step(
    written: WriteContext, before: Before, *, dates: Sequence[dt.date] = (), marked: Collection[int] = ()
) -> ImportStep | None:
    """Put on record what was written since ``before``; nothing where nothing changed.

    Kept of the items: those that changed, those whose Datenstand is one of ``dates``, which the file states
    too, and those ``marked``.
    """
    touched = _touched(before.items, set(dates), set(marked))
    with connection.cursor() as cursor:
        cursor.execute(sql.VERSIONS_WRITTEN, {"newest": before.newest_version, "context": written.context_id})
        first, last, figures = cursor.fetchone()
        if not figures and not any(old != new for old, new in touched.values()):
            return None
        step = ImportStep.objects.create(
            import_run=written.run,
            kind=ImportStepKind.UNDO if written.undoes else ImportStepKind.APPLY,
            undoes=written.undoes,
            actor=written.actor,
            reason=written.reason,
            context_id=written.context_id,
            first_version=first,
            last_version=last,
            figure_count=figures,
        )
        cursor.execute(sql.TOUCH_ITEMS, {"step": step.pk, **_columns(touched)})
    return step


Touched = dict[int, tuple[ItemState, ItemState]]


def _touched(before: dict[int, ItemState], dates: set[dt.date], marked: set[int]) -> Touched:
    after = states_of(before)
    return {
        pk: (before[pk], state)
        for pk, state in after.items()
        if state != before[pk] or state.data_as_of in dates or pk in marked
    }


def _columns(touched: Touched) -> dict[str, Any]:
    old = [before for before, _after in touched.values()]
    new = [after for _before, after in touched.values()]
    return {
        "items": list(touched),
        "regions_before": [state.region_level for state in old],
        "regions_after": [state.region_level for state in new],
        "occupations_before": [state.occupation_level for state in old],
        "occupations_after": [state.occupation_level for state in new],
        "dates_before": [state.data_as_of for state in old],
        "dates_after": [state.data_as_of for state in new],
    }
