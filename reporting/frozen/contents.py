"""The parts of the frozen data beside the measures and their indicators.

What is written here is stored for good, as ``schema`` describes.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from reporting.frozen.breaks import is_parted
from reporting.frozen.values import Amount, Remark, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketSeries:
    """A quantity of the training market; ``amounts`` stand in the order of the market's years.

    Ratios are kept in the unit they are shown in, rounded to one decimal: no count can be computed from them.
    """

    code: str
    name: Text
    form: str  # count | ratio | share | index
    definition: Text
    source: Text
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LandRatios:
    """A Land's ratios in the report year, in the order of the market's ``land_series``."""

    code: str
    name: Text
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesBreakData:
    indicator: str  # code
    year: int
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """Supply and demand on 30 September. ``contracts``: whose new contracts the report year rests on."""

    years: tuple[int, ...]
    series: tuple[MarketSeries, ...]
    contracts: Text
    land_series: tuple[str, ...] = ()  # codes
    lands: tuple[LandRatios, ...] = ()
    breaks: tuple[SeriesBreakData, ...] = ()

    def is_parted(self, earlier: int, later: int) -> bool:
        return is_parted((each.year for each in self.breaks), earlier, later)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRow:
    """What was spent on a measure from a source; ``amounts`` stand in the order of the report's years."""

    measure: str  # code
    source: Text
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferStage:
    """A stage of the way after 30 September; a part (one way of being placed) belongs to the one above."""

    code: str
    name: Text
    amount: Amount
    is_part: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """Three offers for everybody without a place on 30 September, and whether that was kept."""

    stages: tuple[OfferStage, ...]
    verdict: str  # kept | not_kept | open
    lacking: tuple[str, ...] = ()  # codes of the numbers that keep the verdict open


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of text in one look, perhaps a link. ``language``: if it is not that of the text around it."""

    text: str
    is_strong: bool = False
    is_emphasised: bool = False
    url: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph or a heading, which has one line, or a list with a line for each item."""

    kind: str  # paragraph | heading | bullets | numbers
    lines: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrativeData:
    """A text written by people, as it was accepted in each language; empty in one where it is not yet."""

    report_type: str  # code of the type of report that it stands in
    section: str  # code
    de: tuple[Passage, ...]
    en: tuple[Passage, ...] = ()
    organisation: Text | None = None  # whose text it is, where it is not the ministry's

    def in_language(self, language: str) -> tuple[Passage, ...]:
        return self.en if self.is_in(language) and language.startswith("en") else self.de

    def is_in(self, language: str) -> bool:
        """Whether there is a text of its own in this language; else the German one stands in its place."""
        return bool(self.en) or not language.startswith("en")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """A number that reads otherwise than in what was released before, with the reasons given since.

    ``part``: the Land, target group or umbrella it is of, whose code is in one of the three fields below.
    """

    indicator: str  # code
    name: Text
    unit: str
    year: int
    before: Amount
    now: Amount
    reasons: tuple[Remark, ...] = ()
    part: Text | None = None
    region: str = ""
    group: str = ""
    umbrella: str = ""


class Aspect(StrEnum):
    """What of an objective, a measure or an indicator is stated otherwise."""

    NAME = "name"
    DEFINITION = "definition"
    SOURCE = "source"
    UNIT = "unit"
    PERIOD = "period"
    TARGET = "target"


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionChange:
    """``years``: whose target is another one. A text that was not there is empty."""

    code: str
    name: Text
    aspect: Aspect
    before: Text
    now: Text
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What was released before, named by the hash of its data, and what differs from it.

    ``is_correction``: that is the former release of the report of this year, else of an earlier year.
    """

    year: int
    taken_at: datetime
    sha256: str
    is_correction: bool = False
    rows: tuple[ChangeRow, ...] = ()
    definitions: tuple[DefinitionChange, ...] = ()
    added: tuple[Text, ...] = ()  # indicators that it did not have
    dropped: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """The Alliance of one term as a good practice. Its results are the figures of the report."""

    title: Text
    original_title: str
    starts_on: date
    ends_on: date
    partners: tuple[Text, ...]
    target_groups: tuple[Text, ...]
    funding: tuple[Text, ...]
    sources: tuple[Text, ...] = ()
