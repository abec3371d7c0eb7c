"""What the fast reader leaves out of a sheet in any format: errors, spans, hidden parts, number formats."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from measures.importing.addresses import address
from measures.importing.refusals import Refusal

if TYPE_CHECKING:
    from measures.importing.formats.number_formats import Runs
    from measures.importing.vocabulary import Limits

Range = tuple[tuple[int, int], tuple[int, int]]


Span = tuple[int, int]
"""First and last row or column, counted from zero."""


@dataclass(slots=True)
class SheetStates:
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    hidden_rows: list[Span] = field(default_factory=list)
    hidden_columns: list[Span] = field(default_factory=list)
    indents: dict[tuple[int, int], int] = field(default_factory=dict)
    formats: Runs = field(default_factory=dict)
    """Cells whose format changes what a person sees of their number."""
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    """Cells with signs in their text that the fast reader drops, or whose look says more than their signs."""
    struck: dict[tuple[int, int], str] = field(default_factory=dict)
    """Cells with something struck out, and what; empty: all that the cell holds."""
    has_comments: bool = False
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    """What comments say, by the cells they are on."""
    page_texts: list[str] = field(default_factory=list)
    """Headers and footers of the printed page."""
    boxes: list[str] = field(default_factory=list)
    """Lines in boxes of text over the cells."""


@dataclass(slots=True)
class BookStates:
    """What was found in all sheets of a workbook, by name."""

    sheets: dict[str, SheetStates] = field(default_factory=dict)
    counts_from_1904: bool = False
    repaired: bytes | None = None
    """The stream of an .xls without what the fast reader takes wrongly, where there is such a thing."""

    @property
    def has_comments(self) -> bool:
        return any(states.has_comments for states in self.sheets.values())

    def of(self, sheet: str) -> SheetStates:
        return self.sheets.get(sheet) or SheetStates()


def refuse_too_large(sheet: str, last_row: int, last_column: int, limits: Limits) -> None:
    """Held against the limits before the sheet's area is laid out; rows and columns counted from zero."""
    if (last_row + 1) * (last_column + 1) > limits.cells:
        raise Refusal("too_many_cells", sheet=sheet, cell=address(last_row, last_column))
    if last_row >= limits.rows:
        raise Refusal("too_many_rows", sheet=sheet, limit=str(limits.rows))
    if last_column >= limits.columns:
        raise Refusal("too_many_columns", sheet=sheet, limit=str(limits.columns))


def add_hidden(spans: list[Span], first: int, last: int) -> None:
    """Note hidden rows or columns; what follows on the last span extends it."""
    if spans and spans[-1][1] == first - 1:
        spans[-1] = (spans[-1][0], last)
    else:
        spans.append((first, last))
