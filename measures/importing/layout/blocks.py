"""Where the tables of a sheet are: titles, header rows, data, headings within, notes below."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from measures.importing.decisions import Evidence, Line, RowEvidence, evidence
from measures.importing.formats.delimited.prepared import NOT_IN_NUMBERS
from measures.importing.layout.complete_headings import (
    fits,
    has_unknown_label,
    is_complete_above,
    is_labelled,
    is_unknown_among_rows,
    names_columns_anew,
)
from measures.importing.layout.grid import CellKind, SheetGrid, shown
from measures.importing.layout.row_kinds import (
    DESCRIBING,
    SHORT_ROW,
    begins_anew,
    cells_of,
    gap_above_list,
    has_words_for_numbers,
    is_data,
    is_followed_by_rows,
    is_header,
    is_key_and_value,
    is_key_beside_values,
    is_line_with_print_date,
    is_name_and_number,
    is_numbering,
    is_plain,
    is_year_over,
    may_start,
    names_every_column,
    names_values_alone,
    spans_some_columns,
)
from measures.importing.text.folding import tidy
from measures.importing.text.footnotes import is_footnote
from measures.importing.text.wording import is_aside

FIGURES, TOTAL_ROW = "data", "total"
"""What a person may say of a data row."""

_MAX_HEADER_ROWS = 5
_MOST_WORDED = 100
_LABELS = {CellKind.YEAR, CellKind.INDICATOR, CellKind.GROUP, CellKind.ENTITY, CellKind.TOTAL}
_SETTLING = {CellKind.YEAR, CellKind.INDICATOR, CellKind.GROUP, CellKind.ENTITY}
"""Headings between rows that may say what the rows below belong to."""

_LOOK_BACK = 50
_PLAIN = "labels_and_values"
"""Evidence of almost every row of data: it is not kept row by row."""
_HEADING = {
    CellKind.YEAR,
    CellKind.INDICATOR,
    CellKind.GROUP,
    CellKind.ENTITY,
    CellKind.WORD,
    CellKind.TEXT,
    CellKind.TOTAL,
}


@dataclass(slots=True)
class Block:
    """One table; everything by row index from zero."""

    header: list[int]
    data: list[int] = field(default_factory=list)
    sections: list[tuple[int, Any]] = field(default_factory=list)
    """Headings between data rows (a year, an indicator), by the row they stand in."""
    titles: list[str] = field(default_factory=list)
    renaming: set[int] = field(default_factory=set)
    """Those of them that name the columns anew: what follows is not what the headings above name."""
    notes: list[str] = field(default_factory=list)
    title_rows: range = range(0)
    note_rows: list[int] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    """Titles above several tables: they hold where the table's own surroundings say nothing."""
    left: int = 0
    right: int = 0
    """The columns the table may use, from ``left`` up to, not including, ``right``."""
    overrides: dict[int, str] = field(default_factory=dict)
    """Rows that are ``data`` or a ``total`` by a person's word."""
    reasons: RowEvidence = field(default_factory=RowEvidence)
    """Why rows that are not plain data are what they are."""
    evidence: list[Evidence] = field(default_factory=list)
    """Why the table is where it is, besides its heading and its rows."""


def lines_of(grid: SheetGrid, rows: range | list[int]) -> list[str]:
    """Texts of rows outside a table; cells side by side are also read as one line."""
    lines: list[str] = []
    for row in rows:
        cells = [(column, tidy(shown(value))) for column, value in grid.filled(row) if value is not None]
        if len(cells) > 1:
            (first, key), others = cells[0], " ".join(text for _, text in cells[1:])
            joined = f"{key} {others}" if key.endswith((":", "=")) else f"{key} = {others}"
            lines.append(Line.at(joined, grid.sheet.name, row, first, cells[-1][0]))
        lines += [Line.at(text, grid.sheet.name, row, column, column) for column, text in cells]
    return lines


