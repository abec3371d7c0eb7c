"""Work that takes longer than a page should: ids in, one service call."""

from functools import partial
from typing import Any

from celery import Task, shared_task
from django.db import transaction

from measures.services import imports


class ImportTask(Task):
    """Reading that fails leaves an import that says so."""

    def on_failure(self, exc: Exception, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        imports.mark_import_failed(run_id=args[0])


@shared_task(
    name="measures.read_import",
    base=ImportTask,
    autoretry_for=(OSError,),  # the file store hiccuped; a bug must fail at once
    retry_backoff=30,
    max_retries=4,
    acks_late=True,
    soft_time_limit=420,
    time_limit=480,
    ignore_result=True,
)
def read_import(run_id: int) -> None:
    imports.read_import(run_id=run_id)


@shared_task(name="measures.dispatch_owed_imports", ignore_result=True)
def dispatch_owed_imports() -> None:
    with transaction.atomic():
        for run_id in imports.claim_owed_imports():
            transaction.on_commit(partial(read_import.delay, run_id))
