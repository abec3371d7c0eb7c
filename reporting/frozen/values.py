"""What every part of the frozen data is made of: texts in both languages, and amounts with their reasons.

What is written here is stored for good, as ``schema`` describes.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class AmountState(StrEnum):
    """What a cell of the report holds: a value, one of the typed absences, or a gap."""

    VALUE = "value"
    UNKNOWN = "unknown"
    CONFIDENTIAL = "confidential"
    NOT_APPLICABLE = "not_applicable"
    PENDING = "pending"
    NOT_REPORTED = "not_reported"
    INCOMPLETE = "incomplete"
    NOT_SUMMED = "not_summed"  # several organisations, and their statements may not be added up
    WITHHELD = "withheld"  # a small number of persons, or what would reveal one; since version 3
    NOT_COMPARABLE = "not_comparable"  # a ratio of numbers that unequally many stated; since version 3


class Basis(StrEnum):
    """How a total came about."""

    STATED = "stated"
    DERIVED = "derived"
    AT_LEAST = "at_least"
    MIXED = "mixed"


_WHOLE = Decimal(1)


def plain(value: Decimal) -> Decimal:
    """Give a number its one spelling: 7300, not 7300.0000 and not 7.3E+3."""
    if value.same_quantum(_WHOLE):
        return value
    if value == value.to_integral_value():
        return value.quantize(_WHOLE)
    return value.normalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    de: str
    en: str = ""

    def in_language(self, language: str) -> str:
        """German is complete; where English is missing, the German name is the name."""
        return self.en if language.startswith("en") and self.en else self.de


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What people wrote, in the one language they wrote it in; ``by``: whose it is. Since version 3."""

    text: str
    language: str = "de"
    by: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceCount:
    """How many of those due stated this absence instead of a value."""

    state: AmountState
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A total: its value, or why there is none. ``reported`` counts the organisations that gave a value."""

    state: AmountState
    value: Decimal | None = None
    basis: Basis | None = None
    reported: int = 0
    due: int = 0
    absences: tuple[AbsenceCount, ...] = ()
    qualities: tuple[str, ...] = ()  # every flag found among the parts, other than "final"

    def __post_init__(self):
        if (self.state is AmountState.VALUE) is (self.value is None):
            raise ValueError("An amount has either a value or an absence.")
        if self.value is not None:
            object.__setattr__(self, "value", plain(self.value))

    @property
    def is_stated_by_all(self) -> bool:
        return self.value is not None and self.reported == self.due

    @property
    def is_complete(self) -> bool:
        """Whether everybody due gave a value and none of its parts is missing."""
        return self.is_stated_by_all and self.basis is not Basis.AT_LEAST

    def is_comparable_with(self, other: "Amount") -> bool:
        """Whether as many of as many organisations stated both, or nobody is missing in either."""
        if self.value is None or other.value is None:
            return False
        is_of_as_many = (self.reported, self.due) == (other.reported, other.due)
        return is_of_as_many or (self.is_stated_by_all and other.is_stated_by_all)
