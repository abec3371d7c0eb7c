"""The cells of an indicator's tables for one year, and how they add up.

A cell is named by Land, target group and umbrella; an empty code stands for all of them. Lands and umbrellas
are partitions. Target groups overlap, so each one forms a pair with what the total has beside it.
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

    @property
    def without_group(self) -> "CellKey":
        return CellKey(region=self.region, umbrella=self.umbrella)

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
    """``total`` is the sum of ``parts`` and of ``constant``, which is known from elsewhere."""

    total: CellKey | None
    parts: tuple[CellKey, ...]
    constant: Decimal = Decimal(0)

    @property
    def cells(self) -> tuple[CellKey, ...]:
        return self.parts if self.total is None else (self.total, *self.parts)


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
    regions, groups, umbrellas = (
        sorted({getattr(cell, name) for cell in known} - {""}) for name in ("region", "group", "umbrella")
    )
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

    Cells in ``nobody`` stand for nobody, and so do their parts. Where no two tables are crossed, there is
    nothing to add.
    """
    crossed = {tuple(map(bool, (cell.region, cell.group, cell.umbrella))) for cell in cells if cell.depth > 1}
    if len(crossed) < 2:  # noqa: PLR2004  # a single crossed table has no others to agree with
        return set(cells)
    regions = {cell.region for cell in cells} | {""}
    groups = {cell.group for cell in cells} | {""}
    umbrellas = {cell.umbrella for cell in cells} | {""}
    cube = {CellKey(region, group, body) for region, group, body in product(regions, groups, umbrellas)}
    return set(cells) | {cell for cell in cube if not any(above in nobody for above in _above(cell))}


def _above(cell: CellKey) -> Iterator[CellKey]:
    for region, group, body in product({cell.region, ""}, {cell.group, ""}, {cell.umbrella, ""}):
        yield CellKey(region, group, body)
