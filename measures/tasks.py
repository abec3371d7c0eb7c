"""Work that takes longer than a page should: ids in, one service call."""

from functools import partial
from typing import Any

from celery import Task, shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import OperationalError, transaction

from measures.import_workflow import ImportStatus
from measures.importing.process import folders
from measures.services.imports import dispatch, requests
from measures.services.imports.reading import read


class ImportTask(Task):
    """Work that fails leaves an import with the reason on it."""

    def on_failure(self, exc: Exception, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        code = "took_too_long" if isinstance(exc, SoftTimeLimitExceeded) else "failed"
        dispatch.mark_import_failed(run_id=args[0] if args else kwargs["run_id"], code=code)


import_task = partial(
    shared_task,
    base=ImportTask,
    autoretry_for=(OSError, OperationalError),  # store or database hiccuped; a bug fails at once
    retry_backoff=10,
    max_retries=2,
    acks_late=True,
    soft_time_limit=settings.IMPORT_TASK_SECONDS,
    time_limit=settings.IMPORT_TASK_SECONDS + 60,
    ignore_result=True,
)


@import_task(name="measures.read_import")
def read_import(run_id: int) -> None:
    read.read_import(run_id=run_id)


@import_task(name="measures.carry_out_request")
def carry_out_request(run_id: int) -> None:
    requests.carry_out_request(run_id=run_id)


WAITING = {ImportStatus.UPLOADED: read_import, ImportStatus.APPLYING: carry_out_request}


@shared_task(name="measures.dispatch_pending_imports", ignore_result=True)
def dispatch_pending_imports() -> None:
    with transaction.atomic():
        for run_id, status in dispatch.claim_pending_imports().items():
            transaction.on_commit(partial(WAITING[ImportStatus(status)].delay, run_id))


@shared_task(name="measures.remove_leftovers", ignore_result=True)
def remove_leftovers() -> None:
    folders.remove_leftovers()
