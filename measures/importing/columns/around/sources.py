"""The texts that stand around a table: the name of its sheet and its titles, each in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from measures.importing.addresses import address, place_of
from measures.importing.columns.around.facts import is_part_of_indicator
from measures.importing.columns.constants import year_in
from measures.importing.layout import letterheads
from measures.importing.layout.grid import is_date, shown
from measures.importing.text import lexicon, wording
from measures.importing.text.folding import fold, tidy
from measures.importing.text.letters import choosing
from measures.importing.text.letters.contacts import is_key_of_number
from measures.importing.text.neutral.counted_by import with_counted_by
from measures.importing.text.neutral.places import with_neutral_words
from measures.importing.text.neutral.stretches import with_asides

if TYPE_CHECKING:
    from collections.abc import Iterator

    from measures.importing.columns.around.facts import Facts
    from measures.importing.columns.plan import Plan
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.text.names import NameIndex
    from measures.importing.text.wording import Part

_KEY_AND_VALUE = 2
_STREET = re.compile(r"[A-ZÄÖÜ][\w.-]*(?: [\w.-]+){0,4} \d{1,4}(?:\s?[a-z])?(?:\s?[-–/]\s?\d{1,4})?")
_TOWN = re.compile(r"(?:D-)?\d{5} [A-ZÄÖÜ][^\d]*")
_REFERENCE_DAY = frozenset(
    ("stichtag", "bezugstag", "erhebungsstichtag", "zum", "per", "reference date", "as of")
)
_DENYING = frozenset(
    ("nicht", "mehr", "ohne", "ausser", "kein", "keine", "keinen", "not", "without", "except")
)
_JOINED = r"(?:[,/&+]|\b(?:und|sowie|and)\b)"
_NAMED_BESIDE = re.compile(rf"{_JOINED}\s*(?:zu\s+|zum\s+|zur\s+)?$")
_NAMED_BEFORE = re.compile(rf"\s*{_JOINED}")
_NUMBERED_SHEET = re.compile(r"meldung (\d|[^\W\d_mwd])", re.IGNORECASE)


class Source(NamedTuple):
    """A text that stands around the table, and where: ``cell`` is empty for the name of the sheet."""

    text: str
    cell: str
    parts: list[Part]


def sources_of(
    plan: Plan, grid: SheetGrid, known: frozenset[str], beside: frozenset[str] = frozenset()
) -> list[Source]:
    """The name of the sheet, then the titles of the table; ``known``: more words that say nothing.

    ``beside``: the indicators of other tables of the sheet.
    """
    block = plan.block
    found = [(grid.sheet.name, "")]
    numbers = letterheads.rows_of_numbers(grid, block.title_rows)
    titles = {
        text: address(row, column)
        for row in block.title_rows
        if row not in numbers
        for column, text in _texts_of_row(grid, row)
    }
    found += titles.items() if titles else ((line, "") for line in block.titles)
    if not titles:
        found += ((line, "") for line in block.shared if line not in block.titles)
    sources = [
        Source(text, cell, _parts(text, grid, known | _number_of_sheet(text, cell)))
        for text, cell in found
        if text and not (cell and _is_street(grid, text, cell))
    ]
    within = letterheads.rows_within(grid, block.title_rows)
    senders = {place_of(each.cell)[0] for each in sources if each.cell and _is_sender(each)}
    placed = [_with_place(each, within, senders) for each in sources]
    return [_without_table_beside(each, beside, grid.names) for each in placed]


def _with_place(source: Source, within: set[int], senders: set[int]) -> Source:
    """The words of a line in view of the lines around it."""
    row = place_of(source.cell)[0] if source.cell else -1
    if row in within:
        return source._replace(parts=letterheads.as_of_letterhead(source.text, source.parts))
    return source._replace(parts=letterheads.as_of_department(source.parts)) if row - 1 in senders else source


def _is_sender(source: Source) -> bool:
    """Whether a line is the name of an organisation and nothing else."""
    return [part.kind for part in source.parts] == [wording.ORGANISATION]


def _is_street(grid: SheetGrid, text: str, cell: str) -> bool:
    """``Theaterwall 32`` over ``26122 Oldenburg``, or beside it."""
    row, column = place_of(cell)
    beside = [(row + 1, column), (row, column + 1)]
    return (
        _STREET.fullmatch(text) is not None
        and not choosing.counts_from(text)
        and any(
            _TOWN.fullmatch(tidy(shown(grid.rows[line][place])))
            for line, place in beside
            if line < len(grid.rows) and place < grid.width
        )
    )


def _parts(text: str, grid: SheetGrid, known: frozenset[str]) -> list[Part]:
    line = tidy(text).replace("_", " ")
    parts = with_asides(line, wording.parts_of(text, grid.names, known))
    return with_counted_by(line, with_neutral_words(line, parts))


def _texts_of_row(grid: SheetGrid, row: int) -> list[tuple[int, str]]:
    texts = [(column, tidy(shown(value))) for column, value in grid.filled(row) if value is not None]
    return with_keys_joined(texts)


def with_keys_joined(texts: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """A row's texts by column; what follows a key is one line with it: ``Bearbeiter:``, ``Land``."""
    is_about_paper = wording.is_aside(texts[0][1]) or is_key_of_number(texts[0][1]) if texts else False
    if len(texts) > 1 and is_about_paper and _is_key(texts[0][1]):
        return [(texts[0][0], " ".join(text for _, text in texts))]
    if len(texts) == _KEY_AND_VALUE and fold(texts[0][1]) in ("land", "bundesland"):
        return [(texts[0][0], f"{texts[0][1].rstrip(':')}: {texts[1][1]}")]
    if len(texts) == _KEY_AND_VALUE and _is_dated(texts[0][1]) and is_date(texts[1][1]):
        return [(texts[0][0], f"{texts[0][1].rstrip(':')}: {texts[1][1]}")]
    return texts


