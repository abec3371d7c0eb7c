"""Small worlds of persons in Länder, umbrellas and one target group, and an attack that tries them all.

It shares nothing with the code it tests but the names of cells: it counts persons, and adds nothing up.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import product

import numpy as np

from reporting.disclosure.cells import CellKey

GROUP = "W"
World = tuple[tuple[int, int], ...]
"""For each Land and umbrella: how many persons there are, and how many of them belong to the group."""


def places(lands: int, umbrellas: int) -> list[tuple[str, str]]:
    """With one umbrella alone there is no table by umbrella."""
    codes = [f"U{at}" for at in range(umbrellas)] if umbrellas > 1 else [""]
    return list(product([f"{at + 1:02}" for at in range(lands)], codes))


def tables(
    world: World, where: Sequence[tuple[str, str]], *, with_group: bool = True
) -> dict[CellKey, Decimal]:
    """Every cell of the world, all three crossed included."""
    values: dict[CellKey, Decimal] = {}
    for (land, umbrella), (persons, members) in zip(where, world, strict=True):
        counts = [("", persons), (GROUP, members)] if with_group else [("", persons)]
        for region, body, (group, count) in product({land, ""}, {umbrella, ""}, counts):
            cell = CellKey(region, group, body)
            values[cell] = values.get(cell, Decimal(0)) + count
    return values


@cache
def worlds_of(total: int, size: int, *, with_group: bool) -> np.ndarray:
    """Every world of so many persons, one in a line: how many there are in each place, then their members."""
    spreads = np.array(list(_spreads(total, size)), dtype=np.int16)
    if not with_group:
        return np.hstack([spreads, np.zeros_like(spreads)])
    found = spreads
    for at in range(size):
        repeated = np.repeat(found, found[:, at] + 1, axis=0)
        starts = np.cumsum(found[:, at] + 1) - (found[:, at] + 1)
        members = np.arange(len(repeated)) - np.repeat(starts, found[:, at] + 1)
        found = np.hstack([repeated, members.astype(np.int16)[:, None]])
    return found


def _spreads(total: int, size: int) -> Iterator[tuple[int, ...]]:
    if size == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for others in _spreads(total - first, size - 1):
            yield first, *others


def possible_values(
    printed: Mapping[CellKey, Decimal],
    where: Sequence[tuple[str, str]],
    total: int,
    *,
    with_group: bool = True,
) -> dict[CellKey, set[int]]:
    """What each cell is in some world that prints the same; beside a group, too."""
    worlds = worlds_of(total, len(where), with_group=with_group)
    for cell, value in printed.items():
        worlds = worlds[_counted(cell, worlds, where) == int(value)]
    cells = list(tables(((0, 0),) * len(where), where, with_group=with_group))
    found = {cell: _counted(cell, worlds, where) for cell in cells}
    found |= {cell.rest: found[cell.without_group] - found[cell] for cell in cells if cell.group}
    return {cell: set(np.unique(counts).tolist()) for cell, counts in found.items()}


def _counted(cell: CellKey, worlds: np.ndarray, where: Sequence[tuple[str, str]]) -> np.ndarray:
    columns = [
        at + len(where) * bool(cell.group)
        for at, (land, umbrella) in enumerate(where)
        if cell.region in ("", land) and cell.umbrella in ("", umbrella)
    ]
    return worlds[:, columns].sum(axis=1)


def with_rests(values: Mapping[CellKey, Decimal]) -> dict[CellKey, Decimal]:
    rests = {cell.rest: values[cell.without_group] - value for cell, value in values.items() if cell.group}
    return {**values, **rests}
