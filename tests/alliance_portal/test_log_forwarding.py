"""Lines of the log reach another system, encrypted, and whoever logs never waits for it."""

import json
import logging
import queue
import re
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from alliance_portal.embedded.servers import PROJECT
from alliance_portal.installation.certificates import AUTHORITY, IDENTITY, Holder, issue
from alliance_portal.logs import forwarding
from alliance_portal.logs.formatters import ContextFilter, JsonFormatter
from tests.alliance_portal.test_settings import PRODUCTION, answer_of
from tests.listeners import listening

HEADER = re.compile(
    r"<(\d+)>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00 \S+ alliance-portal \d+ - - (.+)", re.DOTALL
)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("log service")
    issue(folder, [Holder("logs", "logs", 0, names=("localhost",))])
    return folder / "logs"


class LogService:
    """Takes lines in by their length, as RFC 5425 says."""

    def __init__(self, certificates: Path | None = None) -> None:
        self.lines: queue.Queue[str] = queue.Queue()
        self.context = None
        if certificates:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(certificates / IDENTITY)

    def serve(self, connection: socket.socket) -> None:
        with connection.makefile("rb") as stream:
            while length := b"".join(iter(lambda: stream.read(1).strip(), b"")):
                self.lines.put(stream.read(int(length)).decode())

    def next(self) -> tuple[int, dict]:
        priority, line = HEADER.fullmatch(self.lines.get(timeout=5)).groups()
        return int(priority), json.loads(line)


@contextmanager
def logger_to(url: str) -> Iterator[logging.Logger]:
    handler = forwarding.SyslogHandler(url)
    handler.addFilter(ContextFilter())
    handler.setFormatter(JsonFormatter())
    logger = logging.Logger("portal")  # noqa: LOG001  # of this test alone
    logger.addHandler(handler)
    yield logger
    handler.close()


def test_line_arrives_as_it_stands_in_the_log_encrypted_and_with_its_severity(certificates):
    service = LogService(certificates)
    with (
        listening(service.serve, context=service.context) as port,
        logger_to(f"tls://localhost:{port}?ca={certificates / AUTHORITY}") as logger,
    ):
        logger.error("Größe %s\nnext line", 3, extra={"event": "refused"})
        logger.info("fine")

        (severe, first), (mild, second) = service.next(), service.next()

    assert (severe, mild) == (16 * 8 + 3, 16 * 8 + 6)
    assert (first["message"], first["level"], first["event"]) == ("Größe 3\nnext line", "ERROR", "refused")
    assert second["message"] == "fine"


def test_traceback_arrives_with_its_line():
    service = LogService()
    with listening(service.serve) as port, logger_to(f"tcp://localhost:{port}") as logger:
        try:
            raise LookupError("what was looked for")  # noqa: TRY301  # to be logged
        except LookupError:
            logger.exception("failed")

        assert "LookupError" in str(service.next()[1])


def test_service_that_cannot_prove_who_it_is_gets_nothing(certificates, tmp_path):
    issue(tmp_path, [Holder("other", "other", 0, names=("localhost",))])
    service = LogService(certificates)
    refused = forwarding.SECONDS_TO_FINISH
    forwarding.SECONDS_TO_FINISH = 0.3
    try:
        with (
            listening(service.serve, context=service.context) as port,
            logger_to(f"tls://localhost:{port}?ca={tmp_path / 'other' / AUTHORITY}") as logger,
        ):
            logger.error("secret")
    finally:
        forwarding.SECONDS_TO_FINISH = refused

    assert service.lines.empty()


def test_lines_wait_for_a_service_that_is_away_and_nobody_waits_for_them(monkeypatch):
    monkeypatch.setattr(forwarding, "LINES_KEPT", 50)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens there
        port = taken.getsockname()[1]
        with logger_to(f"tcp://127.0.0.1:{port}") as logger:
            started = time.monotonic()
            for number in range(200):
                logger.info("line %s", number)
            seconds = time.monotonic() - started
            taken.close()
            service = LogService()
            with listening(service.serve, port=port):
                arrived = [service.next()[1]["message"] for _ in range(50)]

    assert seconds < 1
    assert arrived == [f"line {number}" for number in range(50)]


def test_service_that_hung_up_is_called_again():
    service = LogService()
    calls = []

    def serve_one_line(connection: socket.socket) -> None:
        calls.append(connection)
        stream = connection.makefile("rb")
        length = b"".join(iter(lambda: stream.read(1).strip(), b""))
        service.lines.put(stream.read(int(length)).decode())
        stream.close()

    with listening(serve_one_line) as port, logger_to(f"tcp://127.0.0.1:{port}") as logger:
        for number in range(3):
            logger.info("line %s", number)
            assert service.next()[1]["message"] == f"line {number}"
            time.sleep(0.02)  # until the other end has closed

    assert len(calls) == 3


FORKED = """
import logging, os, sys
from alliance_portal.logs.forwarding import SyslogHandler
from alliance_portal.logs.formatters import ContextFilter, JsonFormatter
handler = SyslogHandler(sys.argv[1])
handler.addFilter(ContextFilter())
handler.setFormatter(JsonFormatter())
logging.getLogger().addHandler(handler)
logging.error("parent")
if not os.fork():
    logging.error("child")
    logging.shutdown()
    os._exit(0)
os.wait()
"""


def test_process_that_was_forked_sends_its_own_lines_and_the_last_ones_leave_before_the_end():
    service, seen = LogService(), []
    with listening(service.serve, at_once=True) as port:
        subprocess.run(
            [sys.executable, "-c", FORKED, f"tcp://127.0.0.1:{port}"], cwd=PROJECT, check=True, timeout=30
        )
        seen = [service.next()[1]["message"] for _ in range(2)]

    assert sorted(seen) == ["child", "parent"]
    assert service.lines.empty()


ENDING = f"""{FORKED.split("if not", maxsplit=1)[0]}
from alliance_portal.logs import forwarding
forwarding.SECONDS_TO_FINISH = 0.1
"""


def test_process_ends_while_the_service_is_away():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens there
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"

        subprocess.run([sys.executable, "-c", ENDING, address], cwd=PROJECT, check=True, timeout=20)


@pytest.mark.long
def test_installation_sends_its_log_where_the_setting_says():
    code = """
import django, logging
django.setup()
logging.getLogger("portal.test").error("over there")
"""
    service = LogService()
    with listening(service.serve) as port:
        answer_of(
            code,
            **PRODUCTION,
            DJANGO_SETTINGS_MODULE="alliance_portal.settings.production",
            SYSLOG=f"tcp://127.0.0.1:{port}",
        )
        _severity, line = service.next()

    assert (line["message"], line["logger"]) == ("over there", "portal.test")
