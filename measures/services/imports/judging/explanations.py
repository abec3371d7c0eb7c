"""Explaining queries: why an odd value is right, kept for as long as the value stays the same.

An explanation holds for a cell, a rule and a value, whichever file repeats it; another value needs another.
"""

from collections.abc import Sequence

from django.db import connection, transaction

from measures.enums import Severity
from measures.exceptions import ReasonMissingError
from measures.import_workflow import ImportAction
from measures.models import ImportCause, ImportRun
from measures.services.imports.errors import QueriesOpenError
from measures.services.imports.judging import comparing, queries, queries_sql
from measures.services.imports.judging.rules import QueryRule
from measures.services.imports.judging.sql import CHOSEN_ROWS
from measures.services.imports.lease import take
from partners.models import User


@transaction.atomic
def explain_queries(*, run_id: int, actor: User, text: str, cause_id: int | None = None) -> None:
    """Record why the values of a query are right, for all its cells; without ``cause_id`` of all open ones.

    What was explained already keeps its words unless its cause is named.
    """
    text = text.strip()
    if not text:
        raise ReasonMissingError
    run = take(run_id, ImportAction.EXPLAIN)
    cause = None
    if cause_id:
        cause = ImportCause.objects.get(pk=cause_id, import_run=run, code__in=queries.ASKED, holds=False)
    asked = queries.asked(run)
    with connection.cursor() as cursor:
        for rule in asked:
            if rule.severity != Severity.QUERY or (cause and not _is_of(cause, rule)):
                continue
            params = rule.params(run) | {
                "text": text,
                "actor": actor.pk,
                "cause": cause.message["cause"] if cause else None,
            }
            cursor.execute(queries_sql.explain(rule.found()), params)
    queries.ask(run, asked)
    comparing.group_by_cause(run)


def _is_of(cause: ImportCause, rule: QueryRule) -> bool:
    """Of one check, cells and values by occupation may be asked about in other words, each a cause."""
    return (rule.name, rule.problem) == (cause.message.get("rule", cause.code), cause.code)


def explain_rows(run: ImportRun, rows: Sequence[int], actor: User, text: str) -> None:
    """Keep why these rows are right; needs ``text`` if anything asked about them has no explanation yet."""
    with connection.cursor() as cursor:
        for rule in queries.asked(run, rows):
            if rule.severity != Severity.QUERY:
                continue
            found = rule.found(CHOSEN_ROWS)
            params = rule.params(run) | {"rows": rows}
            cursor.execute(queries_sql.is_open(found), params)
            if not cursor.fetchone()[0]:
                continue
            if not text:
                raise QueriesOpenError
            explanation = {"text": text, "actor": actor.pk, "cause": None}
            cursor.execute(queries_sql.explain(found), params | explanation)


def has_open_queries(run: ImportRun) -> bool:
    """Whether anything was asked that holds nothing and that nobody has explained."""
    causes = ImportCause.objects.filter(import_run=run, severity=Severity.QUERY, holds=False)
    return causes.exists()
