"""Lines of the log on their way to another system: syslog (RFC 5424) over TLS (RFC 5425) or TCP (RFC 6587).

Whoever logs puts the line into a queue and goes on; a thread of the process sends what is in it. While the
other system is away, lines that find no room any more are left out there; the process's own output has them.
"""

import datetime as dt
import logging
import os
import queue
import socket
import ssl
import threading
import time
from logging.handlers import QueueHandler, QueueListener, SocketHandler
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from alliance_portal.settings.connections import log_peer

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

LINES_KEPT = 10_000
SECONDS_TO_CONNECT = 5.0
SECONDS_TO_FINISH = 2.0
"""When a process ends, what it wrote last gets as long."""

FACILITY = 16  # local0
SEVERITIES = {logging.CRITICAL: 2, logging.ERROR: 3, logging.WARNING: 4, logging.INFO: 6, logging.DEBUG: 7}


class SyslogHandler(QueueHandler):
    """``tls://host:6514?ca=/path``; without ``ca`` the authorities that this machine trusts. Never waits."""

    def __init__(self, url: str) -> None:
        self._lines: queue.Queue[logging.LogRecord] = queue.Queue(LINES_KEPT)
        super().__init__(self._lines)
        self._url = url
        self._process = 0
        self._starting = threading.Lock()
        os.register_at_fork(after_in_child=self._begin_anew)

    def enqueue(self, record: logging.LogRecord) -> None:
        self._start()
        try:
            self._lines.put_nowait(record)
        except queue.Full:
            return

    def close(self) -> None:
        """Give the last lines a moment to leave."""
        deadline = time.monotonic() + SECONDS_TO_FINISH
        while self._process and self._lines.unfinished_tasks and time.monotonic() < deadline:
            time.sleep(0.01)
        super().close()

    def _start(self) -> None:
        """With the first line of a process, as threads are not inherited."""
        with self._starting:
            if self._process != os.getpid():
                self._process = os.getpid()
                QueueListener(self._lines, _Sender(self._url)).start()

    def _begin_anew(self) -> None:
        """What waits is the parent's to send, and a lock may be held by a thread that is not here."""
        self.queue = self._lines = queue.Queue(LINES_KEPT)
        self._process = 0
        self._starting = threading.Lock()


class _Sender(SocketHandler):
    """Sends a line for as long as it takes; ``SocketHandler`` waits ever longer between its tries."""

    def __init__(self, url: str) -> None:
        peer = log_peer(url)
        super().__init__(peer.host, peer.port)
        self._host_name = socket.gethostname()
        self._context: ssl.SSLContext | None = None
        if peer.is_protected:
            authority = parse_qs(urlsplit(url).query).get("ca", [None])[0]
            self._context = ssl.create_default_context(cafile=authority)

    def handle(self, record: logging.LogRecord) -> bool:
        """Without the lock that ``logging`` takes when the process ends: only one thread comes by here."""
        self.emit(record)
        return True

    def close(self) -> None:
        """Leave the connection to the thread, which may be sending; it ends with the process."""
        logging.Handler.close(self)

    def makeSocket(self, timeout: float = SECONDS_TO_CONNECT) -> socket.socket:  # noqa: N802  # the library's name
        plain = super().makeSocket(timeout)
        if self._context is None:
            return plain
        try:
            return self._context.wrap_socket(plain, server_hostname=self.host)
        except OSError:
            plain.close()
            raise

    def makePickle(self, record: logging.LogRecord) -> bytes:  # noqa: N802  # no pickle, but a line and its length
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        priority = 8 * FACILITY + SEVERITIES.get(record.levelno, SEVERITIES[logging.INFO])
        header = f"<{priority}>1 {at} {self._host_name} alliance-portal {record.process} - -"
        message = f"{header} {record.getMessage()}".encode()
        return str(len(message)).encode() + b" " + message

    def send(self, s: "Buffer") -> None:
        while not self._sent(s):
            time.sleep(0.1)

    def _sent(self, s: "Buffer") -> bool:
        if self.sock is not None and self._is_closed(self.sock):
            self._hang_up()
        if self.sock is None:
            self.createSocket()
        if self.sock is None:
            return False
        try:
            self.sock.sendall(s)
        except OSError:
            self._hang_up()
            return False
        return True

    def _is_closed(self, connection: socket.socket) -> bool:
        """Whether the other end is gone: what is sent to it would be lost without an error."""
        try:
            connection.settimeout(0)
            return connection.recv(1) == b""
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        except OSError:
            return True
        finally:
            connection.settimeout(SECONDS_TO_CONNECT)

    def _hang_up(self) -> None:
        if self.sock is not None:
            self.sock.close()
            self.sock = None
