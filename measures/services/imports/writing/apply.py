"""Writing what a preview showed, in one transaction; or throwing it away."""

import pghistory
from django.db import connection, transaction
from django.utils import timezone

from measures.enums import ImportStage
from measures.import_workflow import ImportAction, ImportStatus
from measures.models import ImportRun, StagedFigure, Submission
from measures.permissions import import_obstacle
from measures.services.imports.errors import (
    ImportHoldsRowsError,
    ImportNotAllowedError,
    ImportOutdatedError,
)
from measures.services.imports.judging import comparing, sql
from measures.services.imports.lease import StageCallback, take, working_on
from measures.services.imports.reading.read import not_allowed
from measures.services.imports.staging import filling, staging_sql
from measures.services.imports.writing.locking import lock_submissions
from measures.services.imports.writing.reopening import reopen
from measures.services.imports.writing.steps import WriteContext, look_before_writing, record_step
from measures.workflow import SubmissionStatus
from partners.models import User
from partners.permissions import Access, access_for


def apply_import(  # noqa: PLR0913  # who, why and under which conditions
    *,
    run_id: int,
    actor: User,
    access: Access | None = None,
    reason: str = "",
    hold_errors: bool = True,
    only_as_previewed: bool = False,
    is_requested: bool = False,
    report: StageCallback | None = None,
) -> ImportRun:
    """Write the new and changed figures of an import that is ready; nothing is ever deleted.

    Takes the import, locks its submissions in the order of their keys, then compares once more: what others
    wrote since the preview is taken into account, or, with ``only_as_previewed``, refused. Submissions in
    review or approved that would really change are reopened first, which needs ``reason``. Values that are
    held, and what a question is open about, stay out; without ``hold_errors`` any of it stops the import.
    ``is_requested``: for whoever asked on the page, unless the request was taken back.
    """
    action = ImportAction.CARRY_OUT if is_requested else ImportAction.APPLY
    with working_on(run_id, action, report=report) as work:
        run = work.run
        work.report(ImportStage.CHECKING)
        _check_rights(run, access or access_for(actor))
        _lock_submissions(run)
        moved = comparing.differ(run)
        if moved and only_as_previewed:
            raise ImportOutdatedError
        if moved:
            comparing.note_submissions(run)
            comparing.count(run)
        if (run.held_count or run.questions) and not hold_errors:
            raise ImportHoldsRowsError
        reason = reason.strip()
        work.report(ImportStage.WRITING, 0, run.new_count + run.changed_count)
        with pghistory.context(user=actor.pk, reason=reason, import_run=run.pk) as history:
            _reopen(run, actor, access or access_for(actor), reason)
            _write(WriteContext(run=run, actor=actor, reason=reason, context_id=history.id))
        work.finish()
        run.status = ImportStatus.APPLIED
        run.applied_at = timezone.now()
        run.applied_by = actor
        run.reason = reason
        run.notice = None
        run.save()
    return run


@transaction.atomic
def refresh_import(*, run_id: int, access: Access) -> ImportRun:
    """Compare a ready import with what is stored now, after it turned out to be outdated."""
    run = take(run_id, ImportAction.REFRESH)
    comparing.compare(run, access)
    run.save()
    return run


@transaction.atomic
def discard_import(*, run_id: int) -> ImportRun:
    """Give an import up: nothing is written, its rows are forgotten, the file is kept.

    While a worker has it, it is to be cancelled first.
    """
    run = take(run_id, ImportAction.DISCARD)
    filling.forget_rows(run)
    run.status = ImportStatus.DISCARDED
    run.save(update_fields=["status"])
    return run


def needs_reason(run: ImportRun) -> list[Submission]:
    """Submissions in review or approved that applying would change."""
    return list(comparing.submissions_to_change(run).exclude(status__in=SubmissionStatus.editable))


def _check_rights(run: ImportRun, access: Access) -> None:
    codes = StagedFigure.objects.filter(import_run=run).values("organisation").distinct()
    if foreign := not_allowed(access, codes):
        raise ImportNotAllowedError(foreign)


def _lock_submissions(run: ImportRun) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SUBMISSIONS_IN_FILE, {"run": run.pk})
        ids = [row[0] for row in cursor.fetchall()]
    lock_submissions(ids)


def _reopen(run: ImportRun, actor: User, access: Access, reason: str) -> None:
    """Submissions that change go back to where figures can be written, with a row in their log."""
    if not access.manages_data and any(
        import_obstacle(access, submission) for submission in comparing.submissions_to_change(run)
    ):
        raise ImportOutdatedError  # closed or submitted since the preview
    reopen(needs_reason(run), actor, reason, run)


def _write(written: WriteContext) -> None:
    run = written.run
    levels = comparing.levels_of(run)
    before = look_before_writing(levels.items)
    with connection.cursor() as cursor:
        cursor.execute(staging_sql.PLAN_FOR_MEMORY)
        cursor.execute(sql.new_occupations(), {"run": run.pk})
        if cursor.rowcount:  # a plan made when the list was short would read all of it for each figure
            cursor.execute("ANALYZE measures_occupation")
        cursor.execute(sql.SET_LEVELS, {"run": run.pk, **levels.params()})
        cursor.execute(sql.upsert(), {"run": run.pk, "actor": written.actor.pk})
        dated = comparing.dated_sheets(run)
        if dated["sheets"]:
            cursor.execute(sql.set_data_as_of(), {"run": run.pk, **dated})
    record_step(written, before, dates=dated["dates"])
