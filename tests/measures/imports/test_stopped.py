"""Asking a worker to stop: within seconds, whatever it is doing, and nothing of its work stays."""

import threading

import pytest
from django.db import connection

from measures.enums import ImportStage
from measures.import_workflow import ImportStatus
from measures.models import Figure, StagedFigure
from measures.services.imports.dispatch import cancel_import, resume_import
from measures.services.imports.errors import ImportNotReadyError
from measures.services.imports.progress import progress_of
from measures.services.imports.reading.read import read_import
from measures.services.imports.requests import carry_out_request, request_apply
from measures.services.imports.writing.apply import discard_import
from tests.measures.imports.test_killed import APPLYING, READING
from tests.measures.imports.workers import barrier, somebody_waits, until
from tests.measures.spreadsheets import counts, many_rows, person, receive, row, stage, workbook
from tests.measures.submissions import make_submission

pytestmark = pytest.mark.long  # processes are started and killed

SOON = 5
"""Seconds; the machine may be busy."""


@pytest.fixture
def steward(transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make_submission()
    return person()


@pytest.fixture
def worker():
    """``worker(call)`` has a thread do the work; returns what ends when it ends."""
    started = []

    def _worker(call):
        def work():
            try:
                call()
            finally:
                connection.close()

        thread = threading.Thread(target=work)
        thread.start()
        started.append(thread)
        return thread

    yield _worker
    for thread in started:
        thread.join(timeout=60)


def test_reading_process_is_stopped(steward, worker):
    run = receive(many_rows(200_000), steward, name="Meldung.csv")
    reading = worker(lambda: read_import(run_id=run.pk))
    until(lambda: progress_of([run.pk])[run.pk].stage == ImportStage.READING)

    cancel_import(run_id=run.pk)
    reading.join(timeout=SOON)

    run.refresh_from_db()
    assert (run.status, counts(run), StagedFigure.objects.count()) == (
        ImportStatus.CANCELLED,
        (0, 0, 0, 0),
        0,
    )


@pytest.mark.parametrize("where", list(READING.values())[:-1], ids=list(READING)[:-1])
def test_statement_of_reading_is_broken_off(steward, worker, where):
    run = receive(workbook([row(5), row(6)]), steward)
    with barrier(where):
        reading = worker(lambda: read_import(run_id=run.pk))
        until(somebody_waits)
        cancel_import(run_id=run.pk)
        reading.join(timeout=SOON)

    run.refresh_from_db()
    assert (run.status, StagedFigure.objects.count()) == (ImportStatus.CANCELLED, 0)


@pytest.mark.parametrize("where", list(APPLYING.values())[:-1], ids=list(APPLYING)[:-1])
def test_statement_of_applying_is_broken_off_and_the_preview_is_there_again(steward, worker, where):
    run = stage(workbook([row(5), row(6, indicator="Zusätzliche Ausbildungsplätze")]), steward)
    request_apply(run_id=run.pk, actor=steward)
    with barrier(where):
        applying = worker(lambda: carry_out_request(run_id=run.pk))
        until(somebody_waits)
        cancel_import(run_id=run.pk)
        applying.join(timeout=SOON)

    run.refresh_from_db()
    assert (run.status, run.notice["code"], run.cancel_requested_at) == (
        ImportStatus.READY,
        "cancelled",
        None,
    )
    assert Figure.objects.filter(import_run=run).count() == 0
    request_apply(run_id=run.pk, actor=steward)
    assert carry_out_request(run_id=run.pk).status == ImportStatus.APPLIED


@pytest.mark.parametrize(("where", "status"), [(READING["committing"], ImportStatus.MAPPING)])
def test_who_asks_when_the_work_is_done_is_told_so(steward, worker, where, status):
    run = receive(workbook([row(5)]), steward)
    with barrier(where):
        worker(lambda: read_import(run_id=run.pk))
        until(somebody_waits)
        told = []

        def ask():
            with pytest.raises(ImportNotReadyError) as caught:
                cancel_import(run_id=run.pk)
            told.append(caught.value)

        asking = worker(ask)
        asking.join(timeout=0.5)
        assert asking.is_alive()
    asking.join(timeout=SOON)

    run.refresh_from_db()
    assert (run.status, run.cancel_requested_at, len(told)) == (status, None, 1)


def test_what_no_worker_has_begun_is_stopped_at_once_and_can_be_resumed_or_discarded(steward):
    run = receive(workbook([row(5)]), steward)

    cancel_import(run_id=run.pk)
    run.refresh_from_db()
    assert run.status == ImportStatus.CANCELLED
    assert read_import(run_id=run.pk) is None

    resume_import(run_id=run.pk, actor=run.created_by)
    assert read_import(run_id=run.pk).status == ImportStatus.MAPPING
    with pytest.raises(ImportNotReadyError):
        cancel_import(run_id=run.pk)
    discard_import(run_id=run.pk)
    assert StagedFigure.objects.count() == 0


def test_pages_and_discarding_do_not_wait_for_a_worker(steward, worker):
    run = receive(workbook([row(5), row(6)]), steward)
    with barrier(READING["copying the rows"]):
        worker(lambda: read_import(run_id=run.pk))
        until(somebody_waits)
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1s'")
        with pytest.raises(ImportNotReadyError):
            discard_import(run_id=run.pk)
        assert read_import(run_id=run.pk) is None
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
    until(lambda: type(run).objects.get(pk=run.pk).status == ImportStatus.MAPPING)
