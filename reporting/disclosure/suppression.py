"""What is withheld of the tables of a year: small numbers of persons, and what would reveal them.

The tables are those of one indicator, or of several that are tied.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import product

from reporting.disclosure.argus import Choice, NoProtectionError, withhold
from reporting.disclosure.cells import CellKey, Equation, equations, is_small, small_numbers
from reporting.disclosure.knowledge import as_row, targets_of, without_known
from reporting.disclosure.programme import Attack, with_further
from reporting.disclosure.tied import equations_between
from reporting.frozen.schema import RelationData

_COSTS = (1_000_000, 3_000, 100)
"""Of a cell by its depth: the whole Alliance stays, a Land or target group rather than its parts."""
_LARGEST = 90
"""Of cells of the same depth the smaller one is withheld, up to this size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The tables as they are, how their indicators are tied, and what earlier releases say of them.

    ``values`` has a value for every cell that somebody stated one of, the three crossed included.
    """

    values: Mapping[CellKey, Decimal]
    relations: tuple[RelationData, ...] = ()
    reported: Mapping[CellKey, int] = field(default_factory=dict)
    """How many organisations gave a value."""
    not_applicable: Mapping[CellKey, int] = field(default_factory=dict)
    """How many said that there is nothing to count, where others gave a value or all said so."""
    may_be_negative: bool = False
    printed_before: frozenset[CellKey] = frozenset()
    """Cells that everybody knows, since an earlier release prints the same value."""
    withheld_before: frozenset[CellKey] = frozenset()
    known_before: tuple[Equation, ...] = field(default=())
    """What values withheld before add up to."""


def choose(tables: Tables) -> frozenset[CellKey]:
    """The cells to withhold: as few and as small as protect each other and every small number."""
    found = _System(tables)
    withheld = found.best()
    if withheld is None:
        found.give_up()
        withheld = found.best()
    return found.last_resort if withheld is None else withheld


class _System:
    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.values = dict(tables.values)
        self.beside: set[CellKey] = set()
        """What totals may have beside their parts: each stands in a single equation."""
        self.apart = (*map(self._as_sum, tables.known_before), *self._within(tables.values))
        self.between = list(
            equations_between(tables.values, tables.relations, tables.reported, tables.not_applicable)
        )
        """What relations say. What does not hold in fact, a reader may take to hold nevertheless."""
        self.equations = (
            *self.apart,
            *(self._as_sum(equation) for equation in self.between if equation.holds(tables.values)),
        )
        self.pairs = {cell for cell in tables.values if cell.is_printable and cell.rest in self.values}
        self.printable = {cell for cell in tables.values if cell.is_printable}
        self.free = self.printable - tables.printed_before
        self.wholes = {cell for cell in self.printable if not cell.depth}
        self.given_up: set[CellKey] = set()

    def _within(self, values: Mapping[CellKey, Decimal]) -> Iterator[Equation]:
        """How the cells of each indicator add up."""
        for equation in equations(values):
            if equation.parts[-1].is_rest:
                beside = replace(equation, parts=equation.parts[:1]).beside(values)
                if beside < 0 and not self.tables.may_be_negative:
                    continue  # what was stated contradicts itself: nothing follows from it
                self.values[equation.parts[-1]] = beside
            yield equation

    def _as_sum(self, equation: Equation) -> Equation:
        """With what the total may have beside its parts as a part of its own, which no table prints."""
        if equation.is_sum:
            return equation
        beside = CellKey(is_rest=True, indicator=f"beside {len(self.values)}")
        self.values[beside] = equation.beside(self.tables.values)
        self.beside.add(beside)
        return replace(equation, parts=(*equation.parts, beside), is_sum=True)

    @property
    def last_resort(self) -> frozenset[CellKey]:
        """All but the totals of the whole Alliance, where there is no better choice.

        The totals as well where they are small or where it helps.
        """
        parts = self.free - self.wholes
        if any(is_small(self.values[cell]) for cell in self.wholes):
            return frozenset(self.free)
        is_of_use = self.tables.relations and self._narrow(parts) and not self._narrow(self.free)
        return frozenset(self.free if is_of_use else parts)

    @property
    def doubtful(self) -> frozenset[CellKey]:
        """The cells of which something wrong may be taken to follow."""
        refuted = (equation for equation in self.between if not equation.holds(self.tables.values))
        return frozenset({cell for each in refuted for cell in each.cells} & self.free - self.wholes)

    def best(self) -> frozenset[CellKey] | None:
        """With all of the Alliance's totals if that can be, and with what is doubtful if it has to be."""
        for kept, besides in product((self.wholes, frozenset()), dict.fromkeys((frozenset(), self.doubtful))):
            try:
                withheld = self.chosen(besides, kept)
            except NoProtectionError:
                continue
            if withheld is not None:
                return withheld
        return None

    def give_up(self) -> None:
        """Ask no more for what earlier releases give away, whatever is withheld now."""
        self.given_up = self._narrow(self.free)

    def chosen(self, besides: Collection[CellKey], kept: Collection[CellKey]) -> frozenset[CellKey] | None:
        """What is chosen, ``besides`` included; None if an attack of our own finds something nevertheless.

        First each indicator is protected by itself: that leaves the engine little to look for among all.
        ``kept``: what is printed in any case when it has to look once more.
        """
        printable = {cell: self.values[cell] for cell in self.printable}
        small = {cell for cell, _number in small_numbers(printable)}
        must = small & self.free | self.tables.withheld_before & self.printable | set(besides)
        withheld = set(must)
        open_ = {cell for cell in small if cell.is_rest and cell in self.values and self._is_open(cell)}
        for known in dict.fromkeys((self.apart, self.equations)):
            self._choose(known, withheld, open_)
        firm: set[CellKey] = set()
        while (narrow := self._narrow(withheld, open_)) - firm:
            firm |= narrow
            self._choose(self.equations, withheld, open_, firm, kept)
        if narrow:
            return None
        for whole in sorted(withheld & self.wholes - must):
            if not self._narrow(withheld - {whole}, open_):
                withheld.remove(whole)
        return frozenset(withheld)

    def _choose(
        self,
        known: Sequence[Equation],
        withheld: set[CellKey],
        open_: set[CellKey],
        firm: Collection[CellKey] = (),
        kept: Collection[CellKey] = (),
    ) -> None:
        """Add to ``withheld``. What is chosen is in need of protection itself, until nothing is added."""
        unprinted = {cell for cell in self.values if not cell.is_printable}
        while withheld or open_:
            costs = {cell: self._cost(cell) for cell in self.free.difference(withheld, kept)}
            printed = self.printable.difference(withheld, costs) | self.beside
            choice = Choice(
                values=self.values,
                # The engine refuses a cell that follows from what is printed in any case.
                equations=[each for each in known if not printed.issuperset(each.cells)],
                targets=(targets_of(withheld, self.pairs) | open_) - self.given_up,
                firm=firm,
                hidden=unprinted | withheld,
                costs=costs,
                may_be_negative=self.tables.may_be_negative,
            )
            added = withhold(choice) - withheld
            if not added:
                return
            withheld |= added

    def _is_open(self, rest: CellKey) -> bool:
        """Whether it can still be protected: either of the two cells that it follows from may be withheld."""
        return rest.part in self.free or rest.without_group in self.free

    def _cost(self, cell: CellKey) -> int:
        return _COSTS[cell.depth] + min(int(abs(self.values[cell])), _LARGEST)

    def _narrow(self, withheld: Collection[CellKey], besides: Collection[CellKey] = ()) -> set[CellKey]:
        """What an attack of our own finds out too much of, of what is withheld and ``besides``."""
        if not (withheld or besides):
            return set()
        printed = {cell: self.values[cell] for cell in self.printable.difference(withheld)}
        targets = sorted(targets_of(withheld, self.pairs).union(besides) - self.given_up)
        apart = without_known(map(as_row, self.apart), printed)
        between = without_known(map(as_row, self.between), printed)
        readings = {
            tuple(without_known(map(as_row, self.equations), printed)),
            tuple(with_further(apart, between, may_be_negative=self.tables.may_be_negative)),
        }
        return {
            cell
            for known in readings
            for cell, *_bounds in Attack(known, may_be_negative=self.tables.may_be_negative).narrow(targets)
        }
