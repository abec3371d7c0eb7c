"""A full disk leaves nothing half: no beginning of a file, no file without row, no row without file."""

import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from measures.importing.process.folders import PREFIX
from measures.importing.process.guard import run_guarded
from measures.importing.vocabulary import Limits
from measures.models import ImportRun, SourceFile
from measures.selectors.imports.preview import reason_for_refusal
from measures.selectors.visible_imports import VisibleImport
from measures.services.imports.receiving import receive_file
from measures.tasks import read_next_import
from partners.files.disk_full import is_disk_full
from partners.files.orphans import SETTLED_AFTER, find_orphans
from reporting.tasks import report_orphans
from tests.disks import room_for
from tests.measures.spreadsheets import person, receive, row, stage, workbook

pytestmark = pytest.mark.django_db

CONTENT = workbook([row(5)])
ROOM = 1000
"""Less than any workbook."""


@pytest.fixture
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def temporary(monkeypatch, tmp_path) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def files_in(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


def aged(name: str, content: bytes = b"x") -> str:
    """A file that has been in the store for longer than any work may take."""
    stored = default_storage.save(name, ContentFile(content))
    path = Path(default_storage.path(stored))
    long_ago = path.stat().st_mtime - SETTLED_AFTER.total_seconds() - 60
    os.utime(path, (long_ago, long_ago))
    return stored


@pytest.mark.parametrize("in_memory", [0, 10**6], ids=["streamed to disk", "kept in memory"])
def test_an_upload_without_room_is_answered_in_words_and_leaves_nothing(
    client, media, temporary, settings, in_memory
):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = in_memory
    client.force_login(person())
    client.raise_request_exception = False

    with room_for(ROOM):
        answer = client.post(reverse("measures:import_list"), {"file": SimpleUploadedFile("a.xlsx", CONTENT)})

    assert answer.status_code == 507
    assert "kein Platz mehr" in answer.content.decode()
    assert files_in(media) == []
    assert files_in(temporary) == []
    assert (SourceFile.objects.count(), ImportRun.objects.count()) == (0, 0)


def test_after_a_full_disk_the_same_file_is_taken_as_if_nothing_had_been(media):
    steward = person()
    with room_for(ROOM), pytest.raises(OSError, match="File too large"), transaction.atomic():
        receive(CONTENT, steward)

    run = receive(CONTENT, steward)

    with run.source_file.content.open() as stored:
        assert stored.read() == CONTENT
    assert files_in(media) == [run.source_file.sha256]


def test_a_file_whose_row_is_refused_is_taken_back(media):
    with pytest.raises(ValueError, match="expected a number"), transaction.atomic():
        receive_file(upload=ContentFile(CONTENT), name="a.xlsx", actor=person(), supplier_id="nobody")

    assert files_in(media) == []


def test_a_marked_workbook_without_room_is_answered_in_words(client, media, temporary):
    steward = person()
    run = stage(workbook([row("viele")]), steward)
    client.force_login(steward)
    client.raise_request_exception = False

    with room_for(ROOM):
        answer = client.get(reverse("measures:import_marked", args=[run.pk]), follow=True)

    assert "Der Speicher des Portals ist voll" in answer.content.decode()
    assert list(temporary.glob(f"{PREFIX}*")) == []


def test_the_databases_full_disk_is_one_too(db):
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full'; END $$")

    assert is_disk_full(caught.value)
    assert not is_disk_full(OSError(2, "No such file"))


def test_a_name_that_is_taken_is_never_written_over(media):
    first, second = (default_storage.save("imports/a.txt", ContentFile(text)) for text in (b"1", b"2"))

    assert first != second
    assert [Path(default_storage.path(name)).read_bytes() for name in (first, second)] == [b"1", b"2"]
    assert Path(default_storage.path(first)).stat().st_mode & 0o777 == 0o644


def test_orphans_of_both_kinds_are_found_and_only_what_was_never_finished_is_removed_by_night(media, caplog):
    kept = receive(CONTENT, person()).source_file
    lost = receive(workbook([row(6)]), person()).source_file
    default_storage.delete(lost.content.name)
    lonely = aged("reports/2016/lonely.pdf")
    part = aged("imports/.part-abc")
    default_storage.save("imports/just-now.xlsx", ContentFile(b"its row comes with the commit"))

    found = find_orphans()
    report_orphans()

    assert found.files_without_row == [lonely]
    assert found.rows_without_file == [f"measures.SourceFile {lost.pk}: {lost.content.name}"]
    assert found.unfinished == [part]
    said = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert [name in text for name, text in zip((lost.content.name, lonely), said, strict=True)] == [True] * 2
    assert default_storage.exists(kept.content.name)
    assert default_storage.exists(lonely)
    assert not default_storage.exists(part)


def test_the_command_names_orphans_and_removes_files_without_a_row_when_asked(media, capsys):
    receive(CONTENT, person())
    lonely = aged("reports/lonely.pdf")

    with pytest.raises(CommandError):
        call_command("find_orphans")
    assert lonely in capsys.readouterr().out
    assert default_storage.exists(lonely)

    call_command("find_orphans", "--delete")
    assert not default_storage.exists(lonely)
    call_command("find_orphans", "--json")
    assert capsys.readouterr().out.splitlines()[-1] == (
        '{"files_without_row": [], "rows_without_file": [], "unfinished": []}'
    )


def test_a_full_disk_in_the_reading_process_is_one_of_the_worker_too():
    allowed = Limits()

    with pytest.raises(OSError, match="No space left"):
        run_guarded("tests.disks:find_no_room", {}, allowed, type(None))


def test_an_import_that_found_no_room_says_so_and_can_be_read_again(media):
    run = receive(CONTENT, person())
    ImportRun.objects.filter(pk=run.pk).update(attempts=2)

    with room_for(ROOM):
        read_next_import.apply(throw=False)

    run.refresh_from_db()
    assert (run.status, run.refusal["code"]) == ("failed", "disk_full")
    assert "kein Platz mehr" in reason_for_refusal(VisibleImport(run))
    assert run.is_resumable
