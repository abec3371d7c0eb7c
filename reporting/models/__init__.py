from reporting.models.reports import Document, ProgressReport, Snapshot

__all__ = ["Document", "ProgressReport", "Snapshot"]
