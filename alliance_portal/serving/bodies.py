"""Receiving a request's body without a thread, within limits of size and time.

A sender that is slow costs a connection and what it has sent so far, never a thread. The time allowed grows
with what has arrived, as in Apache's ``mod_reqtimeout``: large files may take long, trickles may not.
"""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import IO, Any

from alliance_portal.serving.limits import WebLimits

Receive = Callable[[], Awaitable[dict[str, Any]]]

MEMORY_BYTES = 256 * 1024
"""A body beyond this size is kept in a temporary file."""


class BodyRefusedError(Exception):
    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


class SenderGoneError(Exception):
    """The connection ended before the body did: nobody waits for an answer."""


class Bodies:
    """The bodies that this process is receiving or working on."""

    def __init__(self, limits: WebLimits) -> None:
        self.limits = limits
        self.bytes_held = 0

    async def receive(self, receive: Receive, *, announced: int | None, at_most: int) -> "Body":
        """Take a body in. ``announced`` is its Content-Length; a chunked body is counted as it comes."""
        clock = _Clock(self.limits)
        if announced is not None and announced > at_most:
            await _throw_away(receive, clock, 2 * at_most)
            raise BodyRefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        body, more = Body(self), True
        try:
            while True:
                piece, more = await _next_piece(receive, clock)
                body.add(piece, at_most)
                if not more:
                    body.file.seek(0)
                    return body
        except BodyRefusedError as error:
            body.close()
            if error.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE and more:
                await _throw_away(receive, clock, at_most)
            raise
        except OSError as error:  # no room left in the temporary directory
            body.close()
            raise BodyRefusedError(HTTPStatus.SERVICE_UNAVAILABLE) from error
        except BaseException:
            body.close()
            raise


class Body:
    def __init__(self, bodies: Bodies) -> None:
        self._bodies = bodies
        self.size = 0
        self.file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=MEMORY_BYTES)  # noqa: SIM115  # close() does

    def add(self, piece: bytes, at_most: int) -> None:
        if self.size + len(piece) > at_most:
            raise BodyRefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if self._bodies.bytes_held + len(piece) > self._bodies.limits.all_bodies_bytes:
            raise BodyRefusedError(HTTPStatus.SERVICE_UNAVAILABLE)
        self.file.write(piece)
        self.size += len(piece)
        self._bodies.bytes_held += len(piece)

    def close(self) -> None:
        self._bodies.bytes_held -= self.size
        self.size = 0
        self.file.close()


class _Clock:
    def __init__(self, limits: WebLimits) -> None:
        self.limits = limits
        self.started = time.monotonic()
        self.received = 0

    def seconds_left(self) -> float:
        earned = self.received / self.limits.body_bytes_per_second
        ends = self.started + self.limits.body_grace_seconds + earned
        return min(self.limits.body_idle_seconds, ends - time.monotonic())


async def _next_piece(receive: Receive, clock: _Clock) -> tuple[bytes, bool]:
    try:
        message = await asyncio.wait_for(receive(), clock.seconds_left())
    except TimeoutError:
        raise BodyRefusedError(HTTPStatus.REQUEST_TIMEOUT) from None
    if message["type"] == "http.disconnect":
        raise SenderGoneError
    piece: bytes = message.get("body", b"")
    clock.received += len(piece)
    return piece, message.get("more_body", False)


async def _throw_away(receive: Receive, clock: _Clock, at_most: int) -> None:
    """Take in what is on its way and keep none of it: browsers listen when they have sent everything."""
    thrown_away, more = 0, True
    while more and thrown_away < at_most:
        try:
            piece, more = await _next_piece(receive, clock)
        except BodyRefusedError:
            return
        thrown_away += len(piece)
