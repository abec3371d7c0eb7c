"""What is asked of the values of a file that could be written, of the whole file at once.

Plausibility checks and whether something of somebody else would be replaced. A check has the severity it has
everywhere: an error holds its cells, a query is to be explained, a note is for information.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from measures.checks.parameters import ChangeOnYear, Parameters, Range
from measures.enums import CheckKind, Severity
from measures.models import CheckWaiver, ImportCause, ImportProblem, ImportRun, PlausibilityCheck
from measures.selectors.checks.definitions import definition_of
from measures.services.imports.judging import cells, checks_sql, queries_sql, sql
from measures.services.imports.judging.rules import QueryRule

REPLACES_OTHERS = "replaces_others"
ASKED = (REPLACES_OTHERS, "no_jump_from_last_year", "check_asks", "finding_asks")
"""The types of problems that a query or note is put on record with."""

HELD_TOGETHER = ("group_within_total", "finding_holds")
"""The types that hold every cell of a comparison, until one of them is corrected."""

_LAST_YEAR = 32767


_STATEMENTS: Mapping[str, Callable[..., str]] = {
    CheckKind.CHANGE: checks_sql.change,
    CheckKind.PART_OF_TOTAL: checks_sql.part_of_total,
    CheckKind.RANGE: checks_sql.value_range,
}


def rules(checks: Iterable[PlausibilityCheck]) -> list[QueryRule]:
    """What is asked row by row, once ``cells.expect`` has set what the import would leave: one query."""
    waived = set(CheckWaiver.objects.in_force().values_list("plausibility_check", flat=True))
    return [
        QueryRule(REPLACES_OTHERS, REPLACES_OTHERS, Severity.QUERY, queries_sql.replaces_others),
        *(_rule(check, is_waived=check.pk in waived) for check in checks if check.kind in _STATEMENTS),
    ]


def asked(run: ImportRun, rows: Sequence[int] | None = None) -> list[QueryRule]:
    """All that is asked of the file and holds nothing, row by row and of its cells."""
    return [rule for rule in _found_now(run, rows) if not rule.holds]


def _found_now(run: ImportRun, rows: Sequence[int] | None) -> list[QueryRule]:
    """What is asked row by row is the same for any file; what is asked of cells depends on all its rows."""
    source = cells.expect(run)
    checks = list(PlausibilityCheck.objects.counting())
    return [*rules(checks), *cells.rules(run, checks, source, rows)]


def _rule(check: PlausibilityCheck, *, is_waived: bool) -> QueryRule:
    definition = definition_of(check)
    return QueryRule(
        name=check.code,
        problem=_problem(check),
        severity=definition.severity,
        statement=_STATEMENTS[check.kind],
        settings={
            "check": check.pk,
            "text_de": check.text_de,
            "text_en": check.text_en,
            "first_year": check.valid_from,
            "last_year": _LAST_YEAR if check.valid_until is None else check.valid_until,
            "indicators": list(definition.parameters.indicators) or None,
            **_own_settings(definition.parameters),
        },
        options={"waived": checks_sql.NOT_WAIVED} if is_waived else {},
    )


def _problem(check: PlausibilityCheck) -> str:
    """The type of problem whose sentence fits the kind and its severity."""
    if check.severity == Severity.ERROR:
        return "group_within_total" if check.kind == CheckKind.PART_OF_TOTAL else "check_broken"
    return "no_jump_from_last_year" if check.kind == CheckKind.CHANGE else "check_asks"


def _own_settings(parameters: Parameters) -> dict[str, Any]:
    match parameters:
        case ChangeOnYear():
            return {"relative": parameters.relative, "absolute": parameters.absolute}
        case Range():
            return {"minimum": parameters.minimum, "maximum": parameters.maximum}
    return {}


def hold(run: ImportRun, rows: Sequence[int] | None = None) -> list[QueryRule]:
    """Hold what breaks a check that is an error, until nothing does; returns what is asked of the rest.

    Once a value is held, those it was compared with are compared with what is stored in its place.
    """
    chosen = sql.ALL_ROWS if rows is None else sql.CHOSEN_ROWS
    with connection.cursor() as cursor:
        while True:
            found = _found_now(run, rows)
            for rule in (each for each in found if each.holds):
                statement = sql.HOLD.format(found=checks_sql.holding(rule.found(chosen)))
                cursor.execute(statement, rule.params(run) | {"rows": rows})
                if cursor.rowcount:
                    break
            else:
                return [rule for rule in found if not rule.holds]


def ask(run: ImportRun, found: Sequence[QueryRule] | None = None) -> None:
    """Ask anew about what looks odd; explained values become notes. ``found``: what is asked, if known."""
    forget(run, ASKED)
    with connection.cursor() as cursor:
        for rule in asked(run) if found is None else found:
            cursor.execute(queries_sql.ask(rule.found()), rule.params(run))


def forget(run: ImportRun, codes: Iterable[str]) -> None:
    ImportProblem.objects.filter(import_run=run, code__in=codes, holds=False).delete()
    ImportCause.objects.filter(import_run=run, code__in=codes, holds=False).delete()
