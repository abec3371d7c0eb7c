"""Columns that are not read, and yet can say that a value is of another place or day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from measures.importing.addresses import column_number
from measures.importing.layout.grid import shown
from measures.importing.text.folding import fold, split_marks, tidy
from measures.importing.text.periods import DAY, covered, periods_in
from measures.importing.text.years import parse_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from measures.importing.columns.plan import Plan
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.text.names import NameIndex

_PLACES = frozenset(("ort", "standort"))
_DATES = frozenset(("datum", "date"))
_OF_ADDRESSES = frozenset(
    ("plz", "postleitzahl", "strasse", "anschrift", "adresse", "postanschrift", "telefon", "tel", "e mail")
)


def asides_in_doubt(
    plan: Plan, grid: SheetGrid, years: set[int], kinds: set[str]
) -> Iterator[tuple[int, str, str]]:
    """The column, its heading and the first text that has to be asked about.

    A place that is in no name of its row's chamber may be the one place the value is of; beside an address
    it is where the chamber sits. A day before the end of the period says that its figures are not complete.
    """
    headings = {fold(column.header) for column in plan.table.columns}
    for column in plan.table.columns:
        if column.role != "ignore":
            continue
        at, heading = column_number(column.letter), fold(column.header)
        if heading in _PLACES and not headings & _OF_ADDRESSES:
            found = _first_other_place(plan, grid, at)
        elif heading in _DATES:
            found = _first_early_day(plan, grid, at, years, kinds)
        else:
            continue
        if found:
            yield at, column.header, found


def _first_other_place(plan: Plan, grid: SheetGrid, column: int) -> str:
    owners = plan.roles.get("organisation", -1)
    for row in plan.block.data:
        place = tidy(shown(grid.rows[row][column]))
        if owners < 0 or not place:
            continue
        label = split_marks(tidy(shown(grid.rows[row][owners])))[0]
        if label and not grid.names.is_total(label) and not _names_place(grid.names, label, place):
            return place
    return ""


def _names_place(names: NameIndex, label: str, place: str) -> bool:
    codes = {names.exact("organisation", f"{kind}{label}") for kind in ("", "IHK ", "HWK ")}
    known = [
        name for code in codes if code in names.organisations for name in names.organisations[code].names
    ]
    return any(f" {fold(place)} " in f" {fold(name)} " for name in (label, *known))


def _first_early_day(plan: Plan, grid: SheetGrid, column: int, years: set[int], kinds: set[str]) -> str:
    of_rows = plan.roles.get("year", -1)
    for row in plan.block.data:
        text = tidy(shown(grid.rows[row][column]))
        days = [period.last for period in periods_in(text) if period.form == DAY and period.last]
        year = parse_year(grid.rows[row][of_rows]) if of_rows >= 0 else None
        ends = [covered(kind, each)[1] for kind in kinds for each in ({year.year} if year else years)]
        if days and ends and days[0] < max(ends):
            return text
    return ""
