"""Whose import is next: a share for everybody, and no work lost with the broker's memory."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from measures.import_workflow import ImportStatus
from measures.models import ImportRun
from measures.services.imports import dispatch, turns
from measures.services.imports.requests import request_apply
from measures.tasks import (
    CALLS,
    carry_out_next_request,
    dispatch_pending_imports,
    read_next_import,
)
from reporting.models import ProgressReport
from reporting.tasks import dispatch_pending_reports
from tests.measures.imports.workers import until
from tests.measures.spreadsheets import person, receive, row, stage, workbook
from tests.measures.submissions import make_submission
from tests.queues import DEAD, broker, sending_to

pytestmark = pytest.mark.django_db

READING = ImportStatus.UPLOADED
CONTENT = workbook([row(5)])


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def submission():
    return make_submission()


def clerk(organisation: str = "IHK-142"):
    return person("contributor", organisation)


def upload(actor, count: int = 1) -> list[int]:
    return [receive(CONTENT, actor).pk for _ in range(count)]


@contextmanager
def at_work(*run_ids: int) -> Iterator[psycopg.Connection]:
    """Workers of other processes hold the turns of these imports."""
    parameters = connection.get_connection_params()
    known = {
        key: parameters[key] for key in ("dbname", "user", "password", "host", "port") if key in parameters
    }
    with psycopg.connect(**known, autocommit=True) as worker:
        for run_id in run_ids:
            worker.execute("SELECT pg_advisory_lock(%s, %s)", [turns.NAMESPACE, run_id])
        yield worker
        if not worker.closed:
            worker.execute("SELECT pg_advisory_unlock_all()")


def serve_all() -> list[int]:
    """The order in which one worker takes what waits, its work done in no time."""
    order = []
    while (run_id := turns.next_import(READING)) is not None:
        order.append(run_id)
        ImportRun.objects.filter(pk=run_id).update(
            status="ready", begun_at=timezone.now() + dt.timedelta(microseconds=len(order))
        )
    return order


def test_people_are_served_in_turn_however_much_one_of_them_sends():
    first, second, third = upload(clerk("IHK-142"), 3)
    (other,) = upload(clerk("IHK-101"))
    (steward,) = upload(person())

    assert serve_all() == [first, other, steward, second, third]


def test_two_slow_files_of_one_person_leave_room_for_others():
    slow, waiting = upload(clerk("IHK-142"), 2)
    with at_work(slow):
        assert turns.next_import(READING) is None

        (other,) = upload(clerk("IHK-101"))
        assert turns.next_import(READING) == other
        with at_work(other):
            assert turns.next_import(READING) is None

    assert turns.next_import(READING) in {slow, waiting}


def test_colleagues_share_what_their_organisation_has(settings):
    (slow,) = upload(clerk("IHK-142"))
    (of_a_colleague,) = upload(clerk("IHK-142"))
    with at_work(slow):
        assert turns.next_import(READING) is None

        settings.IMPORTS_AT_ONCE_PER_ORGANISATION = 2
        assert turns.next_import(READING) == of_a_colleague


def test_more_workers_may_be_given_to_each_person(settings):
    settings.IMPORTS_AT_ONCE_PER_PERSON = 2
    first, second, _third = upload(person(), 3)
    with at_work(first):
        assert turns.next_import(READING) == second
    with at_work(first, second):
        assert turns.next_import(READING) is None


def test_a_dead_workers_turn_is_free():
    (run_id,) = upload(person())
    with at_work(run_id) as worker:
        assert turns.next_import(READING) is None
        worker.close()

        until(lambda: turns.next_import(READING) == run_id)


def test_applying_does_not_wait_for_reading(submission):
    steward = person()
    ready = stage(workbook([row(5)]), steward)
    request_apply(run_id=ready.pk, actor=steward)
    (unread,) = upload(steward)

    with at_work(unread):
        assert turns.next_import(ImportStatus.APPLYING) == ready.pk
    with at_work(ready.pk):
        assert turns.next_import(READING) == unread


def test_what_was_tried_in_vain_lets_others_pass():
    (failed,) = upload(clerk("IHK-142"))
    dispatch.begin(failed, READING)

    assert dispatch.try_later(run_id=failed, code="failed") == 10

    assert turns.next_import(READING) is None
    (other,) = upload(clerk("IHK-101"))
    assert turns.next_import(READING) == other
    ImportRun.objects.filter(pk=failed).update(not_before=timezone.now())
    ImportRun.objects.filter(pk=other).delete()
    assert turns.next_import(READING) == failed


def test_one_call_is_enough_for_all_that_waits(submission):
    run_ids = {*upload(clerk("IHK-142"), 2), *upload(clerk("IHK-101"))}

    read_next_import.delay()

    read = ImportRun.objects.filter(pk__in=run_ids)
    assert set(read.values_list("attempts", flat=True)) == {1}
    assert not read.filter(status=READING).exists()


def test_each_kind_of_work_has_a_queue_of_its_own():
    with broker() as messages:
        for task in CALLS.values():
            task.delay()
        dispatch_pending_imports.delay()

        assert [messages.count(queue) for queue in ("reading", "writing", "reports", "mail", "upkeep")] == [
            1,
            1,
            0,
            0,
            1,
        ]


def test_nothing_is_lost_when_the_broker_forgets_everything(
    client, submission, django_capture_on_commit_callbacks
):
    steward = person()
    committed = partial(django_capture_on_commit_callbacks, execute=True)
    ready = stage(workbook([row(5)]), steward)
    with broker() as messages:
        with committed():
            client.force_login(steward)
            client.post(reverse("measures:import_list"), {"file": SimpleUploadedFile("a.xlsx", CONTENT)})
            client.post(reverse("measures:import_apply", args=[ready.pk]), {"holds_errors": "on"})
        report = ProgressReport.objects.create(year=2016, requested_by=steward)
        assert (messages.count("reading"), messages.count("writing")) == (1, 1)

        messages.forget_everything()
        with committed():
            dispatch_pending_imports()
            dispatch_pending_reports()

        assert [messages.count(queue) for queue in ("reading", "writing", "reports")] == [1, 1, 1]
        for _ in range(2):  # the second message finds nothing to do
            read_next_import()
            carry_out_next_request()

    ready.refresh_from_db()
    unread = ImportRun.objects.exclude(pk=ready.pk).get()
    assert (ready.status, ready.attempts, ready.steps.count()) == (ImportStatus.APPLIED, 1, 1)
    assert unread.attempts == 1
    assert unread.status != READING
    assert report.status == "queued"


def test_an_upload_without_a_broker_is_stored_and_read_once_later(
    client, submission, django_capture_on_commit_callbacks
):
    client.force_login(clerk())
    with sending_to(DEAD), django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            reverse("measures:import_list"), {"file": SimpleUploadedFile("a.xlsx", CONTENT)}, follow=True
        )

    run = ImportRun.objects.get()
    assert answer.status_code == 200
    assert "Die Datei ist gespeichert und wird gelesen" in answer.content.decode()
    assert (run.status, run.attempts) == (READING, 0)

    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            dispatch_pending_imports()
        read_next_import()

    run.refresh_from_db()
    assert (run.status, run.attempts) == (ImportStatus.MAPPING, 1)
    assert ImportRun.objects.count() == 1
