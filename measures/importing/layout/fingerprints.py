"""What sheets, tables and rows are known by in the next file of the same form: words, not numbers."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from measures.importing.layout.grid import shown
from measures.importing.text.folding import fold, split_marks, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measures.importing.layout.blocks import Block
    from measures.importing.layout.grid import SheetGrid

MOST_COLUMNS, LONGEST_TEXT = 30, 60
_MASKED_ROWS = 15
_YEARS = re.compile(
    r"\d{4,}(?:\s*[/–-]\s*\d{2,4}(?!\d))?(?:\s*(?:\(?\d{1,2}\)|\[\d{1,2}\]|[¹²³⁴-⁹]+|\*+|\s\d{1,2}$))?"
)
"""Years as forms write them, with the footnote marks that come and go with them."""
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]{2}")
_LONGEST_MARK = 200


def masked(text: str) -> str:
    """Text as the same form has it every year."""
    return fold(_YEARS.sub("#", split_marks(text)[0]))


def row_mark(cells: Iterable[str]) -> str:
    """What a row is known by in the next file of the same form: its words, not its numbers and years."""
    return masked(" ".join(text for text in cells if _WORD.search(text)))[:_LONGEST_MARK]


def sheet_fingerprint(grid: SheetGrid, blocks: list[Block]) -> str:
    """From what was detected, so that it is the same next year, whatever a person stated of it since."""
    parts = [masked(grid.sheet.name)]
    if blocks:
        rows: Iterable[int] = (row for block in blocks for row in block.header)
        parts += [masked(shown_part(value)) for row in rows for _, value in grid.filled(row)]
    else:
        rows = range(min(_MASKED_ROWS, len(grid.rows)))
        parts += [fold(_DIGITS.sub("#", shown_part(value))) for row in rows for _, value in grid.filled(row)]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def shown_part(value: Any) -> str:
    return shown(value[: 4 * LONGEST_TEXT] if isinstance(value, str) else value)


def cells_shown(grid: SheetGrid, row: int) -> list[str]:
    states = grid.sheet.states
    texts = []
    for column, value in enumerate(grid.rows[row][:MOST_COLUMNS]):
        text = states.get((row, column), "") if value == "" else shown_part(value)
        texts.append(tidy(text.removesuffix(" 00:00:00"))[:LONGEST_TEXT])
    return texts


def table_fingerprint(headings: Iterable[str]) -> str:
    """From the texts of a table's headings: the same form filled in for another year has the same one."""
    parts = [masked(heading) for heading in headings]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
