"""Pages are measured with what the web asks of PostgreSQL's planner, work in the queue without it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from alliance_portal.settings.limits import PLANS_OF_PAGES


@contextmanager
def page_plans() -> Iterator[None]:
    with connection.cursor() as cursor:
        for name, value in PLANS_OF_PAGES.items():
            cursor.execute("SELECT set_config(%s, %s, false)", [name, value])
    yield
    with connection.cursor() as cursor:
        for name in PLANS_OF_PAGES:
            cursor.execute(f"RESET {name}")
