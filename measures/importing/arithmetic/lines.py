"""Parallel lines of numbers, the rows or the columns of a table, as whole numbers of one common unit."""

from __future__ import annotations

from collections import Counter
from itertools import zip_longest
from math import log2
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    Matrix = Sequence[Sequence[Decimal | None]]

_MOST_DECIMALS = 9
_MOST_UNITS = 3
_BITS_PER_MISS = 3.0
_BITS_PER_REPETITION = 1.0
_PAIR = 2
_FEW = 12
_NEARLY_ALL = 0.97
_STEPS = (1000, 500, 100, 50, 20, 10, 5, 3)


class Relation(NamedTuple):
    """One line is computed from others at some positions.

    ``target`` and ``parts`` are numbers of lines, ``matches`` and ``misses`` positions on them. ``bits`` is
    how improbable all the matches are by chance, less what the search for them cost.
    """

    target: int
    operator: str
    parts: tuple[int, ...]
    matches: tuple[int, ...]
    misses: tuple[int, ...]
    bits: float
    share: float
    """How many of the positions that could contradict agree."""
    supporting: int = 0
    """Matches with different values that are no repetition of a single part."""

    @property
    def bits_per_match(self) -> float:
        """What a match proves on average.

        Lines of a table go up and down together. Numbers of one or two digits then fit again and again once
        they fit: many matches that prove next to nothing are not added up.
        """
        return self.bits / max(self.supporting, 1)


