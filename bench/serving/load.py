"""Readers who ask for a page as fast as they get it, and how long they wait for it."""

import asyncio
import itertools
import re
import statistics
import time
from dataclasses import dataclass

CONNECTIONS = 16

LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Answers:
    """How long each answer took, in how many seconds they came, and the bytes of the largest."""

    waits: list[float]
    seconds: float
    size: int

    @property
    def a_second(self) -> float:
        return len(self.waits) / self.seconds

    def wait(self, percentile: int) -> float:
        """Within so many seconds so many of a hundred answers came."""
        return statistics.quantiles(self.waits, n=100)[percentile - 1]


async def load(port: int, address: str, header: str, *, seconds: float) -> Answers:
    """Ask on several connections at once, each for the next answer when it has the one before.

    ``{}`` in the address stands for a number that is another one each time.
    """
    numbers = itertools.count(time.monotonic_ns())
    began = time.monotonic()

    async def read() -> list[tuple[float, int]]:
        found = []
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024 * 1024)
        try:
            while time.monotonic() - began < seconds:
                asked = time.monotonic()
                path = address.format(next(numbers))
                writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{header}\r\n".encode())
                head = await reader.readuntil(b"\r\n\r\n")
                length = LENGTH.search(head)
                if b" 200 " not in head.split(b"\r\n", 1)[0] or length is None:
                    raise RuntimeError(f"{address} was answered with {head[:40]!r}")
                size = len(await reader.readexactly(int(length[1])))
                found.append((time.monotonic() - asked, size))
        finally:
            writer.close()
        return found

    answers = [
        each for found in await asyncio.gather(*(read() for _ in range(CONNECTIONS))) for each in found
    ]
    waits = [wait for wait, _size in answers]
    return Answers(waits, time.monotonic() - began, max(size for _wait, size in answers))
