"""Rows that add up rows below them: compared with those, and never figures."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from measures.importing.addresses import address, place_of
from measures.importing.arithmetic.rounding import rounding_base, tolerance
from measures.importing.decisions import evidence
from measures.importing.problems import Problem
from measures.importing.rows.sums import SUM

if TYPE_CHECKING:
    from measures.importing.results import FigureRow
    from measures.importing.rows.dimensions import Dimensions
    from measures.importing.rows.table_rows import TableRows

_OF_SUBTOTALS = ("subtotal_not_kept", "subtotal_differs")


def settle_subtotals(out: TableRows, data: list[int], dimensions: Dimensions, base: int) -> None:
    """Take the subtotals out of a table's rows and compare them. ``data``: the table's rows of the sheet."""
    base = rounding_base(base, [row.value for row in out.rows if row.value is not None])
    lines: dict[int, dict[int, FigureRow]] = defaultdict(dict)
    for row in out.rows:
        line, column = place_of(row.cell)
        lines[line][column] = row
    computed = dimensions.computed.found
    for position, parts in dimensions.subtotals.items():
        line, label = data[position], dimensions.subtotal_label(position)
        is_sum = position not in computed or computed[position].operator == SUM
        for column, stated in lines[line].items() if is_sum else ():
            given = [part for place in parts if (part := lines[data[place]].get(column)) is not None]
            if problem := _difference(stated, given, len(parts), base):
                out.problems.append((line, column, problem))
        if lines[line]:
            sheet, cell = next(iter(lines[line].values())).sheet, address(line, label.column)
            if position in computed:
                rows = _ranges([data[part] + 1 for part in parts])
                reason = evidence("computed_from_rows", rows=rows, kind=computed[position].operator)
            else:
                code = "shorter_code" if position in dimensions.subtotals_by_code else "adds_rows_below"
                reason = evidence(code, found=label.found, count=len(parts))
            out.reasons.replace(line, reason)
            note = Problem("subtotal_not_kept", sheet, cell, label.found)
            out.problems.append((line, label.column, note))
    statistics = {data[position] for position, row in computed.items() if row.operator != SUM}
    sums = {data[position] for position in dimensions.subtotals}
    out.problems = [
        problem
        for problem in out.problems
        if (problem[0] not in statistics or problem[2].code in _OF_SUBTOTALS)
        and (problem[0] not in sums or problem[2].code != "dimension_missing")  # over years there is none
    ]
    out.problems += dimensions.computed.problems()
    out.subtotal_rows = frozenset(data[position] for position in dimensions.subtotals)
    out.rows = [row for row in out.rows if place_of(row.cell)[0] not in out.subtotal_rows]


def _ranges(rows: list[int]) -> str:
    """``2–5, 8``: rows in words, those that follow each other together."""
    runs: list[list[int]] = []
    for row in sorted(rows):
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _difference(stated: FigureRow, given: list[FigureRow], count: int, base: int) -> Problem | None:
    """None: they agree, or a part is absent and it cannot be told."""
    known = [part.value for part in given if part.value is not None and not part.held]
    if stated.value is None or stated.held or len(known) < count:
        return None
    total = sum(known)
    if abs(total - stated.value) <= tolerance(count, base):
        return None
    params = (("sum", str(total)),)
    return Problem("subtotal_differs", stated.sheet, stated.cell, str(stated.value), params)
