"""Plans for rows that were written a moment ago: the database has no statistics of them yet."""

import contextlib
from collections.abc import Iterator

from django.db import connection

MANY = 500


@contextlib.contextmanager
def expecting(rows: int) -> Iterator[None]:
    """Have very many rows joined as a whole; within a transaction.

    The planner takes a million fresh rows for one, and would look each of them up among the others.
    Gathering statistics here instead would keep every other import waiting until this one commits.
    """
    if rows < MANY:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield
        cursor.execute("SET LOCAL enable_nestloop = on")
