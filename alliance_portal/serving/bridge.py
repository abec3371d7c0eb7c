"""One request through the WSGI application, in a thread that is free again when the answer is complete.

The answer is collected and only then sent, so that a reader that is slow keeps no thread either.
"""

import io
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import IO, Any

from asgiref.wsgi import WsgiToAsgiInstance

PIECE = 64 * 1024
MEMORY_BYTES = 1024 * 1024
"""An answer of several pieces beyond this size is kept in a temporary file."""

WSGIApplication = Callable[..., Iterable[bytes]]


@dataclass
class Answer:
    status: int
    headers: list[tuple[bytes, bytes]]
    content: Any
    """A file, or what the application gave as one: it is read in pieces, then closed."""

    @property
    def is_in_memory(self) -> bool:
        return isinstance(self.content, io.BytesIO)


class FileWrapper:
    """``wsgi.file_wrapper``: marks an answer that is a file already and need not be collected."""

    def __init__(self, file: IO[bytes], block_size: int = PIECE) -> None:
        self.file = file

    def __iter__(self) -> "FileWrapper":
        return self

    def __next__(self) -> bytes:
        piece = self.file.read(PIECE)
        if not piece:
            raise StopIteration
        return piece

    def close(self) -> None:
        self.file.close()


def environ_of(application: WSGIApplication, scope: dict[str, Any], body: IO[bytes]) -> dict[str, Any]:
    """The WSGI environment, as asgiref makes it.

    A header name with an underscore is left out: WSGI could not tell it from the one with a hyphen, and
    a proxy that sets ``X-Forwarded-Proto`` would let ``X_Forwarded_Proto`` pass.
    """
    headers = [(name, value) for name, value in scope["headers"] if b"_" not in name]
    instance = WsgiToAsgiInstance(application)
    instance.scope = scope | {"headers": headers}
    environ: dict[str, Any] = instance.build_environ(instance.scope, body)
    return environ | {"wsgi.file_wrapper": FileWrapper, "wsgi.input_terminated": True}


def run(application: WSGIApplication, environ: dict[str, Any]) -> Answer:
    """Call the application and collect its answer. For a thread of its own."""
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> None:
        started[:] = [(status, headers)]

    pieces = application(environ, start_response)
    if isinstance(pieces, FileWrapper):
        content: Any = pieces.file
    else:
        try:
            content = _collected(pieces)
        finally:
            close = getattr(pieces, "close", None)
            if close is not None:
                close()
    status, headers = started[0]
    return Answer(
        int(status.split(" ", 1)[0]),
        [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        content,
    )


def _collected(pieces: Iterable[bytes]) -> IO[bytes]:
    found: list[bytes] = []
    size = 0
    remaining = iter(pieces)
    for piece in remaining:
        if found and size + len(piece) > MEMORY_BYTES:
            return _stored(chain(found, [piece], remaining))
        found.append(piece)
        size += len(piece)
    return io.BytesIO(b"".join(found))  # a single piece is not copied


def _stored(pieces: Iterable[bytes]) -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the sender closes it
    try:
        file.writelines(pieces)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file
