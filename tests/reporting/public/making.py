"""Releases as the public site shows them: frozen data, files, and a second person."""

import hashlib
from dataclasses import replace
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from reporting.frozen.schema import DisclosureData, SnapshotData
from reporting.models import Document, ProgressReport, Snapshot
from reporting.selectors.report_versions import version_of
from reporting.services.release import release_report
from tests.factories import UserFactory
from tests.list_pages import cleared
from tests.reporting.sample_snapshot import make_snapshot, told, withheld

PORTAL = "https://portal.example.org"


def protected_data(**changes: Any) -> SnapshotData:
    """The sample's data as they are after protection: in one Land a small number is withheld."""
    data = make_snapshot(disclosure=DisclosureData(withheld=1), portal=PORTAL, **changes)
    first, *others = data.measures
    return replace(data, measures=(first, *others))


def store(data: SnapshotData) -> Snapshot:
    content = data.to_json()
    sha256 = hashlib.sha256(content).hexdigest()
    return Snapshot.objects.filter(sha256=sha256).first() or Snapshot.objects.create(
        year=data.year, data=content.decode(), sha256=sha256, taken_at=data.taken_at
    )


def make_ready(
    data: SnapshotData | None = None, *, content: bytes = b"%PDF-1.7 a report", **edition: str
) -> ProgressReport:
    """A report that waits for its release, with a document for reading in each language."""
    snapshot = store(data or protected_data())
    report = ProgressReport.objects.create(
        year=snapshot.year,
        requested_by=UserFactory(),
        snapshot=snapshot,
        status="ready",
        finished_at=timezone.now(),
        **edition,
    )
    for language in ("de", "en"):
        written = content + language.encode()
        Document.objects.create(
            report=report,
            language=language,
            format="pdf",
            file=ContentFile(written, name=f"{report.pk}-{language}.pdf"),
            sha256=hashlib.sha256(written).hexdigest(),
            size=len(written),
        )
    return report


def publish(report: ProgressReport | None = None) -> ProgressReport:
    report = cleared(report or make_ready())
    return release_report(report_id=report.pk, actor=UserFactory(), seen=version_of(report))


def withdraw(report: ProgressReport, english: str = "A value was wrong.") -> ProgressReport:
    ProgressReport.objects.filter(pk=report.pk).update(
        status="withdrawn",
        withdrawn_by=UserFactory(),
        withdrawn_at=timezone.now(),
        withdrawal_de="Ein Wert war falsch.",
        withdrawal_en=english,
    )
    report.refresh_from_db()
    return report


__all__ = ["PORTAL", "make_ready", "protected_data", "publish", "store", "told", "withdraw", "withheld"]
