"""Lines that are quotients or relative changes of other lines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from math import log2
from typing import TYPE_CHECKING

from measures.importing.arithmetic.lines import Lines, Relation, Tally
from measures.importing.arithmetic.sums import sample

if TYPE_CHECKING:
    from collections.abc import Iterable

LEAST_BITS = 10.0
LEAST_SHARE = 0.6
LEAST_BITS_PER_MATCH = 2.0
_VERIFIED = 6
_MOST_DIVIDENDS = 8
_FARTHEST = 30
_MOST_DROPPED = 100
_KINDS = ((1, 0), (100, 0), (1, 1), (100, 1))
"""Factor, and what is taken off before: share, share in per cent, change, change in per cent."""


def find_ratios(lines: Lines, targets: Iterable[int]) -> list[Relation]:
    """Quotients and relative changes, plain or in per cent; the best supported one of each line.

    For a target and a divisor the dividend is looked up at a few positions; only what is met twice is
    compared everywhere.
    """
    ordered = [
        sorted((value, number) for number, line in enumerate(lines.values) if (value := line[position]))
        for position in range(lines.length)
    ]
    best = []
    for target in targets:
        made = [_ratio(lines, target, *each) for each in _candidates(lines, target, ordered)]
        proven = [each for each in made if each and _is_proven(each)]
        if proven:
            best.append(max(proven, key=lambda each: (each.bits, -_distance(each))))
    return _one_reading_each(lines, best)


def _is_proven(relation: Relation) -> bool:
    return (
        relation.bits >= LEAST_BITS
        and relation.bits_per_match >= LEAST_BITS_PER_MATCH
        and relation.share >= LEAST_SHARE
    )


def _distance(relation: Relation) -> int:
    return sum(abs(part - relation.target) for part in relation.parts)


def _is_near(target: int, *parts: int) -> bool:
    return all(part != target and abs(part - target) <= _FARTHEST for part in parts)


def _candidates(
    lines: Lines, target: int, ordered: list[list[tuple[int, int]]]
) -> list[tuple[int, int, int]]:
    """Dividend, divisor and kind of what the target may be."""
    own = lines.values[target]
    positions = sample([position for position, value in enumerate(own) if value])
    if len(positions) < 2:  # noqa: PLR2004  a single number is a quotient of something
        return []
    scale = 10**lines.decimals
    votes: Counter[tuple[int, int, int]] = Counter()
    for position in positions:
        there = ordered[position]
        half = own_unit(own[position] or 0, lines.units[target]) / 2
        for divisor, number in there:
            for kind, (factor, less) in enumerate(_KINDS) if _is_near(target, number) else ():
                dividend = divisor * ((own[position] or 0) / factor / scale + less)
                blur = abs(divisor * half / factor / scale)
                low = bisect_left(there, (dividend - blur, -1))
                high = bisect_right(there, (dividend + blur, len(lines)))
                for _, other in there[low : min(high, low + _MOST_DIVIDENDS)]:
                    if other != number and _is_near(target, other):
                        votes[other, number, kind] += 1
    often = [(count, -abs(each[0] - target) - abs(each[1] - target), each) for each, count in votes.items()]
    return [each for count, _, each in sorted(often, reverse=True)[:_VERIFIED] if count > 1]


def own_unit(value: int, unit: int) -> int:
    """The last printed digit of a number that may have been rounded to fewer decimals than its line."""
    coarsest = unit * _MOST_DROPPED
    while value and unit < coarsest and value % (unit * 10) == 0:
        unit *= 10
    return unit


def _ratio(lines: Lines, target: int, dividend: int, divisor: int, kind: int) -> Relation | None:
    tally = Tally(lines, target)
    factor, less = _KINDS[kind]
    scale, unit = 10**lines.decimals, lines.units[target]
    exact = swapped = 0
    half_of_divisor = lines.units[divisor]
    rows = zip(lines.values[target], lines.values[dividend], lines.values[divisor], strict=True)
    for position, (value, upper, lower) in enumerate(rows):
        if value is None or upper is None or not lower:
            continue
        difference = (upper - less * lower) * factor * scale - value * lower
        exact += difference == 0
        swapped += 2 * abs(difference) <= half_of_divisor * abs(value)
        own = own_unit(value, unit)
        error = 0 if 2 * abs(difference) <= own * abs(lower) else 1
        tally.add(position, value, error, is_evidence=bool(upper), unit=own)
    cost = 3 * log2(len(lines)) + 2
    count = len(tally.matches)
    if kind == 0 and exact * 10 > 9 * count:
        return _product(lines, dividend, (target, divisor), cost)
    if not less and half_of_divisor < unit and swapped * 10 > 9 * count:
        return None  # the divisor is the quotient: it has more decimals, and they are right
    if tally.distinct < 2:  # noqa: PLR2004  one quotient is no evidence
        return None
    return tally.relation("change" if less else "share", (dividend, divisor), cost)


def _product(lines: Lines, target: int, factors: tuple[int, int], cost: float) -> Relation | None:
    tally = Tally(lines, target)
    scale, unit = 10**lines.decimals, lines.units[target]
    rows = zip(lines.values[target], *(lines.values[factor] for factor in factors), strict=True)
    for position, (value, one, other) in enumerate(rows):
        if value is None or one is None or other is None:
            continue
        error = 0 if 2 * abs(one * other - value * scale) <= unit * scale else 1
        is_evidence = all(abs(factor) not in (0, scale) for factor in (one, other))
        tally.add(position, value, error, is_evidence=is_evidence)
    if tally.distinct < 2:  # noqa: PLR2004  one product is no evidence
        return None
    return tally.relation("product", tuple(sorted(factors)), cost)


def _one_reading_each(lines: Lines, relations: list[Relation]) -> list[Relation]:
    """Of a quotient and its own dividend or divisor, keep the one with more decimals as the quotient."""
    kept: dict[frozenset[int], Relation] = {}
    for relation in relations:
        key = frozenset((relation.target, *relation.parts))
        other = kept.get(key)
        if other is None or _is_rather(lines, relation, other):
            kept[key] = relation
    return list(kept.values())


def _is_rather(lines: Lines, one: Relation, other: Relation) -> bool:
    return (-lines.units[one.target], one.bits) > (-lines.units[other.target], other.bits)