def _is_key(text: str) -> bool:
    """``Bearbeiter:``, and ``Ansprechpartner`` in a cell of its own."""
    return text.endswith(":") or fold(text) in lexicon.words("aside_lines")


def _is_dated(text: str) -> bool:
    """``Stand`` and ``Stichtag``: what follows may be the day of the figures."""
    return fold(text) in _REFERENCE_DAY or fold(text) in lexicon.words("dated")


def _number_of_sheet(text: str, cell: str) -> frozenset[str]:
    """The ``2`` of a sheet called ``Meldung 2``: it says nothing."""
    found = None if cell else _NUMBERED_SHEET.fullmatch(text)
    return frozenset({fold(found[1]) or found[1]} if found else ())


def groups_named(source: Source) -> list[Part]:
    """The target groups that a text names and does not deny: ``ohne Geflüchtete`` is not of them."""
    parts = source.parts
    return [
        part
        for place, part in enumerate(parts)
        if part.kind == wording.TARGET_GROUP
        and not (place and _DENYING & set(fold(parts[place - 1].text).split()))
    ]


def _without_table_beside(source: Source, beside: frozenset[str], names: NameIndex) -> Source:
    """A text in which the subject of another table says nothing: ``EQ und Praktika`` over both."""
    text = source.text
    parts = [
        part._replace(kind=wording.SILENT, codes=())
        if part.kind in (wording.UNKNOWN, wording.INDICATOR)
        and (_NAMED_BESIDE.search(text[: part.start]) or _NAMED_BEFORE.match(text[part.end :]))
        and _is_about(part, beside, names)
        else part
        for part in source.parts
    ]
    return source._replace(parts=parts)


def _is_about(part: Part, codes: frozenset[str], names: NameIndex) -> bool:
    return any({code} == set(part.codes) or is_part_of_indicator(part.text, {code}, names) for code in codes)


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
