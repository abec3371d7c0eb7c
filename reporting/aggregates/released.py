"""The data that have been released, or whose release is decided: what everybody knows, or will know."""

from reporting.enums import ReportStatus
from reporting.frozen.schema import SnapshotData
from reporting.models import ProgressReport


def released_snapshots(*, since: int, beside: str = "") -> dict[str, SnapshotData]:
    """By their SHA-256, in the order of release; those of the year ``since`` or later, without ``beside``."""
    reports = (
        ProgressReport.objects.filter(status__in=ReportStatus.decided, snapshot__year__gte=since)
        .exclude(snapshot__sha256=beside)
        .select_related("snapshot")
        .order_by("released_at", "pk")
    )
    found = {report.snapshot.sha256: report.snapshot for report in reports if report.snapshot}
    return {sha256: snapshot.frozen for sha256, snapshot in found.items()}
