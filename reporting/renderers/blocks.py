"""What a document is made of since version 3: sections of blocks, in reading order and without layout.

The page and the PDF are two layouts of the same blocks, so their words and numbers are the same. A block's
``kind`` names it where it is written as JSON for the layout.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Literal

from reporting.frozen.contents import Passage, Span

Look = Literal["words", "number", "short"]
"""How a column is set: broken words, numbers right-aligned, a short text that never breaks."""


Line = tuple[Span, ...]
"""A text in parts: some of them may be in another language than the document."""


def line_of(*parts: str | Line, between: str = "; ") -> Line:
    """Several texts as one line; what stands side by side in one language is one part of it."""
    spans: list[Span] = []
    for part in parts:
        spans += [Span(text=between)] if spans else []
        spans += [Span(text=part)] if isinstance(part, str) else part
    return tuple(
        Span(text="".join(span.text for span in same), language=language)
        for language, same in groupby(spans, key=lambda span: span.language)
    )


def plain_text(line: Line) -> str:
    return "".join(span.text for span in line)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell:
    """A text of a table. ``marks`` lead to the notes below it; ``key`` is where a number can be linked to.

    A number that is looked up has its ``indicator`` and ``year``, and ``url`` where that leads to its origin.
    ``value`` is what a workbook calculates with; a share is 0.365 there. ``spans`` is the text in parts, if
    one of them is in another language.
    """

    text: str
    value: Decimal | None = None
    is_share: bool = False
    spans: Line = ()
    small: str = ""
    marks: tuple[str, ...] = ()
    is_gap: bool = False
    is_head: bool = False
    rows: int = 1
    indicator: str = ""
    year: int = 0
    region: str = ""
    key: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """``share`` of the width that words divide among themselves; numbers take what they need."""

    name: str
    look: Look = "words"
    share: float = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    cells: tuple[TableCell, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableBlock:
    """``number`` is the one it is cited by. ``notes``: each mark and its text."""

    anchor: str
    number: str
    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    notes: tuple[tuple[str, Line], ...] = ()
    source: str = ""
    kind: Literal["table"] = "table"

    @property
    def groups(self) -> list[list[TableRow]]:
        """The rows by the first column's cells, which may go over several of them."""
        found: list[list[TableRow]] = []
        left = 0
        for row in self.rows:
            if left == 0:
                found.append([])
                left = row.cells[0].rows
            found[-1].append(row)
            left -= 1
        return found

    @property
    def is_of_words(self) -> bool:
        return all(column.look == "words" for column in self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureBlock:
    """A chart as SVG, with the text that stands for it where it cannot be seen."""

    anchor: str
    number: str
    title: str
    alternative: str
    svg: str
    is_tall: bool = False
    kind: Literal["picture"] = "picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphBlock:
    """``spans``: the text in runs, where numbers in it lead to their origin."""

    text: str
    spans: tuple[Span, ...] = ()
    is_quiet: bool = False
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListBlock:
    """``spans``: the items in runs, where numbers in some of them lead to their origin."""

    items: tuple[str, ...]
    spans: tuple[tuple[Span, ...], ...] = ()
    kind: Literal["list"] = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingBlock:
    """Below the section's own heading."""

    anchor: str
    text: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """``language``: of the text, if it is another one than the document's."""

    label: str
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsBlock:
    facts: tuple[FactLine, ...]
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTile:
    """``spans``: the lines in runs, where numbers in some of them lead to their origin."""

    name: str
    cell: TableCell
    lines: tuple[str, ...]
    spans: tuple[tuple[Span, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TilesBlock:
    tiles: tuple[FigureTile, ...]
    kind: Literal["tiles"] = "tiles"


@dataclass(frozen=True, slots=True, kw_only=True)
class PassagesBlock:
    """What people wrote, and whose text it is. ``language``: if it is another one than the document's."""

    passages: tuple[Passage, ...]
    author: str = ""
    language: str = ""
    kind: Literal["passages"] = "passages"


Block = (
    TableBlock
    | PictureBlock
    | ParagraphBlock
    | ListBlock
    | HeadingBlock
    | FactsBlock
    | TilesBlock
    | PassagesBlock
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSection:
    anchor: str
    heading: str
    blocks: tuple[Block, ...]
    is_on_a_new_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDocument:
    """A whole document in one language."""

    language: str
    report_type: str
    title: str
    subtitle: str
    alliance: str
    heading: str
    description: str
    year: int
    taken_on: date
    imprint: tuple[FactLine, ...]
    data_status: str
    sha256: str
    labels: dict[str, str]
    sections: tuple[DocumentSection, ...]
