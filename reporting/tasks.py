"""The tasks of the queue: each takes ids and calls one service."""

import logging
from functools import partial
from typing import Any

from celery import Task, group, shared_task
from django.db import OperationalError, transaction

from partners.files.orphans import find_orphans, remove_unfinished
from partners.tasks import send_mails
from reporting.querysets import TRIES
from reporting.services import alarms, documents, release, reports, saved_views, schedules
from reporting.services.releases import announcements, audits, subscriptions, verification

logger = logging.getLogger(__name__)


SECONDS_A_CALL_COUNTS = 300
"""After them the next ones of every five minutes have been sent."""


class ReportTask(Task):
    def on_failure(self, exc: Exception, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        reports.mark_report_failed(report_id=args[0] if args else kwargs["report_id"], error=exc)


class DocumentTask(Task):
    def on_failure(self, exc: Exception, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        documents.mark_document_failed(production_id=args[0] if args else kwargs["production_id"], error=exc)


_PATIENT: dict[str, Any] = {
    "autoretry_for": (
        OSError,
        OperationalError,
    ),  # the file store or the database hiccuped; a bug fails at once
    "retry_backoff": 10,
    "max_retries": TRIES - 1,
    "acks_late": True,
    "soft_time_limit": 240,
    "time_limit": 300,
    "ignore_result": True,
}


@shared_task(name="reporting.produce_report", base=ReportTask, **_PATIENT)
def produce_report(report_id: int) -> None:
    """Freeze the data, then have the documents made by as many workers as are free."""
    pending = reports.freeze_report(report_id=report_id)
    group([produce_document.s(production_id) for production_id in pending]).apply_async()


@shared_task(name="reporting.produce_document", base=DocumentTask, **_PATIENT)
def produce_document(production_id: int) -> None:
    if documents.produce_document(production_id=production_id):
        check_waiting_reports.delay()


@shared_task(name="reporting.check_waiting_reports", acks_late=True, ignore_result=True)
def check_waiting_reports() -> None:
    """Whatever the checklist of a waiting report needs that takes too long for a page, unless it is there."""
    audits.audit_waiting()
    verification.verify_waiting()


@shared_task(name="reporting.check_snapshot", acks_late=True, ignore_result=True)
def check_snapshot(snapshot_id: int) -> None:
    """Because somebody asked for it: the figures are checked anew, whatever was found before."""
    audits.audit(snapshot_id=snapshot_id)
    verification.verify_figures()


@shared_task(name="reporting.publish_due_reports", ignore_result=True)
def publish_due_reports() -> None:
    release.publish_due()
    announce_releases.delay()


@shared_task(name="reporting.announce_releases", ignore_result=True)
def announce_releases() -> None:
    """The links in these mails are signed, with a key that only those have who write mails."""
    if announcements.write_announcements():
        send_mails.delay()


@shared_task(name="reporting.remove_unconfirmed_subscribers", ignore_result=True)
def remove_unconfirmed_subscribers() -> None:
    subscriptions.remove_unconfirmed()


@shared_task(name="reporting.dispatch_pending_reports", ignore_result=True)
def dispatch_pending_reports() -> None:
    with transaction.atomic():
        for report_id in reports.claim_pending_reports():
            call = partial(produce_report.apply_async, [report_id], expires=SECONDS_A_CALL_COUNTS)
            transaction.on_commit(call)


@shared_task(name="reporting.run_report_schedules", ignore_result=True)
def run_report_schedules() -> None:
    """One that fails does not hold up the others: it is due again in a minute."""
    for schedule_id in schedules.due_schedules():
        try:
            with transaction.atomic():
                for report_id in schedules.run_schedule(schedule_id=schedule_id):
                    transaction.on_commit(partial(produce_report.delay, report_id))
        except Exception:
            logger.exception("Report schedule %s could not be run", schedule_id)


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


@shared_task(name="reporting.send_saved_views", ignore_result=True)
def send_saved_views() -> None:
    saved_views.send_due_views()
