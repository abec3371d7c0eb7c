"""A worker marks the file; the page waits for it, and says what came of it."""

import os
import time
from http import HTTPStatus

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from kombu.exceptions import OperationalError as QueueError

from alliance_portal.celery import app
from measures import tasks
from measures.importing.process.guard import ReadingError
from measures.services.imports import made_files
from tests.measures.spreadsheets import row, stage, workbook
from tests.measures.submissions import make_submission

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def run(sign_in):
    make_submission()
    return stage(workbook([row("viele")]), sign_in("data_steward", "BMAS"))


@pytest.fixture
def address(run):
    return reverse("measures:import_marked", args=[run.pk])


@pytest.fixture
def queue():
    """What is sent waits for a worker; elsewhere in the tests it is done at once."""
    app.conf.task_always_eager = False
    yield
    app.conf.task_always_eager = True


@pytest.fixture
def worker(monkeypatch, queue):
    """A worker that has not come to it yet: what was sent lies there until it is called."""
    sent = []

    def lie(name, args, kwargs, **options):
        sent.append(args)

    monkeypatch.setattr(app, "send_task", lie)

    def work():
        while sent:
            tasks.mark_file(*sent.pop())

    work.sent = sent
    return work


def words(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_page_waits_then_offers_the_file(client, address, worker):
    waiting = client.get(address)
    asked_again = client.get(address, headers=HTMX)

    assert waiting.status_code == HTTPStatus.OK
    assert "Die Datei wird markiert" in waiting.content.decode()
    assert "hx-get" in asked_again.content.decode()
    assert len(worker.sent) == 1

    worker()
    ready = client.get(address, headers=HTMX).content.decode()

    assert "Die Datei liegt bereit" in ready
    assert "hx-get" not in ready
    assert b"".join(client.get(address).streaming_content).startswith(b"PK")


def test_file_is_made_once_for_a_person_and_again_when_the_import_has_moved_on(client, address, run, worker):
    client.get(address)
    worker()
    assert b"".join(client.get(address).streaming_content).startswith(b"PK")
    assert worker.sent == []

    type(run).objects.filter(pk=run.pk).update(changed_count=7)
    client.get(address)

    assert len(worker.sent) == 1


def test_file_of_one_person_is_not_given_to_another(client, address, sign_in, worker):
    client.get(address)
    worker()
    sign_in("auditor", "BMAS")

    assert "Die Datei wird markiert" in client.get(address).content.decode()
    assert len(worker.sent) == 1


def test_file_whose_marking_failed_is_said_so_and_can_be_asked_for_again(client, address, run, worker):
    client.get(address)
    run.source_file.content.storage.delete(run.source_file.content.name)
    with pytest.raises(ReadingError):
        worker()

    failed = client.get(address)

    assert failed.status_code == HTTPStatus.FOUND
    assert words(failed) == ["Die Datei konnte nicht markiert werden. Bitte versuchen Sie es erneut."]
    client.get(address)
    assert len(worker.sent) == 1


def test_page_that_waits_is_sent_on_when_marking_failed(client, address, run, worker):
    client.get(address)
    made_files.note(worker.sent[0][3], made_files.Making.FAILED)

    answer = client.get(address, headers=HTMX)

    assert answer.headers["HX-Redirect"] == reverse("measures:import_detail", args=[run.pk])


def test_queue_out_of_reach_is_said_in_words(client, address, monkeypatch, queue):

    def refuse(*args, **options):
        raise QueueError("connection refused")

    monkeypatch.setattr(app, "send_task", refuse)

    answer = client.get(address)

    assert answer.status_code == HTTPStatus.FOUND
    assert words(answer) == [
        "Die Datei kann gerade nicht markiert werden. Bitte versuchen Sie es später noch einmal."
    ]


def test_files_are_removed_after_a_day(client, address, worker):
    client.get(address)
    name = worker.sent[0][3]
    worker()
    path = made_files._path(name)

    tasks.remove_leftovers()
    assert path.exists()

    yesterday = time.time() - made_files.SECONDS_KEPT - 60
    os.utime(path, (yesterday, yesterday))
    tasks.remove_leftovers()
    assert not path.exists()
