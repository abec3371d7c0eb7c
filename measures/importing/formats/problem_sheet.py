"""The sheet of problems that the portal puts into a workbook it hands back, and how it is known again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

SIGN = "alliance-portal:problems:1"
"""Stands in the sheet's first row, in a hidden column."""

_ROWS_SEARCHED = 5


def is_problem_sheet(rows: Sequence[Sequence[Any]]) -> bool:
    return any(SIGN in row for row in rows[:_ROWS_SEARCHED])
