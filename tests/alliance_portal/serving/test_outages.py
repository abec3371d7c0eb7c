"""The web server under slow senders, with its database frozen, Valkey killed, one of its processes gone."""

import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from alliance_portal import embedded
from alliance_portal.embedded.servers import PROJECT
from alliance_portal.serving.readiness import SECONDS_KEPT
from alliance_portal.serving.watchdog import EXIT_STATUS
from bench.serving.servers import Server, children_of, until, web_server
from bench.serving.slow_connections import SLOW

pytestmark = pytest.mark.long

CONNECTIONS = 200
SECONDS_HELD = 8


@pytest.fixture(scope="module")
def state(tmp_path_factory) -> Iterator[Path]:
    """Servers of these tests' own, for they are frozen and killed; with the tables of sessions."""
    directory = tmp_path_factory.mktemp("outages")
    addresses = embedded.start(directory, durable=False)
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "sessions", "--verbosity=0"],
        cwd=PROJECT,
        env=os.environ | addresses | {"DJANGO_SETTINGS_MODULE": "alliance_portal.settings.dev"},
        check=True,
    )
    yield directory
    embedded.stop(directory)


@pytest.fixture(scope="module")
def addresses(state) -> dict[str, str]:
    return embedded.start(state, durable=False)


@pytest.fixture(scope="module")
def server(addresses) -> Iterator[Server]:
    with web_server(**addresses) as running:
        yield running


def page(server: Server, language: str = "de"):
    """A page that looks for a session in the database, and sends a stranger to the sign-in."""
    return server.ask("/", {"Cookie": "sessionid=" + "x" * 32, "Accept-Language": language})


def hold(port: int, kind: str) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(SLOW[kind])
    return connection


@pytest.mark.parametrize("kind", SLOW)
def test_slow_senders_keep_nobody_from_the_portal(server, kind):
    held = [hold(server.port, kind) for _ in range(CONNECTIONS)]
    health, pages = [], []
    ends = time.monotonic() + SECONDS_HELD
    while time.monotonic() < ends:
        for connection in held:
            connection.sendall(b"a")
        health.append(server.ask("/healthz"))
        pages.append(server.ask("/static/portal/portal.css"))
        pages.append(page(server))
        time.sleep(0.2)
    for connection in held:
        connection.close()

    assert {answer.status for answer in health} == {200}
    assert {answer.status for answer in pages} == {200, 302}
    assert statistics.quantiles([answer.seconds for answer in health], n=100)[-1] < 1
    assert statistics.median([answer.seconds for answer in pages]) < 1


def test_idle_connection_is_ended(server):
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.settimeout(15)

        assert connection.recv(1) == b""


def postgres_of(state: Path) -> list[int]:
    main = int((state / "postgres/data/postmaster.pid").read_text().split()[0])
    return [main, *children_of(main)]


def signal_all(processes: list[int], number: signal.Signals) -> None:
    for process in processes:
        os.kill(process, number)


def test_frozen_database_is_said_in_words_and_the_portal_recovers(server, state):
    assert page(server).status == 302
    processes = postgres_of(state)
    signal_all(processes, signal.SIGSTOP)
    try:
        with ThreadPoolExecutor(20) as pool:
            at_once = list(pool.map(lambda _: page(server), range(20)))
        later = [page(server, language) for language in ("de", "en")]
        health, ready = server.ask("/healthz"), server.ask("/readyz")
    finally:
        signal_all(processes, signal.SIGCONT)

    assert {answer.status for answer in at_once} == {503}
    assert max(answer.seconds for answer in at_once) < 2
    assert "Das Portal kann gerade nicht antworten" in later[0].text
    assert "The portal cannot answer at the moment" in later[1].text
    assert all("Retry-After" in {name.title() for name in answer.headers} for answer in later)
    assert max(answer.seconds for answer in later) < 1.5
    assert (health.status, health.seconds < 1) == (200, True)
    assert (ready.status, ready.seconds < 1, '"database": "down"' in ready.text) == (503, True, True)
    until(lambda: [page(server).status for _ in range(4)] == [302] * 4, seconds=5)


def test_process_that_dies_is_replaced_and_the_other_answers(server):
    before = children_of(server.process.pid)
    assert len(before) == 2
    os.kill(before[0], signal.SIGKILL)

    until(lambda: page(server).status == 302, seconds=5)
    until(lambda: len(set(children_of(server.process.pid)) - {before[0]}) == 2, seconds=30)


def test_portal_works_without_valkey(server, state):
    os.kill(embedded.status(state)["valkey"] or 0, signal.SIGKILL)
    until(lambda: embedded.status(state)["valkey"] is None)

    answers = [server.ask("/konto/login/") for _ in range(10)]
    time.sleep(SECONDS_KEPT)  # the test before may have asked within the second of an answer
    ready = server.ask("/readyz")

    assert {answer.status for answer in answers} == {200}
    assert sorted(answer.seconds for answer in answers)[5] < 1
    assert (ready.status, '"queue": "down"' in ready.text) == (503, True)
    assert server.ask("/healthz").status == 200


HANGING = """
import asyncio, time
from django.conf import settings
from alliance_portal.serving.readiness import SECONDS_KEPT
from alliance_portal.serving.watchdog import Watchdog
from tests.alliance_portal.serving.asking import LIMITS
import dataclasses

async def hang():
    watchdog = Watchdog(dataclasses.replace(LIMITS, stuck_seconds=1, threads=1), {{{stuck}}})
    asyncio.ensure_future(watchdog.watch())
    await asyncio.sleep(0.1)
    {hangs}

asyncio.run(hang())
"""


@pytest.mark.parametrize(
    ("stuck", "hangs", "status"),
    [
        ("", "time.sleep(30)", 1),
        ("1: time.monotonic() - 10", "await asyncio.sleep(30)", EXIT_STATUS),
    ],
)
def test_process_that_hangs_writes_what_it_was_at_and_ends(stuck, hangs, status):
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", HANGING.format(stuck=stuck, hangs=hangs)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert done.returncode == status
    assert "most recent call first" in done.stderr
    assert time.monotonic() - started < 15
