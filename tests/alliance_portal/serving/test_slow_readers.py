"""Who reads a large report slowly keeps nobody from the portal, whether a request or a worker made it."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from alliance_portal.embedded.servers import PROJECT
from bench.serving.installation import Installation, installation
from bench.serving.servers import Answer, until

pytestmark = pytest.mark.long

ROWS_OF_SHORT, ROWS_OF_LONG = 15_000, 40_000
READERS = 30
READERS_OF_SHORT = 4
SECONDS_HELD = 6


@dataclass
class Portal:
    running: Installation
    session: str
    short: int
    long: int
    another_long: int

    def ask(self, path: str) -> Answer:
        return self.running.server.ask(path, {"Cookie": f"sessionid={self.session}"}, timeout=60)

    def report(self, number: int) -> str:
        return f"/import/{number}/vorschau.json"

    def begin_to_read(self, number: int) -> socket.socket:
        """Ask for a report, with room for no more than some KiB of it on the way."""
        reader = socket.socket()
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.connect(("127.0.0.1", self.running.server.port))
        request = f"GET {self.report(number)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        reader.sendall(f"{request}Cookie: sessionid={self.session}\r\n\r\n".encode())
        return reader


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    with installation(people=2) as running:
        made = subprocess.run(
            [
                sys.executable,
                "-m",
                "tests.alliance_portal.serving.large_imports",
                str(ROWS_OF_SHORT),
                str(ROWS_OF_LONG),
                str(2 * ROWS_OF_LONG),
            ],
            cwd=PROJECT,
            env=os.environ | running.environment,
            check=True,
            stdout=subprocess.PIPE,
        )
        read = json.loads(made.stdout)
        yield Portal(running, read["session"], *read["imports"])


def seconds_of_pages(portal: Portal) -> list[float]:
    """How long pages take for as long as the readers are held."""
    seconds = []
    ends = time.monotonic() + SECONDS_HELD
    while time.monotonic() < ends:
        for path in ("/healthz", "/import/", "/massnahmen/"):
            answer = portal.ask(path)
            assert answer.status == 200, path
            seconds.append(answer.seconds)
    return sorted(seconds)


def rest_of(reader: socket.socket) -> bytes:
    pieces = []
    reader.settimeout(60)
    while piece := reader.recv(65536):
        pieces.append(piece)
    return b"".join(pieces)


def figures_in(answer: bytes) -> int:
    _head, body = answer.split(b"\r\n\r\n", 1)
    if b"transfer-encoding: chunked" in _head.lower():
        body = unchunked(body)
    return len(json.loads(body)["figures"])


def unchunked(body: bytes) -> bytes:
    whole = b""
    while body:
        size, body = body.split(b"\r\n", 1)
        length = int(size, 16)
        whole, body = whole + body[:length], body[length + 2 :]
        if not length:
            break
    return whole


def test_report_made_in_a_request_is_sent_without_a_thread(portal):
    readers = []
    for _ in range(READERS_OF_SHORT):
        readers.append(portal.begin_to_read(portal.short))
        assert readers[-1].recv(12) == b"HTTP/1.1 200"  # it is made; from here on it is only read

    seconds = seconds_of_pages(portal)
    another = portal.ask(portal.report(portal.short))

    assert seconds[len(seconds) // 2] < 0.5
    assert seconds[-1] < 2
    assert another.status == 200
    assert figures_in(b"HTTP/1.1 200" + rest_of(readers[0])) == ROWS_OF_SHORT + 1
    for reader in readers:
        reader.close()


def test_long_report_is_made_by_a_worker_and_read_by_many_slowly(portal):
    first = portal.ask(portal.report(portal.long))
    assert (first.status, json.loads(first.text)) == (202, {"status": "pending"})
    until(lambda: portal.ask(portal.report(portal.long)).status == 200)
    readers = [portal.begin_to_read(portal.long) for _ in range(READERS)]
    for reader in readers:
        assert reader.recv(12) == b"HTTP/1.1 200"

    seconds = seconds_of_pages(portal)

    assert seconds[len(seconds) // 2] < 0.5
    assert seconds[-1] < 2
    assert figures_in(b"HTTP/1.1 200" + rest_of(readers[0])) == ROWS_OF_LONG + 1
    for reader in readers:
        reader.close()


def test_one_place_for_long_requests_is_free_while_the_long_report_is_being_made(portal):
    assert portal.ask(portal.report(portal.another_long)).status == 202

    short = portal.ask(portal.report(portal.short))

    assert portal.ask(portal.report(portal.another_long)).status == 202  # still being made
    assert (short.status, short.seconds < 10) == (200, True)
    assert seconds_of_pages(portal)[-1] < 3
