"""Correcting held rows in the page, and applying them once the others have been applied."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pghistory
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from measures.enums import Severity, Verdict
from measures.figure_rules import CONTENT
from measures.import_workflow import ImportAction, ImportStatus
from measures.importing.rows.repeats import stated_together
from measures.models import ImportCause, ImportProblem, ImportRun, Item, StagedFigure, Submission
from measures.permissions import import_obstacle
from measures.services.imports.errors import (
    ImportNotAllowedError,
    ImportObstructedError,
    NothingToApplyError,
    RowNotHeldError,
)
from measures.services.imports.judging import comparing, queries, sql
from measures.services.imports.judging.explanations import explain_rows
from measures.services.imports.lease import take
from measures.services.imports.reading.read import not_allowed
from measures.services.imports.staging import owners
from measures.services.imports.writing import correcting_sql
from measures.services.imports.writing.locking import lock_submissions
from measures.services.imports.writing.reopening import reopen
from measures.services.imports.writing.steps import WriteContext, look_before_writing, record_step
from measures.typed_values import Entry
from partners.models import User
from partners.permissions import Access, access_for


@dataclass(frozen=True)
class RowCorrection:
    """A row as a person corrected it: its key and what it states."""

    organisation: str
    indicator: str
    year: int
    region: str
    occupation: str
    target_group: str
    entry: Entry

    @property
    def key(self) -> dict[str, Any]:
        return {
            "organisation": self.organisation,
            "indicator": self.indicator,
            "year": self.year,
            "region": self.region,
            "occupation": self.occupation,
            "target_group": self.target_group,
        }


def may_be_corrected(run: ImportRun, row: StagedFigure) -> bool:
    """Whether a row is held, or was corrected and not applied since."""
    if not run.is_possible(ImportAction.CORRECT):
        return False
    if row.verdict == Verdict.HELD:
        return True
    return row.corrected_at is not None and (run.applied_at is None or row.corrected_at > run.applied_at)


@transaction.atomic
def correct_row(
    *, run_id: int, row_id: int, actor: User, corrected: RowCorrection, access: Access | None = None
) -> StagedFigure | None:
    """Correct a held row and judge it again by all rules; the file's text is kept as the original.

    None: the figure is given elsewhere in the file with the same content, so this row is dropped with a note.
    """
    run = take(run_id, ImportAction.CORRECT)
    access = access or access_for(actor)
    row = StagedFigure.objects.get(pk=row_id, import_run=run)
    if not may_be_corrected(run, row):
        raise RowNotHeldError
    if foreign := not_allowed(access, {row.organisation, corrected.organisation}):
        raise ImportNotAllowedError(foreign)
    together = _cells_held_with(run, row)
    concerned = {row.pk, *_compared_with(row), *(other.pk for other in together)}
    _forget_problems(run, row, access)
    for name, value in corrected.key.items():
        setattr(row, name, value)
    row.value, row.absence = corrected.entry.value, corrected.entry.absence
    row.is_below_half_unit = row.is_below_half_unit and corrected.entry.value == 0
    row.item_id = _item_of(corrected)
    row.verdict, row.corrected_by, row.corrected_at = Verdict.NEW, actor, timezone.now()
    row.save()
    kept = _kept_once(run, row)
    if kept:
        _judge(run, row, access)
        concerned |= _compared_with(row)
    for other in together:
        _release(run, other, actor, access)
    queries.hold(run, rows=sorted(concerned))
    if run.status == ImportStatus.READY:
        comparing.note_submissions(run)
        queries.ask(run)
    comparing.group_by_cause(run)
    comparing.count(run)
    owners.note_corrected(run, corrected.organisation)
    run.save()
    return StagedFigure.objects.get(pk=row_id) if kept else None


def corrected_rows(run: ImportRun) -> list[int]:
    """Rows that were corrected since the import was applied and can be applied now."""
    if not run.is_possible(ImportAction.APPLY_CORRECTED):
        return []
    rows = StagedFigure.objects.filter(
        import_run=run, verdict__in=Verdict.written, corrected_at__gt=run.applied_at
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def apply_corrected(*, run_id: int, actor: User, access: Access | None = None, reason: str = "") -> ImportRun:
    """Write the rows corrected since the import was applied, and those alone, as a step of its own."""
    run = take(run_id, ImportAction.APPLY_CORRECTED)
    access, reason = access or access_for(actor), reason.strip()
    rows = corrected_rows(run)
    scope: dict[str, Any] = {"run": run.pk, "rows": rows}
    codes = StagedFigure.objects.filter(pk__in=rows).values("organisation").distinct()
    if foreign := not_allowed(access, codes):
        raise ImportNotAllowedError(foreign)
    lock_submissions(_ids(correcting_sql.SUBMISSIONS_TO_CHANGE, scope))
    _do(correcting_sql.COMPARE, scope)
    changing = Submission.objects.filter(pk__in=_ids(correcting_sql.SUBMISSIONS_TO_CHANGE, scope))
    submissions = list(changing.select_related("organisation", "round").order_by("pk"))
    if not submissions:
        raise NothingToApplyError
    if obstructed := [str(submission) for submission in submissions if import_obstacle(access, submission)]:
        raise ImportObstructedError(obstructed)
    explain_rows(run, rows, actor, reason)
    with pghistory.context(user=actor.pk, reason=reason, import_run=run.pk) as history:
        reopen(submissions, actor, reason, run)
        _write(WriteContext(run=run, actor=actor, reason=reason, context_id=history.id), scope)
    comparing.count(run)
    run.submissions_to_change = sorted({*run.submissions_to_change, *(s.pk for s in submissions)})
    run.status, run.applied_at, run.applied_by = ImportStatus.APPLIED, timezone.now(), actor
    run.save()
    return run


def _write(written: WriteContext, scope: Mapping[str, Any]) -> None:
    run = written.run
    rows = StagedFigure.objects.filter(pk__in=scope["rows"])
    items = {item for item in rows.values_list("item_id", flat=True) if item}
    levels = comparing.levels_of(run).only(items)
    before = look_before_writing(items)
    dated = comparing.dated_sheets(run)
    _do(correcting_sql.NEW_OCCUPATIONS, scope)
    _do(sql.SET_LEVELS, {"run": run.pk, **levels.params()})
    _do(correcting_sql.UPSERT, {**scope, "actor": written.actor.pk})
    if dated["sheets"]:
        _do(correcting_sql.SET_DATA_AS_OF, {**scope, **dated})
    record_step(written, before, dates=dated["dates"])


def _item_of(corrected: RowCorrection) -> int | None:
    return next(iter(_ids(correcting_sql.ITEM_OF, corrected.key)), None)


def _kept_once(run: ImportRun, row: StagedFigure) -> bool:
    """The same key again: a row that adds nothing is a note and no figure, another an error on both cells."""
    same = StagedFigure.objects.filter(
        import_run=run,
        item_id=row.item_id,
        region=row.region,
        occupation=row.occupation,
        target_group=row.target_group,
    )
    others = list(same.exclude(pk=row.pk).exclude(verdict=Verdict.HELD)) if row.item_id else []
    for other in others:
        if stated_together(_statement(row), _statement(other)) == _statement(other):
            _add_problem(run, row, "repeated_equal", Severity.NOTE, other=other.cell)
            row.delete()
            return False
        _hold(run, row, "repeated_different", other=other.cell)
        if run.status == ImportStatus.READY:
            _hold(run, other, "repeated_different", other=row.cell)
    return True


def _statement(row: StagedFigure) -> list[Any]:
    return [getattr(row, name) for name in CONTENT]


def _hold(run: ImportRun, row: StagedFigure, code: str, **params: str) -> None:
    row.verdict = Verdict.HELD
    row.save(update_fields=["verdict"])
    _add_problem(run, row, code, Severity.ERROR, **params)


def _add_problem(run: ImportRun, row: StagedFigure, code: str, severity: str, **params: str) -> None:
    ImportProblem.objects.create(
        import_run=run,
        severity=severity,
        code=code,
        sheet=row.sheet,
        cell=row.cell,
        row=row.row,
        column=row.column,
        found=row.original,
        message=params,
        holds=severity == Severity.ERROR,
    )


def _judge(run: ImportRun, row: StagedFigure, access: Access) -> None:
    """The rules of staging, asked of this row, in the same order."""
    for statement, params in _rules(run, row, access):
        comparing.hold(run, statement, params)
    for statement in (correcting_sql.LAST_YEAR, correcting_sql.COMPARE):
        _do(statement, {"run": run.pk, "rows": [row.pk]})


def _rules(run: ImportRun, row: StagedFigure, access: Access) -> list[tuple[str, dict[str, Any]]]:
    scope: dict[str, Any] = {"rows": [row.pk]}
    rules = [
        (correcting_sql.NOT_DUE, scope),
        (correcting_sql.NOT_ASKED, scope),
        (correcting_sql.NOT_OF_ROUND, scope),
    ]
    if row.item_id:
        rules.append((correcting_sql.OFF_LEVEL, {**scope, **comparing.levels_of(run).params()}))
        submission = (
            Item.objects.select_related("submission__round", "submission__organisation")
            .get(pk=row.item_id)
            .submission
        )
        if code := import_obstacle(access, submission):
            obstacle: dict[str, Any] = {
                "submissions": [submission.pk],
                "codes": [code],
                "params": [json.dumps(comparing.described(submission))],
            }
            rules.append((correcting_sql.IN_SUBMISSIONS, {**scope, **obstacle}))
    return rules


def _forget_problems(run: ImportRun, row: StagedFigure, access: Access) -> None:
    """What held the row is settled: problems of its cell, and of its line once no other row there is held.

    A problem that stands for several rows counts one less, and goes with the last of them.
    """
    in_line = StagedFigure.objects.filter(
        import_run=run, sheet=row.sheet, row=row.row, verdict=Verdict.HELD
    ).exclude(pk=row.pk)
    held = ImportProblem.objects.filter(import_run=run, holds=True).select_related("cause")
    settled = held.filter(sheet=row.sheet, row=row.row)
    if in_line.exists():
        settled = settled.filter(column=row.column)
    shared = [
        held.filter(code=code, message__contains=params) for code, params in _rules_broken(run, row, access)
    ]
    for problem in {problem.pk: problem for found in (settled, *shared) for problem in found}.values():
        _settle(problem)


def _rules_broken(run: ImportRun, row: StagedFigure, access: Access) -> list[tuple[str, dict[str, str]]]:
    """The rules that held the row as it was; one problem each may stand for many rows."""
    StagedFigure.objects.filter(pk=row.pk).update(verdict=Verdict.NEW)
    broken = []
    with connection.cursor() as cursor:
        for statement, params in _rules(run, row, access):
            cursor.execute(correcting_sql.BROKEN_RULES.format(found=statement), {"run": run.pk, **params})
            broken += [(code, json.loads(message)) for code, message in cursor.fetchall()]
    return broken


def _compared_with(row: StagedFigure) -> set[int]:
    """The rows of the total and of the groups that belong to the same region and occupation."""
    if row.item_id is None:
        return set()
    return set(
        StagedFigure.objects.filter(
            import_run=row.import_run_id, item_id=row.item_id, region=row.region, occupation=row.occupation
        ).values_list("pk", flat=True)
    )


def _cells_held_with(run: ImportRun, row: StagedFigure) -> list[StagedFigure]:
    """Rows that are held because they do not fit this one: a total and its groups, cells of one finding."""
    problems = _problems_together(run)
    found = problems.filter(**_cell_of(row)).values("message__together")
    cells = Q(
        *(Q(**_cell_of(each)) for each in problems.filter(message__together__in=found)), _connector=Q.OR
    )
    others = StagedFigure.objects.filter(
        cells | Q(pk__in=_compared_with(row)), import_run=run, verdict=Verdict.HELD
    ).exclude(pk=row.pk)
    return [each for each in others if problems.filter(**_cell_of(each)).exists()]


def _release(run: ImportRun, row: StagedFigure, actor: User, access: Access) -> None:
    """Judge a row anew that was held with another. Once an import is applied, it counts as corrected too."""
    for problem in _problems_together(run).filter(**_cell_of(row)):
        _settle(problem)
    row.verdict = Verdict.NEW
    if run.status in ImportStatus.written:
        row.corrected_by, row.corrected_at = actor, timezone.now()
    row.save()
    _judge(run, row, access)


def _problems_together(run: ImportRun) -> QuerySet[ImportProblem]:
    found: QuerySet[ImportProblem] = ImportProblem.objects.filter(
        import_run=run, holds=True, code__in=queries.HELD_TOGETHER
    ).select_related("cause")
    return found


def _cell_of(row: StagedFigure | ImportProblem) -> dict[str, Any]:
    return {"sheet": row.sheet, "row": row.row, "column": row.column}


def _settle(problem: ImportProblem) -> None:
    cause, count = problem.cause, int(problem.message.get("count", 1))
    if count > 1:
        problem.message = problem.message | {"count": str(count - 1)}
        problem.save(update_fields=["message"])
        if cause is not None and cause.count == 1:
            cause.message = problem.message
            cause.save(update_fields=["message"])
        return
    problem.delete()
    if cause is None:
        return
    if cause.count <= 1:
        cause.delete()
        return
    left = ImportProblem.objects.filter(cause=cause).values_list("cell", flat=True)
    ImportCause.objects.filter(pk=cause.pk).update(count=cause.count - 1, first_cells=list(left[:8]))


def _do(statement: str, params: Mapping[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, dict(params))


def _ids(statement: str, params: Mapping[str, Any]) -> Sequence[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, dict(params))
        return [row[0] for row in cursor.fetchall()]
