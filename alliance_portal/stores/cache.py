"""Django's cache in Valkey, and for the time that Valkey is out of reach one in this process.

What the portal keeps in the cache may get lost: limits of attempts then count in each process by itself,
the progress of an import is not shown, a chart is drawn again. No page fails, and none waits: after a failure
Valkey is left alone for some seconds.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis import RedisError

logger = logging.getLogger(__name__)

SECONDS_LEFT_ALONE = 5.0
LARGEST_KEPT = 1024 * 1024
"""Larger values, which are files, are not kept in the memory of a process."""


class Breaker:
    """Whether Valkey is worth asking. One for all threads of a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open_until = 0.0
        self.is_broken = False

    def lets_pass(self) -> bool:
        return time.monotonic() >= self._open_until

    def fail(self) -> bool:
        """Note a failure; return whether it is the first of an outage."""
        with self._lock:
            self._open_until = time.monotonic() + SECONDS_LEFT_ALONE
            was_broken, self.is_broken = self.is_broken, True
        return not was_broken

    def succeed(self) -> None:
        if self.is_broken:
            logger.info("Valkey answers again")
            self.is_broken = False


_breakers: dict[str, Breaker] = {}


class _Valkey(RedisCache):
    def count(self, seconds_by_key: dict[str, int]) -> list[int]:
        """Add one to each counter, which ends after its seconds, in one round trip; where they stand then."""
        pipeline = self._cache.get_client(None, write=True).pipeline(transaction=False)
        for key, seconds in seconds_by_key.items():
            name = self.make_and_validate_key(key)
            pipeline.incr(name)
            pipeline.expire(name, seconds)
        return list(pipeline.execute()[::2])


def _guarded(name: str) -> Callable[..., Any]:
    """The operation in Valkey if it answers, else in this process."""

    def operation(self: "FallbackCache", *args: Any, **kwargs: Any) -> Any:
        if self.breaker.lets_pass():
            try:
                result = getattr(_Valkey, name)(self, *args, **kwargs)
            except RedisError as error:
                if self.breaker.fail():
                    self.fallback.clear()  # what it holds is from an earlier outage
                    logger.warning("Valkey is out of reach (%s); each process keeps its own cache", error)
            else:
                self.breaker.succeed()
                return result
        return getattr(self.fallback, name)(*args, **kwargs)

    operation.__name__ = name
    return operation


class FallbackCache(_Valkey):
    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.breaker = _breakers.setdefault(str(server), Breaker())
        self.fallback = _SmallValues(str(server), {**params, "OPTIONS": {"MAX_ENTRIES": 10_000}})

    add = _guarded("add")
    get = _guarded("get")
    set = _guarded("set")
    touch = _guarded("touch")
    delete = _guarded("delete")
    get_many = _guarded("get_many")
    has_key = _guarded("has_key")
    incr = _guarded("incr")
    set_many = _guarded("set_many")
    delete_many = _guarded("delete_many")
    clear = _guarded("clear")
    count = _guarded("count")


class _SmallValues(LocMemCache):
    def count(self, seconds_by_key: dict[str, int]) -> list[int]:
        return [self._count(key, seconds) for key, seconds in seconds_by_key.items()]

    def _count(self, key: str, seconds: int) -> int:
        with contextlib.suppress(ValueError):  # it ended, or was pushed out by others, a moment before
            return 1 if self.add(key, 1, seconds) else int(self.incr(key))
        self.set(key, 1, seconds)
        return 1

    def set(self, key: str, value: Any, *args: Any, **kwargs: Any) -> None:
        if not (isinstance(value, str | bytes) and len(value) > LARGEST_KEPT):
            super().set(key, value, *args, **kwargs)
