"""Where the tables of a sheet are: titles, header rows, data, headings within, notes below."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from measures.importing.decisions import Evidence, Line, RowEvidence, evidence
from measures.importing.layout.grid import CellKind, SheetGrid, is_date, is_serial_of_label, role_of, shown
from measures.importing.text.markers import legend_in
from measures.importing.text.names import tidy

FIGURES, TOTAL_ROW = "data", "total"
"""What a person may say of a data row."""

_MAX_HEADER_ROWS = 5
_SHORT_ROW = 3
_NUMBERED_FROM = 3
_DESCRIBING = {CellKind.ENTITY, CellKind.TOTAL}
_NAMING = {*_DESCRIBING, CellKind.TEXT}
_LABELS = {CellKind.YEAR, CellKind.INDICATOR, CellKind.GROUP, CellKind.ENTITY, CellKind.TOTAL}
_SETTLING = {CellKind.YEAR, CellKind.INDICATOR, CellKind.GROUP, CellKind.ENTITY}
"""Headings between rows that may say what the rows below belong to."""

_LOOK_BACK = 50
_LABEL_ROLES = {
    "organisation",
    "region",
    "indicator",
    "target_group",
    "occupation",
    "occupation_label",
    "year",
}
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
    notes: list[str] = field(default_factory=list)
    title_rows: range = range(0)
    note_rows: list[int] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    """Titles above several tables: they hold where the table's own surroundings say nothing."""
    left: int = 0
    right: int = 0
    """The columns the table may use, from ``left`` up to, not including, ``right``."""
    said: dict[int, str] = field(default_factory=dict)
    """Rows that are ``data`` or a ``total`` by a person's word."""
    reasons: RowEvidence = field(default_factory=RowEvidence)
    """Why rows that are not plain data are what they are."""
    evidence: list[Evidence] = field(default_factory=list)
    """Why the table is where it is, besides its heading and its rows."""


def lines_of(grid: SheetGrid, rows: range | list[int]) -> list[str]:
    """Texts of rows outside a table; cells side by side are also read as one line."""
    lines: list[str] = []
    sheet = grid.sheet.name
    for row in rows:
        cells = [(column, tidy(shown(value))) for column, value in grid.filled(row) if value is not None]
        if len(cells) > 1:
            (first, key), others = cells[0], " ".join(text for _, text in cells[1:])
            joined = f"{key} {others}" if key.endswith((":", "=")) else f"{key} = {others}"
            lines.append(Line.at(joined, sheet, row, first, cells[-1][0]))
        lines += [Line.at(text, sheet, row, column, column) for column, text in cells]
    return lines


def find_blocks(grid: SheetGrid, rows: range | None = None) -> list[Block]:
    """The tables one below the other, in the whole sheet or in some of its rows."""
    blocks: list[Block] = []
    floor, end = (0, len(grid.rows)) if rows is None else (rows.start, rows.stop)
    row = floor
    while row < end:
        header, sections = _header_above(grid, row, floor) if _may_start(grid, row, floor) else ([], [])
        if not header:
            row += 1
            continue
        for place in header:
            if _names_every_column(grid, place) or _is_followed_by_rows(grid, header, place):
                header, row = header[: header.index(place) + 1], place + 1
                break
        block = _opened(grid, header, sections, floor)
        _give_reasons(grid, block, row)
        after = _read_down(grid, block, row, end)
        row = max(after, row + 1)
        if block.data:
            floor = row = after
            blocks.append(block)
    return blocks


def _opened(grid: SheetGrid, header: list[int], sections: list[tuple[int, Any]], floor: int) -> Block:
    rows = range(floor, header[0])
    return Block(
        header,
        sections=sections,
        titles=lines_of(grid, rows),
        title_rows=rows,
        left=grid.left,
        right=grid.right,
    )


def _give_reasons(grid: SheetGrid, block: Block, first: int) -> None:
    """Keep why the rows above the first row with figures are its heading."""
    for row in block.header:
        cells = _cells(grid, row)
        if _is_numbering(grid, row):
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
    header_cells = [_cells(grid, row) for row in header]
    for row in data:
        cells = _cells(grid, row)
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
    _read_down(grid, block, first, below)
    return block if block.data else read_area(grid, header, floor, range(first, below), below)


