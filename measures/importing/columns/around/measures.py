"""Whether headings are of the placing after 30 September: their words alone may be of any other placing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.layout.grid import shown
from measures.importing.text.folding import fold, tidy
from measures.importing.text.periods import DAY, ON_30_SEPTEMBER
from measures.importing.text.terms.concepts import concepts_of
from measures.importing.text.terms.statements import DAY_IN_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measures.importing.columns.plan import Plan, ValueColumn
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.vocabulary import IndicatorTerm

_PLACING = "matching"
_SHORT_FORM = re.compile(r"[A-ZÄÖÜ]{2,3}")
_OF_MARKET = re.compile(
    r"\b(?:ausbildungs(?:stellen|platz)?|lehrstellen)(?:markt|bilanz)|\b(?:berufs)?ausbildungs(?:stellen|plätze)\b",
    re.IGNORECASE,
)
_FEWEST_UNKNOWN = 2


def is_of_placing(term: IndicatorTerm | None) -> bool:
    """Whether the indicator belongs to the measure of placing after 30 September."""
    return term is not None and any(_PLACING in concepts_of(name) for name in term.measure)


def names_placing(texts: Iterable[str]) -> bool:
    return any(_PLACING in concepts_of(text) for text in texts)


def texts_around(plan: Plan, grid: SheetGrid) -> list[str]:
    """The sheet's name, the titles, the headings between the rows, of the columns, and the labels."""
    block = plan.block
    columns = {*plan.roles.values(), *(value.index for value in plan.values)}
    labels = {grid.rows[row][plan.roles["indicator"]] for row in block.data if "indicator" in plan.roles}
    headings = {grid.rows[row][column] for row in block.header for column in columns}
    others = {value for _, value in block.sections} | labels | headings
    return [grid.sheet.name, *block.titles, *block.shared, *(tidy(shown(value)) for value in others)]


def lacks_its_measure(value: ValueColumn, plan: Plan, grid: SheetGrid, texts: list[str]) -> bool:
    """``Erschienene``, ``In EQ vermittelt``: of what, if nothing around names the placing.

    The catalogue's own names are taken by their word; ``Unbesetzte Stellen`` on the market of training are
    places of training.
    """
    code = value.heading.meaning.get("indicator", "")
    term = grid.names.indicators.get(code)
    if term is None or not is_of_placing(term) or names_placing(texts):
        return False
    if term.period == ON_30_SEPTEMBER and any(map(_OF_MARKET.search, texts)):
        return False
    return not _has_own_name(value, plan, grid, term)


def _states_name(text: str, term: IndicatorTerm) -> bool:
    """Whether a heading says what a name of the catalogue does, however it writes the day."""
    stated = concepts_of(DAY_IN_NAME.sub(" ", fold(text)))
    return any(stated == concepts_of(DAY_IN_NAME.sub(" ", fold(name))) for name in term.names)


def _is_on_its_day(value: ValueColumn) -> bool:
    """``unbesetzt am 30.09.2017``: what is open on this day is what the placing begins with."""
    period = value.heading.period
    if period is None or period.form != DAY:
        return False
    on = (period.last.month, period.last.day) if period.last else period.months
    return on == (9, 30)


def _has_own_name(value: ValueColumn, plan: Plan, grid: SheetGrid, term: IndicatorTerm) -> bool:
    own = {fold(name) for name in (term.code, *term.names)}
    parts = [tidy(shown(grid.spanned(row, value.index))) for row in plan.block.header]
    written = fold(value.heading.text)
    if term.period == ON_30_SEPTEMBER and (
        any(_states_name(part, term) for part in parts if part) or _is_on_its_day(value)
    ):
        return True
    return any(fold(part) in own for part in parts if part) or any(name in written for name in own)


def is_lone_short_form(value: ValueColumn, plan: Plan) -> bool:
    """``EQ`` between ``ABP``, ``WL`` and others nobody knows: short forms of somebody's own."""
    understood = [other for other in plan.values if not other.is_unclear]
    unknown = len(plan.values) - len(understood)
    return (
        unknown >= _FEWEST_UNKNOWN > len(understood) and _SHORT_FORM.fullmatch(value.heading.text) is not None
    )
