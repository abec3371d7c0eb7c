"""What is withheld of an indicator's tables: small numbers of persons, and what would reveal them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from reporting.disclosure.argus import Choice, NoProtectionError, withhold
from reporting.disclosure.cells import CellKey, Equation, equations, is_small, small_numbers
from reporting.disclosure.knowledge import as_row, is_too_narrow, targets_of, without_known
from reporting.disclosure.programme import Attack

_COSTS = (1_000_000, 3_000, 100)
"""Of a cell by its depth: the whole Alliance stays, a Land or target group rather than its parts."""
_LARGEST = 90
"""Of cells of the same depth the smaller one is withheld, up to this size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """An indicator's tables for one year, as they are, and what earlier releases say of them.

    ``values`` has a value for every cell that somebody stated one of, the three crossed included.
    """

    values: Mapping[CellKey, Decimal]
    may_be_negative: bool = False
    printed_before: frozenset[CellKey] = frozenset()
    """Cells that everybody knows, since an earlier release prints the same value."""
    withheld_before: frozenset[CellKey] = frozenset()
    known_before: tuple[Equation, ...] = field(default=())
    """What values withheld before add up to."""


def choose(tables: Tables) -> frozenset[CellKey]:
    """The cells to withhold: as few and as small as protect each other and every small number."""
    found = _System(tables)
    try:
        withheld = found.chosen()
    except NoProtectionError:
        return found.everything
    return withheld if found.is_safe(withheld) else found.everything


class _System:
    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.values = dict(tables.values)
        self.equations: list[Equation] = list(tables.known_before)
        for equation in equations(tables.values):
            if equation.parts[-1].is_rest:
                (part, rest) = equation.parts
                beside = tables.values[equation.total] - tables.values[part] if equation.total else Decimal(0)
                if beside < 0 and not tables.may_be_negative:
                    continue  # what was stated contradicts itself: nothing follows from it
                self.values[rest] = beside
            self.equations.append(equation)
        self.pairs = {cell for cell in tables.values if cell.is_printable and cell.rest in self.values}
        self.printable = {cell for cell in tables.values if cell.is_printable}
        self.free = self.printable - tables.printed_before

    @property
    def everything(self) -> frozenset[CellKey]:
        """All but the totals of the whole Alliance: where there is no better choice."""
        whole = CellKey()
        kept = set() if is_small(self.values.get(whole, Decimal(0))) else {whole}
        return frozenset(self.free - kept)

    def chosen(self) -> frozenset[CellKey]:
        """What is chosen besides is in need of protection itself. So it goes on until nothing is added."""
        printable = {cell: self.values[cell] for cell in self.printable}
        small = {cell for cell, _number in small_numbers(printable)}
        withheld = small & self.free | self.tables.withheld_before & self.printable
        open_ = {cell for cell in small if cell.is_rest and cell in self.values and self._is_open(cell)}
        while withheld or open_:
            added = self._added(withheld, targets_of(withheld, self.pairs) | open_)
            if added <= withheld:
                break
            withheld |= added
        return frozenset(withheld)

    def _is_open(self, rest: CellKey) -> bool:
        """Whether it can still be protected: either of the two cells that it follows from may be withheld."""
        return rest.part in self.free or rest.without_group in self.free

    def _added(self, withheld: set[CellKey], targets: set[CellKey]) -> set[CellKey]:
        unprinted = {cell for cell in self.values if not cell.is_printable}
        return withhold(
            Choice(
                values=self.values,
                equations=self.equations,
                targets=targets,
                hidden=unprinted | withheld,
                costs={cell: self._cost(cell) for cell in self.free - withheld},
                may_be_negative=self.tables.may_be_negative,
            )
        )

    def _cost(self, cell: CellKey) -> int:
        return _COSTS[cell.depth] + min(int(abs(self.values[cell])), _LARGEST)

    def is_safe(self, withheld: frozenset[CellKey]) -> bool:
        """Whether an attack of our own finds nothing either."""
        if not withheld:
            return True
        printed = {cell: self.values[cell] for cell in self.printable - withheld}
        known = without_known(map(as_row, self.equations), printed)
        attack = Attack(known, may_be_negative=self.tables.may_be_negative)
        targets = targets_of(withheld, self.pairs)
        return not any(is_too_narrow(*attack.interval(cell)) for cell in sorted(targets))