def _cells(grid: SheetGrid, row: int) -> list[tuple[int, Any]]:
    return list(grid.filled(row))


def _is_numbering(grid: SheetGrid, row: int) -> bool:
    """A row that only counts the columns: 1 2 3 4."""
    values = [value for _, value in grid.filled(row)]
    if len(values) < _NUMBERED_FROM:
        return False
    try:
        numbers = [float(value) for value in values]
    except (TypeError, ValueError):
        return False
    return numbers == [
        float(number) for number in range(int(numbers[0]), int(numbers[0]) + len(numbers))
    ] and (numbers[0] in (0, 1))


def _is_legend(cells: list[tuple[int, Any]]) -> bool:
    texts = [tidy(str(value)) for _, value in cells if value is not None]
    return (
        bool(texts) and len(texts) <= _SHORT_ROW and bool(legend_in([f"{texts[0]} = {' '.join(texts[1:])}"]))
    )


def _is_data(grid: SheetGrid, row: int) -> bool:
    cells = _cells(grid, row)
    if len(cells) < 2 or _is_legend(cells) or _is_numbering(grid, row):  # noqa: PLR2004  a label and a value
        return False
    kinds = [grid.kind(value) for _, value in cells]
    if CellKind.NUMBER in kinds and not _NAMING & set(kinds):
        first_day = grid.names.first_day
        kinds = [
            CellKind.YEAR if is_serial_of_label(value, first_day) else kind
            for kind, (_, value) in zip(kinds, cells, strict=True)
        ]
    if CellKind.NUMBER in kinds or CellKind.MARKER in kinds:
        return True
    entities = kinds.count(CellKind.ENTITY)
    return entities in (1, 2) and (CellKind.YEAR in kinds or CellKind.INDICATOR in kinds)


def _is_header(grid: SheetGrid, row: int) -> bool:
    cells = _cells(grid, row)
    if len(cells) < 2:  # noqa: PLR2004  one cell alone is a title
        return False
    if _is_numbering(grid, row):
        return True
    return not _is_data(grid, row) and not _is_legend(cells)


def _may_start(grid: SheetGrid, row: int, floor: int) -> bool:
    cells = _cells(grid, row)
    if len(cells) == 1:
        known = grid.kind(cells[0][1]) in _DESCRIBING
        return known and row > floor and _is_header(grid, row - 1)
    return _is_data(grid, row)


def _header_above(grid: SheetGrid, row: int, floor: int) -> tuple[list[int], list[tuple[int, Any]]]:
    header: list[int] = []
    sections: list[tuple[int, Any]] = []
    blank_seen = False
    for above in range(row - 1, floor - 1, -1):
        cells = _cells(grid, above)
        if not cells:
            if header or blank_seen:
                break
            blank_seen = True
        elif len(cells) == 1:
            if any(len(_cells(grid, below)) > 1 for below in header) and not _spans_some_columns(
                grid, above, cells[0][0]
            ):
                break
            if header or grid.kind(cells[0][1]) is CellKind.WORD:
                header.append(above)
            else:
                sections.append((above, cells[0][1]))
        elif len(header) < _MAX_HEADER_ROWS and _is_header(grid, above):
            if header and (
                _is_key_and_value(grid, cells, header[-1])
                or _is_line_with_print_date(grid, cells, header[-1])
            ):
                break
            header.append(above)
        else:
            break
    if not any(len(_cells(grid, place)) > 1 for place in header) and not _names_values_alone(
        grid, header, row
    ):
        return [], []
    return sorted(header), sorted(sections, key=lambda section: section[0])


def _names_values_alone(grid: SheetGrid, header: list[int], row: int) -> bool:
    """``Anzahl`` over the values, and nothing over the labels."""
    cells = [cell for place in header for cell in _cells(grid, place)]
    first = _cells(grid, row)[0][0]
    return bool(cells) and all(
        column > first and grid.kind(value) is CellKind.WORD for column, value in cells
    )


def _spans_some_columns(grid: SheetGrid, row: int, column: int) -> bool:
    """A single cell merged over some, not all, columns heads a group of them; otherwise it is a title."""
    used = [c for c in range(grid.left, grid.right) if grid.anchor(row, c) == (row, column)]
    wide = max((c for c, _ in grid.filled(row + 1)), default=0) - min(
        (c for c, _ in grid.filled(row + 1)), default=0
    )
    return 1 < len(used) <= wide


