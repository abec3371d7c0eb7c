"""Remarks, footnotes and comments that make of a value something else than the figure it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from measures.importing.addresses import place_of
from measures.importing.problems import Problem
from measures.importing.text.folding import tidy
from measures.importing.text.footnotes import restricts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from measures.importing.results import FigureRow
    from measures.importing.vocabulary import IndicatorTerm


def restricting_remarks(
    rows: Sequence[FigureRow],
    indicators: Mapping[str, IndicatorTerm],
    comments: Mapping[tuple[int, int], str],
) -> Iterator[tuple[int, int, Problem]]:
    """A query for each value of which a remark says that it is of a part of the year, of some, or planned."""
    known: dict[tuple[str, str, int], bool] = {}
    for row in rows:
        if row.held or row.value is None or not (row.note or comments):
            continue
        place = place_of(row.cell)
        for remark in filter(None, (row.note, tidy(comments.get(place, "")))):
            key = (remark, row.indicator, row.year)
            if key not in known:
                known[key] = restricts(remark, row.year, indicators[row.indicator].period)
            if known[key]:
                yield (*place, Problem("remark_restricts", row.sheet, row.cell, remark))
                break
