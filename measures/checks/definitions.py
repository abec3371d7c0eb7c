"""A check as plain data, and what each kind does with it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from measures.checks import across_items, within_items
from measures.checks.facts import SubmissionFacts
from measures.checks.parameters import Parameters
from measures.checks.within_items import Found
from measures.enums import CheckKind, Severity


class Need(Enum):
    """What a kind has to know besides the figures of this year and last; loaded only where it is asked."""

    HISTORY = auto()
    PEERS = auto()
    MEMBERS = auto()


@dataclass(frozen=True)
class Kind:
    find: Callable[[Any, SubmissionFacts], Iterator[Found]]
    need: Need | None = None


KINDS: Mapping[str, Kind] = {
    CheckKind.RANGE: Kind(within_items.out_of_range),
    CheckKind.WHOLE_NUMBERS: Kind(within_items.not_whole),
    CheckKind.PART_OF_TOTAL: Kind(within_items.group_above_total),
    CheckKind.SUM_OF_PARTS: Kind(within_items.parts_off_total),
    CheckKind.FORMULA: Kind(across_items.broken_formula),
    CheckKind.CHANGE: Kind(within_items.changed_much),
    CheckKind.HISTORY: Kind(within_items.outlier_of_history, need=Need.HISTORY),
    CheckKind.PEERS: Kind(within_items.outlier_among_peers, need=Need.PEERS),
    CheckKind.MEMBERS_SUM: Kind(across_items.off_members_sum, need=Need.MEMBERS),
    CheckKind.EXCLUSIVE: Kind(across_items.not_exclusive),
    CheckKind.COMPULSORY: Kind(across_items.without_the_other),
    CheckKind.MISSING: Kind(within_items.missing),
}


@dataclass(frozen=True)
class Definition:
    """A check for as long as it counts. ``text`` is what pages, sheets and findings show of it."""

    code: str
    kind: str
    severity: Severity
    parameters: Parameters
    text: str
    valid_from: int = 0
    valid_until: int | None = None

    def counts_in(self, year: int) -> bool:
        return self.valid_from <= year and (self.valid_until is None or year <= self.valid_until)

    @property
    def need(self) -> Need | None:
        return KINDS[self.kind].need

    def find(self, facts: SubmissionFacts) -> Iterator[Found]:
        return KINDS[self.kind].find(self.parameters, facts)
