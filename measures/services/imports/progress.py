"""How far the work on an import is, kept in the cache: the transaction that does the work shows nothing."""

import contextlib
import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache
from redis.exceptions import RedisError

from measures.enums import ImportStage

HOURS_KEPT = 24
SECONDS_BETWEEN = 0.3

# From where to where a stage goes, in percent of reading or of writing.
SHARES = {
    ImportStage.WAITING: (0, 0),
    ImportStage.WAITING_FOR_SCANNER: (0, 0),
    ImportStage.SCANNING: (0, 2),
    ImportStage.OPENING: (2, 10),
    ImportStage.READING: (10, 60),
    ImportStage.STAGING: (60, 80),
    ImportStage.COMPARING: (80, 100),
    ImportStage.CHECKING: (0, 30),
    ImportStage.WRITING: (30, 100),
    ImportStage.UNDOING: (30, 100),
}


@dataclass(frozen=True)
class Progress:
    stage: ImportStage = ImportStage.WAITING
    done: int = 0
    total: int = 0

    @property
    def percent(self) -> int:
        start, end = SHARES[self.stage]
        return start + (end - start) * min(self.done, self.total) // self.total if self.total else start


class ProgressReporter:
    """Reports every stage, and within one a few times a second. A cache out of reach stops nothing."""

    def __init__(self, run_id: int) -> None:
        self.run_id = run_id
        self._stage = ImportStage.WAITING
        self._reported_at = 0.0

    def __call__(self, stage: ImportStage, done: int = 0, total: int = 0) -> None:
        now = time.monotonic()
        if stage == self._stage and now - self._reported_at < SECONDS_BETWEEN:
            return
        self._stage, self._reported_at = stage, now
        with contextlib.suppress(RedisError):
            cache.set(_key(self.run_id), (stage.value, done, total), HOURS_KEPT * 3600)


def progress_of(run_ids: Iterable[int]) -> dict[int, Progress]:
    """Of each import how far it is; those nobody works on wait."""
    keys = {_key(run_id): run_id for run_id in run_ids}
    found = {}
    if keys:
        with contextlib.suppress(RedisError):
            found = cache.get_many(list(keys))
    return {run_id: _progress(found.get(key)) for key, run_id in keys.items()}


def forget(run_id: int) -> None:
    with contextlib.suppress(RedisError):
        cache.delete(_key(run_id))


def _progress(stored: tuple[str, int, int] | None) -> Progress:
    return Progress(ImportStage(stored[0]), *stored[1:]) if stored else Progress()


def _key(run_id: int) -> str:
    return f"import-progress-{run_id}"
