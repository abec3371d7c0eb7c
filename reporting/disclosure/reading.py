"""All releases of an indicator's tables for one year, read together as an attacker would."""

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reporting.disclosure.cells import CellKey, Equation, completed, equations
from reporting.disclosure.knowledge import KnownSum, as_row, is_too_narrow, targets_of, without_known
from reporting.disclosure.printed import PrintedTables
from reporting.disclosure.programme import Attack

if TYPE_CHECKING:
    import decimal


class Value(NamedTuple):
    """A cell's value until a release revises it: the same name means the same number.

    What a total has beside a target group changes with either of the two.
    """

    cell: CellKey
    revisions: tuple[int, ...]


class JointReading:
    """Which values the releases share, which of them are printed, and which are withheld."""

    def __init__(self, releases: Sequence[PrintedTables]) -> None:
        self._revision: dict[CellKey, int] = {}
        self._releases = releases
        self.printed: dict[Value, decimal.Decimal] = {}
        self.targets: set[Value] = set()
        self.may_be_negative = any(tables.may_be_negative for tables in releases)
        self._rows: list[list[KnownSum]] = []
        for tables in releases:
            self._read(tables)
            cells = tables.cells
            self.targets |= {self._value(cell) for cell in targets_of(tables.withheld, _pairs(cells))}
            self._rows.append([self._row(equation) for equation in equations(cells)])

    def _read(self, tables: PrintedTables) -> None:
        for cell in tables.cells:
            value = tables.values.get(cell)
            before = self.printed.get(self._value(cell))
            if cell in tables.revised or (value is not None and before not in (None, value)):
                self._revision[cell] = self._revision.get(cell, 0) + 1
            if value is not None:
                self.printed[self._value(cell)] = value

    def _value(self, cell: CellKey) -> Value:
        revision = self._revision.get(cell.part, 0)
        if not cell.is_rest:
            return Value(cell, (revision,))
        return Value(cell, (revision, self._revision.get(cell.without_group, 0)))

    def _row(self, equation: Equation) -> KnownSum:
        return as_row(equation, self._value)

    def statements(self) -> Iterator[list[KnownSum]]:
        """What is known, in groups: the last release, what all of them have in common, the others."""
        *others, last = self._rows
        cells = {cell for tables in self._releases for cell in tables.cells}
        nobody = set().union(*(tables.nobody for tables in self._releases)) - cells
        yield last
        yield [self._row(equation) for equation in equations(completed(cells, nobody))]
        yield from reversed(others)


def _pairs(cells: set[CellKey]) -> set[CellKey]:
    return {cell for cell in cells if cell.group and cell.without_group in cells}


def narrow(
    reading: JointReading, targets: Collection[Value] | None = None
) -> list[tuple[Value, float, float]] | None:
    """The withheld values that too much is known of, with their bounds; None: the release contradicts itself.

    What contradicts the last release comes from data that have been revised since, and is left out.
    ``targets``: asked for instead of what the releases withhold.
    """
    first, *others = reading.statements()
    rows = without_known(first, reading.printed)
    attack = _attack(rows, reading)
    if attack is None:
        return None
    for group in others:
        known = set(rows)
        further = [row for row in without_known(group, reading.printed) if row not in known]
        if not further:
            continue
        together = _attack([*rows, *further], reading)
        if together is not None:
            rows, attack = [*rows, *further], together
            continue
        for row in further:
            together = _attack([*rows, row], reading)
            if together is not None:
                rows, attack = [*rows, row], together
    return [
        (name, low, high)
        for name in sorted(reading.targets if targets is None else targets)
        for low, high in [_bounds(attack, reading, name)]
        if is_too_narrow(low, high)
    ]


def _attack(rows: Sequence[KnownSum], reading: JointReading) -> Attack | None:
    if any(not row.entries for row in rows):
        return None  # printed values that do not add up
    attack = Attack(rows, may_be_negative=reading.may_be_negative)
    return attack if attack.is_possible() else None


def _bounds(attack: Attack, reading: JointReading, name: Value) -> tuple[float, float]:
    printed = reading.printed.get(name)
    return attack.interval(name) if printed is None else (float(printed), float(printed))
