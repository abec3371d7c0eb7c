"""What a person may do with reports. Reading released ones is for everyone who is signed in."""

from typing import TYPE_CHECKING

from django.db import connection

from partners.permissions import Access
from reporting.enums import ReportStatus
from reporting.exceptions import OwnReportError
from reporting.models import ProgressReport
from reporting.triggers import prepared

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_PREPARED = f"SELECT {prepared('p', '%(person)s')} FROM reporting_progressreport p WHERE p.id = %(report)s"  # noqa: S608  # our own text


def can_request_report(access: Access) -> bool:
    """Reports are made by those who approve the figures."""
    return access.reviews


def could_ever_release(access: Access) -> bool:
    """Whether this person may release reports at all: another of those who approve the figures."""
    return access.reviews


def prepared_report(user_id: int | None, report_id: int) -> bool:
    """Whether this person prepared the report or what it rests on, so that others release it."""
    with connection.cursor() as cursor:
        cursor.execute(_PREPARED, {"person": user_id, "report": report_id})
        return bool(cursor.fetchone()[0])


def why_others_release(access: Access, report: ProgressReport) -> "StrOrPromise":
    """Why this person may not release a waiting report, though their role releases reports; else empty."""
    waits = report.status == ReportStatus.READY and could_ever_release(access)
    return OwnReportError.message if waits and prepared_report(access.user_id, report.pk) else ""
