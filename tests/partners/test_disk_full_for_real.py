"""A file system that runs full: words for people, no truncated file, no row without file; work goes on."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measures.models import ImportRun, SourceFile
from measures.tasks import read_next_import
from partners.files.orphans import find_orphans
from partners.models import ListTransfer, Organisation
from partners.tasks import transfer_next_list
from tests.disks import nearly_full_disk
from tests.measures.spreadsheets import person, receive, row, stage, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.long]

SIZE = 2 * 1024 * 1024
PAGE = 4096
"""What a file system gives at least to a file."""

LARGE = workbook([row(number) for number in range(1, 40)])


@pytest.fixture
def disk(settings, tmp_path, monkeypatch) -> Path:
    """Stored files and those that are being received lie on the same small disk."""
    folder = tmp_path / "disk"
    settings.MEDIA_ROOT = folder / "media"
    return folder


def files_on(disk: Path) -> list[str]:
    return [path.name for path in disk.rglob("*") if path.is_file() and path.name != ".filling"]


def put_temporary_files_on(disk, monkeypatch):
    (disk / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(disk / "temporary"))


@pytest.mark.parametrize("in_memory", [0, 10**7], ids=["streamed to disk", "kept in memory"])
def test_upload_is_refused_in_words_and_the_next_one_is_taken(client, disk, settings, monkeypatch, in_memory):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = in_memory
    client.force_login(person())
    client.raise_request_exception = False
    address = reverse("measures:import_list")

    with nearly_full_disk(disk, SIZE, room=PAGE):
        put_temporary_files_on(disk, monkeypatch)
        answer = client.post(address, {"file": SimpleUploadedFile("a.xlsx", LARGE)})
        left = files_on(disk)
        (disk / ".filling").unlink(missing_ok=True)

    assert (answer.status_code, "kein Platz mehr" in answer.content.decode()) == (507, True)
    assert left == []
    assert (SourceFile.objects.count(), ImportRun.objects.count()) == (0, 0)
    assert not find_orphans()


def test_worker_that_finds_no_room_says_so_and_leaves_nothing_half(client, disk):
    steward = person()
    client.force_login(steward)
    with nearly_full_disk(disk, SIZE, room=PAGE):
        transfer = ListTransfer.objects.create(
            person=steward,
            direction="export",
            list_of="partners.organisation",
            format="csv",
            language="de",
            name="list.csv",
            keys=list(Organisation.objects.values_list("pk", flat=True)),
        )
        transfer_next_list()
        left = files_on(disk)
        page = client.get(reverse("partners:list_transfer", args=[transfer.pk])).content.decode()

    transfer.refresh_from_db()
    assert (transfer.status, transfer.problem, transfer.file.name) == ("failed", "no_room", "")
    assert "Der Speicher des Portals ist voll" in page
    assert left == []
    assert not find_orphans()


def test_marked_workbook_without_room_is_reported_and_leaves_nothing(client, disk, settings, tmp_path):
    steward = person()
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    run = stage(workbook([row("viele")]), steward)
    client.force_login(steward)
    client.raise_request_exception = False
    made = tmp_path / "elsewhere" / "made"

    with nearly_full_disk(made, SIZE, room=PAGE):
        answer = client.get(reverse("measures:import_marked", args=[run.pk]), follow=True)
        left = files_on(made)

    assert "Der Speicher des Portals ist voll" in answer.content.decode()
    assert left == []


def test_room_again_and_the_same_file_is_read(disk, settings, tmp_path):
    steward = person()
    with nearly_full_disk(disk, SIZE, room=PAGE), pytest.raises(OSError, match=r"No space|too large"):
        receive(LARGE, steward)
    settings.MEDIA_ROOT = tmp_path / "room"

    run = receive(LARGE, steward)
    read_next_import()

    run.refresh_from_db()
    assert run.status not in {"uploaded", "failed"}
