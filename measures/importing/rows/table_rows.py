"""What the rows of one table yield, before tables are compared with each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from measures.importing.addresses import place_of
from measures.importing.decisions import RowEvidence

if TYPE_CHECKING:
    from measures.importing.columns.plan import ValueColumn
    from measures.importing.problems import Problem, Question
    from measures.importing.results import ComparedTotal, FigureRow


@dataclass(slots=True)
class TableRows:
    """Rows in reading order; problems with their row and column, for what compares across tables."""

    rows: list[FigureRow] = field(default_factory=list)
    unreadable: set[int] = field(default_factory=set)
    """Positions of rows that cannot be placed or read: they repeat nothing and are part of nothing."""
    problems: list[tuple[int, int, Problem]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    control_totals: list[ComparedTotal] = field(default_factory=list)
    subtotal_rows: frozenset[int] = frozenset()
    totals_by_row: set[int] = field(default_factory=set)
    """Rows of the sheet whose labels make them totals, whatever their columns are about."""
    reasons: RowEvidence = field(default_factory=RowEvidence)
    """Why rows were taken for totals, and what is in doubt in the others."""

    def leave_out(self, offsets: set[int], values: list[ValueColumn]) -> None:
        """Take nothing from the columns at these offsets of the table: a question about them is open."""
        columns = {value.index for value in values if value.offset in offsets}
        if not columns:
            return
        kept = [place for place, row in enumerate(self.rows) if place_of(row.cell)[1] not in columns]
        self.unreadable = {new for new, old in enumerate(kept) if old in self.unreadable}
        self.rows = [self.rows[place] for place in kept]
        self.problems = [each for each in self.problems if each[1] not in columns]
