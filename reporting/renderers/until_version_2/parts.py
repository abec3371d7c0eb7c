"""The parts of a composed report: text in reading order, without layout."""

from dataclasses import dataclass
from datetime import date

from msgspec import UNSET, UnsetType


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A number, or the reason for none. ``indicator`` and ``year``, or ``url``, lead to its figures."""

    indicator: str
    year: int
    text: str
    is_gap: bool
    region: str = ""
    notes: tuple[str, ...] = ()
    url: str = ""

    @property
    def key(self) -> str:
        return "-".join(part for part in ("figure", self.indicator, str(self.year), self.region) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLine:
    """An indicator's year as a table row."""

    cell: Cell
    period: str
    target: str
    attainment: str
    coverage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    name: str
    cell: Cell
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorPart:
    code: str
    name: str
    definition: str
    unit: str
    kind: str
    period: str
    source: str
    lines: tuple[YearLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapLine:
    """An indicator without value and target in any year: each year's gap, and how many reported."""

    name: str
    unit: str
    period: str
    years: tuple[tuple[Cell, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurePart:
    """``indicators`` have a table each; those without any value share the table of ``gaps``."""

    code: str
    name: str
    facts: tuple[Fact, ...]
    indicators: tuple[IndicatorPart, ...]
    gaps: tuple[GapLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectivePart:
    code: str
    name: str
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LandTable:
    """``years`` are those some Land has a value for; ``gaps`` has the reason for each other year."""

    indicator: str
    name: str
    unit: str
    years: tuple[int, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    total: tuple[Cell, ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerLine:
    name: str
    due: str
    approved: str
    missing: str
    names: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlLine:
    file: str
    place: str
    what: str
    stated: str
    sum: str
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    name: str
    organisation: str
    sheets: str
    figures: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionLine:
    """A resolution with a line for each organisation that is responsible: name, state, reason."""

    title: str
    text: str
    origin: str
    due: str
    state: str
    commitments: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionPart:
    """The section on commitments with its words; a report without resolutions has none of it."""

    heading: str
    text: str
    summary: str
    columns: tuple[str, ...]
    lines: tuple[ResolutionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    language: str
    title: str
    subtitle: str
    alliance: str
    heading: str
    year: int
    taken_on: date
    imprint: tuple[Fact, ...]
    sha256: str
    labels: dict[str, str]
    introduction: tuple[str, ...]
    tiles: tuple[Tile, ...]
    chart: str  # SVG
    chart_title: str
    chart_text: str
    overview: tuple[tuple[str, str, tuple[YearLine, ...]], ...]  # name, unit, years
    objectives: tuple[ObjectivePart, ...]
    measures: tuple[MeasurePart, ...]
    definitions: tuple[IndicatorPart, ...]
    years: tuple[int, ...]
    lands: tuple[LandTable, ...]
    partners: tuple[PartnerLine, ...]
    controls: tuple[ControlLine, ...]
    statements: tuple[tuple[str, tuple[str, ...]], ...]  # heading, texts
    methods: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    resolutions: ResolutionPart | UnsetType = UNSET  # left out where it is written as JSON