def find_blocks(grid: SheetGrid, rows: range | None = None) -> list[Block]:
    """The tables one below the other, in the whole sheet or in some of its rows."""
    blocks: list[Block] = []
    floor, end = (0, len(grid.rows)) if rows is None else (rows.start, rows.stop)
    row = floor
    while row < end:
        header, sections = _header_above(grid, row, floor) if may_start(grid, row, floor) else ([], [])
        if not header:
            header, sections = gap_above_list(grid, row, floor)
        if not header:
            row += 1
            continue
        first, following = row, row + 1
        for place in header:
            if (
                names_every_column(grid, place)
                or is_followed_by_rows(grid, header, place)
                or is_complete_above(grid, header, place, row)
            ):
                header, first = header[: header.index(place) + 1], place + 1
                break
        block = _opened(grid, header, sections, floor)
        after = _read_down(grid, block, first, end)
        row = following
        if block.data:
            floor = row = after
            block.titles = lines_of(grid, block.title_rows)
            _give_reasons(grid, block, first)
            if blocks:
                _leave_titles(grid, blocks[-1], block.title_rows)
            blocks.append(block)
    if blocks and (rest := [row for row in range(floor, end) if cells_of(grid, row)]):
        _take_notes(grid, blocks[-1], sorted({*blocks[-1].note_rows, *rest}))  # words that head no figures
    return blocks


def _opened(grid: SheetGrid, header: list[int], sections: list[tuple[int, Any]], floor: int) -> Block:
    rows = range(floor, header[0])
    return Block(header, sections=sections, title_rows=rows, left=grid.left, right=grid.right)


def _give_reasons(grid: SheetGrid, block: Block, first: int) -> None:
    """Keep why the rows above the first row with figures are its heading."""
    for row in block.header:
        cells = cells_of(grid, row)
        if is_numbering(grid, row):
            found = evidence("counts_columns")
        elif len(cells) == 1:
            found = evidence("spans_columns", found=_text(cells[0][1]))
        else:
            found = evidence("words_above_figures", row=first + 1)
        block.reasons.add(row, found)
    for row, value in block.sections:
        _give_reason_of_section(grid, block, row, value)


def _give_reason_of_section(grid: SheetGrid, block: Block, row: int, value: Any) -> None:
    kind = grid.kind(value)
    if kind in _SETTLING:
        block.reasons.add(row, evidence("only_cell_known", found=_text(value), kind=kind.value))
    else:
        block.reasons.add(row, evidence("only_cell_unknown", found=_text(value)))


def _text(value: Any) -> str:
    return "" if value is None else tidy(shown(value))


def read_area(grid: SheetGrid, header: list[int], floor: int, data: range, below: int) -> Block:
    """The table a person points at; whatever is in its rows belongs to it, what follows are its notes."""
    block = _opened(grid, header, [], floor)
    block.titles = lines_of(grid, block.title_rows)
    header_cells = [cells_of(grid, row) for row in header]
    for row in data:
        cells = cells_of(grid, row)
        if not cells:
            continue
        if cells in header_cells:
            block.reasons.add(row, evidence("repeats_heading"))
        elif len(cells) == 1 and not _belongs(grid, row, cells, after_gap=False):
            _take_headings(grid, block, [row])
        else:
            block.data.append(row)
    _take_notes(grid, block, list(range(data.stop, below)))
    return block


def read_open_area(grid: SheetGrid, header: list[int], floor: int, first: int, below: int) -> Block:
    """The table below a heading a person points at, down to where it ends by itself.

    Where nothing below looks like figures, all of it is the table: the person must have seen one.
    """
    block = _opened(grid, header, [], floor)
    block.titles = lines_of(grid, block.title_rows)
    _read_down(grid, block, first, below)
    return block if block.data else read_area(grid, header, floor, range(first, below), below)


