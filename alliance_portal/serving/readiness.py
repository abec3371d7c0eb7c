"""Whether everything that the portal works with answers; each part has its limit, and nobody waits twice."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import psycopg
from django.conf import settings
from redis.asyncio import Redis

from partners.files import malware

SECONDS = 0.7
SECONDS_KEPT = 1.0
"""Whoever asks more often gets the same answer again, so that asking costs nothing."""


class Readiness:
    def __init__(self) -> None:
        self._parts: dict[str, bool] = {}
        self._known_until = 0.0
        self._asking = asyncio.Lock()
        self._storage: asyncio.Future[None] | None = None

    async def parts(self) -> dict[str, bool]:
        async with self._asking:
            if time.monotonic() > self._known_until:
                checks = {"database": _ask_database, "queue": _ask_queue, "storage": self._ask_storage}
                if settings.MALWARE_SCANNER:
                    checks["scanner"] = _ask_scanner
                found = await asyncio.gather(*map(_works, checks.values()))
                self._parts = dict(zip(checks, found, strict=True))
                self._known_until = time.monotonic() + SECONDS_KEPT
            return self._parts

    async def _ask_storage(self) -> None:
        """A disk that hangs keeps one thread, not one for each question."""
        if self._storage is None or self._storage.done():
            self._storage = asyncio.ensure_future(asyncio.to_thread(_write_to_storage))
        await asyncio.shield(self._storage)


async def _works(check: Callable[[], Awaitable[None]]) -> bool:
    try:
        await asyncio.wait_for(check(), SECONDS)
    except Exception:  # noqa: BLE001  # whatever is wrong with it, it does not work
        return False
    return True


async def _ask_database() -> None:
    database = settings.DATABASES["default"]
    connection = await psycopg.AsyncConnection.connect(
        dbname=database["NAME"],
        user=database["USER"] or None,
        password=database["PASSWORD"] or None,
        host=database["HOST"] or None,
        port=database["PORT"] or None,
        **{name: value for name, value in database["OPTIONS"].items() if name.startswith(("ssl", "host"))},
    )
    try:
        await connection.execute("SELECT 1")
    finally:
        await connection.close()


async def _ask_queue() -> None:
    client = Redis.from_url(settings.CELERY_BROKER_URL, socket_timeout=SECONDS)
    try:
        await client.ping()
    finally:
        await client.aclose()


async def _ask_scanner() -> None:
    """A frozen scanner keeps the thread that asks it for a second."""
    if not await asyncio.to_thread(malware.answers, 1):
        raise OSError("The malware scanner does not answer.")


def _write_to_storage() -> None:
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".ready-") as file:
        file.write(b"ready")
        file.flush()
