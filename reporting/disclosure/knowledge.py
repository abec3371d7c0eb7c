"""What a reader of printed tables knows of the values that are withheld."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from reporting.disclosure.cells import THRESHOLD, CellKey, Equation

_ALMOST = 1e-6


class KnownSum(NamedTuple):
    """What some values, each with its sign, add up to; or, where ``is_most``, to how much at most."""

    entries: tuple[tuple[Hashable, int], ...]
    amount: Decimal
    is_most: bool = False

    @property
    def is_wrong(self) -> bool:
        """Whether nothing in it is unknown, and it does not hold."""
        return not self.entries and (self.amount < 0 or bool(self.amount and not self.is_most))


def as_row(equation: Equation, name: Callable[[CellKey], Hashable] = lambda cell: cell) -> KnownSum:
    """``name``: what a cell's value is called."""
    entries = [(name(cell), 1) for cell in equation.parts]
    if equation.total is not None:
        entries.append((name(equation.total), -1))
    return KnownSum(tuple(entries), -equation.constant, not equation.is_sum)


def without_known(rows: Iterable[KnownSum], known: Mapping[Any, Decimal]) -> list[KnownSum]:
    """The rows with what is known taken out; those of which nothing is left only if they are wrong."""
    found = []
    for row in rows:
        entries = tuple(entry for entry in row.entries if entry[0] not in known)
        left = row.amount - sum(
            (sign * known[name] for name, sign in row.entries if name in known), Decimal(0)
        )
        unknown = KnownSum(entries, left, row.is_most)
        if entries or unknown.is_wrong:
            found.append(unknown)
    return found


def is_too_narrow(low: float, high: float) -> bool:
    """Whether a value within these bounds is as good as known, or known to be small."""
    most = max(high, -low)
    return high - low < THRESHOLD - _ALMOST or most < THRESHOLD - _ALMOST


def targets_of(withheld: Collection[CellKey], pairs: Collection[CellKey]) -> set[CellKey]:
    """What must stay uncertain: each withheld cell, and what a total has beside a target group.

    ``pairs`` are the printable cells of target groups that have a total.
    """
    hidden = set(withheld)
    rests = {cell.rest for cell in pairs if cell in hidden or cell.without_group in hidden}
    return hidden | rests
