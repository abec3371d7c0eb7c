"""Checking every stored figure before reports are released, by a worker: that takes too long for a page."""

from django.db import connection
from django.utils import timezone

from reporting.checks import CHECKS, run_checks
from reporting.enums import ReportStatus
from reporting.models import FigureVerification, ProgressReport
from reporting.services.reports import one_moment

MOST_PROBLEMS = 50

NAMESPACE = 0x564552
"""Of the advisory lock under which one worker checks."""


def verify_waiting() -> None:
    """Check all figures once for all reports that were finished since that was last done.

    While others are being produced it waits for them, so that the editions of a year need one check.
    """
    if _is_due():
        verify_figures()


def verify_figures() -> bool:
    """Do what ``manage.py verify_figures`` does, and store what was found; False: another worker is at it."""
    began_at = timezone.now()
    with one_moment():
        if not _is_alone():
            return False
        found = [f"{each.check}: {each.detail}" for each in run_checks(CHECKS)][:MOST_PROBLEMS]
        FigureVerification.objects.create(began_at=began_at, ended_at=timezone.now(), problems=found)
    return True


def _is_due() -> bool:
    last = FigureVerification.objects.first()
    waiting = ProgressReport.objects.filter(status=ReportStatus.READY)
    if last is not None:
        waiting = waiting.filter(finished_at__gt=last.began_at)
    return waiting.exists() and not ProgressReport.objects.filter(status__in=ReportStatus.pending).exists()


def _is_alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, 0)", [NAMESPACE])
        return bool(cursor.fetchone()[0])
