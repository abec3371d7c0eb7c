"""Values in cells merged over several figures: nobody knows how much of one belongs to which of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from measures.importing.addresses import address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from measures.importing.columns.plan import Plan
    from measures.importing.formats.workbook import Merge
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.rows.placements import Placements

Place = tuple[int, int]


class JointValues:
    """The spans of one table that hold a value for more than one of its cells."""

    def __init__(self, grid: SheetGrid, plan: Plan, targets: Placements) -> None:
        self.ranges: dict[Place, str] = {}
        """Cells with a value that is not theirs alone, and the range it stands for."""
        self.covered: set[Place] = set()
        """Cells that are not empty, because the value of the span they lie in is theirs too."""
        self.positions: dict[int, set[int]] = {}
        """Data rows by their position, per column: those that need a closer look."""
        data = plan.block.data
        for span in grid.sheet.merges:
            anchor = (span.top, span.left)
            cells = list(self._cells(span, plan)) if span.bottom > span.top or span.right > span.left else []
            if not any((data[position], column) == anchor for position, column, _ in cells):
                continue
            if grid.rows[span.top][span.left] == "" and anchor not in grid.sheet.states:
                continue
            labels = (targets.at(position, meaning) for position, _, meaning in cells)
            different = {tuple((label.code, label.found) for label in target) for target in labels}
            if len(different) > 1:
                self.ranges[anchor] = f"{address(*anchor)}:{address(span.bottom, span.right)}"
            for position, column, _ in cells:
                self.positions.setdefault(column, set()).add(position)
                if (data[position], column) != anchor:
                    self.covered.add((data[position], column))

        positions = {row: position for position, row in enumerate(data)} if grid.sheet.struck else {}
        for row, column in grid.sheet.struck:
            if row in positions:
                self.positions.setdefault(column, set()).add(positions[row])

    @staticmethod
    def _cells(span: Merge, plan: Plan) -> Iterator[tuple[int, int, dict[str, str]]]:
        """Value cells within the span: position of the data row, column, and what its heading says."""
        data = plan.block.data
        for value in plan.values:
            if span.left <= value.index <= span.right:
                for position in range(bisect_left(data, span.top), bisect_right(data, span.bottom)):
                    yield position, value.index, value.meaning
