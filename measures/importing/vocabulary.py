"""What the reader knows about the world: names and codes, and a person's answers. Picklable, no models."""

from __future__ import annotations

import datetime as dt  # noqa: TC003  dataclass fields are read at runtime
import json
from dataclasses import asdict, dataclass, field
from typing import Any

TOTAL = "_T"
UNASSIGNED = "_U"
COUNTRY = "DE"


@dataclass(frozen=True, slots=True)
class Term:
    """A code and every name it goes by."""

    code: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrganisationTerm:
    code: str
    names: tuple[str, ...]
    kind: str = ""
    region: str = COUNTRY
    umbrella: str = ""
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    successor: str = ""

    def existed_in(self, year: int) -> bool:
        """Whether there was a day of the year on which the organisation existed."""
        begins, ends = self.valid_from, self.valid_until
        return (begins is None or begins.year <= year) and (ends is None or ends.year >= year)


@dataclass(frozen=True, slots=True)
class IndicatorTerm:
    code: str
    names: tuple[str, ...]
    unit: str = ""
    decimals: int = 0
    negative: bool = False
    breakdown: tuple[str, ...] = ()
    sums_over: tuple[str, ...] = ()
    asked_of: tuple[str, ...] = ()
    period: str = ""
    """The kind of period its figures are of, as ``text/periods.py`` names them; empty: any year."""
    measure: tuple[str, ...] = ()
    """What the measure is called that the indicator belongs to; titles name it in the indicator's place."""
    definitions: tuple[str, ...] = ()
    """What the catalogue says is counted: words of it beside the indicator's name restrict nothing."""
    sources: tuple[str, ...] = ()
    """Where its figures come from by the catalogue: a text that repeats it says nothing new."""


@dataclass(frozen=True, slots=True)
class OccupationTerm:
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    organisations: tuple[OrganisationTerm, ...] = ()
    regions: tuple[Term, ...] = ()
    indicators: tuple[IndicatorTerm, ...] = ()
    target_groups: tuple[Term, ...] = ()
    occupations: tuple[OccupationTerm, ...] = ()
    years: frozenset[int] = frozenset()
    open_years: frozenset[int] | None = None
    """Years whose round is open today; None where nobody can tell."""
    supplier: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Reading stops with a clear sentence at each of them."""

    file_bytes: int = 100 * 2**20
    unpacked_bytes: int = 1_500 * 2**20
    unpacked_ratio: int = 400
    sheets: int = 250
    rows: int = 1_100_000
    columns: int = 16_384
    cells: int = 20_000_000
    memory_bytes: int = 4 * 2**30
    cpu_seconds: int = 240
    seconds: int = 300


@dataclass(slots=True)
class TableAnswers:
    """A person's word on one table. Columns are counted from the table's first column."""

    roles: dict[int, str] = field(default_factory=dict)
    columns: dict[int, dict[str, str]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    notation: dict[int, str] = field(default_factory=dict)
    wording: dict[str, str] = field(default_factory=dict)
    """Words and periods around the table that were asked about, as found, and whether the values hold."""


@dataclass(slots=True)
class AreaAnswer:
    """Where a table is, by a person's word; rows as the spreadsheet counts them.

    ``data_last`` 0: down to where the table ends. Empty columns: all there are.
    """

    header_first: int
    header_last: int
    data_first: int
    data_last: int = 0
    first_column: str = ""
    last_column: str = ""


@dataclass(slots=True)
class SheetAnswers:
    """A person's word on where the tables of a sheet are and what its rows hold.

    ``tables``, where there are any, replace what was detected. ``rows`` says of a row's number that it is
    ``data``, a ``total``, a ``section``, a ``note`` or ``ignored``.
    """

    tables: list[AreaAnswer] = field(default_factory=list)
    rows: dict[int, str] = field(default_factory=dict)
    marks: dict[int, str] = field(default_factory=dict)
    """The words of the rows named above: in the next file of this form they may stand elsewhere."""
    ignored: bool = False
    """Nothing is read from this sheet."""


@dataclass(slots=True)
class Answers:
    """Confirmed once, saved per supplier.

    ``tables`` is keyed by the table's fingerprint and ``sheets`` by the sheet's; ``names`` by kind, then by
    the text as found; ``markers`` by the text as found, with an absence (or ``zero``) as meaning.
    """

    tables: dict[str, TableAnswers] = field(default_factory=dict)
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    markers: dict[str, str] = field(default_factory=dict)
    sheets: dict[str, SheetAnswers] = field(default_factory=dict)
    only_sheets: tuple[str, ...] = ()
    """Names of the sheets to read, if not all; stated of one reading, never saved."""

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Answers:
        data: dict[str, Any] = json.loads(text)
        return cls(
            tables={
                key: TableAnswers(
                    roles={int(index): role for index, role in table.get("roles", {}).items()},
                    columns={int(index): dict(given) for index, given in table.get("columns", {}).items()},
                    constants=dict(table.get("constants", {})),
                    notation={int(index): value for index, value in table.get("notation", {}).items()},
                    wording=dict(table.get("wording", {})),
                )
                for key, table in data.get("tables", {}).items()
            },
            names={kind: dict(given) for kind, given in data.get("names", {}).items()},
            markers=dict(data.get("markers", {})),
            sheets={
                key: SheetAnswers(
                    tables=[AreaAnswer(**area) for area in sheet.get("tables", [])],
                    rows={int(number): kind for number, kind in sheet.get("rows", {}).items()},
                    marks={int(number): mark for number, mark in sheet.get("marks", {}).items()},
                    ignored=bool(sheet.get("ignored")),
                )
                for key, sheet in data.get("sheets", {}).items()
            },
        )
