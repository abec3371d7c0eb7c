"""Servers on this machine that do as a test needs, one connection after the other."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from alliance_portal.certificates import AUTHORITY, IDENTITY

Serve = Callable[[socket.socket], None]


@contextmanager
def listening(serve: Serve, *, path: Path | None = None) -> Iterator[int]:
    """Have a thread serve what calls, at a port of this machine or at the path of a Unix socket."""
    listener = socket.socket(socket.AF_UNIX if path else socket.AF_INET)
    listener.bind(str(path) if path else ("127.0.0.1", 0))
    listener.listen()
    thread = threading.Thread(target=_accept, args=[listener, serve], daemon=True)
    thread.start()
    try:
        yield 0 if path else listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def _accept(listener: socket.socket, serve: Serve) -> None:
    while True:
        try:
            connection, _address = listener.accept()
        except OSError:  # closed
            return
        connection.settimeout(5)
        with connection, suppress(OSError):
            serve(connection)


def server_context(folder: Path) -> ssl.SSLContext:
    """As the servers of an installation have it: with a certificate, and asking callers for theirs."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / IDENTITY)
    context.load_verify_locations(folder / AUTHORITY)
    context.verify_mode = ssl.CERT_REQUIRED
    return context
