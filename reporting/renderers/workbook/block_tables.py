"""The tables of the report's own blocks, so that a sheet has the number, title and rows of the printed table.

What print puts in one cell is taken apart where it would keep a program from calculating: a number stands
alone, its notes in a column of their own, and a cell over several rows is repeated in each.
"""

from collections.abc import Iterator, Sequence

from django.utils.translation import pgettext

from reporting.renderers import blocks, wording
from reporting.renderers.blocks import Line, ReportDocument, TableBlock, TableCell, TableRow
from reporting.renderers.workbook.table import Absent, Linked, Look, Share, SheetColumn, SheetTable, Value

_WIDTHS = {"words": 44, "number": 16, "short": 12}
_NOTES_WIDTH = 70


def block_tables(document: ReportDocument) -> Iterator[SheetTable]:
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, TableBlock):
                yield _table(block)


def _table(block: TableBlock) -> SheetTable:
    rows = list(_whole_rows(block.rows))
    has_notes = any(cell.marks or cell.small for cells in rows for cell in cells)
    columns = [SheetColumn(each.name, _WIDTHS[each.look], _look(each)) for each in block.columns]
    if has_notes:
        columns.append(SheetColumn(pgettext("workbook", "Notes"), _NOTES_WIDTH))
    texts = {mark: _in_words(line) for mark, line in block.notes}
    return SheetTable(
        label=block.number,
        title=f"{block.number}: {block.title}",
        columns=tuple(columns),
        rows=[
            (
                *map(_cell, cells, block.columns),
                *((_notes(cells, block.columns, texts),) if has_notes else ()),
            )
            for cells in rows
        ],
        notes=(block.source,) if block.source else (),
    )


def _look(column: blocks.TableColumn) -> Look:
    return "number" if column.look == "number" else "text"


def _whole_rows(rows: Sequence[TableRow]) -> Iterator[tuple[TableCell, ...]]:
    """Each row with the first cell that print has only once for several of them."""
    left, first = 0, None
    for row in rows:
        if left == 0 or first is None:
            first = row.cells[0]
            left = first.rows
            yield row.cells
        else:
            yield (first, *row.cells)
        left -= 1


def _cell(cell: TableCell, column: blocks.TableColumn) -> Value | Linked:
    value = _value(cell, column)
    return Linked(value, cell.url) if cell.url else value


def _value(cell: TableCell, column: blocks.TableColumn) -> Value:
    if cell.value is not None:
        return Share(cell.value) if cell.is_share else cell.value
    if cell.is_gap or (column.look == "number" and cell.text):
        return Absent(cell.text)
    if column.look == "short" and cell.text.isdecimal():
        return int(cell.text)
    return _in_words(cell.spans) or cell.text


def _in_words(line: Line) -> str:
    """A workbook cannot say which language a part of a cell is in, so words do."""
    return "".join(
        f"{span.text} ({wording.in_language(span.language)})" if span.language else span.text for span in line
    )


def _notes(cells: Sequence[TableCell], columns: Sequence[blocks.TableColumn], texts: dict[str, str]) -> str:
    """What the small print and the marks of a row say, each with the column that it is about."""
    found = []
    for cell, column in zip(cells, columns, strict=True):
        words = [*([cell.small] if cell.small else []), *(texts[mark] for mark in cell.marks)]
        found += [f"{column.name}: {each}" if column is not columns[0] else each for each in words]
    return "; ".join(dict.fromkeys(found))
