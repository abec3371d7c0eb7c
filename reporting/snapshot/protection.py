"""Which cells of a report are withheld, so that nobody can learn of one or two persons from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from measures.enums import TargetGroupKind
from measures.models import Indicator, TargetGroup
from reporting.aggregates.totals import Totals
from reporting.disclosure.cells import CellKey
from reporting.disclosure.choosing import ChosenCells, choose_cells
from reporting.disclosure.printed import Key, printed_tables
from reporting.frozen.schema import Amount, AmountState, DisclosureData, RevisedCell, SnapshotData
from reporting.snapshot.breakdowns import Breakdowns


@dataclass(frozen=True, slots=True)
class Protection:
    """``withheld`` holds the cells by indicator and year; ``changed`` those that read otherwise before."""

    withheld: Mapping[Key, frozenset[CellKey]]
    changed: Mapping[Key, frozenset[CellKey]]
    earlier: tuple[str, ...]

    def withholds(self, indicator: str, year: int, cell: CellKey) -> bool:
        return cell in self.withheld.get((indicator, year), frozenset())

    def withholds_any(self, indicator: str, year: int) -> bool:
        """Whether an edition withholds a part of it."""
        return bool(self.withheld.get((indicator, year)))

    def applied(self, indicator: str, year: int, cell: CellKey, amount: Amount) -> Amount:
        """The amount as it is printed: a withheld one keeps nothing but who reported."""
        return withheld(amount) if self.withholds(indicator, year, cell) else amount

    def of_totals(self, totals: Totals) -> Totals:
        """Totals that withhold the same, for whatever else is computed from them."""
        return totals.with_totals(
            {
                (*key, cell.region or None): withheld(totals.total(*key, cell.region or None))
                for key, cells in self.withheld.items()
                for cell in cells
                if not cell.group and not cell.umbrella
            }
        )

    def as_plain_data(self, printed: Iterable[tuple[str, int, CellKey, Amount]]) -> DisclosureData:
        hidden = [each for each in printed if each[3].state is AmountState.WITHHELD]
        return DisclosureData(
            withheld=len(hidden),
            earlier=self.earlier,
            revised=tuple(
                RevisedCell(
                    indicator=indicator,
                    year=year,
                    region=cell.region,
                    group=cell.group,
                    umbrella=cell.umbrella,
                )
                for indicator, year, cell, _amount in hidden
                if cell in self.changed.get((indicator, year), frozenset())
            ),
        )


def withheld(amount: Amount) -> Amount:
    return Amount(state=AmountState.WITHHELD, reported=amount.reported, due=amount.due)


def is_protected(indicator: Indicator, groups: Iterable[TargetGroup]) -> bool:
    """Whether it counts persons, or is broken down by a group of young people."""
    return indicator.counts_persons or any(
        group.kind == TargetGroupKind.YOUNG_PEOPLE and indicator.is_asked_by(group.pk) for group in groups
    )


def protect(
    indicators: Sequence[Indicator],
    years: Sequence[int],
    breakdowns: Breakdowns,
    earlier: Mapping[str, SnapshotData],
) -> Protection:
    """Choose for every table of every edition at once, so that all of one day withhold the same.

    ``indicators`` are those protected. ``earlier``: what has been released, by its SHA-256, in that order.
    """
    codes = {indicator.code for indicator in indicators}
    before = [printed_tables(each, codes) for each in earlier.values()]
    chosen: dict[Key, ChosenCells] = {}
    for indicator in indicators:
        for year in years:
            key = (indicator.code, year)
            values = {
                cell: amount.value
                for cell in breakdowns.cells(*key)
                if (amount := breakdowns.amount(*key, cell)).value is not None
            }
            chosen[key] = choose_cells(
                values,
                [tables[key] for tables in before if key in tables],
                may_be_negative=indicator.may_be_negative,
            )
    return Protection(
        {key: each.withheld for key, each in chosen.items()},
        {key: each.changed for key, each in chosen.items()},
        tuple(earlier),
    )