def _header_above(grid: SheetGrid, row: int, floor: int) -> tuple[list[int], list[tuple[int, Any]]]:
    header: list[int] = []
    sections: list[tuple[int, Any]] = []
    blank_seen, worded = False, 0  # rows with words for numbers, as likely data as headings
    for above in range(row - 1, floor - 1, -1):
        cells = cells_of(grid, above)
        if not cells:
            if header or blank_seen:
                break
            blank_seen = True
        elif len(cells) == 1:
            if _is_title_above(grid, header, above, row):
                break
            if header or grid.kind(cells[0][1]) is CellKind.WORD or is_year_over(grid, *cells[0], row):
                header.append(above)
            else:
                sections.append((above, cells[0][1]))
        elif len(header) - worded < _MAX_HEADER_ROWS and is_header(grid, above):
            worded += worded < _MOST_WORDED and (
                has_words_for_numbers(grid, cells) or is_labelled(grid, cells)
            )
            if is_key_beside_values(grid, cells, row) or (
                header
                and (
                    is_key_and_value(grid, cells, header[-1])
                    or is_line_with_print_date(grid, cells, header[-1])
                )
            ):
                break
            header.append(above)
        else:
            break
    if not any(len(cells_of(grid, place)) > 1 for place in header) and not names_values_alone(
        grid, header, row
    ):
        return [], []
    return sorted(header), sorted(sections, key=lambda section: section[0])


def _is_title_above(grid: SheetGrid, header: list[int], above: int, row: int) -> bool:
    """Whether a single cell above headings, or above ``Anzahl`` alone, is a title and heads no columns."""
    column, value = next(grid.filled(above))
    if any(len(cells_of(grid, below)) > 1 for below in header):
        return not spans_some_columns(grid, above, column)
    return names_values_alone(grid, header, row) and grid.kind(value) is not CellKind.WORD


def _read_down(grid: SheetGrid, block: Block, first: int, end: int) -> int:
    """Collect data rows; returns the row from which the next table may be looked for."""
    rows = grid.rows
    width = grid.right - grid.left
    header_cells = [rows[row][grid.left : grid.right] for row in block.header]
    pending: list[int] = []
    last_blank = -1
    for row in range(first, end):
        line = rows[row][grid.left : grid.right] if width < grid.width else rows[row]
        is_heading = line in header_cells
        is_below_gap = last_blank == row - 1
        is_free = not (is_heading or is_below_gap)
        is_row = is_free and not pending and width - line.count("") >= SHORT_ROW
        if is_row and is_plain(grid, line):
            block.data.append(row)
            continue
        if is_free and names_columns_anew(grid, block.header, block.data, row):
            _take_headings(grid, block, pending)
            _take_new_names(grid, block, row)
            pending = []
            continue
        if is_row and not begins_anew(grid, row):
            block.data.append(row)
            continue
        if next(grid.filled(row), None) is None:
            last_blank = row
        elif is_heading and _are_asides(grid, pending):
            block.reasons.add(row, evidence("repeats_heading"))
            pending = []
        elif (begins_anew(grid, row) or (is_heading and pending)) and is_header(grid, row):
            return _end_above(grid, block, pending, last_blank, row)
        elif reason := _why_data(grid, block, row, is_below_gap=is_below_gap, has_pending=bool(pending)):
            _take_headings(grid, block, pending)
            _take_row(grid, block, row, reason)
            pending = []
        elif (pending or is_below_gap) and is_header(grid, row):
            return _end_above(grid, block, pending, last_blank, row)
        else:
            pending.append(row)
    _take_notes(grid, block, pending)
    return end


def _are_asides(grid: SheetGrid, rows: list[int]) -> bool:
    """Whether rows hold page numbers and the like alone, as between the printed pages of one table."""
    return all(
        value is not None and is_aside(tidy(shown(value))) for row in rows for _, value in grid.filled(row)
    )


def _take_row(grid: SheetGrid, block: Block, row: int, reason: str) -> None:
    if reason != _PLAIN:
        first = next(value for _, value in grid.filled(row))
        block.reasons.add(row, Evidence(reason, (("found", _text(first)),)))
    block.data.append(row)


def _end_above(grid: SheetGrid, block: Block, pending: list[int], last_blank: int, row: int) -> int:
    """End the table above another one's headings; what stands right above those is the other's title."""
    own = [place for place in pending if place < last_blank] or pending
    _take_notes(grid, block, own)
    return own[-1] + 1 if own != pending else min([*pending, row])


