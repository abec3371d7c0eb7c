"""Which cells of a report are withheld, so that nobody can learn of one or two persons from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from measures.enums import TargetGroupKind
from measures.models import Indicator, TargetGroup
from reporting.aggregates.totals import Totals
from reporting.disclosure.cells import CellKey, is_small
from reporting.disclosure.earlier import Recalled, recall
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
    before = [printed_tables(snapshot, codes) for snapshot in earlier.values()]
    chosen: dict[Key, frozenset[CellKey]] = {}
    changed: dict[Key, frozenset[CellKey]] = {}
    for indicator in indicators:
        for year in years:
            key = (indicator.code, year)
            values = {
                cell: amount.value
                for cell in breakdowns.cells(*key)
                if (amount := breakdowns.amount(*key, cell)).value is not None
            }
            recalled = recall([tables[key] for tables in before if key in tables], values)
            chosen[key] = _chosen(values, recalled, may_be_negative=indicator.may_be_negative)
            changed[key] = recalled.changed
    return Protection(chosen, changed, tuple(earlier))


def _chosen(
    values: Mapping[CellKey, Decimal], recalled: Recalled, *, may_be_negative: bool
) -> frozenset[CellKey]:
    if not (recalled.withheld or _has_small_numbers(values)):
        return frozenset()
    # τ-Argus and HiGHS take their time to load.
    from reporting.disclosure.suppression import Tables, choose  # noqa: PLC0415

    return choose(
        Tables(
            values=values,
            may_be_negative=may_be_negative,
            printed_before=recalled.printed - recalled.withheld,
            withheld_before=recalled.withheld,
            known_before=recalled.known,
        )
    )


def _has_small_numbers(values: Mapping[CellKey, Decimal]) -> bool:
    return any(
        is_small(value) or (cell.group and is_small(values.get(cell.without_group, value) - value))
        for cell, value in values.items()
        if cell.is_printable
    )
