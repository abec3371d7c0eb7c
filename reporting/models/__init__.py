from reporting.models.reports import Document, FigureUse, ProgressReport, Snapshot

__all__ = ["Document", "FigureUse", "ProgressReport", "Snapshot"]
