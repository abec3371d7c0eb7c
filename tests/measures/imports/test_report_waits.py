"""A long report is made by a worker; programs are asked to come again, people see a page that waits."""

import json
from http import HTTPStatus

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from measures import tasks
from measures.models import ImportRun
from measures.selectors.visible_imports import visible_import
from measures.services.imports import made_files, marking
from partners.models import User
from partners.permissions import access_for
from tests.disks import room_for
from tests.measures.spreadsheets import row, stage, workbook
from tests.measures.submissions import make_submission
from tests.queues import DEAD, broker, sending_to

pytestmark = pytest.mark.django_db

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _every_report_is_long(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.REPORT_ROWS_IN_A_REQUEST = 0


@pytest.fixture
def run(sign_in) -> ImportRun:
    make_submission()
    return stage(workbook([row("viele"), row(5, indicator="EQ-Plätze")]), sign_in("data_steward", "BMAS"))


@pytest.fixture
def address(run):
    return reverse("measures:import_report", args=[run.pk])


@pytest.fixture
def queue():
    with broker() as messages:
        yield messages


def word(answer) -> str:
    (message,) = get_messages(answer.wsgi_request)
    return str(message)


def work(run, client):
    """What the worker does with the message that the request sent."""
    run.refresh_from_db()
    user_id = int(client.session["_auth_user_id"])
    visible = visible_import(run, access_for(User.objects.get(pk=user_id)))
    name = made_files.name_of(visible, user_id=user_id, kind=marking.REPORT)
    tasks.make_import_report(run.pk, user_id, "de", name)


def test_program_is_asked_to_come_again_until_the_report_is_there(client, run, address, queue, settings):
    first, second = client.get(address), client.get(address)

    assert [answer.status_code for answer in (first, second)] == [HTTPStatus.ACCEPTED] * 2
    assert first.json() == {"status": "pending"}
    assert int(first.headers["Retry-After"]) > 0
    assert queue.count("reports") == 1

    work(run, client)
    made = client.get(address)
    settings.REPORT_ROWS_IN_A_REQUEST = 100
    at_once = client.get(address)

    assert (made.status_code, made.headers["Content-Type"]) == (HTTPStatus.OK, "application/json")
    assert made.headers["Content-Disposition"] == at_once.headers["Content-Disposition"]
    assert json.loads(b"".join(made)) == json.loads(b"".join(at_once))


def test_person_sees_a_page_that_waits_and_then_the_link(client, run, address, queue):
    page = client.get(address, headers=BROWSER).content.decode()
    assert "Der Bericht wird erstellt" in page
    assert f'hx-get="{address}"' in client.get(address, headers=HTMX).content.decode()

    work(run, client)

    piece = client.get(address, headers=HTMX).content.decode()
    assert "Der Bericht liegt bereit" in piece
    assert "hx-get" not in piece


def test_report_of_one_person_is_not_given_to_another(client, run, address, queue, sign_in):
    client.get(address)
    work(run, client)
    assert b"".join(client.get(address)).startswith(b"{")

    sign_in("auditor", "BMAS")

    assert client.get(address).status_code == HTTPStatus.ACCEPTED


def test_queue_out_of_reach_is_said_to_programs_and_people(client, address):
    with sending_to(DEAD):
        program = client.get(address)
        person = client.get(address, headers=BROWSER)

    assert (program.status_code, program.json()) == (HTTPStatus.SERVICE_UNAVAILABLE, {"status": "failed"})
    assert program.headers["Retry-After"]
    assert person.status_code == HTTPStatus.FOUND
    assert "Der Bericht kann gerade nicht erstellt werden" in str(
        next(iter(get_messages(person.wsgi_request)))
    )


def test_full_disk_is_said_and_leaves_no_beginning(client, address, settings):
    client.raise_request_exception = False
    with room_for(10):
        person = client.get(address, headers=BROWSER)

    assert "Der Speicher des Portals ist voll" in word(person)
    assert [path for path in (settings.MEDIA_ROOT / "made").glob("*") if path.is_file()] == []
