"""The cells of the tables of one year, and how they add up.

A cell is named by Land, target group and umbrella; an empty code stands for all of them. Lands and umbrellas
are partitions. Target groups overlap, so each one forms a pair with what the total has beside it. Where the
tables of several indicators are taken together, a cell is also named by its indicator (``tied``).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

THRESHOLD = 3
"""From this count on persons may be printed; what is withheld must be able to be as much."""


@dataclass(frozen=True, slots=True, order=True)
class CellKey:
    """``is_rest``: what the total of the Land and umbrella has beside the target group."""

    region: str = ""
    group: str = ""
    umbrella: str = ""
    is_rest: bool = False
    indicator: str = ""

    @property
    def without_group(self) -> "CellKey":
        return replace(self, group="", is_rest=False)

    @property
    def rest(self) -> "CellKey":
        return replace(self, is_rest=True)

    @property
    def part(self) -> "CellKey":
        """The cell of the target group that a rest stands beside."""
        return replace(self, is_rest=False)

    @property
    def depth(self) -> int:
        """By how many of Land, target group and umbrella the cell is broken down."""
        return sum(map(bool, (self.region, self.group, self.umbrella)))

    @property
    def is_printable(self) -> bool:
        """Whether some edition prints it: tables cross two of Land, target group and umbrella at the most."""
        return not self.is_rest and self.depth < 3  # noqa: PLR2004  # all three


@dataclass(frozen=True, slots=True)
class Equation:
    """``total`` is the sum of ``parts`` and of ``constant``, which is known from elsewhere.

    ``is_sum``: else it is that at least, an inequality.
    """

    total: CellKey | None
    parts: tuple[CellKey, ...]
    constant: Decimal = Decimal(0)
    is_sum: bool = True

    @property
    def cells(self) -> tuple[CellKey, ...]:
        return self.parts if self.total is None else (self.total, *self.parts)

    def beside(self, values: Mapping[CellKey, Decimal]) -> Decimal:
        """What the total has beside its parts, of values that hold for all of its cells."""
        total = Decimal(0) if self.total is None else values[self.total]
        return total - sum((values[part] for part in self.parts), self.constant)

    def holds(self, values: Mapping[CellKey, Decimal]) -> bool:
        return self.beside(values) == 0 if self.is_sum else self.beside(values) >= 0


def is_small(value: Decimal) -> bool:
    """Whether so few persons may not be printed. 0 tells of nobody."""
    return 0 < abs(value) < THRESHOLD


def small_numbers(values: Mapping[CellKey, Decimal]) -> Iterator[tuple[CellKey, Decimal]]:
    """The cells of so few persons, and what totals have beside target groups, with their numbers."""
    for cell, value in sorted(values.items()):
        if is_small(value):
            yield cell, value
        total = values.get(cell.without_group)
        if cell.group and total is not None and is_small(total - value):
            yield cell.rest, total - value


def equations(cells: Collection[CellKey]) -> Iterator[Equation]:
    """How these cells add up. One that is not among them stands for nobody; a total must be among them."""
    known = set(cells)
    regions, groups, umbrellas = (sorted(_codes(known, name) - {""}) for name in _DIMENSIONS)
    for cell in sorted(known):
        if not cell.region:
            yield from _sum(cell, [replace(cell, region=code) for code in regions], known)
        if not cell.umbrella:
            yield from _sum(cell, [replace(cell, umbrella=code) for code in umbrellas], known)
        if not cell.group:
            for code in groups:
                part = replace(cell, group=code)
                if part in known:
                    yield Equation(cell, (part, part.rest))


def _sum(total: CellKey, parts: list[CellKey], known: set[CellKey]) -> Iterator[Equation]:
    found = tuple(part for part in parts if part in known)
    if found:
        yield Equation(total, found)


def completed(cells: Collection[CellKey], nobody: Collection[CellKey]) -> set[CellKey]:
    """These cells with all that tables crossed by Land, target group and umbrella would have beside them.

    Cells in ``nobody`` stand for nobody, and so do their parts. Where no two tables of an indicator are
    crossed, there is nothing to add.
    """
    found = set(cells)
    for indicator in _codes(cells, "indicator"):
        own = {cell for cell in cells if cell.indicator == indicator}
        crossed = {
            tuple(map(bool, (cell.region, cell.group, cell.umbrella))) for cell in own if cell.depth > 1
        }
        if len(crossed) < 2:  # noqa: PLR2004  # a single crossed table has no others to agree with
            continue
        regions, groups, umbrellas = (_codes(own, name) | {""} for name in _DIMENSIONS)
        every = (
            CellKey(region, group, body, indicator=indicator)
            for region, group, body in product(regions, groups, umbrellas)
        )
        found |= {cell for cell in every if not any(above in nobody for above in _above(cell))}
    return found


_DIMENSIONS = ("region", "group", "umbrella")


def _codes(cells: Collection[CellKey], name: str) -> set[str]:
    return {getattr(cell, name) for cell in cells}


def _above(cell: CellKey) -> Iterator[CellKey]:
    for region, group, body in product({cell.region, ""}, {cell.group, ""}, {cell.umbrella, ""}):
        yield CellKey(region, group, body, indicator=cell.indicator)