def _names_every_column(grid: SheetGrid, row: int) -> bool:
    """A heading such as Kammer, Kennzahl, Jahr, Wert is complete; what follows is data, however it looks."""
    roles = [role_of(value) for _, value in grid.filled(row)]
    return "value" in roles and "" not in roles and len(roles) >= _SHORT_ROW


def _is_followed_by_rows(grid: SheetGrid, header: list[int], place: int) -> bool:
    """Whether what looks like more headings are rows with words for numbers: ``IHK Aachen | 12-15``.

    A heading with a word for the labels and one for every value is complete. A further row of headings would
    leave the labels' column blank, name units, or number the columns.
    """
    cells = _cells(grid, place)
    below = [row for row in header if row > place]
    if not below or len(cells) < 2 or role_of(cells[0][1]) not in _LABEL_ROLES:  # noqa: PLR2004  label and value
        return False
    first, columns = cells[0][0], {column for column, _ in cells}
    for row in below:
        line = _cells(grid, row)
        if not line or line[0][0] != first or not {column for column, _ in line} <= columns:
            return False
        kinds = [grid.kind(value) for _, value in line]
        if kinds[0] not in (CellKind.ENTITY, CellKind.TEXT) or _is_numbering(grid, row):
            return False
        if CellKind.WORD in kinds[1:] or CellKind.GROUP in kinds[1:] or CellKind.INDICATOR in kinds[1:]:
            return False
    return True


def _is_line_with_print_date(grid: SheetGrid, cells: list[tuple[int, Any]], below: int) -> bool:
    """``Meldung 2016 | | | 15.01.2017`` above headings that are complete is a title and the day of printing."""
    dates = [value for _, value in cells if is_date(value)]
    return len(cells) == 2 and len(dates) == 1 and len(_cells(grid, below)) > len(cells)  # noqa: PLR2004


def _is_key_and_value(grid: SheetGrid, cells: list[tuple[int, Any]], below: int) -> bool:
    """``Berichtsjahr: | 2016`` above a wider header belongs to the title."""
    first = cells[0][1]
    return (
        len(cells) == 2  # noqa: PLR2004  a key and its value
        and len(_cells(grid, below)) > len(cells)
        and isinstance(first, str)
        and (first.strip().endswith(":") or grid.kind(first) is CellKind.WORD)
    )


def _read_down(grid: SheetGrid, block: Block, first: int, end: int) -> int:
    """Collect data rows; returns the row from which the next table may be looked for."""
    rows = grid.rows
    width = grid.right - grid.left
    is_window = width < grid.width
    header_cells = [rows[row][grid.left : grid.right] for row in block.header]
    pending: list[int] = []
    last_blank = -1
    for row in range(first, end):
        line = rows[row][grid.left : grid.right] if is_window else rows[row]
        if width - line.count("") >= _SHORT_ROW and not pending and last_blank < row - 1:
            if line in header_cells:
                block.reasons.add(row, evidence("repeats_heading"))
                continue
            if not _begins_anew(grid, row):
                block.data.append(row)
                continue
        cells = _cells(grid, row)
        if not cells:
            last_blank = row
        elif line in header_cells and not pending:
            block.reasons.add(row, evidence("repeats_heading"))
        elif len(cells) > 1 and _begins_anew(grid, row) and _is_header(grid, row):
            return _end_above(grid, block, pending, last_blank, row)
        elif reason := _why_data(
            grid, block, row, is_below_gap=last_blank == row - 1, has_pending=bool(pending)
        ):
            if reason != _PLAIN:
                block.reasons.add(row, Evidence(reason, (("found", _text(cells[0][1])),)))
            _take_headings(grid, block, pending)
            block.data.append(row)
            pending = []
        elif len(cells) > 1 and _is_header(grid, row) and (pending or last_blank == row - 1):
            return _end_above(grid, block, pending, last_blank, row)
        else:
            pending.append(row)
    _take_notes(grid, block, pending)
    return end


def _end_above(grid: SheetGrid, block: Block, pending: list[int], last_blank: int, row: int) -> int:
    """End the table above another one's headings; what stands right above those is the other's title."""
    own = [place for place in pending if place < last_blank] or pending
    _take_notes(grid, block, own)
    return own[-1] + 1 if own != pending else min([*pending, row])


