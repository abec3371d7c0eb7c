"""Totals below the last of several tables that run over all of them, not only over the table above."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from measures.importing.vocabulary import COUNTRY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measures.importing.results import ComparedTotal, FigureRow
    from measures.importing.rows.table_rows import TableRows


def settle_grand_totals(read: list[tuple[int, TableRows]]) -> None:
    """Take a total that differs from its own table as agreed if it is the sum of the tables up to it.

    First those of its sheet are tried, then those of the whole file.
    """
    if not any(_may_run_over_several(total) for _sheet, table in read for total in table.control_totals):
        return
    of_sheets: dict[int, SumsSoFar] = defaultdict(SumsSoFar)
    of_file = SumsSoFar()
    for sheet, table in read:
        several = (of_sheets[sheet], of_file)
        for sums in several:
            sums.add(table.rows)
        for number, total in enumerate(table.control_totals):
            if not _may_run_over_several(total):
                continue
            found = (sums.of(total) for sums in several if sums.tables > 1)
            agreed = next((each for each in found if each is not None and _agrees(total, each)), None)
            if agreed is not None:
                table.control_totals[number] = total._replace(sum=agreed, ok=True)
                table.problems = [
                    problem
                    for problem in table.problems
                    if problem[2].code != "control_total_differs" or problem[2].cell != total.cell
                ]


class SumsSoFar:
    """What the figures of the tables up to one add up to; None where one of them has no value."""

    def __init__(self) -> None:
        self.tables = 0
        self._sums: dict[tuple[str, int | None, str, str], Decimal | None] = {}

    def add(self, rows: Iterable[FigureRow]) -> None:
        self.tables += 1
        for row in rows:
            key = (row.indicator, row.year, row.occupation, row.target_group)
            before = self._sums.get(key, Decimal(0))
            value = None if row.held else row.value
            self._sums[key] = None if before is None or value is None else before + value

    def of(self, total: ComparedTotal) -> Decimal | None:
        key = (total.indicator, total.year, total.occupation, total.target_group)
        return self._sums.get(key, Decimal(0))


def _may_run_over_several(total: ComparedTotal) -> bool:
    return total.ok is False and not total.organisation and total.region in ("", COUNTRY)


def _agrees(total: ComparedTotal, found: Decimal) -> bool:
    return abs(found - total.stated) <= total.tolerance
