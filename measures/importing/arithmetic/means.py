"""Lines that are the mean of lines that follow each other, before or behind it."""

from __future__ import annotations

from itertools import accumulate
from math import log2
from typing import TYPE_CHECKING, NamedTuple

from measures.importing.arithmetic.lines import Lines, Relation, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable

LEAST_BITS = 10.0
LEAST_SHARE = 0.6
LEAST_BITS_PER_MATCH = 2.0
_LONGEST = 120
_GAPS = 6
_TRIED = 3


class _Range(NamedTuple):
    """Parts by their places in the sequence, from ``first`` up to, not including, ``last``."""

    first: int
    last: int
    gap: int


class _RunningMeans:
    """Sums and numbers of filled parts before each place, for every position."""

    def __init__(self, lines: Lines, sequence: list[int]) -> None:
        self.sums, self.counts = [], []
        for position in range(lines.length):
            values = [lines.values[number][position] for number in sequence]
            self.sums.append([0, *accumulate(value or 0 for value in values)])
            self.counts.append([0, *accumulate(value is not None for value in values)])

    def total(self, position: int, parts: _Range) -> int:
        return self.sums[position][parts.last] - self.sums[position][parts.first]

    def count(self, position: int, parts: _Range) -> int:
        return self.counts[position][parts.last] - self.counts[position][parts.first]


def find_means(lines: Lines, sequence: list[int], targets: set[int] | None = None) -> list[Relation]:
    """The best supported mean of each line of the sequence, or of those asked for."""
    prefixes = _RunningMeans(lines, sequence)
    found = []
    for place, number in enumerate(sequence):
        if targets is not None and number not in targets:
            continue
        filled = [position for position, value in enumerate(lines.values[number]) if value]
        if not filled:
            continue
        tried = filled[:_TRIED]
        likely = [
            parts
            for parts in _ranges(place, len(sequence))
            if 2 * sum(_error(lines, number, each, parts, prefixes) for each in tried) <= len(tried)
        ]
        made = [_mean(lines, sequence, number, parts, prefixes) for parts in likely]
        proven = [each for each in made if each and _is_proven(each)]
        if proven:
            found.append(max(proven, key=lambda each: each.bits))
    return found


def _is_proven(relation: Relation) -> bool:
    return (
        relation.bits >= LEAST_BITS
        and relation.bits_per_match >= LEAST_BITS_PER_MATCH
        and relation.share >= LEAST_SHARE
    )


def _ranges(place: int, count: int) -> Iterable[_Range]:
    for gap in range(_GAPS):
        for first in range(max(place - gap - _LONGEST, 0), place - gap - 1):
            yield _Range(first, place - gap, gap)
        for last in range(place + gap + 3, min(place + gap + 2 + _LONGEST, count + 1)):
            yield _Range(place + gap + 1, last, gap)


def _error(lines: Lines, target: int, position: int, parts: _Range, prefixes: _RunningMeans) -> int:
    """0: within half a unit of the last printed digit."""
    count = prefixes.count(position, parts)
    value = lines.values[target][position] or 0
    total = prefixes.total(position, parts)
    return int(count <= 1 or 2 * abs(total - value * count) > lines.units[target] * count)


def _mean(
    lines: Lines, sequence: list[int], target: int, parts: _Range, prefixes: _RunningMeans
) -> Relation | None:
    tally = Tally(lines, target)
    numbers = sequence[parts.first : parts.last]
    unit = min(lines.units[number] for number in numbers)
    for position, value in enumerate(lines.values[target]):
        if value is None or prefixes.count(position, parts) <= 1:
            continue
        error = _error(lines, target, position, parts, prefixes)
        width = 0 if error else _width(lines, numbers, position)
        steps = min(width, abs(value), width // unit * prefixes.count(position, parts) * lines.units[target])
        tally.add(position, value, error, size=steps, is_evidence=width > 0)
    cost = log2(len(sequence)) + 3 + 2 * log2(len(numbers)) + 2 * parts.gap
    return tally.relation("mean", tuple(numbers), cost)


def _width(lines: Lines, numbers: list[int], position: int) -> int:
    known = [part for number in numbers if (part := lines.values[number][position]) is not None]
    return max(known) - min(known)
