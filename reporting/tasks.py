"""The tasks of the queue: each takes ids and calls one service."""

import logging
from functools import partial
from typing import Any

from celery import Task, shared_task
from django.db import OperationalError, transaction

from partners.files.orphans import find_orphans, remove_unfinished
from reporting.querysets import TRIES
from reporting.services import alarms, reports

logger = logging.getLogger(__name__)


SECONDS_A_CALL_COUNTS = 300
"""After them the next ones of every five minutes have been sent."""


class ReportTask(Task):
    def on_failure(self, exc: Exception, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        reports.mark_report_failed(report_id=args[0] if args else kwargs["report_id"], error=exc)


@shared_task(
    name="reporting.produce_report",
    base=ReportTask,
    autoretry_for=(OSError, OperationalError),  # the file store or the database hiccuped; a bug fails at once
    retry_backoff=10,
    max_retries=TRIES - 1,
    acks_late=True,
    soft_time_limit=240,
    time_limit=300,
    ignore_result=True,
)
def produce_report(report_id: int) -> None:
    reports.produce_report(report_id=report_id)


@shared_task(name="reporting.dispatch_pending_reports", ignore_result=True)
def dispatch_pending_reports() -> None:
    with transaction.atomic():
        for report_id in reports.claim_pending_reports():
            call = partial(produce_report.apply_async, [report_id], expires=SECONDS_A_CALL_COUNTS)
            transaction.on_commit(call)


@shared_task(name="reporting.report_orphans", ignore_result=True)
def report_orphans() -> None:
    """Log what files and rows lack of each other, and remove what killed processes left unfinished."""
    found = find_orphans()
    for message, names in (
        ("Rows without their file, see manage.py find_orphans: %s, first %s", found.rows_without_file),
        ("Files without a row, see manage.py find_orphans: %s, first %s", found.files_without_row),
    ):
        if names:
            logger.error(message, len(names), ", ".join(names[:10]))
    if removed := remove_unfinished(found):
        logger.info("Unfinished files removed: %s", removed)


@shared_task(name="reporting.watch_queues", ignore_result=True)
def watch_queues() -> None:
    alarms.watch_queues()
