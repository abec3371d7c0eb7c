"""A database that is frozen, gone or busy: noticed within a moment, said in words."""

import socket
import time

import psycopg
import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.urls import path

from alliance_portal import urls
from alliance_portal.settings.limits import database_limits
from alliance_portal.stores import outage
from alliance_portal.stores.probe import Address, answers
from alliance_portal.stores.watched import WatchedConnection

NOBODY = Address("127.0.0.1", 1)


@login_not_required
def broken(request):
    raise OperationalError("connection refused")


@login_not_required
def broken_in_cleaning_up(request):
    try:
        raise OperationalError("connection refused")
    finally:
        raise InterfaceError("the connection is closed")  # as cleaning up does


@login_not_required
def wrong(request):
    raise ValueError("a bug")


handler500 = urls.handler500
urlpatterns = [
    path("kaputt/", broken),
    path("kaputt2/", broken_in_cleaning_up),
    path("falsch/", wrong),
    *urls.urlpatterns,
]


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


@pytest.fixture
def no_outage():
    yield
    outage._known.clear()


@pytest.fixture
def frozen_server():
    """Takes connections, as the kernel does for a frozen process, and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield Address("127.0.0.1", server.getsockname()[1])


@pytest.fixture
def server():
    settings = connection.settings_dict
    return Address(settings["HOST"], int(settings["PORT"]))


@pytest.fixture
def watched(server):
    settings = connections["default"].settings_dict
    with WatchedConnection.connect(
        host=server.host,
        port=server.port,
        user=settings["USER"],
        password=settings["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    ) as opened:
        yield opened


def test_server_that_answers_is_told_from_one_that_is_frozen_or_gone(server, frozen_server):
    assert answers(server)

    started = time.monotonic()
    assert not answers(frozen_server)
    assert not answers(NOBODY)
    assert time.monotonic() - started < 0.6


def test_statement_that_takes_its_time_is_left_alone(watched, monkeypatch):
    monkeypatch.setattr("alliance_portal.stores.watched.SECONDS_OF_SILENCE", 0.05)

    assert watched.execute("SELECT pg_sleep(0.2), 7").fetchone()[1] == 7


def test_connection_whose_server_has_frozen_is_given_up(watched, frozen_server, monkeypatch, no_outage):
    monkeypatch.setattr("alliance_portal.stores.watched.SECONDS_OF_SILENCE", 0.05)
    monkeypatch.setattr("alliance_portal.stores.watched.Address", lambda *_address: frozen_server)

    with pytest.raises(psycopg.OperationalError, match="does not answer"):
        watched.execute("SELECT pg_sleep(5)")

    assert watched.closed
    assert outage.is_known()


def test_outage_ends_with_the_first_answer(monkeypatch, no_outage):
    monkeypatch.setattr(outage, "PAUSE", 0.01)
    is_back = []
    monkeypatch.setattr(outage, "answers", lambda _address: bool(is_back))

    assert outage.confirm(NOBODY)
    assert outage.is_known()
    is_back.append(True)
    ends = time.monotonic() + 2
    while outage.is_known() and time.monotonic() < ends:
        time.sleep(0.01)
    assert not outage.is_known()


def test_server_that_answers_is_no_outage(server):
    assert not outage.confirm(server)
    assert not outage.is_known()


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ["/kaputt/", "/kaputt2/"])
@pytest.mark.parametrize(
    ("language", "words"),
    [("de", "Das Portal kann gerade nicht antworten"), ("en", "The portal cannot answer at the moment")],
)
def test_database_that_fails_is_said_in_words_with_a_time_to_come_back(visitor, address, language, words):
    response = visitor.get(address, headers={"accept-language": language})

    assert response.status_code == 503
    assert words in response.content.decode()
    assert response.headers["Retry-After"] == "10"


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_bug_is_still_an_error(visitor):
    response = visitor.get("/falsch/")

    assert response.status_code == 500
    assert "Das Portal kann gerade nicht antworten" not in response.content.decode()


def test_session_that_cannot_be_loaded_is_said_in_words(visitor, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", refuse)
    visitor.cookies["sessionid"] = "x" * 32

    assert visitor.get("/").status_code == 503


def test_pages_wait_less_for_the_database_than_tasks():
    web, work = (database_limits({}, is_web=is_web, threads=4) for is_web in (True, False))

    assert web["OPTIONS"]["pool"]["max_size"] == 5
    assert web["OPTIONS"]["pool"]["timeout"] <= 1
    assert "pool" not in work["OPTIONS"]
    assert "-c parallel_setup_cost=" in web["OPTIONS"]["options"]
    for limits in (web, work):
        for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
            assert f"-c {name}=" in limits["OPTIONS"]["options"]
        assert {"connect_timeout", "tcp_user_timeout", "keepalives_idle"} <= limits["OPTIONS"].keys()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("statement_timeout", "1h"),
        ("lock_timeout", "10min"),
        ("idle_in_transaction_session_timeout", "15min"),
        ("parallel_setup_cost", "1000"),  # PostgreSQL's own: for pages alone it is another
    ],
)
def test_limits_reach_the_server(name, value):
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        assert cursor.fetchone() == (value,)
