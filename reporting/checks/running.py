from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class DatabaseCheck:
    """``code`` is the sentence that must be true; ``find`` yields a line for every place where it is not."""

    rule: int
    code: str
    find: Callable[[], Iterator[str]]


@dataclass(frozen=True)
class Violation:
    rule: int
    check: str
    detail: str


def run_checks(checks: Iterable[DatabaseCheck]) -> list[Violation]:
    """Every difference at once, in the order of the checks."""
    return [Violation(check.rule, check.code, detail) for check in checks for detail in check.find()]


def by_sql(rule: int, code: str, statement: str) -> DatabaseCheck:
    """A check in one statement, which returns a text for each place."""

    def find() -> Iterator[str]:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            for (detail,) in cursor:
                yield str(detail)

    return DatabaseCheck(rule, code, find)
