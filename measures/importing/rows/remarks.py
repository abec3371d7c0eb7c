"""Remarks, footnotes and comments that make of a value something else than the figure it stands for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.addresses import place_of
from measures.importing.columns.around.named_years import year_of_other_kind
from measures.importing.problems import Problem
from measures.importing.text.folding import tidy
from measures.importing.text.quality import quality_in
from measures.importing.text.terms.restrictions import leaves_out, names_some, restricts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from measures.importing.results import FigureRow
    from measures.importing.text.names import NameIndex


_MOST_SENTENCES = 3
_GOES_ON = re.compile(
    r"(?:\b(?:als|sind|ist|war|waren|wird|werden|wurden?|hat|haben|mit|der|die|das|des|den|dem|und|oder|von|vom|in|im|"
    r"für|nur|ohne|bei|aus|auf|zu|zum|zur|nicht|alle|than|are|is|with|the|and|or|of|in|for|only|not)|[,–-])$"
)
"""How a line ends that the next one goes on."""
_NOT_ESTIMATED = re.compile(r"\b(?:nicht|keine?n?) (?:mehr )?(?:geschätzt|schätz|vorläufig)", re.IGNORECASE)


def with_quality_of_remarks(
    rows: list[FigureRow], comments: Mapping[tuple[int, int], str], quality: str
) -> list[FigureRow]:
    """The rows, with the quality a remark or a comment says theirs is (``geschätzt``).

    ``quality`` is that of figures of which nothing else is known.
    """
    if not comments and not any(row.note for row in rows):
        return rows
    known: dict[str, str] = {}
    made = []
    for row in rows:
        found = ""
        texts = (row.note, tidy(comments.get(place_of(row.cell), "")) if comments else "")
        for text in filter(None, texts) if row.quality == quality and row.value is not None else ():
            if text not in known:
                known[text] = "" if _NOT_ESTIMATED.search(text) else quality_in(text)
            found = found or known[text]
        made.append(row._replace(quality=found) if found else row)
    return made


def with_quality_of_notes(rows: list[FigureRow], status: Mapping[tuple[str, int], str]) -> list[FigureRow]:
    """The rows, with the quality that notes give to their indicator and year, if nothing else is known.

    An empty code or year stands for all of them; what is stated of one indicator or year alone goes first.
    """
    if not status:
        return rows

    def quality_of(row: FigureRow) -> str:
        keys = ((row.indicator, row.year), (row.indicator, 0), ("", row.year), ("", 0))
        return next((status[key] for key in keys if key in status), "")

    return [
        row._replace(quality=quality_of(row) or row.quality)
        if row.quality == "final" and row.value is not None
        else row
        for row in rows
    ]


def restricting_remarks(
    rows: Sequence[FigureRow],
    names: NameIndex,
    comments: Mapping[tuple[int, int], str],
    footnotes: Mapping[str, str],
) -> Iterator[tuple[int, int, Problem]]:
    """A query for each value of which a remark says that it is of a part of the year, of some, or planned.

    What the text of a mark leaves out (``1) ohne Bremerhaven``) its author knew of.
    """
    known: dict[tuple[str, str, int], bool] = {}
    sentences = list(dict.fromkeys(_sentences(rows).values()))[:_MOST_SENTENCES]
    for row in rows:
        if row.held or row.value is None or not (row.note or comments or sentences):
            continue
        place = place_of(row.cell)
        remarks = row.note, *sentences, tidy(comments.get(place, ""))
        for remark in filter(None, remarks):
            key = (remark, row.indicator, row.year)
            if key not in known:
                own = remark
                for text in footnotes.values():
                    own = own.replace(text, "")
                term = names.indicators[row.indicator]
                known[key] = (
                    restricts(remark, row.year, term)
                    or leaves_out(own)
                    or names_some(remark, names)
                    or bool(year_of_other_kind(remark, {term.period}))
                )
            if known[key]:
                yield (*place, Problem("remark_restricts", row.sheet, row.cell, remark))
                break


def _sentences(rows: Sequence[FigureRow]) -> dict[int, str]:
    """By its row, the whole of what goes on from remark to remark.

    A sentence written over several rows is about the table, not about these rows.
    """
    notes = {place_of(row.cell)[0]: row.note for row in rows if row.note}
    found: dict[int, str] = {}
    for number in sorted(notes):
        before = notes.get(number - 1, "")
        if before and notes[number] != before and _GOES_ON.search(before):
            whole = f"{found.get(number - 1, before)} {notes[number]}"
            found.update(dict.fromkeys(_rows_of(found, number), whole))
    return found


def _rows_of(found: dict[int, str], number: int) -> Iterator[int]:
    """The row, and those above it whose sentence it goes on."""
    yield number
    row = number - 1
    yield row
    while found.get(row) and found.get(row - 1) == found[row]:
        row -= 1
        yield row
