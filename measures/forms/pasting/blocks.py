"""A block of cells as spreadsheets and browsers put it on the clipboard: as a table, or tabs and lines."""

import contextlib
import csv
import io
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser

from measures.importing.text.folding import tidy

MOST_SPANNED = 1_000
MOST_CELLS = 20_000
"""With text, and as rows times columns. More is not looked at: a few signs can claim any number of cells."""
_MOST_EMPTY = 50 * MOST_CELLS


class BlockTooLargeError(ValueError):
    """The block has more cells than are pasted."""


@dataclass(frozen=True)
class BlockCell:
    """The text of a cell, and the number behind it where the program tells."""

    text: str
    exact: Decimal | None = None


EMPTY = BlockCell("")
Block = list[list[BlockCell]]
"""Rows of equal width, without empty rows and columns at their ends."""


def read_block(text: str, html: str) -> Block:
    """The table where there is one: it keeps line breaks within cells apart from those between them.

    Raises ``BlockTooLargeError``.
    """
    if "<t" in html.lower():
        table = _TableParser()
        # Not closed: from a tag without an end on, Python's parser would begin anew at each sign of the rest.
        with contextlib.suppress(AssertionError):  # its answer to a section of no known kind
            table.feed(html)
        if rows := _even(table.rows):
            return rows
    return _even(_lines(text))


def _lines(text: str) -> Block:
    """Tabs and lines; a cell with a line break in it is quoted, as spreadsheets do it."""
    reader = csv.reader(io.StringIO(text, newline=""), dialect="excel-tab")
    try:
        return [[BlockCell(tidy(cell)) for cell in row] for row in reader]
    except csv.Error:  # a cell longer than any value
        return []


def _even(rows: Block) -> Block:
    while rows and not any(cell.text for cell in rows[-1]):
        rows.pop()
    width = max((at + 1 for row in rows for at, cell in enumerate(row) if cell.text), default=0)
    if len(rows) * width > MOST_CELLS:
        raise BlockTooLargeError
    return [(row + [EMPTY] * width)[:width] for row in rows] if width else []


class _TableParser(HTMLParser):
    """The rows of all tables of a fragment, one below the other; what a cell spans is empty."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Block = []
        self._pieces: list[str] | None = None
        self._exact: Decimal | None = None
        self._across = 1
        self._below: dict[int, int] = {}
        """How many more rows a cell of an earlier row takes of a column."""
        self._with_text = self._all = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "tr":
            self._end_cell()
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self._end_cell()
            self._skip_spanned()
            self._pieces, self._across = [], _count(given.get("colspan"))
            self._exact = _number(given.get("sdval") or given.get("x:num"))
            if (down := _count(given.get("rowspan"))) > 1:
                for at in range(len(self.rows[-1]), len(self.rows[-1]) + self._across):
                    self._below[at] = down
        elif tag in ("br", "p", "div") and self._pieces:
            self._pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self._end_cell()
            self._below = {at: left - 1 for at, left in self._below.items() if left > 1}
        elif tag == "table":
            self._end_cell()
            self._below = {}

    def handle_data(self, data: str) -> None:
        if self._pieces is not None:
            self._pieces.append(data)

    def _skip_spanned(self) -> None:
        row = self.rows[-1]
        while len(row) in self._below:
            row.append(EMPTY)
            self._all += 1

    def _end_cell(self) -> None:
        if self._pieces is None:
            return
        row = self.rows[-1]
        cell = BlockCell(tidy("".join(self._pieces)), self._exact)
        row.append(cell)
        row.extend([EMPTY] * (self._across - 1))
        self._with_text += bool(cell.text)
        self._all += self._across
        if self._with_text > MOST_CELLS or self._all > _MOST_EMPTY:
            raise BlockTooLargeError
        self._pieces, self._exact, self._across = None, None, 1


def _count(text: str | None) -> int:
    return min(int(text), MOST_SPANNED) if text and text.isascii() and text.isdigit() and text != "0" else 1


def _number(text: str | None) -> Decimal | None:
    try:
        number = Decimal(text or "")
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
