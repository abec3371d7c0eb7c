"""What an edition prints of each protected indicator and year, read from its frozen data."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import product

from reporting.disclosure.cells import CellKey
from reporting.enums import ScopeKind
from reporting.frozen.schema import Amount, AmountState, IndicatorData, ScopeData, SnapshotData

Key = tuple[str, int]
"""An indicator's code and a year."""


@dataclass(slots=True)
class PrintedTables:
    """An indicator's tables for one year in an edition. Cells in ``nobody`` print why there is no value.

    ``reported``: how many organisations gave a value, printed or withheld. ``not_applicable``: how many
    said that there is nothing to count, where others gave a value or all said so.

    ``is_public``: the edition was protected. Older ones are read by those alone who are signed in.
    """

    values: dict[CellKey, Decimal] = field(default_factory=dict)
    withheld: set[CellKey] = field(default_factory=set)
    nobody: set[CellKey] = field(default_factory=set)
    revised: set[CellKey] = field(default_factory=set)
    reported: dict[CellKey, int] = field(default_factory=dict)
    not_applicable: dict[CellKey, int] = field(default_factory=dict)
    may_be_negative: bool = False
    is_public: bool = True

    @property
    def cells(self) -> set[CellKey]:
        return {*self.values, *self.withheld}


def whole_of(scope: ScopeData | None) -> CellKey:
    """The cell that an edition calls the total."""
    if scope is None:
        return CellKey()
    return CellKey(region=scope.code) if scope.kind == ScopeKind.LAND else CellKey(umbrella=scope.code)


def protected_codes(snapshot: SnapshotData) -> set[str]:
    return {indicator.code for indicator in snapshot.indicators if indicator.is_protected}


def printed_tables(snapshot: SnapshotData, codes: Collection[str]) -> Mapping[Key, PrintedTables]:
    """Of the indicators of these codes."""
    is_public = snapshot.disclosure is not None
    found: dict[Key, PrintedTables] = defaultdict(lambda: PrintedTables(is_public=is_public))
    whole = whole_of(snapshot.scope)
    for indicator in snapshot.indicators:
        if indicator.code in codes:
            for year, cell, amount in amounts_of(indicator, whole):
                tables = found[indicator.code, year]
                tables.may_be_negative = indicator.may_be_negative
                _enter(tables, cell, amount)
            for figure in indicator.years:
                tables = found[indicator.code, figure.year]
                tables.nobody |= _not_crossed(indicator) - tables.cells
    for each in snapshot.disclosure.revised if snapshot.disclosure else ():
        if (each.indicator, each.year) in found:
            cell = CellKey(each.region, each.group, each.umbrella)
            found[each.indicator, each.year].revised.add(cell)
    return found


def amounts_of(indicator: IndicatorData, whole: CellKey) -> Iterator[tuple[int, CellKey, Amount]]:
    """Every amount of an indicator with its year and cell."""
    for position, figure in enumerate(indicator.years):
        yield figure.year, whole, figure.amount
        for land in indicator.lands:
            yield figure.year, replace(whole, region=land.code), land.amounts[position]
        for group in indicator.groups:
            yield figure.year, replace(whole, group=group.code), group.amounts[position]
        for umbrella in indicator.umbrellas:
            yield figure.year, replace(whole, umbrella=umbrella.code), umbrella.amounts[position]
        for crossed in indicator.crossed:
            yield (
                figure.year,
                CellKey(crossed.region, crossed.group, crossed.umbrella),
                crossed.amounts[position],
            )


def _not_crossed(indicator: IndicatorData) -> set[CellKey]:
    """Every cell of the crossed tables, where the edition has such."""
    if not indicator.crossed:
        return set()
    lands, groups, umbrellas = (
        [row.code for row in rows] for rows in (indicator.lands, indicator.groups, indicator.umbrellas)
    )
    return {
        *(CellKey(region=region, group=group) for region, group in product(lands, groups)),
        *(CellKey(region=region, umbrella=umbrella) for region, umbrella in product(lands, umbrellas)),
        *(CellKey(group=group, umbrella=umbrella) for group, umbrella in product(groups, umbrellas)),
    }


def not_applicable(amount: Amount) -> int:
    """How many organisations are known to have nothing to count. What is withheld does not say so."""
    if amount.state is AmountState.NOT_APPLICABLE:
        return amount.due
    if amount.value is None:
        return 0
    return sum(each.count for each in amount.absences if each.state is AmountState.NOT_APPLICABLE)


def _enter(tables: PrintedTables, cell: CellKey, amount: Amount) -> None:
    tables.reported[cell] = amount.reported
    tables.not_applicable[cell] = not_applicable(amount)
    if amount.state is AmountState.WITHHELD:
        tables.withheld.add(cell)
    elif amount.value is not None:
        tables.values[cell] = amount.value
    elif amount.state is not AmountState.NOT_SUMMED:  # its parts may have values, which are not added up
        tables.nobody.add(cell)
