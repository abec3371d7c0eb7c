"""Queries about values that can be written: asked of the whole file at once, and they hold nothing."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import connection

from measures.checks.rules import JUMP_AT_LEAST, JUMP_RATIO, ROUNDED_TO
from measures.models import ImportCause, ImportProblem, ImportRun
from measures.services.imports.judging import queries_sql

RULES: Mapping[str, Callable[..., str]] = {
    "replaces_others": queries_sql.replaces_others,
    "no_jump_from_last_year": queries_sql.no_jump_from_last_year,
    "group_within_total": queries_sql.group_within_total,
}
"""Each makes its statement, for all rows of a run or for those chosen."""

_MOST_PROBLEMS = 1000
"""Problems kept of one cause. Where a million values would replace others, the first ones suffice."""


def ask(run: ImportRun) -> None:
    """Ask anew about values that look odd compared with what is stored; explained ones become notes."""
    forget(run, RULES)
    with connection.cursor() as cursor:
        for rule, found in RULES.items():
            cursor.execute(queries_sql.ask(found()), params(run, rule))


def forget(run: ImportRun, codes: Iterable[str]) -> None:
    ImportProblem.objects.filter(import_run=run, code__in=codes).delete()
    ImportCause.objects.filter(import_run=run, code__in=codes).delete()


def params(run: ImportRun, rule: str) -> dict[str, Any]:
    return {
        "run": run.pk,
        "rule": rule,
        "zone": settings.TIME_ZONE,
        "jump_at_least": JUMP_AT_LEAST,
        "jump_ratio": JUMP_RATIO,
        "rounded_to": ROUNDED_TO,
        "most_problems": _MOST_PROBLEMS,
    }
