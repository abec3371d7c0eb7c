"""Releasing a report: somebody other than who prepared it makes it visible to everyone, at once or later.

What was released stays readable. It is withdrawn with a reason, or corrected by another release.
"""

import datetime as dt
import logging

from django.db import connection, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.models import ReportingRound
from measures.selectors.notices.audience import audience_of
from partners.models import User
from partners.services.notices.writing import NewNotice, in_every_language, write_notices
from reporting.checks.files import altered_documents
from reporting.enums import ReportStatus
from reporting.exceptions import (
    ChecklistError,
    DocumentsAlteredError,
    OwnReportError,
    ReleaseNotPossibleError,
    ReportError,
    ReportNotSeenError,
)
from reporting.models import ProgressReport, WarningAcknowledgement
from reporting.permissions import prepared_report
from reporting.rules.notice_kinds import ReportTopic
from reporting.selectors.checklist import blocking, checklist
from reporting.selectors.editions import title_of
from reporting.selectors.report_versions import version_of
from reporting.services.failures import why_not_published
from reporting.services.manifests import require_signing_key, sign_release
from reporting.services.releases.announcements import note_announcement

logger = logging.getLogger(__name__)

NAMESPACE = 0x52454C
"""Of the advisory lock under which releases are decided on."""


@transaction.atomic
def release_report(
    *, report_id: int, actor: User, seen: str, publish_at: dt.datetime | None = None
) -> ProgressReport:
    """Release a report that stands ready, in the version that the person has ``seen``.

    Decisions wait for each other, so that none rests on an audit that lacks the one before. Under the lock of
    its row nobody adds a document, so that what is compared is what is released. With ``publish_at`` the
    decision is made now, and everybody reads it from that moment on.
    """
    _one_at_a_time()
    report = _locked(report_id)
    if report.status != ReportStatus.READY:
        raise ReleaseNotPossibleError
    if seen != version_of(report):
        raise ReportNotSeenError
    if prepared_report(actor.pk, report.pk):
        raise OwnReportError
    if reasons := blocking(report):
        raise ChecklistError(reasons)
    report.released_by = actor
    if publish_at is None:
        return _publish(report)
    if publish_at <= timezone.now():
        raise ReportError(_("The moment of publication has to be in the future."))
    require_signing_key()
    report.status, report.publish_at = ReportStatus.SCHEDULED, publish_at
    report.save(update_fields=["status", "released_by", "publish_at"])
    return report


@transaction.atomic
def cancel_publication(*, report_id: int) -> None:
    """Take a decision back before its moment: the report waits for its release again."""
    _one_at_a_time()
    report = _locked(report_id)
    if report.status != ReportStatus.SCHEDULED:
        raise ReportError(
            _("Nothing was changed: the report does not wait for its publication, or no longer.")
        )
    report.status, report.released_by, report.publish_at = ReportStatus.READY, None, None
    report.error = ""
    report.save(update_fields=["status", "released_by", "publish_at", "error"])


def publish_due(now: dt.datetime | None = None) -> int:
    """Publish what was decided for a moment that has come; returns how many reports.

    One that cannot be published says why and holds up no other: it is due again in a minute.
    """
    moment = now or timezone.now()
    published = 0
    for report_id in list(ProgressReport.objects.to_publish(moment).values_list("pk", flat=True)):
        try:
            published += _publish_one(report_id, moment)
        except Exception as error:  # noqa: BLE001  # whatever is wrong with one report
            _note_failure(report_id, error)
    return published


@transaction.atomic
def withdraw_report(*, report_id: int, actor: User, reason_de: str, reason_en: str) -> None:
    """Mark a release as withdrawn, with the reason that readers get. It stays readable."""
    report = _locked(report_id)
    if report.status != ReportStatus.RELEASED:
        raise ReportError(_("Nothing was changed: the report is not released, or no longer."))
    report.status = ReportStatus.WITHDRAWN
    report.withdrawn_by, report.withdrawn_at = actor, timezone.now()
    report.withdrawal_de, report.withdrawal_en = reason_de, reason_en
    report.save(update_fields=["status", "withdrawn_by", "withdrawn_at", "withdrawal_de", "withdrawal_en"])
    note_announcement(report)


