"""How a table is read: the roles of its columns, what holds for all of it, and how its rows are nested."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from measures.importing.decisions import Evidence, evidence
from measures.importing.problems import Problem, Question

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from measures.importing.decisions import Decision
    from measures.importing.layout.blocks import Block
    from measures.importing.results import Table
    from measures.importing.text.periods import Period


class Label(NamedTuple):
    """A dimension as found: its code, or the problem in its place. ``column`` is where the text stands."""

    code: str
    marks: tuple[str, ...] = ()
    problem: str = ""
    found: str = ""
    params: tuple[tuple[str, str], ...] = ()
    column: int = -1
    label: str = ""
    quality: str = ""
    is_figure: bool = False
    """By a person's word the row holds figures, whatever its labels look like."""


BLANK = Label("")


class Constant(NamedTuple):
    """A code that holds for the table, the code of the evidence for it, and the line that says so, if any."""

    code: str = ""
    source: str = ""
    line: str = ""


DIMENSIONS = ("organisation", "region", "indicator", "target_group", "year", "occupation", "occupation_label")


CHAMBER_KIND = "chamber_kind"
"""Of a value's heading: which chamber of the town in its row is meant."""


@dataclass(slots=True)
class ValueColumn:
    index: int
    offset: int
    heading: Heading
    notation: str = ""
    is_unclear: bool = False
    is_given: bool = False
    """A person stated what the column is."""
    chamber_kind: str = ""
    """``IHK`` or ``HWK`` over towns, where the heading says which of their chambers is meant."""

    @property
    def meaning(self) -> dict[str, str]:
        """What the heading fixes for the values below it."""
        kind = {CHAMBER_KIND: self.chamber_kind} if self.chamber_kind else {}
        return self.heading.meaning | kind


@dataclass(slots=True)
class Plan:
    """How a table is read."""

    block: Block
    table: Table
    roles: dict[str, int] = field(default_factory=dict)
    umbrella_column: int = -1
    """The column that names the umbrella of the organisation beside it, or an organisation without one."""
    values: list[ValueColumn] = field(default_factory=list)
    constants: dict[str, str] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    doubts: list[Question] = field(default_factory=list)
    """What is asked about words around the table, or was asked and answered."""
    problems: list[Problem] = field(default_factory=list)
    column_reasons: dict[int, list[Evidence]] = field(default_factory=dict)
    """Why each column was taken for what it is, by its offset in the table."""
    found_constants: dict[str, Constant] = field(default_factory=dict)
    """What holds for the whole table and where that was found, the date of the data and a factor included."""
    outline: Outline | None = None
    words: list[Decision] = field(default_factory=list)
    """What each word around the table was taken for."""
    status_notes: list[str] = field(default_factory=list)
    """Notes below the table that say of what quality all its figures are."""
    status_of_figures: dict[tuple[str, int], str] = field(default_factory=dict)
    """Of what quality the figures of an indicator and a year are, by a note below the table; an empty code or
    year stands for all of them."""
    footnotes: dict[str, str] = field(default_factory=dict)
    """Notes whose marks only the cells show to be marks."""
    unread_columns: list[tuple[int, int]] = field(default_factory=list)
    """Columns of words nobody knows, by their place on the sheet and in the table."""
    reference_columns: list[int] = field(default_factory=list)
    """Columns that say of which period each row is; a row of another than its indicator's is held."""
    unknown_sections: dict[int, str] = field(default_factory=dict)
    """Headings between the rows that are not understood, by the row they stand in."""
    has_parts_of_year: bool = False
    """Quarters or months stand beside the year they add up to, and are not read."""
    is_foreign: bool = False
    """Nothing in the table speaks of figures: contacts, a budget, a form's page number."""
    is_keyed: bool = False
    """Every row carries its own keys: what is empty is missing, never as in the row above."""

    @property
    def is_blocked(self) -> bool:
        """Whether a question about the whole table is open, so that none of its values is certain."""
        return any(question.column < 0 for question in self.questions)

    def set_aside_unclear(self) -> None:
        """Read the columns that are understood; nothing is taken from one that a question is open about."""
        if any(not value.is_unclear for value in self.values):
            self.values = [value for value in self.values if not value.is_unclear]
        elif self.values:
            self.values = []

    def leave_out(self) -> None:
        """Read nothing from the table; on the mapping page a person may still say what it is."""
        for value in self.values:
            self.table.columns[value.offset].role = "ignore"
            self.column_reasons[value.offset].append(evidence("table_left_out"))
        self.values, self.questions = [], []
        cell = self.table.data_range.partition(":")[0]
        self.problems = [Problem("table_foreign", self.table.sheet, cell, self.table.data_range)]


@dataclass(slots=True)
class Surroundings:
    """Texts that may say what holds for a table, nearest first."""

    lines: list[list[str]]
    supplier: str | None
    fingerprints: Counter[str]
    """How often each fingerprint has come in this file: equal forms are told apart by their order."""
    covers: Sequence[str] = ()
    """The lines of sheets without a table, such as a cover or remarks, that could be about the figures."""
    years: frozenset[int] = frozenset()
    """The years that titles and names of sheets with tables have: of which of them a cover is, is open."""
    beside: frozenset[str] = frozenset()
    """The indicators that the other tables of the sheet are titled with."""


@dataclass(slots=True)
class Outline:
    """What a label column holds besides entries of its own kind."""

    column: int
    kind: str
    others: dict[Any, tuple[str, Label]] = field(default_factory=dict)
    """Texts of the column that are names of another kind."""
    heads: list[tuple[int, Any]] = field(default_factory=list)
    """Rows that only head others, without a value of their own."""
    is_indented: bool = False
    groups: set[Any] = field(default_factory=set)
    """Texts that look like the heading of a group, where nothing is indented."""

    @property
    def kinds(self) -> set[str]:
        return {kind for kind, _ in self.others.values()}


@dataclass(slots=True)
class Heading:
    """The reading of one column's heading."""

    text: str = ""
    meaning: dict[str, str] = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)
    role: str = ""
    factor: int = 1
    quality: str = ""
    unread: list[str] = field(default_factory=list)
    leads_on: str = ""
    """A word such as ``davon`` that leads to the part of a whole."""
    derived: bool = False
    not_kept: bool = False
    """The values are of a kind of which the portal has no figures (men, years of training)."""
    of_last_year: bool = False
    unit: str = ""
    """What a word of the heading counts (``Betriebe``), as the catalogue calls its units."""
    period: Period | None = None
    """A period that is more, or less, than a plain year."""

    @property
    def is_meaningful(self) -> bool:
        return bool(self.meaning)
