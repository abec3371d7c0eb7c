"""Releases as the public site shows them: frozen data, files, and a second person."""

import hashlib
from dataclasses import replace
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from reporting.frozen.schema import DisclosureData, PartRow, SnapshotData, Text
from reporting.models import Document, ProgressReport, Snapshot
from reporting.selectors.report_versions import version_of
from reporting.services.release import release_report
from tests.factories import UserFactory
from tests.list_pages import cleared
from tests.reporting.sample_contents import (
    sample_changes,
    sample_market,
    sample_money,
    sample_offers,
    sample_practice,
)
from tests.reporting.sample_snapshot import make_snapshot, sample_resolutions, silent, told, withheld

PORTAL = "https://portal.example.org"
_LAENDER = ("01", "05", "11")


def protected_data(**changes: Any) -> SnapshotData:
    """The sample's data as they are after protection: in one Land a small number is withheld."""
    data = make_snapshot(disclosure=DisclosureData(withheld=1), portal=PORTAL, **changes)
    first, *others = data.measures
    return replace(data, measures=(first, *others))


def data_with_every_section(**changes: Any) -> SnapshotData:
    """Numbers of every kind: of some Länder, a target group, umbrellas; the market, money, resolutions."""
    market = sample_market()
    data = protected_data(
        market=replace(market, lands=tuple(land for land in market.lands if land.code in _LAENDER)),
        money=sample_money(),
        offers=sample_offers(),
        changes=sample_changes("f" * 64),
        resolutions=tuple(
            replace(each, title=replace(each.title, en=each.title.en or each.title.de))
            for each in sample_resolutions()
        ),
        practice=sample_practice(),
    )
    places = next(each for each in data.measures if each.code == "M04")
    [indicator] = places.indicators
    parts = {
        "lands": tuple(land for land in indicator.lands if land.code in _LAENDER),
        "groups": (_of_part("W", "Frauen", "Women", 7_000),),
        "umbrellas": (
            _of_part("DIHK", "Industrie und Handel", "Industry and commerce", 11_040),
            _of_part("ZDH", "Handwerk", "Crafts", 5_436),
        ),
    }
    measures = {each.code: each for each in data.measures}
    measures["M04"] = replace(places, indicators=(replace(indicator, **parts),))
    return replace(data, measures=tuple(measures.values()), **changes)


def _of_part(code: str, de: str, en: str, value: int) -> PartRow:
    return PartRow(code=code, name=Text(de=de, en=en), amounts=(silent(133), told(value, 133, 133)))


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


__all__ = [
    "PORTAL",
    "data_with_every_section",
    "make_ready",
    "protected_data",
    "publish",
    "store",
    "told",
    "withdraw",
    "withheld",
]
