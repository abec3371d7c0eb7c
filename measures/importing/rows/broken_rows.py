"""Rows of a text file that do not fit their table: their values may stand in the wrong columns."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from measures.importing.addresses import column_letters
from measures.importing.formats.delimited.prepared import NOT_BLANK
from measures.importing.problems import Problem

if TYPE_CHECKING:
    from measures.importing.columns.plan import Plan
    from measures.importing.formats.text_files import TextRows
    from measures.importing.formats.workbook import Sheet

_SHARED_BY = 3
"""From how many equally short rows on their last cells are taken for empty ones that were left out."""
_SHOWN = 200


@dataclass(slots=True)
class BrokenRow:
    """What is wrong with a row, and which of its cells must not be taken."""

    problems: list[tuple[int, Problem]]
    """With the column each stands in."""
    columns: frozenset[int] | None = None
    """None: none of the row's cells can be taken."""

    def holds(self, column: int) -> bool:
        return self.columns is None or column in self.columns


def broken_rows(sheet: Sheet, plan: Plan) -> dict[int, BrokenRow]:
    """The data rows of a table whose cells cannot all be taken, and rows within it that became none."""
    if sheet.text is None or not plan.block.data:
        return {}
    return _Table(sheet, sheet.text, plan).broken()


class _Table:
    def __init__(self, sheet: Sheet, text: TextRows, plan: Plan) -> None:
        self.sheet, self.text, self.plan = sheet, text, plan
        self.data = plan.block.data
        self.counts = Counter(map(text.widths.__getitem__, self.data))
        most = max(self.counts, key=lambda width: (self.counts[width], width))
        self.head_width = max((text.widths[row] for row in plan.block.header), default=most)
        self.expected = self.head_width if self.head_width in self.counts else most
        self.last_value = max((value.index for value in plan.values), default=0)

    def broken(self) -> dict[int, BrokenRow]:
        found: dict[int, BrokenRow] = {}
        heading = self._heading()
        others = {*self.text.strays, *self.text.other_delimiters}
        if not heading and len(self.counts) == 1 and not others:
            return self._unsplit()
        for row in self.data:
            if fault := self._width_fault(row):
                found[row] = BrokenRow([(0, fault)])
            elif row in self.text.other_delimiters:
                problem = Problem("row_other_delimiter", self.sheet.name, f"A{row + 1}", self._shown(row))
                found[row] = BrokenRow([(0, problem)])
            elif row in self.text.strays:
                found[row] = self._strays(row)
            elif heading:
                found[row] = BrokenRow([])
            if heading:
                found[row].columns = None
        if heading:
            found[self.data[0]].problems.insert(0, (0, heading))
        return {**found, **self._unsplit()}

    def _heading(self) -> Problem | None:
        """The headings, if no row below is as wide as they are: what stands below which is not known."""
        width = self.head_width
        if width in self.counts:
            return None
        if width > self.expected:
            differs = any(self._filled(row) > self.expected for row in self.plan.block.header)
        else:
            differs = any(self._filled(row) > width for row in self.data)
        if not differs:
            return None
        row = self.plan.block.header[-1]
        return self._problem("headings_do_not_fit", row, width, self._shown(row))

    def _width_fault(self, row: int) -> Problem | None:
        width = self.text.widths[row]
        if width > self.expected and self._filled(row) > self.expected:
            beyond = [*self.sheet.rows[row], *self.text.surplus.get(row, ())][self.expected :]
            return self._problem("row_too_long", row, width, " ".join(filter(None, beyond)))
        is_shared = self.counts[width] >= _SHARED_BY and width > self.last_value
        if width < self.expected and not is_shared:
            return self._problem("row_too_short", row, width, self._shown(row))
        return None

    def _strays(self, row: int) -> BrokenRow:
        """A quote out of place costs its cell; one in a label costs what the label belongs to."""
        columns = self.text.strays[row]
        problems = [
            (
                column,
                Problem(
                    "quote_out_of_place",
                    self.sheet.name,
                    f"{column_letters(column)}{row + 1}",
                    self.sheet.rows[row][column][:_SHOWN],
                ),
            )
            for column in columns
            if column < len(self.sheet.rows[row])
        ]
        values = {value.index for value in self.plan.values}
        return BrokenRow(problems, frozenset(columns) if values.issuperset(columns) else None)

    def _unsplit(self) -> dict[int, BrokenRow]:
        """Lines within the table that are one cell because they have a delimiter of their own."""
        found = {}
        last = min(self.data[-1] + 2, len(self.sheet.rows))
        if last - self.data[0] - len(self.data) <= 0:
            return {}
        for row in sorted(set(range(self.data[0], last)).difference(self.data, self.plan.block.header)):
            if self.text.widths[row] == 1 and self.expected > 1:
                line = self.sheet.rows[row][0]
                if max(map(line.count, NOT_BLANK)) >= self.expected - 1:
                    found[row] = BrokenRow([(0, self._problem("row_too_short", row, 1, line[:_SHOWN]))])
        return found

    def _problem(self, code: str, row: int, width: int, shown: str) -> Problem:
        params = (("given", str(width)), ("expected", str(self.expected)))
        return Problem(code, self.sheet.name, f"A{row + 1}", shown[:_SHOWN], params)

    def _filled(self, row: int) -> int:
        cells = [*self.sheet.rows[row], *self.text.surplus.get(row, ())]
        return max((column + 1 for column, cell in enumerate(cells) if cell.strip()), default=0)

    def _shown(self, row: int) -> str:
        return " ".join(filter(None, self.sheet.rows[row]))[:_SHOWN]
