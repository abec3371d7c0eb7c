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

import msgspec

from reporting.frozen.breaks import is_parted
from reporting.frozen.contents import (
    Changes,
    Market,
    MoneyRow,
    NarrativeData,
    Offers,
    Practice,
    SeriesBreakData,
)
from reporting.frozen.values import AbsenceCount, Amount, AmountState, Basis, Remark, Text, plain

__all__ = ["AbsenceCount", "Amount", "AmountState", "Basis", "Remark", "Text", "plain"]

SCHEMA_VERSION = 3
"""What new snapshots are written in, and the renderers made for it."""

_ATTAINMENT_STEP = Decimal("0.000001")


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

    @property
    def is_falling(self) -> bool:
        """Whether the value was to become less than it was; a ceiling is no way down."""
        return not self.is_ceiling and self.baseline is not None and self.value < self.baseline

    @property
    def is_a_maximum(self) -> bool:
        return self.is_ceiling or self.is_falling


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
    remarks: tuple[Remark, ...] = ()  # of the organisations; among the notes before version 3

    def __post_init__(self):
        if self.attainment is not None:
            rounded = self.attainment.quantize(_ATTAINMENT_STEP, rounding=ROUND_HALF_UP)
            object.__setattr__(self, "attainment", plain(rounded))

    @property
    def ends_on(self) -> date:
        """Its reference date, or the last day of its year."""
        return self.reference_date or date(self.year, 12, 31)

    @property
    def promised(self) -> TargetData | RatioTargetData | None:
        return self.target or self.ratio

    @property
    def has_value(self) -> bool:
        return self.amount.value is not None

    @property
    def is_ceiling(self) -> bool:
        """Whether the target is not to be exceeded, so that its attainment is how far it was used."""
        return self.target is not None and self.target.is_ceiling


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow:
    """One Land (or ``_U``), target group or umbrella; ``amounts`` stand in the order of the years."""

    code: str
    name: Text
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossedRow:
    """Where two of Land, target group and umbrella meet; the code of the third is empty."""

    region: str = ""
    group: str = ""
    umbrella: str = ""
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorData:
    """``years`` ascend and end with the report year.

    ``lands``, ``groups`` and ``umbrellas`` are empty where nothing is stated by them. Lands and umbrellas add
    up to the whole; target groups overlap. ``crossed`` holds what the editions of Länder and umbrellas show;
    where it has no row, nobody stated anything.
    """

    code: str
    name: Text
    unit: str
    kind: str  # flow | stock
    period: str  # calendar_year | market_year | reference_30sep | reference_31dec | after_30sep | school_year
    source: Text
    years: tuple[YearFigure, ...]
    definition: Text | None = None
    is_headline: bool = False
    lands: tuple[PartRow, ...] = ()
    is_protected: bool = False  # counts persons: small numbers are withheld; since version 3
    may_be_negative: bool = False  # since version 3
    groups: tuple[PartRow, ...] = ()  # since version 3
    umbrellas: tuple[PartRow, ...] = ()  # since version 3
    crossed: tuple[CrossedRow, ...] = ()  # since version 3
    breaks: tuple[SeriesBreakData, ...] = ()  # between the years; since version 3

    def is_parted(self, earlier: int, later: int) -> bool:
        return is_parted((each.year for each in self.breaks), earlier, later)


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
class CommitmentData:
    """How far an organisation is with its part in a resolution, and the reason given for that."""

    organisation: Text
    state: str  # open | in_work | kept | not_kept | dropped
    reason: str = ""
    reason_language: str = "de"  # since version 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionData:
    """What the partners resolved, and what became of it."""

    title: Text
    meeting: Text
    resolved_on: date
    state: str  # as above; what follows from the commitments
    commitments: tuple[CommitmentData, ...]
    text: Text | None = None
    due_on: date | None = None
    measures: tuple[str, ...] = ()  # codes


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceData:
    """A file whose figures the report uses."""

    name: str
    sha256: str
    organisation: Text
    sheets: int
    figures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenanceData:
    """How many versions of figures the numbers were added up from, and the SHA-256 over all of them.

    ``salt`` is hashed first and never published: else withheld values could be tried out until the hash fits.
    """

    figures: int
    salt: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisedCell:
    """A cell without a printed value that an earlier release prints, and whose value is another one now."""

    indicator: str
    year: int
    region: str = ""  # the code of a Land, ``_U`` or ``DE``; empty: all of them
    group: str = ""
    umbrella: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureData:
    """How the tables were protected. ``earlier`` names the released snapshots it was done against."""

    withheld: int = 0  # cells
    earlier: tuple[str, ...] = ()  # SHA-256
    revised: tuple[RevisedCell, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeData:
    """The part of the Alliance that an edition is about: a Land or an umbrella."""

    kind: str  # land | umbrella
    code: str
    name: Text


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
    resolutions: tuple[ResolutionData, ...] = ()  # since version 2
    report_type: str = "annual"  # a code of the registry of editions; since version 3
    scope: ScopeData | None = None  # None: the whole Alliance; since version 3
    disclosure: DisclosureData | None = None  # None: nothing was protected; since version 3
    portal: str = ""  # the address that permanent links of figures begin with; since version 3
    market: Market | None = None  # this and what follows: since version 3
    money: tuple[MoneyRow, ...] = ()
    offers: Offers | None = None
    narratives: tuple[NarrativeData, ...] = ()
    changes: tuple[Changes, ...] = ()
    practice: Practice | None = None
    provenance: ProvenanceData | None = None  # of the whole snapshot
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
    def data_status(self) -> date | None:
        """The latest day that data were as of; none where later values state no day."""
        values = [each for indicator in self.indicators for each in indicator.years if each.has_value]
        return self.data_as_of if all(self.data_status_of(each) for each in values) else None

    def data_status_of(self, figure: YearFigure) -> date | None:
        """The day stated for it, or else that of the report, if the figure was complete by then."""
        latest = self.data_as_of
        return figure.data_as_of or (latest if latest and figure.ends_on <= latest else None)

    @property
    def headlines(self) -> tuple[IndicatorData, ...]:
        return tuple(indicator for indicator in self.indicators if indicator.is_headline)