def _take_notes(grid: SheetGrid, block: Block, rows: list[int]) -> None:
    block.note_rows = rows
    block.notes = lines_of(grid, rows)


def _leave_titles(grid: SheetGrid, block: Block, titles: range) -> None:
    """What may be a note of one table and the title of the next is the title, unless it explains a mark."""
    block.note_rows = [
        row for row in block.note_rows if row not in titles or any(map(is_footnote, lines_of(grid, [row])))
    ]


def _belongs(grid: SheetGrid, row: int, cells: list[tuple[int, Any]], *, after_gap: bool) -> str:
    """Why the row is data, as the code of an evidence; empty if it is not."""
    if len(cells) == 1:
        kind = grid.kind(cells[0][1])
        if kind in (CellKind.NUMBER, CellKind.MARKER):
            return "single_figure"
        return "single_label" if kind in DESCRIBING and not after_gap else ""
    if is_data(grid, row):
        return _PLAIN
    return "words_for_figures" if not after_gap and has_words_for_numbers(grid, cells) else ""


def _why_data(grid: SheetGrid, block: Block, row: int, *, is_below_gap: bool, has_pending: bool) -> str:
    """Why a row below the headings is data, as the code of an evidence; empty if it is not."""
    cells, after_gap = cells_of(grid, row), has_pending or is_below_gap
    if reason := _belongs(grid, row, cells, after_gap=after_gap):
        return reason
    if not cells_of(grid, block.header[-1]) and is_name_and_number(grid, cells, is_part=True):
        return _PLAIN
    if not is_below_gap and _continues(grid, block, cells):
        return "like_rows_above"
    if not is_below_gap and fits(grid, block.header, row):
        has_words = CellKind.TEXT in {grid.kind(value) for _, value in cells[1:]}
        return "words_for_figures" if has_words else _PLAIN
    if not is_below_gap and is_unknown_among_rows(grid, block.header, row):
        return "words_for_figures"
    return "unknown_label" if has_unknown_label(grid, block.header, cells, after_gap=after_gap) else ""


def _continues(grid: SheetGrid, block: Block, cells: list[tuple[int, Any]]) -> bool:
    """Cells that look like those above them: labels without a value, a number that may be a year or day."""
    kinds = {(column, grid.kind(value)) for column, value in cells}
    among = {kind for _, kind in kinds}
    if not among & _LABELS or not among <= {*_LABELS, CellKind.NUMBER}:
        return False
    above = {
        (column, grid.kind(value))
        for row in block.data[-_LOOK_BACK:]
        for column, value in cells_of(grid, row)
    }
    valued = {column for column, kind in above if kind in (CellKind.NUMBER, CellKind.MARKER)}
    return all(
        (column, kind) in above or (kind is CellKind.YEAR and column in valued) for column, kind in kinds
    )


def _is_unsplit(grid: SheetGrid, value: Any) -> bool:
    """``IHK Aachen|EQ|5``: a line of a text file with another delimiter, reported as a row; no heading."""
    return (
        grid.sheet.text is not None and isinstance(value, str) and max(map(value.count, NOT_IN_NUMBERS)) > 1
    )


def _take_new_names(grid: SheetGrid, block: Block, row: int) -> None:
    """Keep a row of other headings among the rows of data; what is below it is held."""
    text = " | ".join(_text(value) for _, value in grid.filled(row))
    block.sections.append((row, text))
    block.renaming.add(row)
    block.reasons.add(row, evidence("no_figure_among_cells"))


def _take_headings(grid: SheetGrid, block: Block, rows: list[int]) -> None:
    """Of rows between rows of data those that head what follows; the others are passed over."""
    for row in rows:
        cells = cells_of(grid, row)
        if len(cells) > 1 or _is_unsplit(grid, cells[0][1]):
            block.reasons.add(row, evidence("no_figure_among_cells"))
        elif grid.kind(cells[0][1]) in _HEADING:
            block.sections.append((row, cells[0][1]))
            _give_reason_of_section(grid, block, row, cells[0][1])
        else:
            block.reasons.add(row, evidence("only_cell_unknown", found=_text(cells[0][1])))
