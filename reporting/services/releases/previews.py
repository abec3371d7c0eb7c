"""Named people who may read a report before its release, each by a link of their own."""

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partners.models import User
from partners.permissions import access_for
from partners.services import mails
from reporting.enums import Language, ReportStatus
from reporting.exceptions import ReportError
from reporting.models import ProgressReport, ReportPreview
from reporting.permissions import could_ever_release
from reporting.selectors.editions import title_of

LONGEST = dt.timedelta(days=60)


@transaction.atomic
def invite_reader(  # noqa: PLR0913  # who reads what, in which language, until when
    *, report_id: int, name: str, email: str, language: Language, days: int, actor: User
) -> ReportPreview:
    """Send somebody a link to the report as it stands. Its token is in the mail and nowhere else.

    A former link of the same address that nobody has opened yet ends: the latest one works.
    """
    locked = ProgressReport.objects.select_for_update(of=("self",), no_key=True)
    report = locked.select_related("snapshot").get(pk=report_id)
    if report.status not in {ReportStatus.READY, ReportStatus.SCHEDULED}:
        raise ReportError(_("Nobody was invited: the report does not wait for its release, or no longer."))
    now = timezone.now()
    report.previews.filter(email__iexact=email, opened_at=None, revoked_at=None).update(revoked_at=now)
    token = secrets.token_urlsafe(32)
    preview = ReportPreview.objects.create(
        report=report,
        name=name,
        email=email,
        language=language,
        token_hash=hash_of(token),
        invited_by=actor,
        invited_at=now,
        expires_at=now + min(dt.timedelta(days=days), LONGEST),
    )
    with translation.override(language):
        title = title_of(report)
        mails.write(
            recipient=email,
            subject=f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}"
            + gettext("For you to read: %(title)s") % {"title": title},
            body=render_to_string(
                "reporting/email/preview.txt",
                {
                    "preview": preview,
                    "title": title,
                    "address": f"{settings.PORTAL_ADDRESS}{reverse('reporting:preview', args=[token])}",
                },
            ),
            useful_for=preview.expires_at - now,
        )
    return preview


def revoke_preview(*, preview_id: int) -> None:
    """The link no longer works, whoever has it."""
    ReportPreview.objects.filter(pk=preview_id, revoked_at=None).update(revoked_at=timezone.now())


def preview_of(token: str) -> ReportPreview | None:
    """What the link opens, as long as it works."""
    return _working(token_hash=hash_of(token))


def preview_begun(preview_id: int) -> ReportPreview | None:
    """What somebody has begun to read by a link that still works."""
    return _working(pk=preview_id, opened_at__isnull=False)


def _working(**which: Any) -> ReportPreview | None:
    """A link works while whoever sent it could send it still."""
    opened = ReportPreview.objects.open(timezone.now()).filter(**which)
    found = opened.select_related("report__snapshot", "invited_by").first()
    if (
        found is None
        or not found.invited_by.is_active
        or not could_ever_release(access_for(found.invited_by))
    ):
        return None
    return found


def record_opening(*, preview_id: int) -> None:
    """When the person agreed to the terms and began to read, the first time."""
    ReportPreview.objects.filter(pk=preview_id, opened_at=None).update(opened_at=timezone.now())


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
