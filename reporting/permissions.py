"""What a person may do with reports. Reading released ones is for everyone who is signed in."""

from typing import TYPE_CHECKING

from django.db import connection

from partners.permissions import Access
from reporting.editions.types import ReportType
from reporting.enums import NarrativeStatus, ReportStatus
from reporting.exceptions import OwnReportError
from reporting.models import Narrative, NarrativeVersion, ProgressReport, ReportSchedule
from reporting.querysets import bodies_of
from reporting.triggers import prepared

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_PREPARED = f"SELECT {prepared('p', '%(person)s')} FROM reporting_progressreport p WHERE p.id = %(report)s"  # noqa: S608  # our own text


def can_request_report(access: Access, report_type: ReportType, scope: str) -> bool:
    """Those who approve the figures; for some types also those who work for the Land or umbrella."""
    return access.reviews or (report_type.asked_by_the_body and scope in bodies_of(access))


def can_request(access: Access, report: ProgressReport) -> bool:
    """Whether the person could ask for this report as well, and so may have its documents repeated."""
    return report.type is not None and can_request_report(access, report.type, report.scope)


def may_stop_schedule(access: Access, schedule: ReportSchedule) -> bool:
    """Its owner, and those who approve figures: somebody has to stop what others have left behind."""
    return access.reviews or schedule.owner_id == access.user_id


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


def can_ask_for_narratives(access: Access) -> bool:
    """Texts for reports are asked for by those who have reports made."""
    return access.reviews


def can_write_narrative(access: Access, narrative: Narrative) -> bool:
    """Who is asked, those who work for its organisation, and for the ministry's own those who review."""
    if access.roles and narrative.assignee_id is not None and narrative.assignee_id == access.user_id:
        return True
    if narrative.organisation_id is None:
        return access.reviews
    return narrative.organisation_id in access.acts_for


def could_decide_on_narrative(access: Access, version: NarrativeVersion) -> bool:
    """Whether this person may accept the version or send it back: a reviewer who did not write in it."""
    return (
        access.reviews
        and version.status == NarrativeStatus.SUBMITTED
        and access.user_id not in version.writers
    )
