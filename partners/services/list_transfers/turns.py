"""Whose export or import is next. The database is the queue; a message only wakes a worker."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError, connection
from django.db.models import F, Max, Min, OuterRef, Subquery

from partners.models import ListTransfer

NAMESPACE = 0x4C5354
"""Of the advisory locks on turns; the second key is the person's, so that each has one at work at a time."""

# The server looks every second whether the worker still lives, even while a statement runs or waits.
_TAKE = "SELECT pg_try_advisory_lock(%s, %s), set_config('client_connection_check_interval', '1s', false)"


@contextmanager
def next_turn() -> Iterator[ListTransfer | None]:
    """Hold the turn of a person until the block ends, by a lock that ends with the worker's connection.

    First comes who was served longest ago. None if there is nothing to do that nobody has in hand.
    """
    for person_id in list(_people_waiting()):
        if not _take(person_id):
            continue
        try:
            mine = ListTransfer.objects.pending().filter(person=person_id).select_related("person")
            yield mine.order_by("waiting_since", "pk").first()
        finally:
            _give_back(person_id)
        return
    yield None


def pending_count() -> int:
    return ListTransfer.objects.pending().count()


def _people_waiting() -> Iterator[int]:
    served = (
        ListTransfer.objects.filter(person=OuterRef("person"))
        .order_by()
        .values("person")
        .annotate(last=Max("begun_at"))
        .values("last")
    )
    people = ListTransfer.objects.pending().order_by().values("person").annotate(since=Min("waiting_since"))
    ordered = people.annotate(served=Subquery(served)).order_by(F("served").asc(nulls_first=True), "since")
    return iter(ordered.values_list("person", flat=True))


def _take(person_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [NAMESPACE, person_id])
        return bool(cursor.fetchone()[0])


def _give_back(person_id: int) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [NAMESPACE, person_id])
    except (DatabaseError, InterfaceError):
        if not connection.in_atomic_block:
            connection.close()  # the lock goes with it
