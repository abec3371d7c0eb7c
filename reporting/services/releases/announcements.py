"""Mails to subscribers about releases, corrections and withdrawals of the whole Alliance's reports.

That they are to hear of it is noted in the transaction of the release, one row however many they are; a
worker writes the mails after it, all of them at once, so that they are written once or not at all.
"""

import logging
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from partners.models import OutgoingMail
from reporting.enums import Language
from reporting.models import ProgressReport, ReleaseAnnouncement, Subscriber
from reporting.selectors.editions import title_of
from reporting.selectors.public.addresses import report_address
from reporting.services.releases.subscriptions import mail_for

logger = logging.getLogger(__name__)

MAILS_AT_ONCE = 1000


def note_announcement(report: ProgressReport) -> None:
    """Nothing is written about what only those who are signed in may read."""
    if report.type is None or report.type.has_scope or not report.manifest.is_public:
        return
    ReleaseAnnouncement.objects.create(report=report, is_withdrawal=report.withdrawn_at is not None)


def write_announcements() -> int:
    """Write the mails that are pending; returns how many. What cannot be written holds up nothing else."""
    pending = ReleaseAnnouncement.objects.filter(written_at=None)
    written = 0
    for announcement_id in list(pending.values_list("pk", flat=True)):
        try:
            written += _write(announcement_id)
        except Exception:
            logger.exception("Announcement %s could not be written", announcement_id)
    return written


@transaction.atomic
def _write(announcement_id: int) -> int:
    """Unless another worker is at it or was."""
    pending = ReleaseAnnouncement.objects.filter(written_at=None).select_for_update(
        of=("self",), skip_locked=True
    )
    announcement = pending.filter(pk=announcement_id).select_related("report").first()
    if announcement is None:
        return 0
    announcement.written_at = timezone.now()
    announcement.save(update_fields=["written_at"])
    return len(OutgoingMail.objects.bulk_create(_mails(announcement), batch_size=MAILS_AT_ONCE))


def _mails(announcement: ReleaseAnnouncement) -> Iterator[OutgoingMail]:
    """A link for each subscriber, never the document."""
    report = announcement.report
    for language in Language:
        with translation.override(language):
            title = title_of(report)
        is_german = language is Language.GERMAN
        context = {
            "title": title,
            "release": report.release,
            "is_withdrawn": announcement.is_withdrawal,
            "withdrawal": report.withdrawal_de if is_german else report.withdrawal_en,
            "correction": report.correction_de if is_german else report.correction_en,
            "address": f"{settings.PORTAL_ADDRESS}{report_address(report, language)}",
        }
        for subscriber in Subscriber.objects.confirmed().filter(language=language):
            yield mail_for(subscriber, title, "reporting/email/release.txt", context)
