"""The tasks of the queue: each takes ids and calls one service."""

from functools import partial
from typing import Any

from celery import Task, shared_task
from django.db import OperationalError, transaction

from reporting.querysets import TRIES
from reporting.services import reports


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
            transaction.on_commit(partial(produce_report.delay, report_id))
