"""What goes into the workbook, as plain data."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

ALL_OCCUPATIONS = ALL_GROUPS = "_T"


@dataclass(frozen=True, slots=True)
class Name:
    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedIndicator:
    """An indicator that is due. ``occupation_digits``: the level of its occupations, 0 for totals alone."""

    code: str
    name: str
    unit: str
    decimals: int = 0
    may_be_negative: bool = False
    occupation_digits: int = 0
    target_groups: tuple[str, ...] = ()
    """The codes of those it is asked by."""
    period: str = ""
    definition: str = ""
    source: str = ""

    @property
    def has_target_groups(self) -> bool:
        return bool(self.target_groups)


@dataclass(frozen=True, slots=True)
class StatedValue:
    """What is stored for a row: a value, or why there is none."""

    value: Decimal | None = None
    absence: str = ""
    quality: str = ""
    note: str = ""
    is_below_half_unit: bool = False
    is_uncertain: bool = False


NOTHING = StatedValue()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookRow:
    """A row to fill in. Without an occupation it is room for one that the person chooses."""

    indicator: RequestedIndicator
    region: Name
    target_group: Name
    occupation: Name | None
    last_year: StatedValue = NOTHING
    now: StatedValue = NOTHING

    @property
    def is_total(self) -> bool:
        return self.occupation is not None and self.occupation.code == ALL_OCCUPATIONS


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that values are held to: its severity and its text."""

    severity: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything a workbook shows. ``leaves_out``: occupations are stored that it does not list."""

    year: int
    organisation: Name
    language: str
    opens_on: dt.date
    closes_on: dt.date
    lines: Sequence[WorkbookRow]
    indicators: Sequence[RequestedIndicator]
    target_groups: Sequence[Name]
    regions: Sequence[Name]
    occupations: Mapping[int, Sequence[Name]]
    absences: Mapping[str, str]
    checks: Sequence[Rule]
    holding: Sequence[Rule]
    leaves_out: bool = False

    @property
    def target_group_lists(self) -> dict[tuple[str, ...], list[Name]]:
        """What can be chosen, for each set of groups that an indicator is asked by."""
        asked = dict.fromkeys(each.target_groups for each in self.indicators if each.target_groups)
        return {
            codes: [name for name in self.target_groups if name.code == ALL_GROUPS or name.code in codes]
            for codes in asked
        }

    @property
    def is_by_land(self) -> bool:
        return len({line.region.code for line in self.lines}) > 1

    @property
    def id(self) -> str:
        """The same for the same content, whoever downloads it."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]
