from reporting.models.manifests import ReleaseManifest
from reporting.models.narratives import Narrative, NarrativeVersion
from reporting.models.productions import DocumentProduction
from reporting.models.releases import ReportPreview, ReportVerification, Subscriber, WarningAcknowledgement
from reporting.models.reports import Document, ProgressReport, Snapshot
from reporting.models.saved_views import SavedView
from reporting.models.schedules import ReportSchedule, ScheduledReport

__all__ = [
    "Document",
    "DocumentProduction",
    "Narrative",
    "NarrativeVersion",
    "ProgressReport",
    "ReleaseManifest",
    "ReportPreview",
    "ReportSchedule",
    "ReportVerification",
    "SavedView",
    "ScheduledReport",
    "Snapshot",
    "Subscriber",
    "WarningAcknowledgement",
]
