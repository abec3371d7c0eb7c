"""Keeping meetings and resolutions. Nothing is deleted: meetings are cancelled, commitments dropped."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import F, ProtectedError
from django.utils import timezone

from measures.exceptions import CommitmentStaysError, MeetingChangedMeanwhileError
from measures.models import Commitment, Meeting, Resolution
from measures.models.meetings import Titled
from measures.services.notices.commitments import (
    forget_notices,
    write_notices_of_due_date,
    write_notices_of_names,
)
from partners.models import User

Lists = Mapping[str, Collection[models.Model]]
T = TypeVar("T", bound=Titled)


@transaction.atomic
def create_meeting(*, values: Mapping[str, Any], lists: Lists) -> Meeting:
    """``lists``: who takes part, by the names of the model's fields."""
    meeting = Meeting.objects.create(**values)
    _set_lists(meeting, lists)
    return meeting


@transaction.atomic
def change_meeting(*, meeting_id: int, seen: int, values: Mapping[str, Any], lists: Lists) -> Meeting:
    """``seen``: the ``sequence`` that the page showed."""
    return _change(Meeting.objects.select_for_update().get(pk=meeting_id), seen, values, lists)


@transaction.atomic
def create_resolution(
    *, meeting_id: int, values: Mapping[str, Any], lists: Lists, responsible: Collection[int], actor: User
) -> Resolution:
    """Whoever is responsible is told so."""
    resolution = Resolution.objects.create(meeting_id=meeting_id, **values)
    _set_lists(resolution, lists)
    write_notices_of_names(resolution, _set_responsible(resolution, responsible).named, actor)
    return resolution


@transaction.atomic
def change_resolution(  # noqa: PLR0913  # a form has these parts
    *,
    resolution_id: int,
    seen: int,
    values: Mapping[str, Any],
    lists: Lists,
    responsible: Collection[int],
    actor: User,
) -> Resolution:
    """``responsible``: organisations by id, who are told. ``CommitmentStaysError``: one has to stay."""
    resolution = Resolution.objects.select_for_update().get(pk=resolution_id)
    due_on = resolution.due_on
    resolution = _change(resolution, seen, values, lists)
    changed = _set_responsible(resolution, responsible)
    if changed.is_change:
        _count_change(resolution)
    write_notices_of_names(resolution, changed.named, actor)
    if resolution.due_on != due_on:
        write_notices_of_due_date(resolution, changed.named, actor)
    return resolution


def _change(thing: T, seen: int, values: Mapping[str, Any], lists: Lists) -> T:
    if thing.sequence != seen:
        raise MeetingChangedMeanwhileError
    for name, value in values.items():
        setattr(thing, name, value)
    thing.save(update_fields=list(values))
    if _set_lists(thing, lists):
        _count_change(thing)
    thing.refresh_from_db(fields=["sequence", "changed_at"])
    return thing


def _set_lists(thing: Titled, lists: Lists) -> bool:
    """Whether any of them is another one now."""
    before = {name: set(getattr(thing, name).values_list("pk", flat=True)) for name in lists}
    for name, members in lists.items():
        getattr(thing, name).set(members)
    return any(before[name] != {each.pk for each in members} for name, members in lists.items())


def _count_change(thing: Titled) -> None:
    """What stands beside a row counts as a change of it; the database counts those of its own fields."""
    rows = type(thing)._default_manager.filter(pk=thing.pk)  # noqa: SLF001  # the documented way to a manager
    rows.update(sequence=F("sequence") + 1, changed_at=timezone.now())
    thing.refresh_from_db(fields=["sequence", "changed_at"])


@dataclass(frozen=True)
class ChangeOfResponsible:
    """The organisations that were not responsible before, and whether anything is another way now."""

    named: frozenset[int]
    is_change: bool


def _set_responsible(resolution: Resolution, responsible: Collection[int]) -> ChangeOfResponsible:
    known = set(resolution.commitments.values_list("organisation", flat=True))
    gone = resolution.commitments.exclude(organisation__in=responsible)
    taken_back = list(gone.values_list("pk", flat=True))
    try:
        gone.delete()
    except ProtectedError as error:
        raise CommitmentStaysError from error
    forget_notices(taken_back)
    new = frozenset(responsible) - known
    Commitment.objects.bulk_create(
        Commitment(resolution=resolution, organisation_id=pk) for pk in sorted(new)
    )
    return ChangeOfResponsible(new, is_change=known != set(responsible))
