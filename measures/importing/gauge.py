"""How far reading is, told from the process that reads to the one that waits for it."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    Report = Callable[[int, int], None]
    """Takes the rows done and the rows there are."""

T = TypeVar("T")

_STEP = 1000
_TOLD = struct.Struct("<QQ")


def tell_nobody(done: int, total: int) -> None:
    pass


class Gauge:
    """A file of two numbers: whoever writes never waits for whoever reads."""

    def __init__(self, path: Path) -> None:
        path.touch()
        self._file = path.open("r+b", buffering=0)

    def write(self, done: int, total: int) -> None:
        self._file.seek(0)
        self._file.write(_TOLD.pack(done, total))

    def read(self) -> tuple[int, int]:
        self._file.seek(0)
        told = self._file.read(_TOLD.size)
        return _TOLD.unpack(told) if told and len(told) == _TOLD.size else (0, 0)

    def close(self) -> None:
        self._file.close()


class Pace:
    """Counts the rows of all tables and reports every thousandth."""

    def __init__(self, total: int, report: Report) -> None:
        self.done = 0
        self.total = total
        self.report = report
        report(0, total)

    def over(self, rows: Iterable[T]) -> Iterator[T]:
        for row in rows:
            yield row
            self.done += 1
            if not self.done % _STEP:
                self.report(self.done, self.total)
