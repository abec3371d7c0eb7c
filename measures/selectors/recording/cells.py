"""One cell as the pages of recording show it: what is stored, last year beside, and what is broken down."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from measures.checks import Finding, Key
from measures.enums import TOTAL, Quality, Severity, TotalBasis
from measures.models import Figure, Item, ReviewMark
from measures.models.totals import Total
from measures.rules.cells import cell_name
from measures.typed_values import NOTHING, Entry
from partners.models import User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class CellChoice:
    """One of the contents that a person can choose for a cell that could not be stored."""

    token: str
    label: "StrOrPromise"


@dataclass
class EntryCell:
    """One cell as stored, with what the page shows about it. ``typed`` is what could not be stored.

    A page asks some of these things a dozen times for each of hundreds of cells, so they are kept.
    """

    item: Item
    key: Key
    row_label: str
    occupation: str = TOTAL
    column_label: str = ""
    """What the column is, where it is not the indicator."""
    figure: Figure | None = None
    total: Total | None = None
    last_year: Entry = NOTHING
    findings: list[Finding] = field(default_factory=list)
    typed: str | None = None
    message: "StrOrPromise" = ""
    outcome: str = ""
    """What became of it when it was sent."""
    choices: Sequence[CellChoice] = ()
    cleared_by: User | None = None
    cleared_at: dt.datetime | None = None
    """Who emptied it meanwhile, where somebody else wanted to store something."""
    marks: list[ReviewMark] = field(default_factory=list)
    comments: int = 0
    is_marked: bool = False
    remark: str = ""
    """What a reviewer is about to mark it with."""

    @cached_property
    def name(self) -> str:
        return cell_name(self.item.pk, self.key.region, self.key.target_group, self.occupation)

    @cached_property
    def entry(self) -> Entry:
        return Entry(value=self.figure.value, absence=self.figure.absence) if self.figure else NOTHING

    @cached_property
    def stored_text(self) -> str:
        return self.entry.text

    @property
    def text(self) -> str:
        return self.stored_text if self.typed is None else self.typed

    @cached_property
    def label(self) -> str:
        return f"{self.column_label or self.item.indicator.name}, {self.row_label}"

    @property
    def year_before(self) -> str:
        return self.item.year_before

    @property
    def occupations(self) -> Total | None:
        """What the occupations add up to, where there are any."""
        return self.total if self.total and self.total.parts else None

    @cached_property
    def not_broken_down(self) -> Decimal | None:
        """What of a stated total is in none of its occupations; below zero where these are more."""
        parts = self.occupations
        if parts is None or parts.basis != TotalBasis.STATED or parts.value is None:
            return None
        return parts.value - (parts.parts_sum or Decimal(0))

    @property
    def tone(self) -> str:
        if self.typed is not None or any(f.severity == Severity.ERROR for f in self.findings):
            return "danger"
        return "warning" if any(f.severity == Severity.QUERY for f in self.findings) else ""

    @property
    def has_notes(self) -> bool:
        """Whether the checks, the review or the quality of the figure say anything about it."""
        return bool(self.findings or self.marks or (self.figure and self.figure.quality != Quality.FINAL))

    @property
    def is_missing(self) -> bool:
        """Whether neither a value nor a reason for none is stated."""
        return self.total is None

    @property
    def is_listed(self) -> bool:
        """Whether reviewers read it line by line: something is stated now or was last year."""
        return not self.is_missing or not self.last_year.is_empty

    @property
    def value_now(self) -> Decimal | None:
        """The number stated, or the sum of the occupations where no total is."""
        if self.occupation != TOTAL:
            return self.figure.value if self.figure else None
        return self.total.value if self.total else None

    @cached_property
    def change(self) -> Entry:
        """The difference to last year, where both are numbers."""
        if self.value_now is None or self.last_year.value is None:
            return NOTHING
        return Entry(value=self.value_now - self.last_year.value)

    @cached_property
    def change_ratio(self) -> Decimal | None:
        """The difference as a share of last year's value, which has to be above zero for that."""
        difference, before = self.change.value, self.last_year.value
        return difference / before if difference is not None and before is not None and before > 0 else None
