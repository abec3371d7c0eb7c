"""Releasing a report: somebody other than who prepared it makes it visible to everyone who is signed in."""

from django.db import transaction
from django.utils import timezone

from partners.models import User
from reporting.enums import ReportStatus
from reporting.exceptions import OwnReportError, ReleaseNotPossibleError, ReportNotSeenError
from reporting.models import ProgressReport
from reporting.permissions import prepared_report
from reporting.selectors.report_versions import version_of


@transaction.atomic
def release_report(*, report_id: int, actor: User, seen: str) -> ProgressReport:
    """Release a report that stands ready, in the version that the person has ``seen``.

    Under the lock of its row nobody adds a document, so that what is compared is what is released.
    """
    locked = ProgressReport.objects.select_for_update(of=("self",), no_key=True)
    report: ProgressReport = locked.select_related("snapshot").get(pk=report_id)
    if report.status != ReportStatus.READY:
        raise ReleaseNotPossibleError
    if seen != version_of(report):
        raise ReportNotSeenError
    if prepared_report(actor.pk, report.pk):
        raise OwnReportError
    report.status = ReportStatus.RELEASED
    report.released_by = actor
    report.released_at = timezone.now()
    report.save(update_fields=["status", "released_by", "released_at"])
    return report
