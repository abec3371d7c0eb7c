"""What a sheet is made of: a title, columns, rows of values, and what stands below them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Look = Literal["text", "number", "share", "year", "date"]


@dataclass(frozen=True, slots=True)
class Absent:
    """The reason why there is no number, where a number is expected."""

    text: str


@dataclass(frozen=True, slots=True)
class Share:
    """0.365, to be shown as 36.5 %."""

    value: Decimal


Value = str | int | Decimal | date | Absent | Share | None


@dataclass(frozen=True, slots=True)
class Linked:
    """A number, or the reason for none, with the permanent link to its origin."""

    value: Value
    url: str


@dataclass(frozen=True, slots=True)
class SheetColumn:
    name: str
    width: int
    look: Look = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTable:
    """``label`` is short and names the sheet; ``notes`` stand below the table.

    The rows are read once, so that a long table need not be held in memory.
    """

    label: str
    title: str
    columns: tuple[SheetColumn, ...]
    rows: Iterable[tuple[Value | Linked, ...]]
    notes: tuple[str, ...] = ()
