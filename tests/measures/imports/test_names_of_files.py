"""The name of a file ends in what the file is: kept and given back so, whatever it was sent as."""

import io
import zipfile

import pytest
from django.urls import reverse

from alliance_portal.embedded.servers import PROJECT
from measures.importing.formats.suffixes import true_name
from measures.services.imports.reading.read import read_import
from tests.measures.spreadsheets import person, receive, stage

pytestmark = pytest.mark.django_db

SAMPLES = PROJECT / "samples"
TEXT = "Kammer;Kennzahl;Jahr;KldB;Wert\r\nIHK Köln;Neue Ausbildungsverträge;2030;;5\r\n".encode()
TABS = TEXT.replace(b";", b"\t")


def with_macros(workbook: bytes) -> bytes:
    changed = io.BytesIO(workbook)
    with zipfile.ZipFile(changed, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macros")
    return changed.getvalue()


@pytest.fixture(scope="module")
def contents() -> dict[str, bytes]:
    xls, ods, xlsx = (
        (SAMPLES / name).read_bytes()
        for name in ("IHK_Koeln_Berufe_2016.xls", "BA_AsA_2015.ods", "ZDH_Handwerkskammern_2015-2016.xlsx")
    )
    return {"csv": TEXT, "txt": TABS, "xls": xls, "ods": ods, "xlsx": xlsx, "xlsm": with_macros(xlsx)}


@pytest.mark.parametrize(
    ("kind", "sent", "called"),
    [
        ("csv", "Meldung.xls", "Meldung.csv"),
        ("txt", "Meldung.xls", "Meldung.txt"),
        ("csv", "Köln.2030.XLSX", "Köln.2030.csv"),
        ("xlsx", "Meldung.csv", "Meldung.xlsx"),
        ("xlsx", "Meldung.ods", "Meldung.xlsx"),
        ("xls", "Meldung.xlsx", "Meldung.xls"),
        ("ods", "Meldung.xls", "Meldung.ods"),
        ("xlsm", "Meldung.xlsx", "Meldung.xlsm"),
    ],
)
def test_file_gets_the_ending_of_its_content_and_its_sender_reads_so(client, contents, kind, sent, called):
    steward = person()
    run = stage(contents[kind], steward, name=sent)
    client.force_login(steward)

    assert (run.file_name, run.sent_as) == (called, sent)
    page = client.get(reverse("measures:import_detail", args=[run.pk]), follow=True).content.decode()
    assert "Der Name der Datei passte nicht zu ihrem Inhalt" in page
    assert f"„{sent}“" in page
    file = client.get(reverse("measures:import_file", args=[run.pk]))
    assert b"".join(file.streaming_content) == contents[kind]
    assert called.rpartition(".")[2] == file["Content-Disposition"].strip('"').rpartition(".")[2]


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("csv", "Meldung.csv"),
        ("csv", "Meldung.TXT"),
        ("txt", "Meldung.csv"),
        ("xlsx", "Meldung.xlsx"),
        ("xlsx", "Meldung.xlsm"),
        ("xls", "Meldung.XLS"),
        ("ods", "Meldung.ods"),
    ],
)
def test_name_that_fits_stays_as_it_is(client, contents, kind, sent):
    steward = person()
    run = stage(contents[kind], steward, name=sent)
    client.force_login(steward)

    assert (run.file_name, run.sent_as) == (sent, "")
    page = client.get(reverse("measures:import_detail", args=[run.pk]), follow=True).content.decode()
    assert "passte nicht zu ihrem Inhalt" not in page


def test_name_as_it_was_sent_is_kept_when_the_file_is_read_again(contents):
    run = stage(contents["csv"], person(), name="Meldung.xls")
    type(run).objects.filter(pk=run.pk).update(status="uploaded")

    read_import(run_id=run.pk, asks_for_mapping=False)

    run.refresh_from_db()
    assert (run.file_name, run.sent_as) == ("Meldung.csv", "Meldung.xls")


def test_content_is_stored_without_an_ending(contents):
    source_file = receive(contents["csv"], person(), name="Meldung.xls").source_file

    assert source_file.sha256 in source_file.content.name
    assert "." not in source_file.content.name


def test_long_name_stays_within_its_column():
    assert true_name(f"{'x' * 251}.xls", ".xlsx") == f"{'x' * 250}.xlsx"
