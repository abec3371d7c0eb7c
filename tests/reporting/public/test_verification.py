"""Anybody can check a file: by page, by command, and without the portal."""

import hashlib
import json
import subprocess
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from partners.violations import broken_rule
from reporting.exceptions import ManifestKeyError
from reporting.manifests.signing import KeyNotUsableError, SigningKey, public_key
from reporting.models import ProgressReport, ReleaseManifest
from reporting.selectors.public.verification import released_as
from tests.factories import UserFactory
from tests.reporting.public.making import PORTAL, make_ready, publish, withdraw

pytestmark = pytest.mark.django_db

PAGE = "/en/pruefen/"
ANOTHER_KEY = "YW5vdGhlciBrZXkgb2YgdGhpcnR5LXR3byBieXRlcy4="
ADDRESS = "/de/berichte/annual/2016/1/"


@pytest.fixture(autouse=True)
def portal(settings):
    settings.PORTAL_ADDRESS = PORTAL


@pytest.fixture
def released():
    return publish()


def file_of(report):
    with report.documents.get(language="de").file.open() as file:
        return file.read()


def verified(client, content):
    return client.post(PAGE, {"file": SimpleUploadedFile("report.pdf", content)}).content.decode()


def tampered_with(table, column, value):
    """As somebody would who owns the database."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"UPDATE {table} SET {column} = %s", [value])
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_manifest_names_data_documents_and_software_of_the_release(client, released):
    manifest = json.loads(client.get(f"{ADDRESS}manifest.json").content)

    assert manifest["address"] == f"{PORTAL}{ADDRESS}"
    assert manifest["snapshot_sha256"] == released.snapshot.sha256
    assert manifest["software_version"]
    assert {document["sha256"] for document in manifest["documents"]} == {
        hashlib.sha256(b"%PDF-1.7 a report" + language).hexdigest() for language in (b"de", b"en")
    }
    assert manifest["key"] == client.get("/de/pruefen/schluessel.json").json()["keys"][0]["id"]


def test_released_file_is_recognised_and_a_changed_one_is_not(client, released):
    content = file_of(released)

    assert "unchanged since its release" in verified(client, content)
    assert "Not a released document" in verified(client, content + b"\n")


def test_fingerprint_alone_is_enough(client, released):
    sha256 = hashlib.sha256(file_of(released)).hexdigest()

    assert "unchanged since its release" in client.get(f"{PAGE}?sha256={sha256.upper()}").content.decode()
    assert "64 digits" in client.get(f"{PAGE}?sha256=abc").content.decode()
    assert client.post(PAGE).status_code == 422


def test_visitor_learns_that_a_release_was_withdrawn_or_replaced(client, released):
    content = file_of(released)
    publish(make_ready(content=b"corrected"))
    assert "a later release replaces it" in verified(client, content)

    withdraw(released)
    assert "release that was withdrawn" in verified(client, content)


def test_manifest_that_was_tampered_with_is_not_believed(client, released):
    content = file_of(released)
    changed = released.manifest.content.replace('"release":1', '"release":2')
    tampered_with("reporting_releasemanifest", "content", changed)

    assert "signature does not hold" in verified(client, content)


def test_document_slipped_in_after_the_release_is_no_released_document(client, released):
    forged = b"forged"
    tampered_with("reporting_document", "sha256", hashlib.sha256(forged).hexdigest())

    assert "Not a released document" in verified(client, forged)


def test_key_that_the_environment_does_not_name_proves_nothing(client, released, settings):
    settings.MANIFEST_SIGNING_KEY = ANOTHER_KEY
    assert "signature does not hold" in verified(client, file_of(released))

    settings.MANIFEST_FORMER_SIGNERS = [released.manifest.public_key]
    assert "unchanged since its release" in verified(client, file_of(released))
    states = [key["is_current"] for key in client.get("/de/pruefen/schluessel.json").json()["keys"]]
    assert states == [True, False]


def test_nothing_is_released_without_a_key(settings):
    settings.MANIFEST_SIGNING_KEY = ""
    report = make_ready()

    with pytest.raises(ManifestKeyError):
        publish(report)
    assert ProgressReport.objects.get(pk=report.pk).status == "ready"


def test_manifest_is_never_changed(released):
    with pytest.raises(DatabaseError), transaction.atomic():
        ReleaseManifest.objects.update(is_public=False)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReleaseManifest.objects.all().delete()


def test_command_tells_genuine_files_from_others(released, tmp_path):
    genuine, other = tmp_path / "a.pdf", tmp_path / "b.pdf"
    genuine.write_bytes(file_of(released))
    other.write_bytes(b"something else")
    said = StringIO()

    call_command("verify_release", str(genuine), stdout=said)
    assert "genuine, annual/2016, release 1 of" in said.getvalue()
    assert "replaced" not in said.getvalue()
    publish(make_ready(content=b"corrected"))
    call_command("verify_release", str(genuine), stdout=said)
    assert "UTC (replaced by a later release), signed" in said.getvalue()
    with pytest.raises(CommandError, match="1 of 2 files"):
        call_command("verify_release", str(genuine), str(other), stdout=said)
    assert "b.pdf: not a released document" in said.getvalue()


def test_openssl_verifies_what_the_site_hands_out(client, released, tmp_path):
    key = client.get("/de/pruefen/schluessel.json").json()["keys"][0]
    (tmp_path / "key.pem").write_text(key["pem"])
    for name in ("manifest.json", "manifest.sig"):
        (tmp_path / name).write_bytes(client.get(ADDRESS + name).content)
    command = "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in manifest.json -sigfile manifest.sig"

    assert command in client.get(PAGE).content.decode()
    assert subprocess.run(command.split(), cwd=tmp_path, check=False, capture_output=True).returncode == 0


def test_same_document_of_two_releases_is_told_of_both(released):
    publish(make_ready())

    found = released_as(hashlib.sha256(file_of(released)).hexdigest())
    assert [match.manifest.release for match in found] == [2, 1]


@pytest.mark.parametrize("text", ["", "abc", "c2hvcnQ=", "not base64 at all!"])
def test_what_is_no_key_is_refused(text):
    with pytest.raises(KeyNotUsableError):
        SigningKey(text)
    with pytest.raises(KeyNotUsableError):
        public_key(text)


def released_by_hand(report):
    ProgressReport.objects.filter(pk=report.pk).update(
        status="released", released_by=UserFactory(), released_at=report.finished_at, release=1
    )
    connection.check_constraints()


def test_database_refuses_a_release_that_nobody_signed():
    report = make_ready()
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        released_by_hand(report)

    assert broken_rule(caught.value) == "report_release_is_signed"
