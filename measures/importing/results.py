"""What reading a file yields."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from measures.importing.problems import Problem, Question, render
from measures.importing.refusals import REFUSALS

if TYPE_CHECKING:
    from measures.importing.decisions import Decision


class FigureRow(NamedTuple):
    """One figure, or one stated absence, with the cell it comes from."""

    indicator: str
    year: int
    organisation: str
    region: str
    occupation: str
    occupation_label: str
    target_group: str
    value: Decimal | None
    absence: str
    quality: str
    below_half_unit: bool
    uncertain: bool
    note: str
    sheet: str
    cell: str
    original: str
    held: bool


class ComparedTotal(NamedTuple):
    """A total over organisations or regions: compared, never added. ``ok`` None: not checkable.

    ``tolerance`` is what rounding allows between the two.
    """

    sheet: str
    cell: str
    indicator: str
    year: int | None
    organisation: str
    region: str
    occupation: str
    target_group: str
    stated: Decimal
    sum: Decimal | None
    ok: bool | None
    tolerance: Decimal = Decimal(0)


@dataclass(slots=True)
class Column:
    """A column of a table and what it is taken for; the web page offers it for confirmation."""

    index: int
    header: str
    role: str
    confidence: float
    samples: list[str]
    meaning: dict[str, str] = field(default_factory=dict)
    letter: str = ""
    notation: str = ""
    """Of a value column: ``de``, ``en``, ``mixed``, or empty where nothing tells."""
    factor: int = 1


@dataclass(slots=True)
class CellAccount:
    """What became of the cells that hold something, from a table's headings to its last row of data."""

    area: str = ""
    """The cells that were looked at (``A4:G400``): all columns the table may use."""
    cells: int = 0
    figures: int = 0
    held: int = 0
    totals: int = 0
    labels: int = 0
    headings: int = 0
    not_read: dict[str, int] = field(default_factory=dict)
    """By the reason (``reading/account.py``); with the other counts they add up to ``cells``."""
    not_read_at: dict[str, list[str]] = field(default_factory=dict)
    """Where those cells are, by the reason: the first ranges of each (``C4:C9``)."""


@dataclass(slots=True)
class Table:
    sheet: str
    header_rows: list[int]
    data_range: str
    columns: list[Column]
    constants: dict[str, str]
    fingerprint: str
    as_of: str = ""
    row_count: int = 0
    markers: list[dict[str, Any]] = field(default_factory=list)
    """Signs met in place of numbers: ``found``, ``meaning``, ``source`` (``Markers.source``), ``count``."""
    template_version: int = 0
    """Which version of the portal's own workbook the table is; 0: a table of somebody else's."""
    account: CellAccount | None = None
    """None: of a table that is not read at all, or of the portal's own workbook."""


@dataclass(slots=True)
class Reading:
    name: str
    status: str = "ready"
    reason_code: str = ""
    reason_params: dict[str, str] = field(default_factory=dict)
    encoding: str = ""
    suffix: str = ""
    tables: list[Table] = field(default_factory=list)
    rows: list[FigureRow] = field(default_factory=list)
    control_totals: list[ComparedTotal] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    sheets: list[SheetView] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    """What areas, rows, columns and words were taken for, and why; sheet by sheet."""

    @property
    def reason(self) -> str:
        return reason_in_words(self.reason_code, self.reason_params, self.questions)


def reason_in_words(code: str, params: dict[str, str], questions: list[Question]) -> str:
    """Why a file is refused, else what it asks; empty if nothing is open."""
    if code:
        return render(REFUSALS[code], params)
    return " ".join(dict.fromkeys(question.message for question in questions))


def is_own_workbook(tables: list[Table]) -> bool:
    """Whether a file is the portal's own workbook, whose columns nobody has to confirm."""
    return bool(tables) and all(table.template_version for table in tables)


def refused(name: str, code: str, **params: str) -> Reading:
    return Reading(name=name, status="refused", reason_code=code, reason_params=params)


@dataclass(slots=True)
class RowView:
    """``kind``: title, header, unit, section, data, total, note, blank or ignored. Numbers count from one."""

    number: int
    kind: str
    cells: list[str]


@dataclass(slots=True)
class AreaView:
    """Where a table is, as ``AreaAnswer`` would say it; without a fingerprint it has no column of values."""

    fingerprint: str
    header_first: int
    header_last: int
    data_first: int
    data_last: int
    first_column: str
    last_column: str
    is_read: bool = True


@dataclass(slots=True)
class SheetView:
    """``rows`` is an excerpt: the top of the sheet, and what stands around the heads and ends of tables."""

    name: str
    hidden: bool = False
    fingerprint: str = ""
    row_count: int = 0
    column_count: int = 0
    rows: list[RowView] = field(default_factory=list)
    hidden_rows: list[str] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)
    areas: list[AreaView] = field(default_factory=list)
