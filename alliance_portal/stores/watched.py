"""A connection that notices that the server has frozen.

PostgreSQL's own limits are kept by the server and fail with it; psycopg would wait for ever. So whenever the
server has been silent for a moment, another connection asks whether it still answers. If it does, a statement
simply takes its time; if not, the connection is given up and the page says so.
"""

import time
from collections.abc import Generator
from typing import Any

import psycopg
from psycopg.waiting import READY_NONE

from alliance_portal.stores import outage
from alliance_portal.stores.probe import Address

SECONDS_OF_SILENCE = 0.5
SECONDS_BETWEEN_LOOKS = 1.0
_INTERVAL = 0.1


class WatchedConnection(psycopg.Connection[Any]):
    def wait(self, gen: Any, interval: float = _INTERVAL, timeout: float | None = None) -> Any:
        return super().wait(self._watched(gen), interval, timeout)

    def _watched(self, gen: Any) -> Generator[Any, Any, Any]:
        next_look = time.monotonic() + SECONDS_OF_SILENCE
        try:
            waits_for = next(gen)
            while True:
                ready = yield waits_for
                now = time.monotonic()
                if ready != READY_NONE:
                    next_look = now + SECONDS_OF_SILENCE
                elif now >= next_look:
                    self._look_for_server()
                    next_look = time.monotonic() + SECONDS_BETWEEN_LOOKS
                waits_for = gen.send(ready)
        except StopIteration as end:
            return end.value

    def _look_for_server(self) -> None:
        if outage.confirm(Address(self.info.host, self.info.port)):
            self.close()
            raise psycopg.OperationalError("the database does not answer")
