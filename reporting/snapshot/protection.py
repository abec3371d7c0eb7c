"""Which cells of a report are withheld, so that nobody can learn of one or two persons from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from measures.checks.relations import relations_among
from measures.enums import TargetGroupKind
from measures.models import Indicator, TargetGroup
from measures.selectors.relations import relations
from reporting.aggregates.totals import Totals
from reporting.disclosure.cells import CellKey
from reporting.disclosure.choosing import choose_cells
from reporting.disclosure.printed import Key, not_applicable, printed_tables
from reporting.disclosure.tied import of_indicators, of_one, taken_together, tied, with_tied
from reporting.frozen.schema import (
    Amount,
    AmountState,
    DisclosureData,
    RelationData,
    RevisedCell,
    SnapshotData,
)
from reporting.snapshot.breakdowns import Breakdowns


@dataclass(frozen=True, slots=True)
class Protection:
    """``withheld`` holds the cells by indicator and year; ``changed`` those that read otherwise before."""

    withheld: Mapping[Key, frozenset[CellKey]]
    changed: Mapping[Key, frozenset[CellKey]]
    earlier: tuple[str, ...]
    relations: tuple[RelationData, ...] = ()

    def withholds(self, indicator: str, year: int, cell: CellKey) -> bool:
        return cell in self.withheld.get((indicator, year), frozenset())

    def withholds_any(self, indicator: str, year: int) -> bool:
        """Whether an edition withholds a part of it, or of one that it is tied to."""
        return any(self.withheld.get(key) for key in with_tied([(indicator, year)], self.relations))

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
            relations=self.relations,
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


def relations_between(indicators: Iterable[Indicator]) -> list[RelationData]:
    """How these are tied, also by those that are not printed. What may be negative is not held to a total."""
    negative = set(Indicator.objects.filter(may_be_negative=True).values_list("code", flat=True))
    known = [each for each in relations() if negative.isdisjoint(each.indicators)]
    return [
        RelationData(total=each.total, parts=each.parts, is_sum=each.is_sum)
        for each in relations_among(known, {indicator.code for indicator in indicators})
    ]


def codes_to_protect(
    indicators: Sequence[Indicator], groups: Iterable[TargetGroup], relations: Iterable[RelationData]
) -> set[str]:
    """Those that count persons, are broken down by a group of young people, or are tied to one that is."""
    of_persons = {indicator.code for indicator in indicators if _is_of_persons(indicator, groups)}
    every = tied((indicator.code for indicator in indicators), relations)
    return {code for group in every if of_persons.intersection(group) for code in group}


def _is_of_persons(indicator: Indicator, groups: Iterable[TargetGroup]) -> bool:
    return indicator.counts_persons or any(
        group.kind == TargetGroupKind.YOUNG_PEOPLE and indicator.is_asked_by(group.pk) for group in groups
    )


def protect(
    indicators: Sequence[Indicator],
    years: Sequence[int],
    breakdowns: Breakdowns,
    earlier: Mapping[str, SnapshotData],
    relations: Sequence[RelationData],
) -> Protection:
    """Choose for every table of every edition at once, so that all of one day withhold the same.

    ``indicators`` are those protected. ``earlier``: what has been released, by its SHA-256, in that order.
    ``relations``: how they are tied.
    """
    known = {indicator.code: indicator for indicator in indicators}
    before = [printed_tables(each, known) for each in earlier.values()]
    withheld: dict[Key, frozenset[CellKey]] = {}
    changed: dict[Key, frozenset[CellKey]] = {}
    for group, year in product(tied(known, relations), years):
        stated = of_indicators({code: _stated(breakdowns, code, year) for code in group})
        chosen = choose_cells(
            {cell: amount.value for cell, amount in stated.items() if amount.value is not None},
            [taken_together(group, year, tables) for tables in before],
            relations=relations,
            reported={cell: amount.reported for cell, amount in stated.items()},
            not_applicable={cell: not_applicable(amount) for cell, amount in stated.items()},
            may_be_negative=any(known[code].may_be_negative for code in group),
        )
        withheld |= {(code, year): of_one(chosen.withheld, code) for code in group}
        changed |= {(code, year): of_one(chosen.changed, code) for code in group}
    return Protection(withheld, changed, tuple(earlier), tuple(relations))


def _stated(breakdowns: Breakdowns, indicator: str, year: int) -> dict[CellKey, Amount]:
    return {cell: breakdowns.amount(indicator, year, cell) for cell in breakdowns.cells(indicator, year)}
