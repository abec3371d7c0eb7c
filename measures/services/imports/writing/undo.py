"""Undoing what an import wrote, and undoing that: exactly, and as often as wanted."""

from collections.abc import Iterable

import pghistory
from django.db import connection

from measures.enums import ImportStage
from measures.import_workflow import ImportAction, ImportStatus
from measures.models import ImportStep, Submission
from measures.permissions import import_obstacle, may_import_for
from measures.selectors.imports import item_states, step_sql
from measures.selectors.imports.chains import Chains
from measures.selectors.imports.dependents import question
from measures.selectors.imports.planning import expecting
from measures.services.imports.errors import (
    ImportBusyError,
    ImportNotAllowedError,
    ImportNotReadyError,
    ImportObstructedError,
    NothingToUndoError,
    StepHasDependentsError,
)
from measures.services.imports.lease import LeasedWork, StageCallback, working_on
from measures.services.imports.writing import undo_sql
from measures.services.imports.writing.locking import lock_submissions
from measures.services.imports.writing.reopening import reopen, withdraw_corrections
from measures.services.imports.writing.steps import WriteContext, look_before_writing, record_step
from partners.models import User
from partners.permissions import Access, access_for


def undo_step(  # noqa: PLR0913  # who, why and under which conditions
    *,
    step_id: int,
    actor: User,
    access: Access | None = None,
    reason: str = "",
    only_independent: bool = False,
    is_requested: bool = False,
    report: StageCallback | None = None,
) -> ImportStep:
    """Make figures, their provenance, levels and Datenstand what they were before the step.

    Undoing an undo brings back what that took away. Figures on which something rests (``dependents_of``)
    stop it, or, with ``only_independent``, stay as they are. Every change leaves its version; submissions in
    review or approved are reopened, which needs ``reason``; a correction that the import began is withdrawn
    where what was approved is stated again. Locks in the order of applying: the import, then
    its submissions by their keys. ``is_requested``: for whoever asked on the page.
    """
    step = ImportStep.objects.get(pk=step_id)
    action = ImportAction.CARRY_OUT if is_requested else ImportAction.UNDO
    try:
        with working_on(step.import_run_id, action, report=report) as work:
            work.report(ImportStage.CHECKING)
            return _undo(work, step, actor, access or access_for(actor), reason.strip(), only_independent)
    except ImportNotReadyError as error:
        raise ImportBusyError from error


def _undo(  # noqa: PLR0913, PLR0917  # the step, who undoes it, and under which conditions
    work: LeasedWork,
    step: ImportStep,
    actor: User,
    access: Access,
    reason: str,
    only_independent: bool,  # noqa: FBT001  # one of two ways
) -> ImportStep:
    run = work.run
    chains = Chains.of_runs([run.pk])
    touched = item_states.touched(step, chains)
    locked = {*_submissions_of(step, chains), *_submissions_with(touched)}
    lock_submissions(locked)
    context = pghistory.context(user=actor.pk, reason=reason, import_run=run.pk, undoes=step.pk)
    with context as history, connection.cursor() as cursor:
        with expecting(step.figure_count):
            cursor.execute(undo_sql.PLAN, question(step, chains))
        cursor.execute(undo_sql.PLAN_READY)
        _refuse_dependents(only_independent=only_independent)
        changing = _planned_submissions()
        _refuse_others(changing, access)
        reopen(changing, actor, reason, run)
        work.report(ImportStage.UNDOING)
        written = WriteContext(run, actor, reason, history.id, undoes=step)
        undone = _write(written, chains, touched)
        cursor.execute(undo_sql.PLAN_DONE)
        withdraw_corrections(locked, actor, access, reason, run)
    if undone is None:
        raise NothingToUndoError
    is_undone = Chains.of_runs([run.pk]).is_run_undone()
    work.finish()
    run.status = ImportStatus.UNDONE if is_undone else ImportStatus.APPLIED
    run.notice = None
    run.save(update_fields=["status", "notice"])
    return undone


def _submissions_of(step: ImportStep, chains: Chains) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(step_sql.SUBMISSIONS_OF_STEP, dict(chains.params(step)))
        return [row[0] for row in cursor.fetchall()]


def _submissions_with(items: Iterable[int]) -> list[int]:
    return list(Submission.objects.filter(items__in=list(items)).values_list("pk", flat=True).distinct())


def _refuse_dependents(*, only_independent: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(undo_sql.PLANNED)
        count, blocked = cursor.fetchone()
    if blocked and not only_independent:
        raise StepHasDependentsError
    if blocked and blocked == count:
        raise NothingToUndoError


def _planned_submissions() -> list[Submission]:
    with connection.cursor() as cursor:
        cursor.execute(undo_sql.PLANNED_SUBMISSIONS)
        ids = [row[0] for row in cursor.fetchall()]
    return list(Submission.objects.filter(pk__in=ids).select_related("organisation", "round").order_by("pk"))


def _refuse_others(changing: Iterable[Submission], access: Access) -> None:
    """Whose figures this person may not change, or not now."""
    foreign = [s for s in changing if not may_import_for(access, s.organisation_id)]
    if foreign:
        raise ImportNotAllowedError([submission.organisation.short_name for submission in foreign])
    obstructed = [str(submission) for submission in changing if import_obstacle(access, submission)]
    if obstructed:
        raise ImportObstructedError(obstructed)


def _write(written: WriteContext, chains: Chains, touched: set[int]) -> ImportStep | None:
    """Deletions first: they leave room for the levels that what comes back needs."""
    assert written.undoes is not None  # noqa: S101  # for the type checker
    flipped = _items_to_restore(chains.depth[written.undoes.pk] % 2 == 1, touched)
    before = look_before_writing(touched)
    states = item_states.states_once_undone(written.undoes, chains, flipped)
    with connection.cursor() as cursor:
        cursor.execute(undo_sql.TAKE_AWAY)
        cursor.execute(undo_sql.RESTORE_LEVELS, item_states.params(states))
        cursor.execute(undo_sql.PUT_BACK)
        cursor.execute(undo_sql.BRING_BACK)
        cursor.execute(undo_sql.RESTORE_DATES, item_states.params(states))
    return record_step(written, before, marked=flipped)


def _items_to_restore(is_bringing_back: bool, touched: set[int]) -> set[int]:  # noqa: FBT001  # one of two ways
    """Of the items touched those to treat as the step's no longer: none of its figures stays there.

    What is brought back takes its levels and Datenstand along, be it one figure.
    """
    with connection.cursor() as cursor:
        cursor.execute(undo_sql.PLANNED_ITEMS)
        planned = {item: (stays, goes) for item, stays, goes in cursor.fetchall()}
    return {
        item
        for item in touched
        if item not in planned or (planned[item][1] if is_bringing_back else not planned[item][0])
    }
