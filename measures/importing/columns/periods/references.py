"""Columns that say of each row which period or day its figures are of: ``Kalenderjahr``, ``30.09.``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.layout.grid import is_date
from measures.importing.text.folding import fold, tidy
from measures.importing.text.periods import (
    CALENDAR_YEAR,
    DAY,
    MARKET_YEAR,
    ON_30_SEPTEMBER,
    ON_31_DECEMBER,
    SCHOOL_YEAR,
    YEAR,
    covered,
    periods_in,
    year_meant,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measures.importing.layout.blocks import Block
    from measures.importing.layout.grid import SheetGrid

_ANY_YEAR = 2016
_KINDS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (
        re.compile(r"(?:im )?(?:kalenderjahr|ganzes jahr|calendar year)(?: (?:19|20)\d{2})?"),
        frozenset((CALENDAR_YEAR, ON_31_DECEMBER)),
    ),
    (
        re.compile(r"schuljahr(?: das im jahr endet)?(?: (?:19|20)\d{2}(?: \d{2,4})?)?"),
        frozenset((SCHOOL_YEAR,)),
    ),
    (re.compile(r"(?:am |zum )?jahresende"), frozenset((ON_31_DECEMBER,))),
    (re.compile(r"vermittlungsjahr"), frozenset((MARKET_YEAR, ON_30_SEPTEMBER))),
)
_BEFORE = re.compile(r"^(?:(?:am|zum|stichtag|jeweils|stand|ref)\s*:?\s*)+", re.IGNORECASE)


def names_reference(text: str) -> bool:
    """Whether a cell says nothing but a period or a day, and not a year alone."""
    bare = _BEFORE.sub("", tidy(text))
    if any(pattern.fullmatch(fold(bare)) for pattern, _ in _KINDS):
        return True
    periods = periods_in(bare)
    return len(periods) == 1 and periods[0].text.strip() == bare.strip() and periods[0].form != YEAR


def refers_to_periods(grid: SheetGrid, block: Block, column: int) -> bool:
    """Whether every cell of a column only says of which period or day its row is, and several say it."""
    texts = grid.texts([row for row in block.data if grid.rows[row][column] != ""], column)
    different = set(texts)
    return len(texts) > 1 and all(map(names_reference, different)) and not all(map(is_date, different))


def is_own_reference(text: str, kind: str, years: Iterable[int]) -> bool:
    """Whether a cell says the period, or its last day, that figures of an indicator are of anyway."""
    bare = _BEFORE.sub("", tidy(text))
    for pattern, kinds in _KINDS:
        if pattern.fullmatch(fold(bare)):
            stated = {int(year) for year in re.findall(r"(?:19|20)\d{2}", bare)}
            return kind in kinds and stated <= set(years)
    periods = periods_in(bare)
    if len(periods) != 1 or not kind:
        return False
    period = periods[0]
    if period.form == DAY and period.last is None:
        _, last = covered(kind, _ANY_YEAR)
        return period.months == (last.month, last.day)
    return year_meant(period, kind) in set(years)
