"""What is sent twice in a row, by a double click or a browser that tries again, is stated once."""

import datetime as dt
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.utils import timezone

NAMESPACE = 0x545743
"""Of the advisory locks on what a person sends; the second key is the person's."""

WITHIN = dt.timedelta(minutes=1)
"""Later the same words are meant to be said again."""

Stated = TypeVar("Stated", bound=Model)


def stated_a_moment_ago(
    entries: QuerySet[Stated], *, by: str, person_id: int, at: str, **content: Any
) -> Stated | None:
    """The last entry, if it is the person's and says the same: what others said since may be answered so.

    They state nothing else until the transaction ends. ``by`` and ``at``: the fields that say who stated an
    entry, and when.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [NAMESPACE, person_id])
    last = entries.filter(**{f"{at}__gt": timezone.now() - WITHIN}).order_by("-pk").first()
    content[by] = person_id
    is_the_same = last is not None and all(getattr(last, name) == value for name, value in content.items())
    return last if is_the_same else None
