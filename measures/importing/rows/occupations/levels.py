"""One statement is broken down at one level of occupations; rows of another are held."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from measures.importing.addresses import address, place_of
from measures.importing.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measures.importing.columns.plan import Label
    from measures.importing.rows.table_rows import TableRows


def has_several_levels(cells: Iterable[Label]) -> bool:
    """Whether the codes differ in their number of digits."""
    return len({len(cell.code) for cell in cells if cell.code.isdigit()}) > 1


def hold_other_levels(out: TableRows, sheet: str, at: int) -> None:
    """Keep the level most rows of a statement have; reported once a row, in the column ``at``."""
    levels: dict[Any, Counter[int]] = defaultdict(Counter)
    for row in out.rows:
        if row.occupation.isdigit():
            levels[row[:3]][len(row.occupation)] += 1
    usual = {item: counts.most_common(1)[0][0] for item, counts in levels.items()}
    reported: set[int] = set()
    for index, row in enumerate(out.rows):
        code = row.occupation
        if not code.isdigit() or len(code) == usual[row[:3]]:
            continue
        out.rows[index] = row._replace(held=True)
        out.unreadable.add(index)
        line, _ = place_of(row.cell)
        if line not in reported:
            reported.add(line)
            params = (("digits", str(usual[row[:3]])),)
            problem = Problem("occupation_level", sheet, address(line, at), code, params)
            out.problems.append((line, at, problem))
