"""Whatever goes wrong, there is a page for it that can be shown and that names the request."""

import logging
from http import HTTPStatus

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.urls import path
from redis import ConnectionError as ValkeyConnectionError

from alliance_portal import urls
from alliance_portal.logs.middleware import HEADER


def broken(request):
    raise OperationalError("connection refused")


def broken_store(request):
    raise ValkeyConnectionError("connection refused")


handler400, handler500 = urls.handler400, urls.handler500
urlpatterns = [*urls.urlpatterns, path("kaputt/", broken), path("ohne-speicher/", broken_store)]

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def database_down(monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", refuse)


def test_unknown_host_gets_a_page_that_says_so(visitor):
    response = visitor.get("/de/impressum/", headers={"host": "evil.example.org"})

    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert "Die Adresse oder Anfrage ist nicht lesbar" in response.content.decode()
    assert response.headers[HEADER] in response.content.decode()


@pytest.mark.parametrize("address", ["/", "/kaputt/", "/berichte/"])
def test_page_of_errors_needs_no_database(visitor, database_down, address, caplog):
    visitor.cookies["sessionid"] = "x" * 32
    response = visitor.get(address)

    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert response.headers[HEADER] in response.content.decode()
    assert "Das Portal kann gerade nicht antworten" in response.content.decode()


@pytest.mark.django_db
def test_error_is_recorded_with_the_number_that_the_page_shows(visitor, sign_in, client, caplog):
    person = sign_in("reviewer", "BMAS")
    visitor.cookies = client.cookies

    response = visitor.get("/ohne-speicher/")

    assert response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    shown = response.headers[HEADER]
    assert shown in response.content.decode()
    inside = ("ConnectionError", "connection refused", "Traceback", "broken_store")
    assert [word for word in inside if word in response.content.decode()] == []
    (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert record.exc_info[0] is ValkeyConnectionError
    assert (record.context["request_id"], record.context["person_id"]) == (shown, person.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "status"), [("/gibt-es-nicht/", 404), ("/verwaltung/", 403)])
def test_pages_of_refusals_name_the_request(client, sign_in, address, status):
    sign_in("contributor", "IHK-142")

    response = client.get(address)

    assert response.status_code == status
    assert response.headers[HEADER] in response.content.decode()
