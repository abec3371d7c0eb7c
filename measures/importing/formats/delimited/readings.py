"""A line whose quotes break the rules can be read in several ways; the one of the usual width is taken."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_MOST_DELIMITERS = 400
_MOST_CLOSINGS = 4
_MOST_LENGTH = 100_000
_STRAY, _LITERAL = 1, 2
_STEPS_PER_LINE = 20


class Budget:
    """Work that may be done beyond reading each line once: no file can ask for more."""

    def __init__(self, left: int) -> None:
        self._left = left

    @property
    def is_spent(self) -> bool:
        return self._left <= 0

    def spend(self, amount: int) -> None:
        self._left -= amount


class LineReading(NamedTuple):
    cells: list[str]
    strays: list[int]
    """Columns of cells in which a quote stands where none may."""


class _Cell(NamedTuple):
    text: str
    after: int
    """Where the next cell starts; beyond the line if this is the last."""
    cost: int


@cache
def _closing(delimiter: str, quote: str) -> re.Pattern[str]:
    blanks = "" if delimiter == " " else " *"
    return re.compile(rf"{re.escape(quote)}{blanks}(?={re.escape(delimiter)}|$)")


def best_reading(
    line: str, delimiter: str, quote: str, widths: tuple[int, ...], budget: Budget
) -> LineReading:
    """The cells of a line with the fewest stray quotes, of a usual width where one can be had."""
    count = line.count(delimiter)
    if budget.is_spent or count > _MOST_DELIMITERS or len(line) > _MOST_LENGTH:
        cells = line.split(delimiter)
        return LineReading(cells, [at for at, cell in enumerate(cells) if quote in cell])
    readings = _Readings(line, delimiter, quote)
    found = readings.best(widths)
    budget.spend(1 + readings.steps // _STEPS_PER_LINE)
    return found


class _Readings:
    """All ways to read one line, from its end to its beginning: what follows a cell is found only once."""

    def __init__(self, line: str, delimiter: str, quote: str) -> None:
        self.line, self.delimiter, self.quote = line, delimiter, quote
        self.closing = _closing(delimiter, quote)
        self.beyond = len(line) + 1
        self.steps = 0

    def best(self, widths: tuple[int, ...]) -> LineReading:
        starts = [0, *(match.end() for match in re.finditer(re.escape(self.delimiter), self.line))]
        known: dict[int, dict[int, tuple[int, _Cell]]] = {}
        for start in reversed(starts):
            ways: dict[int, tuple[int, _Cell]] = {}
            for cell in self._cells_at(start):
                if cell.after == self.beyond:
                    following = {0: 0}
                else:
                    following = {width: cost for width, (cost, _) in known[cell.after].items()}
                self.steps += len(following)
                for width, cost in following.items():
                    total = cost + cell.cost
                    if width + 1 not in ways or total < ways[width + 1][0]:
                        ways[width + 1] = (total, cell)
            known[start] = ways
        first = known[0]
        width = next((width for width in widths if width in first), 0) or min(
            first, key=lambda width: (first[width][0], -width)
        )
        return self._along(known, width)

    @staticmethod
    def _along(known: dict[int, dict[int, tuple[int, _Cell]]], width: int) -> LineReading:
        cells: list[str] = []
        strays: list[int] = []
        start = 0
        for left in range(width, 0, -1):
            _, cell = known[start][left]
            if cell.cost:
                strays.append(len(cells))
            cells.append(cell.text)
            start = cell.after
        return LineReading(cells, strays)

    def _cells_at(self, start: int) -> list[_Cell]:
        """The cell that starts here, as its quotes may be read, the most regular first."""
        line, quote = self.line, self.quote
        end = line.find(self.delimiter, start)
        plain = line[start:] if end < 0 else line[start:end]
        after = self.beyond if end < 0 else end + len(self.delimiter)
        blanks = 0 if self.delimiter == " " else len(plain) - len(plain.lstrip(" "))
        opening = start + blanks
        if not line.startswith(quote, opening):
            return [_Cell(plain, after, 0)]
        cells: list[_Cell] = []
        place = opening + 1
        while len(cells) < _MOST_CLOSINGS and (found := self.closing.search(line, place)):
            inner = line[opening + 1 : found.start()]
            text = inner.replace(quote * 2, quote)
            is_regular = quote not in inner.replace(quote * 2, "")
            ending = found.end()
            beyond = self.beyond if ending == len(line) else ending + len(self.delimiter)
            cells.append(_Cell(text, beyond, 0 if is_regular else _STRAY))
            place = found.start() + 1
        return [*cells, _Cell(plain, after, _LITERAL)]
