"""``python -m bench.reports.released MEASURES``: tables, catalogue, and a released report of that size.

A program of its own, because it needs Django with the settings of the installation that is measured. It
prints the address of the report's public page.
"""

import hashlib
import sys
from dataclasses import fields, is_dataclass, replace
from typing import Any

import django
from django.core.files.base import ContentFile
from django.core.management import call_command

from bench.reports.edition import large_edition
from reporting.frozen.contents import NarrativeData
from reporting.frozen.schema import DisclosureData, Text


def set_up() -> None:
    """The tables, and the catalogue."""
    from measures.services.catalogue import load_catalogue  # noqa: PLC0415  # once Django is set up

    call_command("migrate", verbosity=0)
    load_catalogue()


def release(measures: int) -> str:
    """Imports are here, as models exist only once Django is set up."""
    from django.utils import timezone  # noqa: PLC0415

    from partners.models import User  # noqa: PLC0415
    from reporting.models import Document, FigureVerification, ProgressReport, Snapshot  # noqa: PLC0415
    from reporting.selectors.checklist import checklist  # noqa: PLC0415
    from reporting.selectors.public.addresses import report_address  # noqa: PLC0415
    from reporting.selectors.report_versions import version_of  # noqa: PLC0415
    from reporting.services.release import accept_warning, release_report  # noqa: PLC0415
    from reporting.services.releases.audits import audit  # noqa: PLC0415

    data = replace(
        large_edition(measures), disclosure=DisclosureData(relations=()), portal="http://localhost"
    )
    content = in_both_languages(data).to_json()
    snapshot = Snapshot.objects.create(
        year=data.year,
        data=content.decode(),
        sha256=hashlib.sha256(content).hexdigest(),
        taken_at=data.taken_at,
    )
    preparer, releaser = (
        User.objects.create_user(f"{name}@example.org", first_name="Kim", last_name="Muster")
        for name in ("prepares", "releases")
    )
    report = ProgressReport.objects.create(
        year=data.year,
        requested_by=preparer,
        snapshot=snapshot,
        status="ready",
        finished_at=timezone.now(),
    )
    for language in ("de", "en"):
        written = f"%PDF-1.7 {language}".encode()
        Document.objects.create(
            report=report,
            language=language,
            format="pdf",
            file=ContentFile(written, name=f"{language}.pdf"),
            sha256=hashlib.sha256(written).hexdigest(),
            size=len(written),
        )
    FigureVerification.objects.create(began_at=timezone.now())
    audit(snapshot_id=snapshot.pk)
    for line in checklist(report):
        if line.is_open_warning:
            accept_warning(report_id=report.pk, finding=line.finding, reason="measured", actor=releaser)
    released = release_report(report_id=report.pk, actor=releaser, seen=version_of(report))
    return report_address(released, "de")


def in_both_languages(part: Any) -> Any:
    """The German texts once more as English ones, since nothing is released in one language alone."""
    if isinstance(part, Text):
        return replace(part, en=part.en or part.de)
    if isinstance(part, NarrativeData):
        return replace(part, en=part.en or part.de)
    if isinstance(part, tuple):
        return tuple(map(in_both_languages, part))
    if is_dataclass(part) and not isinstance(part, type):
        return replace(
            part, **{each.name: in_both_languages(getattr(part, each.name)) for each in fields(part)}
        )
    return part


if __name__ == "__main__":
    django.setup()
    set_up()
    sys.stdout.write(release(int(sys.argv[1])))
