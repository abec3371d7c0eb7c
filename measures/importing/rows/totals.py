"""Totals a file states, compared with the parts it gives. They are never figures."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from measures.importing.arithmetic.rounding import rounding_base, tolerance
from measures.importing.problems import Problem
from measures.importing.results import ComparedTotal
from measures.importing.text.terms.places import PARTS_OF_COUNTRY
from measures.importing.vocabulary import COUNTRY, TOTAL

if TYPE_CHECKING:
    from measures.importing.results import FigureRow
    from measures.importing.rows.placements import Placement
    from measures.importing.text.names import NameIndex


class FigurePart(NamedTuple):
    """A figure of the table as totals see it; ``value`` None: withheld, held or empty."""

    organisation: str
    region: str
    value: Decimal | None
    is_empty: bool = False


class StatedTotal(NamedTuple):
    """A total row's cell. Empty strings: the total runs over that dimension."""

    row: int
    column: int
    cell: str
    indicator: str
    year: int | None
    organisation: str
    region: str
    occupation: str
    target_group: str
    value: Decimal
    is_clear: bool = True


Slice = tuple[str, int, str, str]


class TotalsComparison:
    """Collects the totals and parts of one table and compares them at the end."""

    def __init__(self, sheet: str, names: NameIndex, base: int) -> None:
        self.sheet = sheet
        self.names = names
        self.base = base
        self.stated: list[StatedTotal] = []
        self.parts: dict[Slice, list[FigurePart]] = defaultdict(list)

    def add_part(
        self, target: Placement, region: str, value: Decimal | None, *, is_empty: bool = False
    ) -> None:
        key = (
            target.indicator.code,
            target.year_number,
            target.target_group.code or TOTAL,
            target.occupation.code or TOTAL,
        )
        self.parts[key].append(FigurePart(target.organisation.code, region, value, is_empty))

    def add_rows(self, rows: list[FigureRow]) -> None:
        for row in rows:
            self.parts[row.indicator, row.year, row.target_group, row.occupation].append(
                FigurePart(row.organisation, row.region, None if row.held else row.value)
            )

    def compare(self) -> tuple[list[ComparedTotal], list[Problem]]:
        totals, problems = [], []
        values = [part.value for parts in self.parts.values() for part in parts if part.value is not None]
        base = rounding_base(self.base, [*values, *(stated.value for stated in self.stated)])
        for stated in self.stated:
            total, ok, allowed = self._check(stated, base)
            totals.append(
                ComparedTotal(
                    self.sheet,
                    stated.cell,
                    stated.indicator,
                    stated.year,
                    stated.organisation,
                    stated.region,
                    stated.occupation,
                    stated.target_group,
                    stated.value,
                    total,
                    ok,
                    allowed,
                )
            )
            if ok is False:
                params = (("sum", str(total)),)
                problems.append(
                    Problem("control_total_differs", self.sheet, stated.cell, str(stated.value), params)
                )
            elif not stated.is_clear or (total is None and stated.region not in ("", COUNTRY)):
                problems.append(Problem("total_unclear", self.sheet, stated.cell, str(stated.value)))
        return totals, problems

    def _check(self, stated: StatedTotal, base: int) -> tuple[Decimal | None, bool | None, Decimal]:
        """The sum, whether it agrees, and by how much they may differ."""
        if not stated.is_clear or stated.year is None:
            return None, None, Decimal(0)
        key = (stated.indicator, stated.year, stated.target_group, stated.occupation)
        parts = [part for part in self.parts.get(key, ()) if self._is_part(part, stated)]
        known = [part.value for part in parts if part.value is not None]
        if not known:
            return None, None, Decimal(0)
        total = sum(known, Decimal(0))
        allowed = tolerance(len(parts), base)
        is_close = abs(total - stated.value) <= allowed
        if len(known) == len(parts):
            return total, is_close, allowed
        if is_close and all(part.is_empty for part in parts if part.value is None):
            return total, True, allowed
        indicator = self.names.indicators.get(stated.indicator)
        if indicator is not None and not indicator.negative and total - stated.value > allowed:
            return total, False, allowed
        return total, None, allowed

    def _is_part(self, part: FigurePart, stated: StatedTotal) -> bool:
        if stated.organisation:
            owner = self.names.organisations.get(part.organisation)
            is_member = owner is not None and owner.umbrella == stated.organisation
            if part.organisation != stated.organisation and not is_member:
                return False
        if not stated.region or stated.region == COUNTRY:
            return stated.region != COUNTRY or part.region != COUNTRY
        return part.region == stated.region or part.region in PARTS_OF_COUNTRY.get(stated.region, ())


def compare_occupations(rows: list[FigureRow], sheet: str, base: int) -> list[Problem]:
    """A chamber's own total over occupations is a statement; it should agree with its parts."""
    stated: dict[tuple[Any, ...], tuple[Decimal | None, str]] = {}
    parts: dict[tuple[Any, ...], list[Decimal | None]] = defaultdict(list)
    for row in rows:
        key = (row.indicator, row.year, row.organisation, row.region, row.target_group)
        value = None if row.held else row.value
        if row.occupation == TOTAL:
            stated[key] = (value, row.cell)
        else:
            parts[key].append(value)
    base = rounding_base(base, [row.value for row in rows if row.value is not None and not row.held])
    problems = []
    for key, (value, cell) in stated.items():
        given = parts.get(key)
        if value is None or not given or None in given:
            continue
        total = sum((part for part in given if part is not None), Decimal(0))
        if abs(total - value) > tolerance(len(given), base):
            problems.append(Problem("parts_differ", sheet, cell, str(value), (("sum", str(total)),)))
    return problems
