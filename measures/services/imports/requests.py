"""Applying and undoing as a person requests it and a worker does it, in that person's name.

The request is kept in the import's ``notice`` until it is done or given up, so that a lost message or a dead
worker loses nothing.
"""

from collections.abc import Callable

from django.db import IntegrityError, transaction

from measures.exceptions import MeasuresError
from measures.import_workflow import ImportAction, ImportStatus
from measures.models import ImportRun, ImportStep
from measures.permissions import may_handle_import
from measures.selectors.imports.messages import ImportNotice
from measures.services.imports import dispatch, progress
from measures.services.imports.errors import (
    ImportBusyError,
    ImportCancelledError,
    ImportNoLongerAllowedError,
    ImportNotReadyError,
    ImportOutdatedError,
    ImportStoppedError,
)
from measures.services.imports.lease import take
from measures.services.imports.writing.apply import apply_import, refresh_import
from measures.services.imports.writing.undo import undo_step
from partners.models import User
from partners.permissions import Access, access_for

Action = Callable[[ImportRun, User, Access], ImportRun]


@transaction.atomic
def request_apply(*, run_id: int, actor: User, reason: str = "", holds_errors: bool = True) -> ImportRun:
    """Have an import that is ready applied as its preview shows it."""
    run = take(run_id, ImportAction.APPLY)
    run.holds_errors = holds_errors
    run.reason = reason.strip()
    _request(run, actor, "apply")
    return run


@transaction.atomic
def request_undo(*, step_id: int, actor: User, reason: str = "", only_independent: bool = False) -> ImportRun:
    """Have a step of an import undone."""
    step = ImportStep.objects.get(pk=step_id)
    run = take(step.import_run_id, ImportAction.UNDO)
    _request(run, actor, "undo", step=step.pk, reason=reason, only_independent=only_independent)
    return run


def carry_out_request(*, run_id: int) -> ImportRun | None:
    """Do what was asked for, by the rights its asker has now; the page shows what stands in the way."""
    if not dispatch.begin(run_id, ImportStatus.APPLYING):
        return None
    run = ImportRun.objects.select_related("apply_requested_by").get(pk=run_id)
    actor, asked = run.apply_requested_by, run.notice
    if run.status != ImportStatus.APPLYING or actor is None or asked is None:
        return None  # taken back at the last moment
    access = access_for(actor)
    try:
        if not (actor.is_active and may_handle_import(access, run)):
            raise ImportNoLongerAllowedError
        return ACTIONS[asked["params"]["do"]](run, actor, access)
    except (ImportNotReadyError, ImportBusyError):
        return None
    except ImportCancelledError:
        return dispatch.stop_import(run_id=run_id)
    except MeasuresError as error:
        return _give_back(run_id, error, access)


def _request(run: ImportRun, actor: User, do: str, **params: object) -> None:
    run.notice = {"code": "requested", "params": {"do": do, "back_to": run.status, **params}}
    run.status = ImportStatus.APPLYING
    run.apply_requested_by = actor
    dispatch.wait_in_line(run)
    run.cancel_requested_at = None
    run.save()
    progress.forget(run.pk)


@transaction.atomic
def _give_back(run_id: int, error: MeasuresError, access: Access) -> ImportRun:
    if isinstance(error, ImportOutdatedError):
        refresh_import(run_id=run_id, access=access)
    run = take(run_id, ImportAction.CARRY_OUT)
    dispatch.set_back(run, _notice(error))
    return run


def _notice(error: MeasuresError) -> ImportNotice:
    if isinstance(error, ImportStoppedError):
        return error.notice
    return {"code": "refused", "params": {"message": str(error)}}


def _apply(run: ImportRun, actor: User, access: Access) -> ImportRun:
    try:
        return apply_import(
            run_id=run.pk,
            actor=actor,
            access=access,
            reason=run.reason,
            hold_errors=run.holds_errors,
            only_as_previewed=True,
            is_requested=True,
        )
    except IntegrityError as error:
        if refresh_import(run_id=run.pk, access=access).held_count == run.held_count:
            raise
        raise ImportOutdatedError from error  # by the rules of today more is held than the preview shows


def _undo(run: ImportRun, actor: User, access: Access) -> ImportRun:
    asked = (run.notice or {})["params"]
    undone = undo_step(
        step_id=asked["step"],
        actor=actor,
        access=access,
        reason=asked["reason"],
        only_independent=asked["only_independent"],
        is_requested=True,
    )
    return undone.import_run


ACTIONS: dict[str, Action] = {"apply": _apply, "undo": _undo}
