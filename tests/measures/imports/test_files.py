"""What is sent, before and while it is read: kept once, or refused with a reason."""

import hashlib

import pytest

from measures.import_workflow import ImportStatus
from measures.models import ImportRun, SourceFile
from measures.selectors.imports.preview import reason_for_refusal
from measures.selectors.visible_imports import VisibleImport
from measures.services.imports.dispatch import claim_pending_imports, mark_import_failed
from measures.services.imports.errors import UploadRefusedError
from measures.tasks import dispatch_pending_imports, read_next_import
from tests.measures.spreadsheets import counts, person, receive, row, stage, workbook
from tests.measures.submissions import make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def steward(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return person()


def kept(source_file):
    with source_file.content.open() as stored:
        return stored.read()


def test_content_is_kept_under_its_hash_whatever_the_name(steward):
    content = workbook([row(5)])
    first = receive(content, steward, name="eins.xlsx")
    second = receive(content, steward, name="zwei.xlsx")

    source_file = SourceFile.objects.get()
    assert (first.source_file, second.source_file, second.file_name) == (
        source_file,
        source_file,
        "zwei.xlsx",
    )
    assert source_file.sha256 == hashlib.sha256(content).hexdigest()
    assert kept(source_file) == content


def test_lost_content_is_corrected_by_sending_it_again(steward):
    content = workbook([row(5)])
    lost = receive(content, steward).source_file
    lost.content.storage.delete(lost.content.name)

    receive(content, steward)

    assert kept(SourceFile.objects.get()) == content


def test_path_in_a_name_is_cut_off(steward):
    assert receive(workbook([row(5)]), steward, name="C:\\Daten\\..\\Köln.xlsx").file_name == "Köln.xlsx"


@pytest.mark.parametrize(("size", "limit"), [(0, 100), (101, 100)])
def test_empty_and_too_large_files_are_refused(steward, settings, size, limit):
    settings.IMPORT_MAX_UPLOAD_BYTES = limit

    with pytest.raises(UploadRefusedError):
        receive(b"x" * size, steward)
    assert SourceFile.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("Meldung.pdf", b"%PDF-1.7\n...", "pdf"),
        ("Meldung.xlsx", b"<!DOCTYPE html><html><table></table></html>", "html"),
        ("Meldung.xlsx", b"PK\x03\x04 cut off", "damaged"),
        ("Meldung.xlsx", workbook([], header=[]), "empty_workbook"),
        ("Brief.xlsx", workbook([], header=["Sehr geehrte Damen und Herren"]), "no_table"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_with_a_reason(steward, name, content, code):
    run = stage(content, steward, name=name)

    assert (run.status, run.refusal["code"], counts(run)) == (ImportStatus.REFUSED, code, (0, 0, 0, 0))
    assert reason_for_refusal(VisibleImport(run)) != ""


def test_reading_that_fails_says_so(steward):
    run = receive(workbook([row(5)]), steward)
    run.source_file.content.storage.delete(run.source_file.content.name)

    read_next_import.apply(throw=False)

    run.refresh_from_db()
    assert (run.status, run.refusal["code"]) == (ImportStatus.FAILED, "failed")


def test_reading_without_a_place_to_work_in_is_tried_three_times_with_time_between(steward, monkeypatch):
    run = receive(workbook([row(5)]), steward)
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")

    for tries in (1, 2, 3):
        for _ in range(2):  # the second time it is not its turn yet
            read_next_import.apply(throw=False)
            run.refresh_from_db()
            assert run.attempts == tries
        ImportRun.objects.update(not_before=None)

    assert (run.status, run.refusal["code"]) == (ImportStatus.FAILED, "failed")


def test_failure_told_late_does_not_touch_what_is_done(steward):
    make_submission()
    run = stage(workbook([row(5)]), steward)
    mark_import_failed(run_id=run.pk)

    run.refresh_from_db()
    assert run.status == ImportStatus.READY


def test_import_whose_message_was_lost_is_read_after_all(steward, django_capture_on_commit_callbacks):
    make_submission()
    run = receive(workbook([row(5)]), steward)

    with django_capture_on_commit_callbacks(execute=True):
        dispatch_pending_imports()

    run.refresh_from_db()
    assert (run.status, run.attempts) == (ImportStatus.MAPPING, 1)


def test_import_waits_for_a_worker_as_long_as_it_takes(steward):
    run = receive(workbook([row(5)]), steward)

    assert [claim_pending_imports() for _ in range(4)] == [{run.pk: ImportStatus.UPLOADED}] * 4


def test_import_broken_off_three_times_is_given_up(steward):
    run = receive(workbook([row(5)]), steward)
    ImportRun.objects.update(attempts=3)

    assert claim_pending_imports() == {}
    run.refresh_from_db()
    assert (run.status, run.refusal["code"]) == (ImportStatus.FAILED, "broken_off")


@pytest.mark.parametrize(
    ("setting", "limit", "code"),
    [
        ("IMPORT_MAX_SHEETS", 1, "too_many_sheets"),
        ("IMPORT_MAX_ROWS", 2, "too_many_rows"),
        ("IMPORT_MAX_COLUMNS", 4, "too_many_columns"),
        ("IMPORT_MAX_CELLS", 14, "too_many_cells"),
        ("IMPORT_MAX_UNPACKED_BYTES", 1_000, "bomb"),
        ("IMPORT_MAX_SECONDS", 0, "too_costly"),
    ],
)
def test_limits_of_reading_are_settings(steward, settings, setting, limit, code):
    setattr(settings, setting, limit)

    run = stage(workbook([row(5), row(6, year=2031)], more_sheets=[[row(7)]]), steward)

    assert (run.status, run.refusal["code"]) == ("refused", code)
