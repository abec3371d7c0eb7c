"""How far reading is, reported from the process that reads to the one that waits for it."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    ProgressCallback = Callable[[int, int], None]
    """Takes the rows done and the rows there are."""

_COUNTS = struct.Struct("<QQ")


def ignore_progress(done: int, total: int) -> None:
    pass


class ProgressFile:
    """A file of two numbers: whoever writes never waits for whoever reads."""

    def __init__(self, path: Path) -> None:
        path.touch()
        self._file = path.open("r+b", buffering=0)

    def write(self, done: int, total: int) -> None:
        self._file.seek(0)
        self._file.write(_COUNTS.pack(done, total))

    def read(self) -> tuple[int, int]:
        self._file.seek(0)
        reported = self._file.read(_COUNTS.size)
        return _COUNTS.unpack(reported) if reported and len(reported) == _COUNTS.size else (0, 0)

    def close(self) -> None:
        self._file.close()


class RowProgress:
    """Counts the rows of all tables; of a table with several columns of values each is a part of the row."""

    def __init__(self, total: int, report: ProgressCallback) -> None:
        self.done = 0.0
        self.total = total
        self.report = report
        report(0, total)

    def add(self, rows: float) -> None:
        self.done += rows
        self.report(round(self.done), self.total)
