"""Check that the database still has its constraints, valid, and its triggers, enabled."""

from collections.abc import Iterator

import pgtrigger
from django.apps import apps
from django.db import connection

from reporting.checks.running import DatabaseCheck

_CONSTRAINTS = """
SELECT t.relname, c.conname
FROM pg_constraint c
JOIN pg_class t ON t.oid = c.conrelid
WHERE c.convalidated AND c.connamespace = current_schema()::regnamespace
UNION
SELECT t.relname, x.relname
FROM pg_index i
JOIN pg_class t ON t.oid = i.indrelid
JOIN pg_class x ON x.oid = i.indexrelid
WHERE i.indisunique AND i.indisvalid AND x.relnamespace = current_schema()::regnamespace
"""
_TRIGGERS = "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A') AND NOT tgisinternal"
_OUR_APPS = ("partners", "measures", "reporting")


def find_missing_constraints() -> Iterator[str]:
    there = set(_rows(_CONSTRAINTS))
    for label in _OUR_APPS:
        for model in apps.get_app_config(label).get_models():
            options = model._meta  # noqa: SLF001  # the documented way to a model's facts
            for constraint in options.constraints:
                if (options.db_table, constraint.name) not in there:
                    yield f"{options.db_table}: {constraint.name}"


def find_missing_triggers() -> Iterator[str]:
    there = {name for (name,) in _rows(_TRIGGERS)}
    for model, trigger in pgtrigger.registered():
        if trigger.get_pgid(model) not in there:
            yield f"{model._meta.db_table}: {trigger.name}"  # noqa: SLF001  # the documented way to a model's facts


def _rows(statement: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


INSTALLED_CHECKS: tuple[DatabaseCheck, ...] = (
    DatabaseCheck(1, "constraints_are_in_force", find_missing_constraints),
    DatabaseCheck(9, "triggers_are_in_force", find_missing_triggers),
)
