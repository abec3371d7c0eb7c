"""Whether the database still has what keeps its rules: constraints that are valid, triggers that are on."""

from collections.abc import Iterator

import pgtrigger
from django.apps import apps
from django.db import connection

from reporting.checks.running import DatabaseCheck

_CONSTRAINTS = """
SELECT c.conname FROM pg_constraint c
WHERE c.convalidated AND c.connamespace = current_schema()::regnamespace
UNION
SELECT indexrelid::regclass::text FROM pg_index WHERE indisunique AND indisvalid
"""
_TRIGGERS = "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A') AND NOT tgisinternal"
_OUR_APPS = ("partners", "measures", "reporting")


def find_missing_constraints() -> Iterator[str]:
    there = _names(_CONSTRAINTS)
    for label in _OUR_APPS:
        for model in apps.get_app_config(label).get_models():
            for constraint in model._meta.constraints:  # noqa: SLF001  # the documented way to a model's facts
                if constraint.name not in there:
                    yield f"{model._meta.db_table}: {constraint.name}"  # noqa: SLF001  # as above


def find_missing_triggers() -> Iterator[str]:
    there = _names(_TRIGGERS)
    for model, trigger in pgtrigger.registered():
        if trigger.get_pgid(model) not in there:
            yield f"{model._meta.db_table}: {trigger.name}"  # noqa: SLF001  # the documented way to a model's facts


def _names(statement: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {name for (name,) in cursor}


INSTALLED_CHECKS: tuple[DatabaseCheck, ...] = (
    DatabaseCheck(1, "constraints_are_in_force", find_missing_constraints),
    DatabaseCheck(9, "triggers_are_in_force", find_missing_triggers),
)
