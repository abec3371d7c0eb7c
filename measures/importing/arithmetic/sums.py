"""Lines that are the sum of other lines: a total of its parts, or of two columns by their difference.

Sums of neighbours are found by prefix sums: if a total stands before its parts, the prefix sum behind the
last part is the one before the first part plus the total, and one look-up finds where the parts end. So
the work grows with the number of cells. Totals that were found are taken out, and the search is repeated:
a grand total is then the sum of the same parts as its subtotals (Jiang, Vitagliano, Naumann 2022).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from itertools import accumulate
from math import log2
from typing import TYPE_CHECKING

from measures.importing.arithmetic.copies import find_copies
from measures.importing.arithmetic.lines import Lines, Relation, Tally
from measures.importing.arithmetic.parts import sum_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LEAST_BITS = 4.0
LEAST_SHARE = 0.7
_ROUNDS = 5
_GAPS = 2
_STRIDES = 8
_ENDS = 4
_PAIR = 2
_VERIFIED = 4
_FEWEST_FAR = 3
_MOST_VOTERS = 16
_LOOKED_UP = 6
_MOST_DIFFERENCES = 12
_NEAR = 7
_MOST_FOR_PAIRS = 150


def find_sums(lines: Lines, *, most_misses: float = 0.3, targets: set[int] | None = None) -> list[Relation]:
    """The best supported sum for every line that is one, without contradictions among them."""
    found: dict[int, Relation] = {}
    more: list[Relation] = []
    everything = [number for number, line in enumerate(lines.values) if any(line)]
    for _ in range(_ROUNDS):
        active = [number for number in everything if number not in found]
        wanted = set(active) if targets is None else targets & set(active)
        candidates = _neighbours(lines, active, wanted, set(active), gaps=_GAPS, cost=0.0)
        candidates += _neighbours(lines, everything, wanted, set(found), gaps=_GAPS, cost=2.0)
        if len(lines) <= _MOST_FOR_PAIRS:
            candidates += _strided(lines, wanted)
            candidates += _neighbours(lines, active, wanted, set(active), gaps=None, cost=0.0)
        candidates += _pairs(lines, sorted(wanted))
        more += candidates
        new = _accepted(candidates, found, most_misses)
        if not new:
            break
    likely = [relation for relation in more if relation.bits > 0]
    wanted_copies = range(len(lines)) if targets is None else sorted(targets)
    copies = find_copies(lines, list(found.values()), likely, wanted_copies)
    return [*found.values(), *copies]


def _accepted(candidates: list[Relation], found: dict[int, Relation], most_misses: float) -> bool:
    is_new = False
    for relation in sorted(candidates, key=lambda each: (-each.bits, len(each.parts))):
        if relation.bits < LEAST_BITS or 1 - relation.share > most_misses or relation.target in found:
            continue
        if any(_rests_on(found, part, relation.target) for part in relation.parts):
            continue
        parts = frozenset(relation.parts)
        if any(
            frozenset(other.parts) == parts and abs(other.target - relation.target) > 1
            for other in found.values()
        ):
            continue
        found[relation.target] = relation
        is_new = True
    return is_new


def _rests_on(found: dict[int, Relation], line: int, target: int) -> bool:
    """Whether a line is itself computed from the target."""
    waiting, seen = [line], set()
    while waiting:
        number = waiting.pop()
        if number == target:
            return True
        if number in found and number not in seen:
            seen.add(number)
            waiting += found[number].parts
    return False


def _strided(lines: Lines, targets: set[int]) -> Iterable[Relation]:
    """Sums over every second, third ... line: a total for each of the columns that repeat under a heading."""
    count = len(lines)
    for stride in range(2, _STRIDES + 1):
        if count < 2 * stride + 1:
            break
        for first in range(stride):
            counted = set(range(first, count, stride))
            yield from _neighbours(
                lines, range(count), targets, counted, gaps=2 * stride, cost=2 * log2(stride) + 2
            )


def _neighbours(  # noqa: PLR0913  what is searched, for which totals, and how far
    lines: Lines,
    sequence: Sequence[int],
    targets: set[int],
    counted: set[int],
    *,
    gaps: int | None,
    cost: float,
) -> list[Relation]:
    """Sums of the counted lines that follow each other in the sequence, before or behind their total.

    ``gaps``: how many lines may stand between; None: they may stand anywhere.
    """
    if len(counted) < _PAIR:
        return []
    votes, voters = _votes(lines, sequence, targets, counted, gaps)
    cost += log2(len(sequence)) / 2
    fewest = _PAIR if gaps is not None else _FEWEST_FAR
    made = []
    for place, ranges in votes.items():
        least = min(_PAIR, voters[place])
        for (first, last), count in ranges.most_common(_VERIFIED):
            parts = tuple(number for number in sequence[first:last] if number in counted)
            if count < least or len(parts) < fewest or first <= place < last:
                continue
            gap = first - place - 1 if first > place else place - last
            if gaps is None:
                gap = int(log2(len(sequence)))
            relation = sum_of(lines, sequence[place], parts, cost + 2 * gap + 2 * log2(last - first))
            if relation is not None:
                made.append(relation)
    return made


def _votes(
    lines: Lines, sequence: Sequence[int], targets: set[int], counted: set[int], gaps: int | None
) -> tuple[dict[int, Counter[tuple[int, int]]], Counter[int]]:
    """How often each range adds up to the total at a place, and how many positions were asked there."""
    votes: dict[int, Counter[tuple[int, int]]] = defaultdict(Counter)
    voters: Counter[int] = Counter()
    for position in _voting_positions(lines, targets):
        prefixes = _Prefixes(lines, sequence, counted, position)
        for place, number in enumerate(sequence):
            value = lines.values[number][position]
            if not value or number not in targets:
                continue
            voters[place] += 1
            if gaps is None:
                votes[place].update(prefixes.ranges_anywhere(value))
                continue
            for difference in _differences(lines, lines.units[number]):
                votes[place].update(prefixes.ranges(place, value + difference, gaps))
                if difference:
                    votes[place].update(prefixes.ranges(place, value - difference, gaps))
    return votes, voters


def _voting_positions(lines: Lines, targets: set[int]) -> list[int]:
    """Positions at which most lines have numbers, and for lines that have few, some of theirs."""
    filled = [position for position, count in enumerate(lines.counts) if count > _PAIR]
    chosen = set(sample(filled, _MOST_VOTERS))
    if len(chosen) < len(filled):
        for target in targets:
            line = lines.values[target]
            if sum(1 for position in chosen if line[position]) < _VERIFIED:
                own = [position for position in filled if line[position]]
                chosen.update(sample(own, _VERIFIED))
    return sorted(chosen)


class _Prefixes:
    """Sums before each place of the sequence at one position, and the places of each sum."""

    def __init__(self, lines: Lines, sequence: Sequence[int], counted: set[int], position: int) -> None:
        numbers = (lines.values[number][position] if number in counted else 0 for number in sequence)
        self.sums = [0, *accumulate(number or 0 for number in numbers)]
        self.places: dict[int, list[int]] = defaultdict(list)
        for place, total in enumerate(self.sums):
            self.places[total].append(place)

    def ranges(self, place: int, value: int, gaps: int) -> list[tuple[int, int]]:
        """Where the parts of a total at this place may begin and end, behind it and before it."""
        found = []
        sums, places = self.sums, self.places
        for gap in range(gaps + 1):
            first, last = place + 1 + gap, place - gap
            if first + _PAIR < len(sums) and (ends := places.get(sums[first] + value)):
                start = bisect_left(ends, first + _PAIR)
                found += [(first, end) for end in _some(ends, start, len(ends))]
            if last >= _PAIR and (starts := places.get(sums[last] - value)):
                stop = bisect_right(starts, last - _PAIR)
                found += [(start, last) for start in _some(starts, 0, stop)]
        return found

    def ranges_anywhere(self, value: int) -> list[tuple[int, int]]:
        found = []
        for first, before in enumerate(self.sums):
            if ends := self.places.get(before + value):
                start = bisect_left(ends, first + _PAIR)
                found += [(first, end) for end in _some(ends, start, len(ends))]
        return found


def _some(places: list[int], first: int, last: int) -> list[int]:
    """The nearest and the farthest of them: blanks at the end of the parts may belong to them or not."""
    if last - first <= _ENDS:
        return places[first:last]
    return [*places[first : first + _ENDS // 2], *places[last - _ENDS // 2 : last]]


def _differences(lines: Lines, unit: int) -> Iterable[int]:
    """What a sum may differ by when it is looked up, either way; it is judged once the parts are known."""
    widest = lines.tolerance(_LOOKED_UP, unit)
    if lines.slack:
        step = 10**lines.decimals
        return range(0, min(widest, _MOST_DIFFERENCES * step) + 1, step)
    return range(0, widest + 1, unit)


def _pairs(lines: Lines, targets: Sequence[int]) -> Iterable[Relation]:
    """Sums of any two lines, wherever they stand: the minuend of a difference among them.

    For a target and one part the other part is looked up at a few positions; only what is met twice is
    compared everywhere.
    """
    if len(lines) > _MOST_FOR_PAIRS:
        return
    index = [lines_by_value(lines, position) for position in range(lines.length)]
    for target in targets:
        own = lines.values[target]
        positions = sample([position for position, value in enumerate(own) if value])
        votes: Counter[tuple[int, int]] = Counter()
        for position in positions:
            value = own[position] or 0
            for one, part in enumerate(lines.values):
                number = part[position]
                if one == target or not number:
                    continue
                for other in index[position].get(value - number, ()):
                    if one < other != target and max(abs(one - target), abs(other - target)) <= _NEAR:
                        votes[one, other] += 1
        cost = 3 * log2(len(lines)) - 1
        least = min(2, len(positions))
        near = sorted(
            (pair for pair, count in votes.items() if count >= least),
            key=lambda pair: (-votes[pair], abs(pair[0] - target) + abs(pair[1] - target)),
        )
        for one, other in near[:_VERIFIED]:
            relation = _sum_of_pair(lines, target, one, other, cost)
            if relation is not None:
                yield relation


def lines_by_value(lines: Lines, position: int) -> dict[int, list[int]]:
    index: dict[int, list[int]] = defaultdict(list)
    for number, line in enumerate(lines.values):
        value = line[position]
        if value and len(index[value]) < _ENDS:
            index[value].append(number)
    return index


def sample(positions: list[int], size: int = 6) -> list[int]:
    """Some of the positions, evenly spread."""
    step = max(len(positions) // size, 1)
    return positions[::step][:size]


def _sum_of_pair(lines: Lines, target: int, one: int, other: int, cost: float) -> Relation | None:
    tally = Tally(lines, target)
    allowed = lines.tolerance(2, lines.units[target])
    rows = zip(lines.values[target], lines.values[one], lines.values[other], strict=True)
    for position, (value, left, right) in enumerate(rows):
        if value is None or left is None or right is None:
            continue
        error = abs(left + right - value)
        tally.add(
            position,
            value,
            error,
            allowed,
            is_evidence=bool(left and right),
            size=min(abs(left), abs(right)),
            parts=(left, right),
        )
    return tally.relation("sum", (one, other), cost)
