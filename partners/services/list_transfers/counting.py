"""How far the work is, kept in the cache: the transaction that does the work shows nothing."""

import contextlib
import time

from django.core.cache import cache
from redis.exceptions import RedisError

from partners.models import ListTransfer

SECONDS_BETWEEN = 0.3
SECONDS_KEPT = 3600


class RowCounter:
    """Counts rows, and reports a few times a second. A cache out of reach stops nothing."""

    def __init__(self, transfer: ListTransfer) -> None:
        self._key = _key(transfer)
        self._done = 0
        self._reported_at = 0.0
        self._report()

    def __call__(self) -> None:
        self._done += 1
        if time.monotonic() - self._reported_at >= SECONDS_BETWEEN:
            self._report()

    def _report(self) -> None:
        self._reported_at = time.monotonic()
        with contextlib.suppress(RedisError):
            cache.set(self._key, self._done, SECONDS_KEPT)


def percent_done(transfer: ListTransfer) -> int | None:
    """None while nobody knows: it waits, or its file is still being read."""
    with contextlib.suppress(RedisError):
        done = cache.get(_key(transfer))
        if done is not None and transfer.row_count:
            return min(100, 100 * int(done) // transfer.row_count)
    return None


def _key(transfer: ListTransfer) -> str:
    return f"list-transfer-{transfer.pk}-{transfer.status}"
