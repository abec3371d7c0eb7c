"""Imports that wait for a worker: begun, stopped, given up or handed out again."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from measures.enums import ImportStage, Verdict
from measures.import_workflow import POSSIBLE, ImportAction, ImportStatus
from measures.models import ImportRun
from measures.selectors.imports.messages import ImportNotice
from measures.services.imports import progress
from measures.services.imports.errors import ImportNotReadyError
from measures.services.imports.lease import lease, lease_free, take
from measures.services.imports.staging import filling
from partners.models import User

TRIES = 3
SECONDS_BETWEEN_TRIES = 10
"""After the first; twice as many after the second."""

SECONDS_BETWEEN_SCANS = 60


@transaction.atomic
def begin(run_id: int, status: str) -> bool:
    """Count a try at what the import waits for, unless another worker is at it or it is not to be done."""
    if not lease(run_id):
        return False
    run = ImportRun.objects.filter(pk=run_id, status=status).first()
    if run is None or _is_settled(run):
        return False
    ImportRun.objects.filter(pk=run_id).update(
        attempts=F("attempts") + 1, begun_at=timezone.now(), not_before=None
    )
    return True


@transaction.atomic
def claim_pending_imports() -> dict[int, str]:
    """Imports that nobody works on although they wait: their message was lost or their worker died.

    Waiting is no failure; what was begun three times and never finished is given up.
    """
    at_work = ImportRun.objects.filter(status__in=ImportStatus.at_work)
    free = lease_free(list(at_work.values_list("pk", flat=True)))
    return {run.pk: run.status for run in at_work.filter(pk__in=free).order_by("pk") if not _is_settled(run)}


@transaction.atomic
def cancel_import(*, run_id: int) -> None:
    """Ask for the work on an import to stop; where no worker has begun, it stops at once."""
    at_work = ImportRun.objects.filter(pk=run_id, status__in=POSSIBLE[ImportAction.CANCEL])
    if not at_work.update(cancel_requested_at=timezone.now()):
        raise ImportNotReadyError
    if lease(run_id):
        _stop(at_work.get())


@transaction.atomic
def stop_import(*, run_id: int) -> ImportRun:
    """Put an import whose work was broken off on request to where it can be resumed or discarded."""
    run = take(run_id, ImportAction.CANCEL)
    _stop(run)
    return run


@transaction.atomic
def resume_import(*, run_id: int, actor: User) -> ImportRun:
    """Have a cancelled or failed import read again, from the beginning and in this person's name."""
    run = take(run_id, ImportAction.RESUME)
    wait_to_be_read(run, actor)
    return run


def wait_to_be_read(run: ImportRun, actor: User) -> None:
    """Have a worker read the file, now or when it is tried again, by no more rights than ``actor`` has."""
    run.reading_requested_by = actor
    run.status = ImportStatus.UPLOADED
    wait_in_line(run)
    run.cancel_requested_at = None
    run.refusal = None
    run.notice = None
    run.save()
    progress.forget(run.pk)


def wait_in_line(run: ImportRun) -> None:
    """Begin to wait for a worker: from now on, and with every try still to come."""
    run.attempts = 0
    run.waiting_since = timezone.now()
    run.not_before = None


@transaction.atomic
def try_later(*, run_id: int, code: str) -> int:
    """Have work tried again after some seconds, which are returned; after the last try it has failed: 0."""
    run = ImportRun.objects.filter(pk=run_id, status__in=ImportStatus.at_work).first()
    if run is None or not lease(run_id):
        return 0
    if run.attempts >= TRIES:
        _fail(run, code)
        return 0
    seconds = SECONDS_BETWEEN_TRIES * int(2 ** max(run.attempts - 1, 0))
    run.not_before = timezone.now() + dt.timedelta(seconds=seconds)
    run.save(update_fields=["not_before"])
    return seconds


@transaction.atomic
def postpone(*, run_id: int) -> int:
    """Have a file read once it can be scanned, however long that takes; returns after how many seconds."""
    run = ImportRun.objects.filter(pk=run_id, status=ImportStatus.UPLOADED).first()
    if run is None or not lease(run_id):
        return 0
    run.attempts = 0
    run.not_before = timezone.now() + dt.timedelta(seconds=SECONDS_BETWEEN_SCANS)
    run.save(update_fields=["attempts", "not_before"])
    progress.ProgressReporter(run_id)(ImportStage.WAITING_FOR_SCANNER)
    return SECONDS_BETWEEN_SCANS


@transaction.atomic
def mark_import_failed(*, run_id: int, code: str = "failed") -> None:
    run = ImportRun.objects.filter(pk=run_id, status__in=ImportStatus.at_work).first()
    if run is not None and lease(run_id):
        _fail(run, code)


def set_back(run: ImportRun, notice: ImportNotice) -> None:
    """End a request without effect: the import returns to its former state, with a notice."""
    run.status = run.notice["params"]["back_to"] if run.notice else ImportStatus.READY
    run.notice = notice
    run.cancel_requested_at = None
    run.save(update_fields=["status", "notice", "cancel_requested_at"])
    progress.forget(run.pk)


def _is_settled(run: ImportRun) -> bool:
    if run.cancel_requested_at:
        _stop(run)
    elif run.attempts >= TRIES:
        _fail(run, "broken_off")
    return run.status not in ImportStatus.at_work


def _stop(run: ImportRun) -> None:
    if run.status == ImportStatus.APPLYING:
        set_back(run, {"code": "cancelled", "params": {}})
    else:
        _empty(run, ImportStatus.CANCELLED)


def _fail(run: ImportRun, code: str) -> None:
    if run.status == ImportStatus.APPLYING:
        set_back(run, {"code": code, "params": {}})
    else:
        run.refusal = {"code": code, "params": {}}
        _empty(run, ImportStatus.FAILED)


def _empty(run: ImportRun, status: ImportStatus) -> None:
    """Forget what an earlier reading left: it no longer fits the answers."""
    filling.clear(run)
    run.status = status
    for verdict in Verdict:
        setattr(run, f"{verdict.value}_count", 0)
    run.absent_count = 0
    run.save()
    progress.forget(run.pk)
