"""The web server as installations run it, as a process of its own."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType

from alliance_portal.embedded.servers import PROJECT

SECONDS_TO_START = 60
SECONDS_TO_END = 40


@dataclass
class Answer:
    status: int
    seconds: float
    headers: dict[str, str]
    text: str


@dataclass
class Server:
    port: int
    process: subprocess.Popen[bytes]

    def ask(
        self,
        path: str,
        headers: Mapping[str, str] = MappingProxyType({}),
        *,
        timeout: float = 10,
        body: str | None = None,
    ) -> Answer:
        """GET, or POST what ``body`` holds."""
        started = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        method = "GET" if body is None else "POST"
        try:
            connection.request(method, path, body=body, headers={"Host": "localhost", **headers})
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
        finally:
            connection.close()
        return Answer(response.status, time.monotonic() - started, dict(response.getheaders()), text)


def children_of(process: int) -> list[int]:
    found = subprocess.run(  # noqa: S603  # a number is the only argument
        ["ps", "-o", "pid=", "--ppid", str(process)],  # noqa: S607  # ps from PATH
        capture_output=True,
        text=True,
        check=False,
    )
    return [int(line) for line in found.stdout.split()]


@contextlib.contextmanager
def web_server(**variables: str) -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603  # our own module
        [sys.executable, "-m", "alliance_portal.web", "--port", str(port), "--no-log"],
        cwd=PROJECT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "alliance_portal.settings.dev"} | variables,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # its processes end with it
    )
    server = Server(port, process)
    try:
        until(lambda: server.ask("/healthz").status == HTTPStatus.OK)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=SECONDS_TO_END)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def until(holds, seconds: float = SECONDS_TO_START) -> float:
    """Wait until something holds that may fail until then; return how long it took."""
    started = time.monotonic()
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if holds():
                return time.monotonic() - started
        if time.monotonic() - started > seconds:
            raise TimeoutError("it never came to that")
        time.sleep(0.1)
