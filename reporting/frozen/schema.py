"""The frozen data of one progress report: what a renderer gets, and all it gets.

A snapshot is plain data. ``to_json`` writes it in one canonical form (sorted keys, numbers as decimal
strings, UTF-8), so that equal snapshots have equal bytes and one SHA-256. Texts are kept in both languages;
formatting for a reader is the business of ``composition``.

What is written here is stored for good. Whoever adds, removes, renames or retypes a field raises
``SCHEMA_VERSION`` and follows docs/adr/0045-versions-of-frozen-reports.md.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

import msgspec

SCHEMA_VERSION = 1
"""What new snapshots are written in, and the renderers made for it."""

_ATTAINMENT_STEP = Decimal("0.000001")


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


class Basis(StrEnum):
    """How a total came about."""

    STATED = "stated"
    DERIVED = "derived"
    AT_LEAST = "at_least"
    MIXED = "mixed"


def plain(value: Decimal) -> Decimal:
    """Give a number its one spelling: 7300, not 7300.0000 and not 7.3E+3."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1))
    return value.normalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    de: str
    en: str = ""

    def in_language(self, language: str) -> str:
        """German is complete; where English is missing, the German name is the name."""
        return self.en if language.startswith("en") and self.en else self.de


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


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetData:
    value: Decimal
    baseline: Decimal | None = None
    baseline_year: int | None = None
    per_year: bool = False
    is_ceiling: bool = False
    responsible: tuple[str, ...] = ()  # organisation codes, as shown
    note: Text | None = None

    def __post_init__(self):
        object.__setattr__(self, "value", plain(self.value))
        if self.baseline is not None:
            object.__setattr__(self, "baseline", plain(self.baseline))


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioTargetData:
    """A target that is a share of another figure's total of the same year: 1 is as many as those."""

    goal: Decimal
    denominator: Text

    def __post_init__(self):
        object.__setattr__(self, "goal", plain(self.goal))


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFigure:
    """An indicator in one year. ``attainment`` is a share (0.365), for a ceiling its utilisation."""

    year: int
    amount: Amount
    reference_date: date | None = None
    data_as_of: date | None = None
    target: TargetData | None = None
    ratio: RatioTargetData | None = None
    attainment: Decimal | None = None
    notes: tuple[Text, ...] = ()

    def __post_init__(self):
        if self.attainment is not None:
            rounded = self.attainment.quantize(_ATTAINMENT_STEP, rounding=ROUND_HALF_UP)
            object.__setattr__(self, "attainment", plain(rounded))

    @property
    def promised(self) -> TargetData | RatioTargetData | None:
        return self.target or self.ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class LandRow:
    """One Land (or ``_U``); ``amounts`` stand in the order of the indicator's years."""

    code: str
    name: Text
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorData:
    """``years`` ascend and end with the report year. ``lands`` is empty where no Land is stated."""

    code: str
    name: Text
    unit: str
    kind: str  # flow | stock
    period: str  # calendar_year | market_year | reference_30sep | reference_31dec | after_30sep | school_year
    source: Text
    years: tuple[YearFigure, ...]
    definition: Text | None = None
    is_headline: bool = False
    lands: tuple[LandRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureData:
    code: str
    name: Text
    kind: str
    indicators: tuple[IndicatorData, ...]
    leads: tuple[Text, ...] = ()
    contributing: tuple[Text, ...] = ()
    objectives: tuple[str, ...] = ()  # codes
    target_groups: tuple[Text, ...] = ()
    funding: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveData:
    code: str
    name: Text
    measures: tuple[str, ...]  # codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """Who has reported, by umbrella. ``missing`` names those due without an approved submission."""

    code: str
    name: Text
    due: int
    approved: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlTotalData:
    """A total a file states, compared with the sum of its parts; ``ok`` None: cannot be checked."""

    file: str
    sheet: str
    cell: str
    indicator: str  # code
    year: int
    stated: Decimal
    sum: Decimal | None
    ok: bool | None

    def __post_init__(self):
        object.__setattr__(self, "stated", plain(self.stated))
        if self.sum is not None:
            object.__setattr__(self, "sum", plain(self.sum))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementData:
    """A product, an outcome, a lesson or a success: words, not figures."""

    code: str
    kind: str  # product | outcome | lesson | success
    text: Text
    year: int | None = None
    measure: str | None = None  # code
    objective: str | None = None  # code


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceData:
    """A file whose figures the report uses."""

    name: str
    sha256: str
    organisation: Text
    sheets: int
    figures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alliance:
    name: Text
    phase: str
    implementing_body: Text
    homepage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotData:
    """Everything a progress report of ``year`` states, as it was at ``taken_at``."""

    year: int
    taken_at: datetime
    alliance: Alliance
    objectives: tuple[ObjectiveData, ...]
    measures: tuple[MeasureData, ...]
    participation: tuple[Participation, ...] = ()
    control_totals: tuple[ControlTotalData, ...] = ()
    statements: tuple[StatementData, ...] = ()
    method_notes: tuple[Text, ...] = ()
    sources: tuple[SourceData, ...] = ()
    data_as_of: date | None = None
    schema_version: int = SCHEMA_VERSION

    def __post_init__(self):
        if self.taken_at.tzinfo is None:
            raise ValueError("A snapshot is taken at a moment, which needs a time zone.")
        object.__setattr__(self, "taken_at", self.taken_at.astimezone(UTC).replace(microsecond=0))

    def to_json(self) -> bytes:
        """The canonical form, to be stored and hashed; ``decoding`` reads it."""
        return msgspec.json.encode(self, order="sorted")

    @property
    def indicators(self) -> tuple[IndicatorData, ...]:
        return tuple(indicator for measure in self.measures for indicator in measure.indicators)

    @property
    def headlines(self) -> tuple[IndicatorData, ...]:
        return tuple(indicator for indicator in self.indicators if indicator.is_headline)
