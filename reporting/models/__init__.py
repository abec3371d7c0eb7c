from reporting.models.manifests import ReleaseManifest
from reporting.models.narratives import Narrative, NarrativeVersion
from reporting.models.productions import DocumentProduction
from reporting.models.releases import (
    ReleaseAnnouncement,
    ReportPreview,
    Subscriber,
    WarningAcknowledgement,
)
from reporting.models.reports import Document, ProgressReport, Snapshot
from reporting.models.saved_views import SavedView
from reporting.models.schedules import ReportSchedule, ScheduledReport
from reporting.models.verifications import DisclosureAudit, FigureVerification

__all__ = [
    "DisclosureAudit",
    "Document",
    "DocumentProduction",
    "FigureVerification",
    "Narrative",
    "NarrativeVersion",
    "ProgressReport",
    "ReleaseAnnouncement",
    "ReleaseManifest",
    "ReportPreview",
    "ReportSchedule",
    "SavedView",
    "ScheduledReport",
    "Snapshot",
    "Subscriber",
    "WarningAcknowledgement",
]
