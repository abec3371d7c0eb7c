"""The version of a report: which data and which documents somebody has seen."""

import hashlib

from reporting.models import ProgressReport


def version_of(report: ProgressReport) -> str:
    """A text that differs where the state, the data or a document of the report does."""
    documents = report.documents.order_by("language", "format").values_list("language", "format", "sha256")
    data = report.snapshot.sha256 if report.snapshot else ""
    seen = "\n".join([str(report.pk), report.status, data, *map(" ".join, documents)])
    return hashlib.sha256(seen.encode()).hexdigest()
