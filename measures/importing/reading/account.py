"""What became of every cell that holds something in a table that is read; the counts add up to the cells."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from measures.importing.addresses import address, column_letters, column_number, taken_apart
from measures.importing.results import CellAccount

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from measures.importing.columns.plan import Plan
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.results import FigureRow
    from measures.importing.rows.table_rows import TableRows

COLUMN_NOT_READ, QUESTION_OPEN, REPEATED = "column_not_read", "question_open", "repeated"
ROW_NOT_READ, NO_FIGURE, BEYOND_ROWS = "row_not_read", "no_figure", "beyond_rows"
"""Why a cell was not read."""

MOST_PLACES = 200
"""Ranges of cells that are listed for each reason; their number counts all."""

_DIGITS = "0123456789"


def account_of(
    grid: SheetGrid, plan: Plan, rows: TableRows | None, before: Sequence[FigureRow] = ()
) -> CellAccount:
    """Count the cells of a table by what became of them.

    ``rows`` None: a question about the whole table is open. ``before``: the table's figures before those that
    are given elsewhere, with the same value, were dropped.
    """
    return _Count(grid, plan).of(rows, before)


class _Count:
    """The cells from a table's headings to its last row of data, in all columns the table may use."""

    def __init__(self, grid: SheetGrid, plan: Plan) -> None:
        self.grid, self.plan = grid, plan
        self.columns = range(plan.block.left, plan.block.right)
        self.rows = range(plan.block.header[0], plan.block.data[-1] + 1)
        self.surplus = self._find_surplus() if plan.block.right == grid.width else {}
        right = max([self.columns[-1], *(columns[-1] for columns in self.surplus.values())])
        area = f"{address(self.rows[0], self.columns[0])}:{address(self.rows[-1], right)}"
        self.account = CellAccount(area=area)

    def of(self, rows: TableRows | None, before: Sequence[FigureRow]) -> CellAccount:
        account, labels = self.account, set(self.plan.roles.values())
        questions = (*self.plan.questions, *(rows.questions if rows else ()))
        asked = {self._place_of(question.column) for question in questions}
        values = {value.index for value in self.plan.values}
        figure_rows = rows.rows if rows else []
        columns, _ = taken_apart([row.cell for row in figure_rows])
        made = Counter(zip(columns, [row.held for row in figure_rows], strict=True))
        for column in self.columns:
            filled = self._filled(self.plan.block.data, column)
            account.cells += len(filled)
            if column in labels:
                account.labels += len(filled)
            elif rows is None or column in asked:
                self._leave(QUESTION_OPEN, filled, column)
            elif column not in values:
                self._leave(COLUMN_NOT_READ, filled, column)
            else:
                letters = column_letters(column)
                figures, held = made[letters, False], made[letters, True]
                account.figures += figures
                account.held += held
                if len(filled) != figures + held:
                    self._count_others(rows, before, column, filled)
        self._count_other_rows()
        for row, beyond in self.surplus.items():
            account.cells += len(beyond)
            for column in beyond:
                self._leave(BEYOND_ROWS, [row], column)
        return account

    def _find_surplus(self) -> dict[int, list[int]]:
        """Cells of a text file's rows that stand beyond those of the rows around."""
        text = self.grid.sheet.text
        if text is None:
            return {}
        found = {}
        for row, cells in text.surplus.items():
            first = text.widths[row] - len(cells)
            columns = [column for column, cell in enumerate(cells, first) if not _is_blank(cell)]
            if row in self.rows and columns:
                found[row] = columns
        return found

    def _count_others(
        self, rows: TableRows, before: Sequence[FigureRow], column: int, filled: list[int]
    ) -> None:
        """Of a column of values those cells that did not become figures."""
        letters = column_letters(column)
        figures, given_before = _cells_of(rows.rows, letters), _cells_of(before, letters)
        totals = {total.cell for total in rows.control_totals}
        others = [(row, f"{letters}{row + 1}") for row in filled if f"{letters}{row + 1}" not in figures]
        left: dict[str, list[int]] = defaultdict(list)
        for row, cell in others:
            if cell in totals or row in rows.subtotal_rows:
                self.account.totals += 1
            else:
                left[REPEATED if cell in given_before else NO_FIGURE].append(row)
        for reason, places in left.items():
            self._leave(reason, places, column)

    def _count_other_rows(self) -> None:
        """Headings, and rows between those of data that are none."""
        block, account = self.plan.block, self.account
        data, headings = set(block.data), {*block.header, *(row for row, _ in block.sections)}
        others = [row for row in self.rows if row not in data]
        for column in self.columns:
            filled = self._filled(others, column)
            account.cells += len(filled)
            account.headings += sum(row in headings for row in filled)
            self._leave(ROW_NOT_READ, [row for row in filled if row not in headings], column)

    def _place_of(self, offset: int) -> int:
        """The place on the sheet of a column of the table; -1: there is none."""
        columns = self.plan.table.columns
        return column_number(columns[offset].letter) if 0 <= offset < len(columns) else -1

    def _filled(self, rows: Sequence[int], column: int) -> list[int]:
        """The rows whose cell holds something, an error or an empty formula included."""
        lines, states = self.grid.rows, self.grid.sheet.states
        cells = [lines[row][column] for row in rows]
        blank = {cell for cell in set(cells) if _is_blank(cell)}
        if not blank:
            return list(rows)
        return [
            row
            for row, cell in zip(rows, cells, strict=True)
            if cell not in blank or (states and (row, column) in states)
        ]

    def _leave(self, reason: str, rows: Sequence[int], column: int) -> None:
        """Note cells of a column as not read."""
        if not rows:
            return
        not_read = self.account.not_read
        not_read[reason] = not_read.get(reason, 0) + len(rows)
        places = self.account.not_read_at.setdefault(reason, [])
        places += list(_ranges(rows, column))[: MOST_PLACES - len(places)]


def _is_blank(value: Any) -> bool:
    return value == "" or (value.__class__ is str and not value.strip())


def _cells_of(rows: Iterable[FigureRow], letters: str) -> set[str]:
    return {row.cell for row in rows if row.cell.rstrip(_DIGITS) == letters}


def _ranges(rows: Sequence[int], column: int) -> Iterable[str]:
    """Cells of a column one below the other as ranges: ``C4:C9``."""
    first = last = rows[0]
    for row in (*rows[1:], None):
        if row == last + 1:
            last = row
            continue
        yield address(first, column) + (f":{address(last, column)}" if last > first else "")
        first = last = row if row is not None else last
