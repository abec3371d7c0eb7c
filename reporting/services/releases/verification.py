"""Checking every stored figure before a report is released, by a worker: that takes too long for a page."""

from django.utils import timezone

from reporting.checks import CHECKS, run_checks
from reporting.models import ProgressReport, ReportVerification
from reporting.services.reports import one_moment

MOST_PROBLEMS = 50


def verify_report(*, report_id: int) -> None:
    """Do what ``manage.py verify_figures`` does, and store with the report what was found."""
    with one_moment():
        found = [f"{each.check}: {each.detail}" for each in run_checks(CHECKS)][:MOST_PROBLEMS]
    if ProgressReport.objects.filter(pk=report_id).exists():
        ReportVerification.objects.update_or_create(
            report_id=report_id, defaults={"at": timezone.now(), "problems": found}
        )
