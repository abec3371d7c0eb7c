"""The texts that stand around a table: the name of its sheet and its titles, each in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from measures.importing.addresses import address, column_letters, place_of
from measures.importing.columns.constants import factor_in, year_in
from measures.importing.layout.grid import OF_LAST_YEAR, is_date, shown
from measures.importing.text import lexicon, wording
from measures.importing.text.folding import fold, tidy
from measures.importing.text.footnotes import restricts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from measures.importing.columns.facts import Facts
    from measures.importing.columns.plan import Plan
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.text.wording import Part

_NUMBERED_SHEET = re.compile(r"meldung (\d|[^\W\d_mwd])", re.IGNORECASE)

_HOLDING = (wording.NARROWING, wording.FACTOR, wording.PERIOD, wording.TARGET_GROUP)
_MAY_NARROW = ("target_group", "occupation", "occupation_label", "year", "note", "quality", "key")
"""Roles of columns whose headings name what their rows differ in."""
_SHORT = 5
"""Words of a remark that says one thing: ``Alle Angaben in Prozent``."""
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
        text: address(row, column) for row in block.title_rows for column, text in _texts_of_row(grid, row)
    }
    found += titles.items() if titles else ((line, "") for line in block.titles)
    if not titles:
        found += ((line, "") for line in block.shared if line not in block.titles)
    return [
        Source(text, cell, wording.parts_of(text, grid.names, known | _number_of_sheet(text, cell)))
        for text, cell in found
        if text and not is_date(text)
    ] + list(_headings_of_labels(plan, grid, known))


def _headings_of_labels(plan: Plan, grid: SheetGrid, known: frozenset[str]) -> Iterator[Source]:
    """Headings of columns of labels that hold for the values: ``Kammer (in Tsd.)``, ``IHK (nur Frauen)``."""
    for role, index in plan.roles.items():
        column = next((each for each in plan.table.columns if each.letter == column_letters(index)), None)
        if column is None or role in _MAY_NARROW:
            continue
        parts = [
            part
            for part in wording.parts_of(column.header, grid.names, known)
            if part.kind in _HOLDING or fold(part.text) in OF_LAST_YEAR
        ]
        if parts:
            yield Source(column.header, address(plan.block.header[-1], index), parts)


def _texts_of_row(grid: SheetGrid, row: int) -> list[tuple[int, str]]:
    """A row's texts; what follows a key such as ``Bearbeiter:`` is about the sheet of paper as the key is."""
    texts = [(column, tidy(shown(value))) for column, value in grid.filled(row) if value is not None]
    if len(texts) > 1 and wording.is_aside(texts[0][1]) and _is_key(texts[0][1]):
        return texts[:1]
    return texts


def _is_key(text: str) -> bool:
    """``Bearbeiter:``, and ``Ansprechpartner`` in a cell of its own."""
    return text.endswith(":") or fold(text) in lexicon.words("aside_lines")


def _number_of_sheet(text: str, cell: str) -> frozenset[str]:
    """The ``2`` of a sheet called ``Meldung 2``: it says nothing."""
    found = None if cell else _NUMBERED_SHEET.fullmatch(text)
    return frozenset({fold(found[1]) or found[1]} if found else ())


def restricting_remarks(plan: Plan, grid: SheetGrid, facts: Facts, kinds: set[str]) -> Iterator[Source]:
    """Remarks on the whole table that change what its values are: a part of the year, a group, a factor."""
    multiplied = "factor" in plan.found_constants or any(value.heading.factor != 1 for value in plan.values)
    years = facts.years | {int(plan.constants["year"])} if "year" in plan.constants else facts.years
    groups = facts.target_groups | {plan.constants.get("target_group", "")}
    for remark in _remarks_on_all(plan, grid):
        named = {code for part in remark.parts if part.kind == wording.TARGET_GROUP for code in part.codes}
        is_short = len(remark.text.split()) <= _SHORT and "gewähr" not in remark.text.casefold()
        is_narrowed = is_short and any(part.kind == wording.NARROWING for part in remark.parts)
        is_factor = factor_in([remark.text])[0] != 1 and not multiplied
        if (
            is_narrowed
            or is_factor
            or named - groups
            or any(restricts(remark.text, year, kind) for year in years for kind in kinds)
        ):
            yield remark


def _remarks_on_all(plan: Plan, grid: SheetGrid) -> Iterator[Source]:
    """Notes below that speak of all values (``Angaben in Tausend``), and comments on headings."""
    block = plan.block
    found = {
        (row, column): text
        for row in block.note_rows
        for column, value in grid.filled(row)
        if value is not None and _SPEAKS_OF_ALL.match(text := tidy(shown(value)))
    }
    above = {*block.header, *block.title_rows}
    for place, text in grid.sheet.comments.items():
        if place[0] in above and (place[0] not in block.header or grid.left <= place[1] < grid.right):
            found[place] = tidy(text)
    for place, text in found.items():
        yield Source(text, address(*place), wording.parts_of(text, grid.names))


def years_differing(
    sources: list[Source], grid: SheetGrid, kinds: set[str], plan: Plan, facts: Facts
) -> Iterator[tuple[str, str]]:
    """Where a title has another year than headings, rows or the other titles, and both years.

    ``Plätze EQ 2016`` over a column of 2015: a year beside an indicator is that of its figures. A line that
    is nothing but a year is that of the table.
    """
    stated = facts.years or {int(year) for year in [plan.constants.get("year", "")] if year}
    if len(stated) != 1 or (facts.years and "year" in plan.constants):
        return
    for source in sources:
        kinds_of_parts = {part.kind for part in source.parts}
        row = place_of(source.cell)[0] if source.cell else -1
        is_alone = row in (-1, *plan.block.header) or len(list(grid.filled(row))) == 1
        names_figures = facts.years and wording.INDICATOR in kinds_of_parts
        if is_alone and (names_figures or (source.cell and kinds_of_parts == {wording.PERIOD})):
            years = year_in([source.text], grid.names, kinds)
            if years and not years & stated:
                yield source.cell, " / ".join(map(str, sorted(years | stated)))
                return
