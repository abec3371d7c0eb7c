"""Median and quartiles of peers, from so many of them on that no single one shows. Plain numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import quantiles

FEWEST_PEERS = 5
"""From so many values on there is a distribution."""

CLASSES = 3
"""Small, medium and large organisations: as many of each as possible."""


@dataclass(frozen=True, slots=True)
class Distribution:
    lower: Decimal
    median: Decimal
    upper: Decimal
    count: int


def distribution(values: Sequence[Decimal]) -> Distribution | None:
    """Quartiles between the smallest and the largest value; None of fewer than five."""
    if len(values) < FEWEST_PEERS:
        return None
    lower, median, upper = quantiles(values, n=4, method="inclusive")
    return Distribution(lower, median, upper, len(values))


def of_same_size(own: int, sizes: Mapping[int, Decimal]) -> frozenset[int] | None:
    """The others in one's class of size, by id; None where the own size is unknown or too few are in it."""
    if own not in sizes:
        return None
    ranked = sorted(sizes, key=lambda pk: (sizes[pk], pk))
    size_class = ranked.index(own) * CLASSES // len(ranked)
    others = {pk for at, pk in enumerate(ranked) if at * CLASSES // len(ranked) == size_class} - {own}
    return frozenset(others) if len(others) >= FEWEST_PEERS else None