def _take_notes(grid: SheetGrid, block: Block, rows: list[int]) -> None:
    block.note_rows = rows
    block.notes = lines_of(grid, rows)


def _belongs(grid: SheetGrid, row: int, cells: list[tuple[int, Any]], *, after_gap: bool) -> str:
    """Why the row is data, as the code of an evidence; empty if it is not."""
    if len(cells) == 1:
        kind = grid.kind(cells[0][1])
        if kind in (CellKind.NUMBER, CellKind.MARKER):
            return "single_figure"
        return "single_label" if kind in _DESCRIBING and not after_gap else ""
    if _is_data(grid, row):
        return _PLAIN
    return "words_for_figures" if not after_gap and _has_words_for_numbers(grid, cells) else ""


def _why_data(grid: SheetGrid, block: Block, row: int, *, is_below_gap: bool, has_pending: bool) -> str:
    """Why a row below the headings is data, as the code of an evidence; empty if it is not."""
    cells, after_gap = _cells(grid, row), has_pending or is_below_gap
    if reason := _belongs(grid, row, cells, after_gap=after_gap):
        return reason
    if not is_below_gap and _continues(grid, block, cells):
        return "like_rows_above"
    return "unknown_label" if _is_row_with_unknown_label(grid, block, cells, after_gap=after_gap) else ""


def _continues(grid: SheetGrid, block: Block, cells: list[tuple[int, Any]]) -> bool:
    """Cells that look like those above them: labels whose value is missing, a number that might be a year."""
    kinds = {(column, grid.kind(value)) for column, value in cells}
    if not {kind for _, kind in kinds} <= _LABELS:
        return False
    above = {
        (column, grid.kind(value)) for row in block.data[-_LOOK_BACK:] for column, value in _cells(grid, row)
    }
    return all(
        (column, kind) in above or (kind is CellKind.YEAR and (column, CellKind.NUMBER) in above)
        for column, kind in kinds
    )


def _begins_anew(grid: SheetGrid, row: int) -> bool:
    """``Kammer | Beratene Betriebe`` among the rows: headings of another table, whether or not a gap is above."""
    first = next(grid.filled(row), (0, None))[1]
    return isinstance(first, str) and grid.kind(first) is CellKind.WORD and role_of(first) in _LABEL_ROLES


def _is_row_with_unknown_label(
    grid: SheetGrid, block: Block, cells: list[tuple[int, Any]], *, after_gap: bool
) -> bool:
    """A label nobody knows and numbers where the table has its values, even if one looks like a year.

    Below a gap, several years side by side are the headings of another table.
    """
    if len(cells) < 2 or not block.header or _is_legend(cells):  # noqa: PLR2004  a label and a value
        return False
    columns = {column for row in block.header for column, _ in _cells(grid, row)}
    first, *others = [grid.kind(value) for _, value in cells]
    if first is not CellKind.TEXT or not {column for column, _ in cells} <= columns:
        return False
    numbers = sum(kind in (CellKind.YEAR, CellKind.NUMBER, CellKind.MARKER) for kind in others)
    if numbers < len(others) or any(is_date(value) for _, value in cells):
        return False
    return not after_gap or others.count(CellKind.YEAR) == 1


def _has_words_for_numbers(grid: SheetGrid, cells: list[tuple[int, Any]]) -> bool:
    """``IHK Köln | siehe Anlage`` among the rows of a table: told as no number, not passed over."""
    first, *others = (grid.kind(value) for _, value in cells)
    return first is CellKind.ENTITY and set(others) == {CellKind.TEXT}


def _take_headings(grid: SheetGrid, block: Block, rows: list[int]) -> None:
    """Of rows between rows of data those that head what follows; the others are passed over."""
    for row in rows:
        cells = _cells(grid, row)
        if len(cells) > 1:
            block.reasons.add(row, evidence("no_figure_among_cells"))
        elif grid.kind(cells[0][1]) in _HEADING:
            block.sections.append((row, cells[0][1]))
            _give_reason_of_section(grid, block, row, cells[0][1])
        else:
            block.reasons.add(row, evidence("only_cell_unknown", found=_text(cells[0][1])))