@transaction.atomic
def accept_warning(*, report_id: int, finding: str, reason: str, actor: User) -> None:
    """Record why a warning of the checklist is no reason not to release the report."""
    report = _locked(report_id)
    line = next((line for line in checklist(report) if line.finding == finding), None)
    if report.status != ReportStatus.READY or line is None or not line.is_open_warning:
        raise ReportError(_("Nothing was accepted: there is no such warning, or no longer."))
    WarningAcknowledgement.objects.create(
        report=report, finding=finding, text=line.text, reason=reason, person=actor
    )


def _one_at_a_time() -> None:
    """Wait until no other decision on a release is under way, whichever report it is about."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [NAMESPACE])


def _locked(report_id: int) -> ProgressReport:
    locked = ProgressReport.objects.select_for_update(of=("self",), no_key=True)
    report: ProgressReport = locked.select_related("snapshot").get(pk=report_id)
    return report


@transaction.atomic
def _publish_one(report_id: int, moment: dt.datetime) -> bool:
    """Unless somebody else is at it or was, so that two clocks publish and announce it once."""
    due = ProgressReport.objects.to_publish(moment)
    report = due.select_for_update(of=("self",), no_key=True, skip_locked=True).filter(pk=report_id).first()
    if report is None:
        return False
    _publish(report)
    return True


@transaction.atomic
def _note_failure(report_id: int, error: Exception) -> None:
    """Keep with the report why it was not published.

    The first time alone it is an error in the log, and whoever decided on the report, asked for it or could
    decide anew gets a notice.
    """
    why = why_not_published(error)
    failed = ProgressReport.objects.filter(pk=report_id, status=ReportStatus.SCHEDULED)
    is_new = failed.exclude(error=why).update(error=why)
    level = logging.ERROR if is_new else logging.WARNING
    logger.log(level, "Report %s was due and could not be published", report_id, exc_info=error)
    if is_new and (report := failed.first()):
        _write_notice(report, error)


def _write_notice(report: ProgressReport, error: Exception) -> None:
    """Once for each moment of publication, however often and for whatever reasons it fails."""
    moment = report.publish_at.isoformat() if report.publish_at else ""
    facts = {
        "report": in_every_language(lambda: title_of(report)),
        "problem": in_every_language(lambda: why_not_published(error)),
    }
    people = audience_of(()).reviewers | {report.requested_by_id}
    if report.released_by_id is not None:
        people |= {report.released_by_id}
    notice = NewNotice(
        kind=ReportTopic.PUBLICATION_FAILED,
        key=f"publication:{report.pk}:{moment}",
        address=reverse("reporting:report_release", args=[report.pk]),
        people=people,
        facts=facts,
    )
    write_notices([notice])


def _publish(report: ProgressReport) -> ProgressReport:
    """Together with the note that subscribers are to hear of it, so that both happen or neither does.

    The files are looked at now, however long ago it was decided: what is signed is what was made.
    """
    if altered := [document.file_name for document, _how in altered_documents(report.documents.all())]:
        raise DocumentsAlteredError(altered)
    report.status = ReportStatus.RELEASED
    report.released_at = timezone.now()
    report.release = _next_release(report)
    report.error = ""
    sign_release(report)
    report.save(update_fields=["status", "released_by", "released_at", "release", "error"])
    note_announcement(report)
    return report


def _next_release(report: ProgressReport) -> int:
    """One more than the last of its edition; whoever releases another of this year waits."""
    list(ReportingRound.objects.select_for_update(no_key=True).filter(year=report.year))
    last = ProgressReport.objects.of_edition(report).aggregate(last=Max("release"))["last"]
    return (last or 0) + 1
