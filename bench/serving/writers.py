"""Many people save cells at once, also while processes are killed: what was acknowledged has to be stored."""

import random
import statistics
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bench.serving.installation import Installation, installation
from bench.serving.servers import Answer, Server
from bench.serving.world import Person

if TYPE_CHECKING:
    from collections.abc import Callable

TOKEN = "a" * 32
"""Of the protection against forged requests: cookie and header have to be the same."""

PAUSES = (0.5, 2.5)
"""Seconds between two cells of one person."""

SECONDS_BETWEEN_KILLS = (5, 15)
SECONDS_TO_ANSWER = 30
P95 = 0.3
"""Seconds for 95 of 100 saves where nothing is killed."""


@dataclass
class Writer:
    """One person. A save without an answer may have been stored or not: the next one finds out which."""

    person: Person
    server: Server
    shown: str = ""
    uncertain: list[str] = field(default_factory=list)
    acknowledged: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    value: int = 0

    def write_until(self, ends: float, chance: random.Random) -> None:
        while time.monotonic() < ends:
            self.save()
            time.sleep(chance.uniform(*PAUSES))

    def save(self) -> None:
        self.value += 1
        try:
            answer = self._send(self.value)
        except (OSError, HTTPException) as error:
            self.errors[type(error).__name__] += 1
            self.uncertain.append(str(self.value))
            return
        if answer.status == HTTPStatus.OK:
            self.acknowledged.append(self.value)
            self.seconds.append(answer.seconds)
            self.shown, self.uncertain = str(self.value), []
            return
        self.errors[str(answer.status)] += 1
        if answer.status == HTTPStatus.CONFLICT and self.uncertain:
            # One of those without an answer was stored after all: the page would show it now.
            self.shown = self.uncertain.pop()
        elif answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.uncertain.append(str(self.value))

    def _send(self, value: int) -> Answer:
        cell = self.person.cell
        return self.server.ask(
            self.person.address,
            {
                "Cookie": f"sessionid={self.person.session}; csrftoken={TOKEN}",
                "X-CSRFToken": TOKEN,
                "HX-Request": "true",
                "Content-Type": "application/x-www-form-urlencoded",
            },
            timeout=SECONDS_TO_ANSWER,
            body=urlencode({f"value-{cell}": value, f"seen-{cell}": self.shown}),
        )


@dataclass(frozen=True)
class Measured:
    minutes: float
    people: int
    acknowledged: int
    lost: list[tuple[int, int]]
    errors: Counter[str]
    kills: Counter[str]
    p50: float
    p95: float
    longest: float

    @property
    def misses(self) -> list[str]:
        found = []
        if self.lost:
            found.append(f"{len(self.lost)} acknowledged saves are lost: {self.lost[:5]}")
        if not self.acknowledged:
            found.append("nothing was acknowledged")
        if not self.kills and self.p95 > P95:
            found.append(f"95 of 100 saves within {P95 * 1000:.0f} ms")
        if not self.kills and self.errors:
            found.append("every save is acknowledged")
        return found


def measure(
    *, people: int = 50, minutes: float = 3, seed: int | None = None, are_killed: bool = True
) -> Measured:
    """``are_killed``: whether processes are killed meanwhile."""
    chance = random.Random(seed)  # noqa: S311  # when and what is killed, and how long people think
    with installation(people) as running:
        writers = [Writer(person, running.server) for person in running.world.people]
        ends = time.monotonic() + minutes * 60
        threads = [
            threading.Thread(target=each.write_until, args=[ends, random.Random(chance.random())])  # noqa: S311  # as above
            for each in writers
        ]
        for thread in threads:
            thread.start()
        kills = _kill_until(ends, running, chance) if are_killed else Counter()
        for thread in threads:
            thread.join()
        running.wait_until_ready()
        stored = running.stored_values()
    acknowledged = [(each.person.item, value) for each in writers for value in each.acknowledged]
    seconds = sorted(second for each in writers for second in each.seconds) or [0.0, 0.0]
    quantiles = statistics.quantiles(seconds, n=100)
    return Measured(
        minutes=minutes,
        people=people,
        acknowledged=len(acknowledged),
        lost=[each for each in acknowledged if each not in stored],
        errors=sum((each.errors for each in writers), Counter()),
        kills=kills,
        p50=quantiles[49],
        p95=quantiles[94],
        longest=seconds[-1],
    )


def _kill_until(ends: float, running: Installation, chance: random.Random) -> Counter[str]:
    """Kill something at random moments; halfway, the database is restarted."""
    victims: dict[str, Callable[[], None]] = {
        "web process": running.kill_web_process,
        "worker": running.kill_worker,
        "Valkey": running.kill_valkey,
    }
    kills: Counter[str] = Counter()
    halfway = (time.monotonic() + ends) / 2
    while True:
        pause = chance.uniform(*SECONDS_BETWEEN_KILLS)
        if time.monotonic() + pause > ends:
            return kills
        time.sleep(pause)
        if time.monotonic() > halfway and not kills["PostgreSQL (restart)"]:
            running.restart_postgres()
            kills["PostgreSQL (restart)"] += 1
        else:
            name = chance.choice(list(victims))
            victims[name]()
            kills[name] += 1


def describe(measured: Measured) -> list[str]:
    while_killed = " while processes are killed" if measured.kills else ""
    return [
        f"## {measured.people} people save cells for {measured.minutes:g} minutes{while_killed}",
        "",
        "| | |",
        "|---|---:|",
        f"| saves acknowledged | {measured.acknowledged} |",
        f"| **of them lost** | **{len(measured.lost)}** |",
        f"| acknowledged after, half of them | {1000 * measured.p50:.0f} ms |",
        f"| acknowledged after, 95 % of them | {1000 * measured.p95:.0f} ms |",
        f"| the longest | {measured.longest:.1f} s |",
        *(f"| answered otherwise: {kind} | {count} |" for kind, count in measured.errors.most_common()),
        *(f"| killed: {name} | {count} |" for name, count in measured.kills.most_common()),
        *(f"\nNot reached: {miss}." for miss in measured.misses),
    ]