class Lines:
    """The numbers of parallel lines as integers: exact, and quick to compare.

    ``base``: the file declares its cells rounded to it. ``is_rounded``: its numbers are rounded to their
    last digit, as in a published table; sums then differ by some units. ``is_stacked``: several tables may
    follow each other along the lines, so that what holds in a stretch of them is looked for, too.
    """

    def __init__(
        self, cells: Matrix, *, base: int = 1, is_rounded: bool = False, is_stacked: bool = False
    ) -> None:
        self.is_rounded, self.is_stacked = is_rounded, is_stacked
        decimals = [
            max((decimals_of(cell) for cell in line if cell is not None), default=0) for line in cells
        ]
        self.decimals = min(max(decimals, default=0), _MOST_DECIMALS)
        scale = 10**self.decimals
        self.slack = (base // 2) * scale
        self.values = [[None if cell is None else round(cell * scale) for cell in line] for line in cells]
        step = _common_step(self.values, decimals, scale) if is_rounded else 1
        self.units = [10 ** max(self.decimals - own, 0) * (1 if own else step) for own in decimals]
        """The smallest difference between numbers of each line: the value of the last printed digit."""
        self.length = max(map(len, self.values), default=0)
        self.counts = [sum(map(bool, numbers)) for numbers in zip_longest(*self.values)]
        """How many lines have a number other than 0 at each position."""
        self.spreads = [_spread(line) for line in self.values]

    def __len__(self) -> int:
        return len(self.values)

    def tolerance(self, parts: int, unit: int) -> int:
        """By how much a sum of so many parts may differ: exact, unless its numbers are rounded."""
        if self.slack:
            return (parts + 1) * self.slack
        return min((parts + 1) // 2, _MOST_UNITS) * unit if self.is_rounded else 0


def decimals_of(cell: Decimal) -> int:
    exponent = cell.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _common_step(values: list[list[int | None]], decimals: list[int], scale: int) -> int:
    """What nearly all whole numbers of a rounded table are multiples of: 3, 5, 10 ..., or 1."""
    whole = [
        value // scale
        for line, own in zip(values, decimals, strict=True)
        if not own
        for value in line
        if value
    ]
    if len(whole) < _FEW:
        return 1
    fits = (step for step in _STEPS if sum(value % step == 0 for value in whole) >= _NEARLY_ALL * len(whole))
    return next(fits, 1)


def _spread(line: Iterable[int | None]) -> int:
    known = sorted(value for value in line if value is not None)
    return known[-1] - known[0] if known else 0


def surprise(value: int, tolerance: int, spread: int) -> float:
    """How improbable, in bits, it is to meet a number by chance within the tolerance.

    Round numbers are met more often than others, so zeros at the end do not count; and a number among
    others that lie close together is no more surprising than their spread.
    """
    size = abs(value)
    if spread:
        size = min(size, spread)
    if not size:
        return 0.0
    while size % 10 == 0:
        size //= 10
        tolerance //= 10
    return max(log2(size / (2 * tolerance + 1)), 0.0)


class _Entry(NamedTuple):
    """What one position says: for the relation with so many bits, or against it."""

    position: int
    is_match: bool
    is_evidence: bool = False
    is_exact: bool = False
    key: object = None
    bits: float = 0.0


class Tally:
    """Counts where a line agrees with what is computed from others, and what that proves."""

    def __init__(self, lines: Lines, target: int) -> None:
        self.target, self.is_stacked = target, lines.is_stacked
        self._is_rounded = lines.is_rounded
        self.unit, self.spread = lines.units[target], lines.spreads[target]
        self._entries: list[_Entry] = []
        self._keys: Counter[object] = Counter()
        self._reference: tuple[object, tuple[int, ...]] | None = None
        """The largest match so far: its key, and its value with its parts."""
        self._doubt = 0
        """Bits each match loses once any of them is not exact: it may be near by chance."""

    @property
    def matches(self) -> tuple[int, ...]:
        return tuple(entry.position for entry in self._entries if entry.is_match)

    @property
    def distinct(self) -> int:
        return len(self._keys)

    def add(  # noqa: PLR0913  the cell, what was computed, and its weight
        self,
        position: int,
        value: int,
        error: int,
        allowed: int = 0,
        *,
        is_evidence: bool,
        size: int | None = None,
        unit: int = 0,
        parts: tuple[int, ...] = (),
    ) -> None:
        """``is_evidence``: it repeats no single part. ``size``: what bounds the surprise instead of it.

        ``unit``: of the last printed digit of this cell, where it is not that of its line. ``parts``: what
        it is computed from. A sum of parts in the same proportion as those of another match is no second
        proof: that it adds up there, too, follows from the first.
        """
        if error > allowed:
            self._entries.append(_Entry(position, is_match=False))
            return
        if not is_evidence:
            self._entries.append(_Entry(position, is_match=True))
            return
        key: object = value if size is None else (value, size)
        if parts:
            key = self._key_in_proportion(key, (value, *parts))
        unit = unit or self.unit
        spread = self.spread if self._keys and size is None else 0
        blur = 0 if not error else allowed // unit
        known = surprise((value if size is None else size) // unit, blur, spread // unit)
        self._keys[key] += 1
        is_exact = error <= 0
        entry = _Entry(position, is_match=True, is_evidence=True, is_exact=is_exact, key=key, bits=known)
        self._entries.append(entry)
        self._doubt = max(self._doubt, bool(error))

    def _key_in_proportion(self, key: object, numbers: tuple[int, ...]) -> object:
        """The key of the largest match so far, if these numbers are a multiple of its own."""
        if self._reference is not None:
            known, others = self._reference
            if _are_in_proportion(numbers, others, self.unit if self._is_rounded else 0):
                return known
        if self._reference is None or abs(numbers[0]) > abs(self._reference[1][0]):
            self._reference = (key, numbers)
        return key

    def relation(self, operator: str, parts: tuple[int, ...], cost: float) -> Relation | None:
        """None where nothing is proven by any position.

        Where it fails in some places, it may hold in a stretch of the line alone: tables are stacked.
        """
        if not self._keys:
            return None
        gains = self._gains()
        entries, bits = self._entries, sum(gains) - cost
        if self.is_stacked and any(not entry.is_match for entry in entries):
            first, last, gain = _best_stretch(gains)
            gain -= cost + 2 * log2(len(entries))
            if gain > bits and last - first > 1:
                entries, bits = entries[first:last], gain
        proofs = [entry for entry in entries if entry.is_evidence]
        exact = sum(entry.is_exact for entry in proofs)
        if not proofs or (len(parts) == _PAIR and len(proofs) > _PAIR and 4 * exact < len(proofs)):
            return None  # two parts that hardly ever fit exactly are numbers close by, no rounded sum
        matches = tuple(entry.position for entry in entries if entry.is_match)
        misses = tuple(entry.position for entry in entries if not entry.is_match)
        share = len(proofs) / (len(proofs) + len(misses))
        distinct = len({entry.key for entry in proofs})
        return Relation(self.target, operator, parts, matches, misses, bits, share, distinct)

    def _gains(self) -> list[float]:
        """The bits of each position. What repeats another position proves what its repetition leaves open."""
        total = sum(self._keys.values())
        entropy = -sum(count / total * log2(count / total) for count in self._keys.values())
        again = min(entropy, _BITS_PER_REPETITION)
        proven: dict[object, float] = {}
        last: object = None
        gains = []
        for entry in self._entries:
            if not entry.is_match:
                gains.append(-_BITS_PER_MISS)
            elif not entry.is_evidence:
                gains.append(0.0)
            else:
                bits = max(entry.bits - self._doubt, 0.0)
                known = proven.get(entry.key)
                repeated = min(bits, again) if entry.key != last else 0.0
                gains.append(bits if known is None else max(bits - known, repeated))
                proven[entry.key] = max(bits, known or 0.0)
                last = entry.key
        return gains


def _are_in_proportion(numbers: tuple[int, ...], others: tuple[int, ...], unit: int) -> bool:
    """Whether the first number of each gives the rest of the one from the rest of the other.

    ``unit``: by the last digit of what is rounded; 0: exactly.
    """
    one, other = numbers[0], others[0]
    blur = unit * (abs(one) + abs(other))
    return all(
        abs(number * other - counterpart * one) <= blur
        for number, counterpart in zip(numbers[1:], others[1:], strict=True)
    )


def _best_stretch(gains: list[float]) -> tuple[int, int, float]:
    """Where the positions that follow each other prove most: from, up to, and how much."""
    best, start, total = (0, 0, 0.0), 0, 0.0
    for place, gain in enumerate(gains):
        if total <= 0:
            start, total = place, 0.0
        total += gain
        if total > best[2]:
            best = (start, place + 1, total)
    return best
