"""Turns and calls with real worker processes, a real broker and what happens to them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from measures.import_workflow import ImportStatus
from measures.models import ImportRun
from measures.tasks import dispatch_pending_imports, read_next_import
from tests.measures.imports.workers import ROOT, barrier, kill, somebody_waits, start_worker, until
from tests.measures.spreadsheets import person, receive, row, workbook
from tests.measures.submissions import make_submission
from tests.queues import broker

pytestmark = pytest.mark.long  # test_turns has the same without processes

CONTENT = workbook([row(5)])


@pytest.fixture(autouse=True)
def places(transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make_submission()


@contextmanager
def celery_worker() -> Iterator[subprocess.Popen[bytes]]:
    """A worker that serves every queue, as in the demo."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    options = ["--pool=solo", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "alliance_portal", "worker", *options],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "alliance_portal.settings.test",
            "DATABASE_URL": database.geturl(),
            "REDIS_URL": settings.CACHES["default"]["LOCATION"],
            "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        },
    )
    try:
        yield worker
    finally:
        kill(worker)


def is_read(run: ImportRun) -> bool:
    run.refresh_from_db()
    return run.status == ImportStatus.MAPPING


def test_a_slow_file_of_one_person_keeps_one_worker_and_nobody_else():
    slow, waiting = (receive(CONTENT, person()) for _ in range(2))
    ImportRun.objects.filter(pk=waiting.pk).update(created_by=slow.created_by)
    other = receive(CONTENT, person())
    of_the_one = f"NEW.import_run_id IN ({slow.pk}, {waiting.pk})"

    with barrier(f"BEFORE INSERT ON measures_stagedfigure FOR EACH ROW WHEN ({of_the_one})"):
        first = start_worker("read_next_import")
        until(somebody_waits)
        for _ in range(2):  # one reads the other's file, one finds nothing to do
            assert start_worker("read_next_import").wait(timeout=60) == 0
        assert is_read(other)
        waiting.refresh_from_db()
        assert waiting.attempts == 0

    assert first.wait(timeout=60) == 0
    assert is_read(slow)
    assert is_read(waiting)


def test_a_worker_finds_everything_after_the_broker_has_forgotten_it():
    runs = [receive(CONTENT, person()) for _ in range(3)]
    with broker() as messages:
        for _ in runs:
            read_next_import.delay()
        messages.forget_everything()
        with celery_worker():
            dispatch_pending_imports()

            until(lambda: all(map(is_read, runs)))
            messages.forget_everything()
            late = receive(CONTENT, person())
            dispatch_pending_imports()
            until(lambda: is_read(late))

    assert [run.attempts for run in (*runs, late)] == [1] * 4
