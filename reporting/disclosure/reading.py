"""All releases of an indicator's tables for one year, read together as an attacker would."""

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reporting.disclosure.cells import CellKey, Equation, completed, equations
from reporting.disclosure.knowledge import KnownSum, as_row, targets_of, without_known
from reporting.disclosure.printed import PrintedTables
from reporting.disclosure.programme import Attack, with_further
from reporting.disclosure.tied import equations_between
from reporting.frozen.schema import RelationData

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

    def __init__(self, releases: Sequence[PrintedTables], relations: Sequence[RelationData] = ()) -> None:
        self._revision: dict[CellKey, int] = {}
        self._releases = releases
        self._relations = relations
        self.printed: dict[Value, decimal.Decimal] = {}
        self.targets: set[Value] = set()
        self.may_be_negative = any(tables.may_be_negative for tables in releases)
        self._rows: list[list[KnownSum]] = []
        self._between: list[list[KnownSum]] = []
        for tables in releases:
            self._read(tables)
            cells = tables.cells
            self.targets |= {self._value(cell) for cell in targets_of(tables.withheld, _pairs(cells))}
            self._rows.append([self._row(equation) for equation in equations(cells)])
            between = equations_between(cells, relations, tables.reported, tables.not_applicable)
            self._between.append([self._row(equation) for equation in between])

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

    def attack(self, rows: Sequence[KnownSum]) -> Attack:
        return Attack(rows, may_be_negative=self.may_be_negative)

    def statements(self) -> Iterator[list[KnownSum]]:
        """What is known, in groups: the last release, what all of them have in common, the others.

        After the tables comes what indicators say of each other.
        """
        *others, last = self._rows
        cells = {cell for tables in self._releases for cell in tables.cells}
        nobody = set().union(*(tables.nobody for tables in self._releases)) - cells
        every = completed(cells, nobody)
        reported = {cell: count for tables in self._releases for cell, count in tables.reported.items()}
        yield last
        yield [self._row(equation) for equation in equations(every)]
        yield from reversed(others)
        yield from reversed(self._between)
        spared = {cell: count for tables in self._releases for cell, count in tables.not_applicable.items()}
        between = equations_between(every, self._relations, reported, spared)
        yield [self._row(equation) for equation in between]


def _pairs(cells: set[CellKey]) -> set[CellKey]:
    return {cell for cell in cells if cell.group and cell.without_group in cells}


def narrow(
    reading: JointReading, targets: Collection[Value] | None = None
) -> list[tuple[Value, float, float]] | None:
    """The withheld values that too much is known of, with their bounds; None: the release contradicts itself.

    What contradicts the last release comes from data that have been revised since, or from organisations that
    did not report all of the indicators, and is left out.
    ``targets``: asked for instead of what the releases withhold.
    """
    first, *others = reading.statements()
    rows = without_known(first, reading.printed)
    if any(row.is_wrong for row in rows) or not reading.attack(rows).is_possible():
        return None
    for group in others:
        further = without_known(group, reading.printed)
        rows = with_further(rows, further, may_be_negative=reading.may_be_negative)
    attack = reading.attack(rows)
    asked = reading.targets if targets is None else set(targets)
    unknown = asked - reading.printed.keys()
    printed = ((name, float(reading.printed[name])) for name in asked - unknown)
    return sorted([*attack.narrow(sorted(unknown)), *((name, value, value) for name, value in printed)])
