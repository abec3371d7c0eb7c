"""Snapshots that another release has stored: printed with their own hash, refused in words, never shared."""

import hashlib
import json

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from partners.models import User
from reporting import tasks
from reporting.checks.recomputation import find_printed_numbers
from reporting.frozen.decoding import decode
from reporting.frozen.schema import SCHEMA_VERSION, Remark
from reporting.models import Document, ProgressReport, Snapshot
from reporting.services import reports
from tests.factories import MembershipFactory
from tests.reporting.recorded_versions import full_snapshot


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def reviewer(db) -> User:
    return MembershipFactory(role="reviewer", organisation_code="BMAS").user


@pytest.fixture
def freezing(transactional_db) -> User:
    """Who has a moment frozen, which commits."""
    return MembershipFactory(role="reviewer", organisation_code="BMAS").user


def stored(**changes) -> Snapshot:
    """A snapshot as another release might have written it: the same content, other bytes."""
    content = json.dumps(json.loads(full_snapshot().to_json()) | changes, indent=1)
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    return Snapshot.objects.create(year=2016, data=content, sha256=sha256, taken_at=timezone.now())


def report_of(snapshot: Snapshot, requested_by: User, **more) -> ProgressReport:
    return ProgressReport.objects.create(year=2016, requested_by=requested_by, snapshot=snapshot, **more)


@pytest.fixture
def of_the_future(reviewer) -> ProgressReport:
    return unreadable(reviewer)


def unreadable(reviewer: User) -> ProgressReport:
    """A finished report whose data this release cannot read."""
    finished = {"status": "ready", "finished_at": timezone.now()}
    report = report_of(stored(schema_version=99), reviewer, **finished)
    document = Document(report=report, language="de", format="html", sha256="0" * 64, size=8)
    document.file.save("future.html", ContentFile(b"Bericht."), save=False)
    document.save()
    return report


def test_the_hash_printed_is_the_one_stored(client, freezing):
    report = report_of(stored(), freezing)
    assert hashlib.sha256(report.snapshot.frozen.to_json()).hexdigest() != report.snapshot.sha256

    reports.produce_report(report_id=report.pk)

    client.force_login(freezing)
    page = client.get(reverse("reporting:report_detail", args=[report.pk])).content.decode()
    with report.documents.get(language="en", format="html").file.open() as handle:
        document = handle.read().decode()
    assert (page.count(report.snapshot.sha256), document.count(report.snapshot.sha256)) == (1, 1)


@pytest.mark.parametrize(
    "address", ["/berichte/{pk}/", "/berichte/{pk}/zahlen/welcome_mentors/2016/"], ids=["page", "trail"]
)
def test_a_report_of_an_unknown_version_leads_to_the_list_with_the_reason(
    client, reviewer, of_the_future, address
):
    client.force_login(reviewer)

    response = client.get(address.format(pk=of_the_future.pk), follow=True)

    assert response.redirect_chain == [(reverse("reporting:report_list"), 302)]
    assert "in Fassung 99 gespeichert" in response.content.decode()


def test_documents_of_an_unknown_version_are_still_downloaded(client, reviewer, of_the_future):
    client.force_login(reviewer)

    response = client.get(reverse("reporting:document", args=[of_the_future.pk, "de", "html"]))

    assert response.getvalue() == b"Bericht."


def test_producing_a_report_of_an_unknown_version_fails_in_words(freezing):
    report = report_of(stored(schema_version=99), freezing)

    tasks.produce_report.apply(args=[report.pk], throw=False)

    report.refresh_from_db()
    assert report.status == "failed"
    assert "in Fassung 99 gespeichert" in report.error


def test_a_snapshot_of_another_version_is_never_shared(freezing):
    of_the_future = unreadable(freezing)

    taken = reports.take_snapshot(year=2016, actor=freezing)

    assert taken.pk != of_the_future.snapshot_id
    assert taken.frozen.schema_version == SCHEMA_VERSION


def test_verifying_names_a_snapshot_it_cannot_read(of_the_future):
    (line,) = find_printed_numbers()

    assert line.startswith(of_the_future.snapshot.sha256[:12])
    assert "in Fassung 99 gespeichert" in line


@pytest.mark.parametrize("had_changes", [True, False])
def test_data_of_version_3_with_one_comparison_are_still_read(had_changes):
    content = json.loads(full_snapshot().to_json())
    former, *_others = content["changes"]
    for row in former["rows"]:
        row["reasons"] = [{"de": each["text"], "en": each["text"]} for each in row["reasons"]]
    for name in ("is_correction", "definitions"):
        del former[name]
    content["changes"] = former if had_changes else None

    read = decode(json.dumps(content).encode())

    assert [change.sha256 for change in read.changes] == ([former["sha256"]] if had_changes else [])
    assert all(
        isinstance(reason, Remark) for change in read.changes for row in change.rows for reason in row.reasons
    )
