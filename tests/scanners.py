"""A malware scanner that speaks clamd's protocol at a socket and finds what the test puts into a file."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.listeners import listening

MARK = b"EICAR"
"""Content with these bytes counts as malware, wherever they stand."""

NAME = "Eicar-Test-Signature"


class Scanner:
    def __init__(self, answer: bytes | None = None) -> None:
        self.answer = answer
        self.seen: list[bytes] = []

    def serve(self, connection: socket.socket) -> None:
        with connection.makefile("rwb") as stream:
            command = stream.readline()
            if command == b"nPING\n":
                stream.write(b"PONG\n")
                return
            assert command == b"nINSTREAM\n"
            content = b"".join(_pieces(stream))
            self.seen.append(content)
            found = f"stream: {NAME} FOUND\n" if MARK in content else "stream: OK\n"
            stream.write(self.answer or found.encode())


def _pieces(stream) -> Iterator[bytes]:
    while size := struct.unpack("!L", stream.read(4))[0]:
        yield stream.read(size)


@contextmanager
def scanner_at(path: Path, answer: bytes | None = None) -> Iterator[Scanner]:
    """A scanner that answers at a Unix socket, with what it found or always the same."""
    scanner = Scanner(answer)
    with listening(scanner.serve, path=path):
        yield scanner
    path.unlink()
