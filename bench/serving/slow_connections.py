"""What everybody else gets while many connections are held open by senders that hardly send."""

import contextlib
import socket
import statistics
import time
from collections import defaultdict
from dataclasses import dataclass, field

from bench.serving.installation import installation
from bench.serving.servers import Server

CONNECTIONS = 200
FORGED = b"Cookie: csrftoken=" + b"a" * 32 + b"\r\n"
SLOW = {
    "headers": b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    "form": (
        b"POST /konto/login/ HTTP/1.1\r\nHost: localhost\r\n"
        + FORGED
        + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\n"
    ),
    "upload": (
        b"POST /import/ HTTP/1.1\r\nHost: localhost\r\n"
        + FORGED
        + b"Content-Type: multipart/form-data; boundary=B\r\nContent-Length: 50000000\r\n\r\n"
    ),
}
"""What a slow sender begins with; it goes on with one sign at a time."""

SECONDS_BETWEEN_SIGNS = 1.0


@dataclass
class Held:
    """Slow connections; those that the portal gives up are opened again."""

    port: int
    connections: list[tuple[str, socket.socket]] = field(default_factory=list)
    given_up: int = 0

    def fill(self, count: int) -> None:
        kinds = list(SLOW)
        while len(self.connections) < count:
            kind = kinds[len(self.connections) % len(kinds)]
            connection = socket.create_connection(("127.0.0.1", self.port))
            connection.sendall(SLOW[kind])
            self.connections.append((kind, connection))

    def send_a_sign(self) -> None:
        for each in list(self.connections):
            try:
                each[1].sendall(b"a")
            except OSError:
                each[1].close()
                self.connections.remove(each)
                self.given_up += 1

    def close(self) -> None:
        for _kind, connection in self.connections:
            with contextlib.suppress(OSError):
                connection.close()


@dataclass(frozen=True)
class Measured:
    connections: int
    seconds: float
    given_up: int
    times: dict[str, list[float]]
    statuses: dict[str, set[int]]

    @property
    def misses(self) -> list[str]:
        return [
            f"{name} was answered with {sorted(found)}"
            for name, found in self.statuses.items()
            if found != {200}
        ]


def measure(*, connections: int = CONNECTIONS, seconds: float = 60) -> Measured:
    with installation(people=1) as running:
        cookie = f"sessionid={running.world.people[0].session}"
        asked = {"/healthz": {}, "/readyz": {}, f"page {running.world.page}": {"Cookie": cookie}}
        held = Held(running.server.port)
        times: dict[str, list[float]] = defaultdict(list)
        statuses: dict[str, set[int]] = defaultdict(set)
        _ask(running.server, asked)  # the first ones of a process load templates
        ends = time.monotonic() + seconds
        try:
            while time.monotonic() < ends:
                held.fill(connections)
                held.send_a_sign()
                until = time.monotonic() + SECONDS_BETWEEN_SIGNS
                while time.monotonic() < until:
                    for name, (status, took) in _ask(running.server, asked).items():
                        times[name].append(took)
                        statuses[name].add(status)
                    time.sleep(0.05)
        finally:
            held.close()
        return Measured(connections, seconds, held.given_up, dict(times), dict(statuses))


def _ask(server: Server, asked: dict[str, dict[str, str]]) -> dict[str, tuple[int, float]]:
    answers = {name: server.ask(name.split()[-1], headers) for name, headers in asked.items()}
    return {name: (answer.status, answer.seconds) for name, answer in answers.items()}


def describe(measured: Measured) -> list[str]:
    rows = []
    for name, times in measured.times.items():
        quantiles = [1000 * value for value in statistics.quantiles(times, n=100)]
        longest = 1000 * max(times)
        rows.append(
            f"| {name} | {len(times)} | {quantiles[49]:.1f} ms | {quantiles[98]:.1f} ms | {longest:.0f} ms |"
        )
    return [
        f"## {measured.connections} slow connections held for {measured.seconds:g} s",
        "",
        "| asked for | times | p50 | p99 | longest |",
        "|---|---:|---:|---:|---:|",
        *rows,
        "",
        f"The portal gave up {measured.given_up} of the slow ones, which were opened again.",
        *(f"\nNot reached: {miss}." for miss in measured.misses),
    ]
