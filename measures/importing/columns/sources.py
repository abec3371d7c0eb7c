"""The texts that stand around a table: the name of its sheet and its titles, each in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from measures.importing.addresses import address, place_of
from measures.importing.columns.constants import year_in
from measures.importing.layout.grid import is_date, shown
from measures.importing.text import wording
from measures.importing.text.folding import fold, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from measures.importing.columns.plan import Plan
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.text.wording import Part

_NUMBERED_SHEET = re.compile(r"meldung (\d|[^\W\d_mwd])", re.IGNORECASE)

_SPEAKS_OF_ALL = re.compile(
    r"(?:(?:hinweis|anmerkung|anm\.|note)\s*:?\s*)?(?:alle|die|sämtliche|all|the)?\s*"
    r"(?:angaben|werte|zahlen|values|figures|numbers)\b",
    re.IGNORECASE,
)


class Source(NamedTuple):
    """A text that stands around the table, and where: ``cell`` is empty for the name of the sheet."""

    text: str
    cell: str
    parts: list[Part]


def sources_of(plan: Plan, grid: SheetGrid, known: frozenset[str]) -> list[Source]:
    """The name of the sheet, then the titles of the table; ``known``: more words that say nothing."""
    block = plan.block
    found = [(grid.sheet.name, "")]
    titles = {
        tidy(shown(value)): address(row, column)
        for row in block.title_rows
        for column, value in grid.filled(row)
        if value is not None
    }
    found += titles.items() if titles else ((line, "") for line in block.titles)
    if not titles:
        found += ((line, "") for line in block.shared if line not in block.titles)
    return [
        Source(text, cell, wording.parts_of(text, grid.names, known | _number_of_sheet(text, cell)))
        for text, cell in found
        if text and not is_date(text)
    ]


def _number_of_sheet(text: str, cell: str) -> frozenset[str]:
    """The ``2`` of a sheet called ``Meldung 2``: it says nothing."""
    found = None if cell else _NUMBERED_SHEET.fullmatch(text)
    return frozenset({fold(found[1]) or found[1]} if found else ())


def remarks_on_all(plan: Plan, grid: SheetGrid) -> list[Source]:
    """Notes below that speak of all values (``Angaben in Tausend``), and comments on headings."""
    block = plan.block
    notes = [
        Source(text, address(row, column), [])
        for row in block.note_rows
        for column, value in grid.filled(row)
        if value is not None and _SPEAKS_OF_ALL.match(text := tidy(shown(value)))
    ]
    above = {*block.header, *block.title_rows}
    return notes + [
        Source(tidy(text), address(row, column), [])
        for (row, column), text in grid.sheet.comments.items()
        if row in above and (row not in block.header or grid.left <= column < grid.right)
    ]


def years_differing(
    sources: list[Source], grid: SheetGrid, kinds: set[str], stated: int
) -> Iterator[tuple[str, str]]:
    """Where titles give an indicator another year than the one ``stated`` by headings or rows, and both.

    ``Plätze EQ 2016`` over a column of 2015: a year beside an indicator is that of its figures.
    """
    titles = [
        source
        for source in sources
        if any(part.kind == wording.INDICATOR for part in source.parts)
        and not (source.cell and len(list(grid.filled(place_of(source.cell)[0]))) > 1)
    ]
    years = year_in([source.text for source in titles], grid.names, kinds)
    if years and stated not in years:
        yield titles[0].cell, f"{stated} / {', '.join(map(str, sorted(years)))}"
