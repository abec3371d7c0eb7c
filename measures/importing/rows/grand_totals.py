"""Totals below the last of several tables that run over all of them, not only over the table above."""

from __future__ import annotations

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
    for place, (sheet, table) in enumerate(read):
        of_sheet = [other.rows for number, other in read[: place + 1] if number == sheet]
        of_file = [other.rows for _, other in read[: place + 1]]
        for number, total in enumerate(table.control_totals):
            if total.ok is not False or total.organisation or total.region not in ("", COUNTRY):
                continue
            sums = (_sum_for(total, rows) for rows in (of_sheet, of_file) if len(rows) > 1)
            agreed = next((each for each in sums if each is not None and _agrees(total, each)), None)
            if agreed is not None:
                table.control_totals[number] = total._replace(sum=agreed, ok=True)
                table.problems = [
                    problem
                    for problem in table.problems
                    if problem[2].code != "control_total_differs" or problem[2].cell != total.cell
                ]


def _agrees(total: ComparedTotal, found: Decimal) -> bool:
    return abs(found - total.stated) <= total.tolerance


def _sum_for(total: ComparedTotal, tables: Iterable[list[FigureRow]]) -> Decimal | None:
    """What the figures add up to that a total is of; None if one of them has no value."""
    values = [
        None if row.held else row.value
        for rows in tables
        for row in rows
        if (row.indicator, row.year, row.occupation, row.target_group)
        == (total.indicator, total.year, total.occupation, total.target_group)
    ]
    return None if None in values else sum((value for value in values if value is not None), Decimal(0))
