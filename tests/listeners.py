"""Servers on this machine that do as a test needs."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from alliance_portal.installation.certificates import AUTHORITY, IDENTITY

Serve = Callable[[socket.socket], None]


@contextmanager
def listening(
    serve: Serve,
    *,
    path: Path | None = None,
    port: int = 0,
    context: ssl.SSLContext | None = None,
    at_once: bool = False,
) -> Iterator[int]:
    """Have a thread serve what calls, at a port of this machine or at the path of a Unix socket.

    ``at_once``: a thread for each connection, where several are open at the same time.
    """
    listener = _Listener(serve, context, at_once=at_once)
    with socket.socket(socket.AF_UNIX if path else socket.AF_INET) as bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(str(path) if path else ("127.0.0.1", port))
        bound.listen()
        thread = threading.Thread(target=listener.accept, args=[bound], daemon=True)
        thread.start()
        try:
            yield 0 if path else bound.getsockname()[1]
        finally:
            bound.shutdown(socket.SHUT_RDWR)
            listener.hang_up()
            thread.join(5)


class _Listener:
    def __init__(self, serve: Serve, context: ssl.SSLContext | None, *, at_once: bool) -> None:
        self._serve = serve
        self._context = context
        self._at_once = at_once
        self._open: list[socket.socket] = []

    def accept(self, bound: socket.socket) -> None:
        while True:
            try:
                connection, _address = bound.accept()
            except OSError:  # closed
                return
            connection.settimeout(5)
            if self._at_once:
                threading.Thread(target=self._talk, args=[connection], daemon=True).start()
            else:
                self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            if self._context:
                connection = self._context.wrap_socket(connection, server_side=True)
            self._open.append(connection)
            with connection:
                self._serve(connection)

    def hang_up(self) -> None:
        for connection in self._open:
            with suppress(OSError):  # over already
                connection.shutdown(socket.SHUT_RDWR)


def server_context(folder: Path) -> ssl.SSLContext:
    """As the servers of an installation have it: with a certificate, and asking callers for theirs."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / IDENTITY)
    context.load_verify_locations(folder / AUTHORITY)
    context.verify_mode = ssl.CERT_REQUIRED
    return context
