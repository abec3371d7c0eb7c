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


@contextlib.contextmanager
def without_sorting() -> Iterator[None]:
    """Have rows read in the order of an index until there are enough of them; within a transaction.

    Taking many fresh rows for one, the planner would read them all and sort what it found.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")
        yield
        cursor.execute("SET LOCAL enable_sort = on")


def of_items(table: str, items: str) -> str:
    """What a table has of the items that a query finds, to be joined.

    Where rows are joined as a whole (``expecting``), a join with the table itself would read it whole: ten
    million figures of everybody else for a file of a thousand rows.
    """
    return f"(SELECT * FROM {table} WHERE item_id = ANY(ARRAY({items})))"  # noqa: S608  # our own tables
