"""What checks know of a submission: plain data, put together by the selectors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from measures.enums import TOTAL

ROUNDED_TO = 3


class Key(NamedTuple):
    """A cell of the grid within its item."""

    region: str
    target_group: str

    @property
    def place(self) -> tuple[str, bool, str]:
        """Where it stands in a list: the total of a region before its groups."""
        return self.region, self.target_group != TOTAL, self.target_group


class Place(NamedTuple):
    """A cell of the grid."""

    item_id: int
    key: Key


@dataclass(frozen=True)
class StatedFigure:
    """A total as stated or as the sum of its occupations, and what the occupations add up to."""

    value: Decimal | None
    is_stated: bool = True
    parts: int = 0
    parts_absent: int = 0
    parts_sum: Decimal | None = None
    absence: str | None = None

    @property
    def is_complete(self) -> bool:
        """Whether the value is the whole: stated, or a sum with no occupation missing."""
        return self.is_stated or not self.parts_absent


class PeerValue(NamedTuple):
    """What another organisation of the same kind has stated in the same round."""

    now: Decimal
    before: Decimal | None


class MembersStated(NamedTuple):
    """What the members of an umbrella state together, and how many of those due have not."""

    sum: Decimal
    stated: int
    missing: int


@dataclass(frozen=True)
class ItemFacts:
    """What stands on one indicator, what stood there before, and what others state.

    ``is_rounded``: every value came from a spreadsheet and is a multiple of 3 (rule 14). ``cells``: every
    cell there is to fill in, empty ones included. ``history``: the values of the years before, the newest
    first. ``peers`` are by target group, ``members`` by indicator of the members and cell.
    """

    item_id: int
    indicator: str
    code: str
    may_be_negative: bool
    year: int
    statements: Mapping[Key, StatedFigure]
    position: int = 0
    decimals: int = 0
    is_rounded: bool = False
    last_year: Mapping[Key, Decimal] = field(default_factory=dict)
    labels: Mapping[Key, str] = field(default_factory=dict)
    cells: Sequence[Key] = ()
    history: Mapping[Key, Sequence[Decimal]] = field(default_factory=dict)
    peers: Mapping[str, Sequence[PeerValue]] = field(default_factory=dict)
    members: Mapping[str, Mapping[Key, MembersStated]] = field(default_factory=dict)

    def label(self, key: Key) -> str:
        return self.labels.get(key, key.target_group)

    def tolerance(self, parts: int) -> int:
        base = ROUNDED_TO if self.is_rounded else 1
        return (parts + 1) * (base // 2)

    def value(self, key: Key) -> Decimal | None:
        """The value, if it is the whole."""
        found = self.statements.get(key)
        return found.value if found and found.is_complete else None


@dataclass(frozen=True)
class SubmissionFacts:
    """The items of one submission by the codes of their indicators."""

    submission_id: int
    organisation_id: int
    year: int
    items: Mapping[str, ItemFacts]

    def of(self, indicators: Sequence[str]) -> list[ItemFacts]:
        """The items of these indicators that are due; none named: all. In the order of the catalogue."""
        found = [item for code, item in self.items.items() if not indicators or code in indicators]
        return sorted(found, key=lambda item: (item.position, item.code))
