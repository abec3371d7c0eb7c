"""Rows of cells from lines. A quote that breaks the rules costs its own row, never the lines below it."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from measures.importing.formats.delimited.prepared import DELIMITERS
from measures.importing.formats.delimited.readings import Budget, best_reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from measures.importing.formats.delimited.prepared import Prepared

LONGEST_CELL = 2**20
_MOST_LINES_JOINED = 8
_READ_AGAIN = 8
"""How often, on average, a line may be read once more because a quote above it was never closed."""
_VALUE = re.compile(r"[-+]?[€$£]?\s?\d[\d.,:/-]*\s?[%€$£]?")
_VALUES_NEEDED = 2


class Records:
    """The rows of a prepared text, read by the csv module as long as the rules of quotes are kept.

    ``strays`` says of a row in which columns a quote breaks them, ``other_delimiters`` which rows have a
    delimiter of their own.
    """

    def __init__(self, prepared: Prepared, usual: tuple[int, ...] = ()) -> None:
        self.prepared = prepared
        self.lines = prepared.lines
        self.usual = usual
        self.rows: list[list[str]] = []
        self.strays: dict[int, list[int]] = {}
        self.other_delimiters: set[int] = set()
        self._budget = Budget(_READ_AGAIN * len(self.lines) + 1_000)
        csv.field_size_limit(LONGEST_CELL)

    def read(self, most: int | None = None) -> list[list[str]]:
        """All rows, or, if there are more than ``most``, at least one more than that."""
        place, count = 0, len(self.lines)
        while place < count and (most is None or len(self.rows) <= most):
            if not self._budget.is_spent:
                place = self._well_formed(place, most)
            if place < count and (most is None or len(self.rows) <= most):
                place = self._broken(place)
        restore = self.prepared.restore
        self.rows = [restore(row) for row in self.rows]
        return self.rows

    def _well_formed(self, start: int, most: int | None) -> int:
        """Read rows up to the first that breaks the rules; return the line that row starts in."""
        lines, usual, rows = self.lines, self.usual, self.rows
        reader = csv.reader(
            map(lines.__getitem__, range(start, len(lines))),
            delimiter=self.prepared.delimiter,
            quotechar=self.prepared.dialect.quote,
            strict=True,
        )
        quote = self.prepared.dialect.quote
        done = 0
        try:
            for row in reader:
                end = reader.line_num
                if usual and len(row) not in usual and row:
                    if end - done > 1 and self._is_better_split(start + done):
                        self._budget.spend(end - done)
                        return start + done
                    self._take_odd(row, lines[start + done] if end - done == 1 else "", quote)
                else:
                    rows.append(row)
                done = end
                if most is not None and len(rows) > most:
                    return start + done
        except csv.Error:
            self._budget.spend(reader.line_num - done - 1)
            return start + done
        return len(lines)

    def _is_better_split(self, line: int) -> bool:
        """Whether the first line of a row over several lines is a row by itself."""
        found = best_reading(
            self._bare(line), self.prepared.delimiter, self.prepared.dialect.quote, self.usual, self._budget
        )
        return len(found.cells) in self.usual

    def _take_odd(self, row: list[str], line: str, quote: str) -> None:
        """A row of unusual width: blanks before its quotes, or another delimiter, may explain it."""
        if line and quote in line:
            found = best_reading(
                line.rstrip("\r\n"), self.prepared.delimiter, quote, self.usual, self._budget
            )
            if len(found.cells) in self.usual and not found.strays:
                self.rows.append(found.cells)
                return
        if line and (other := self._with_other_delimiter(line.rstrip("\r\n"), len(row))):
            self.other_delimiters.add(len(self.rows))
            self.rows.append(other)
            return
        self.rows.append(row)

    def _with_other_delimiter(self, line: str, width: int) -> list[str]:
        """The cells of a line whose delimiter is not the file's; prose never has values in such places."""
        if not self.rows or width >= max(self.usual):
            return []
        above = self.rows[-1]
        for delimiter in DELIMITERS:
            if delimiter == self.prepared.delimiter or delimiter not in line:
                continue
            try:
                (row,) = csv.reader([line], delimiter=delimiter, quotechar=self.prepared.dialect.quote)
            except (csv.Error, ValueError):
                continue
            if len(row) not in self.usual or len(row) != len(above):
                continue
            alike = [
                _VALUE.fullmatch(cell) is not None
                for cell, before in zip(row, above, strict=True)
                if _VALUE.fullmatch(before)
            ]
            if len(alike) >= _VALUES_NEEDED and all(alike):
                return row
        return []

    def _broken(self, line: int) -> int:
        """Read one row that breaks the rules; return the line after it."""
        delimiter, quote = self.prepared.delimiter, self.prepared.dialect.quote
        first = best_reading(self._bare(line), delimiter, quote, self.usual, self._budget)
        chosen, after = first, line + 1
        if self.usual and len(first.cells) not in self.usual:
            for end, joined in self._joined(line):
                found = best_reading(joined, delimiter, quote, self.usual, self._budget)
                if len(found.cells) in self.usual:
                    chosen, after = found, end
                    break
        self._note_strays(chosen.strays)
        self.rows.append(chosen.cells)
        return after

    def _joined(self, line: int) -> Iterator[tuple[int, str]]:
        """The line with the next few: a cell of several lines beside a stray quote."""
        text = self.lines[line]
        for end in range(line + 1, min(line + _MOST_LINES_JOINED, len(self.lines))):
            if self._budget.is_spent or len(text) > LONGEST_CELL:
                return
            text += self.lines[end]
            self._budget.spend(1)
            yield end + 1, text.rstrip("\r\n")

    def _bare(self, line: int) -> str:
        return self.lines[line].rstrip("\r\n")

    def _note_strays(self, columns: list[int]) -> None:
        if columns:
            self.strays[len(self.rows)] = columns
