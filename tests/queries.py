"""How often the database is asked: counted literally, with every statement shown where the count is wrong."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext


@contextmanager
def exactly_queries(expected: int) -> Iterator[None]:
    """Fail unless the block runs so many statements; the three around every reading request count too."""
    with CaptureQueriesContext(connection) as captured:
        yield
    statements = [query["sql"] for query in captured.captured_queries]
    listed = "\n".join(f"{number:3}. {sql}" for number, sql in enumerate(statements, start=1))
    assert len(statements) == expected, f"{len(statements)} queries instead of {expected}:\n{listed}"
