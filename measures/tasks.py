"""Work that takes longer than a page should.

The database holds what is to be done; a message says no more than that there is something. So a message too
many does nothing, and for one that is lost another is sent: every minute as many as there is work waiting.
"""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from celery import Task, shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import OperationalError, transaction
from kombu.exceptions import OperationalError as QueueError

from measures.import_workflow import ImportStatus
from measures.importing.process import folders
from measures.services.batches import settle_expired_proposals
from measures.services.imports import dispatch, made_files, marking, requests, turns
from measures.services.imports.reading import read
from measures.services.notices import commitments, reminders
from partners.files.disk_full import is_disk_full
from partners.files.malware import ScannerUnavailableError
from partners.services.notices import digests
from partners.tasks import send_mails_after_commit

logger = logging.getLogger(__name__)

SECONDS_A_CALL_COUNTS = 60
"""After them the next ones of every minute have been sent."""

MOST_CALLS = 20
"""As many are sent at once; whoever has done one thing calls for the next."""


class ImportTask(Task):
    """Work that cannot be sent is found a minute later by itself."""

    def apply_async(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().apply_async(*args, **kwargs)
        except QueueError as error:
            logger.warning("%s could not be sent; the work waits: %s", self.name, error)
            return None


import_task = partial(
    shared_task,
    base=ImportTask,
    acks_late=True,
    soft_time_limit=settings.IMPORT_TASK_SECONDS,
    time_limit=settings.IMPORT_TASK_SECONDS + 60,
    ignore_result=True,
)


@import_task(name="measures.read_next_import")
def read_next_import() -> None:
    _do_next(ImportStatus.UPLOADED, read.read_import)


@import_task(name="measures.carry_out_next_request")
def carry_out_next_request() -> None:
    _do_next(ImportStatus.APPLYING, requests.carry_out_request)


CALLS = {ImportStatus.UPLOADED: read_next_import, ImportStatus.APPLYING: carry_out_next_request}


def call_reader_after_commit() -> None:
    transaction.on_commit(read_next_import.delay)


def call_writer_after_commit() -> None:
    transaction.on_commit(carry_out_next_request.delay)


@shared_task(name="measures.dispatch_pending_imports", ignore_result=True)
def dispatch_pending_imports() -> None:
    with transaction.atomic():
        waiting = list(dispatch.claim_pending_imports().values())
        for status, task in CALLS.items():
            for _ in range(min(waiting.count(status), MOST_CALLS)):
                transaction.on_commit(partial(task.apply_async, expires=SECONDS_A_CALL_COUNTS))


@shared_task(
    name="measures.mark_file",
    soft_time_limit=2 * settings.IMPORT_MAX_MARKING_SECONDS,
    time_limit=2 * settings.IMPORT_MAX_MARKING_SECONDS + 60,
    ignore_result=True,
)
def mark_file(run_id: int, user_id: int, language: str, name: str) -> None:
    marking.mark_file(run_id=run_id, user_id=user_id, language=language, name=name)


@shared_task(
    name="measures.make_import_report",
    soft_time_limit=settings.REPORT_SECONDS,
    time_limit=settings.REPORT_SECONDS + 60,
    ignore_result=True,
)
def make_import_report(run_id: int, user_id: int, language: str, name: str) -> None:
    marking.make_report(run_id=run_id, user_id=user_id, language=language, name=name)


MAKERS = {marking.MARKED: mark_file, marking.REPORT: make_import_report}


def request_file(kind: str, *, run_id: int, user_id: int, language: str, name: str) -> bool:
    """Have a worker make the file; False if the queue is out of reach."""
    try:
        MAKERS[kind].delay(run_id, user_id, language, name)
    except QueueError as error:
        logger.warning("%s could not be sent: %s", MAKERS[kind].name, error)
        return False
    return True


@shared_task(name="measures.send_notices", ignore_result=True)
def send_notices() -> None:
    """By the clock: write the reminders that are due, and then the mails with all that waits."""
    settle_expired_proposals()
    reminders.write_reminders()
    commitments.write_commitment_reminders()
    if digests.write_digests():
        send_mails_after_commit()


@shared_task(name="measures.remove_leftovers", ignore_result=True)
def remove_leftovers() -> None:
    folders.remove_leftovers()
    made_files.remove_old()


def _do_next(status: ImportStatus, work: Callable[..., object]) -> None:
    """Do what is next, then call for what comes after. A store out of reach is tried again, a bug is not."""
    try:
        with turns.next_turn(status) as run_id:
            if run_id is None:
                return
            try:
                work(run_id=run_id)
            except ScannerUnavailableError as error:
                logger.warning("Import %s waits until it can be scanned: %s", run_id, error)
                if seconds := dispatch.postpone(run_id=run_id):
                    CALLS[status].apply_async(countdown=seconds)
            except (OSError, OperationalError) as error:
                logger.warning("Import %s is tried again", run_id, exc_info=error)
                if seconds := dispatch.try_later(run_id=run_id, code=_reason(error)):
                    CALLS[status].apply_async(countdown=seconds)
            except Exception as error:
                dispatch.mark_import_failed(run_id=run_id, code=_reason(error))
                raise
    finally:
        _call_for_next(status)


def _call_for_next(status: ImportStatus) -> None:
    if turns.next_import(status) is not None:
        CALLS[status].delay()


def _reason(error: Exception) -> str:
    if isinstance(error, SoftTimeLimitExceeded):
        return "took_too_long"
    return "disk_full" if is_disk_full(error) else "failed"
