"""The data that have been released, or whose release is decided: what everybody knows, or will know."""

from reporting.enums import ReportStatus
from reporting.frozen.schema import SnapshotData
from reporting.models import ProgressReport
from reporting.querysets import ProgressReportQuerySet


def released_snapshots(*, since: int, beside: str = "") -> dict[str, SnapshotData]:
    """By their SHA-256, in the order of release; those of the year ``since`` or later, without ``beside``."""
    reports = _decided(since, beside).select_related("snapshot")
    found = {report.snapshot.sha256: report.snapshot for report in reports if report.snapshot}
    return {sha256: snapshot.frozen for sha256, snapshot in found.items()}


def released_hashes(*, since: int, beside: str) -> list[str]:
    """What ``released_snapshots`` is found by, in the same order, without the data."""
    return list(dict.fromkeys(_decided(since, beside).values_list("snapshot__sha256", flat=True)))


def _decided(since: int, beside: str) -> ProgressReportQuerySet:
    decided = ProgressReport.objects.filter(status__in=ReportStatus.decided, snapshot__year__gte=since)
    return decided.exclude(snapshot__sha256=beside).order_by("released_at", "pk")
