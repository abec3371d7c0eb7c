"""What the dashboard shows about one year, in a number of queries that does not depend on the data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from measures.enums import TOTAL, Breakdown
from measures.models import Indicator, ReportingRound, Target
from partners.models import Region
from reporting.aggregates.attainment import attainment
from reporting.aggregates.participation import ParticipantGroup, participation
from reporting.aggregates.regions import in_reading_order
from reporting.aggregates.sums import ratio
from reporting.aggregates.targets import TargetTable, as_plain_data, load_targets
from reporting.aggregates.totals import Totals, load_totals
from reporting.enums import Standing
from reporting.frozen import schema
from reporting.frozen.schema import Amount


@dataclass(frozen=True, slots=True)
class Selection:
    """What the reader asked for."""

    year: int
    region: str = ""
    target_group: str = TOTAL
    standing: Standing = Standing.APPROVED

    @property
    def is_whole_alliance(self) -> bool:
        """Whether targets apply: they were promised for everyone everywhere."""
        return not self.region and self.target_group == TOTAL


@dataclass(frozen=True, slots=True)
class YearTotal:
    year: int
    amount: Amount
    target: schema.TargetData | None
    attainment: Decimal | None


@dataclass(frozen=True, slots=True)
class Headline:
    """An indicator something was promised for: the year asked for, and the year before."""

    indicator: Indicator
    total: YearTotal
    before: YearTotal | None
    is_asked: bool = True
    """Whether this indicator is asked by the target group chosen."""

    @property
    def totals(self) -> tuple[YearTotal, ...]:
        """The year before, if there is one, and the year asked for."""
        return (self.before, self.total) if self.before else (self.total,)


@dataclass(frozen=True, slots=True)
class RatioAttainment:
    """How far a promise that is a share has come: of applicants without a place, those with three offers."""

    target: Target
    amount: Amount
    attainment: Decimal | None


@dataclass(frozen=True, slots=True)
class LandLine:
    """A Land's totals, in the order of the indicators; None where nobody is due."""

    region: Region
    amounts: tuple[Amount | None, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    selection: Selection
    headlines: tuple[Headline, ...]
    ratios: tuple[RatioAttainment, ...]
    columns: tuple[Headline, ...]
    """The indicators with a value in the year: those shown in the table by Land."""
    lands: tuple[LandLine, ...]
    groups: list[ParticipantGroup]

    @property
    def asked_headlines(self) -> list[Headline]:
        return [headline for headline in self.headlines if headline.is_asked]

    @property
    def without_column(self) -> list[Headline]:
        return [headline for headline in self.headlines if headline not in self.columns]


def load_overview(selection: Selection, rounds: Sequence[ReportingRound]) -> Overview:
    """``rounds``: all of the term, one of them of the year asked for."""
    years = sorted(each.year for each in rounds)
    targets = load_targets(years[0], years[-1])
    indicators = list(
        Indicator.objects.filter(
            is_recorded=True, targets__denominator=None, targets__isnull=False
        ).distinct()
    )
    in_ratios = [each for target in targets.ratios for each in (target.indicator, target.denominator) if each]
    shown = [year for year in (selection.year - 1, selection.year) if year in years]
    totals = load_totals(
        indicators=list({indicator.pk: indicator for indicator in [*indicators, *in_ratios]}.values()),
        years=shown,
        target_group=selection.target_group,
        standing=selection.standing,
    )
    regions = in_reading_order(Region.objects.all())
    headlines = tuple(_headline(indicator, selection, shown, totals, targets) for indicator in indicators)
    columns = tuple(each for each in headlines if each.total.amount.value is not None)
    return Overview(
        selection=selection,
        headlines=headlines,
        ratios=tuple(_ratios(selection, totals, targets)) if selection.is_whole_alliance else (),
        columns=columns,
        lands=tuple(_lands(columns, selection, totals, regions)),
        groups=participation(next(each for each in rounds if each.year == selection.year)),
    )


def year_total(
    indicator: Indicator, year: int, selection: Selection, totals: Totals, targets: TargetTable
) -> YearTotal:
    amount = totals.total(indicator.code, year, selection.region or None)
    target = targets.of(indicator, year) if selection.is_whole_alliance else None
    return YearTotal(
        year=year,
        amount=amount,
        target=as_plain_data(target) if target else None,
        attainment=attainment(amount.value, target, indicator.favourable),
    )


def _headline(
    indicator: Indicator, selection: Selection, years: Iterable[int], totals: Totals, targets: TargetTable
) -> Headline:
    before = selection.year - 1
    return Headline(
        indicator=indicator,
        total=year_total(indicator, selection.year, selection, totals, targets),
        before=year_total(indicator, before, selection, totals, targets) if before in years else None,
        is_asked=selection.target_group == TOTAL or Breakdown.TARGET_GROUP in indicator.breakdown,
    )


def _ratios(selection: Selection, totals: Totals, targets: TargetTable) -> Iterable[RatioAttainment]:
    for target in targets.ratios:
        if target.year == selection.year and target.denominator:
            amount = ratio(
                totals.total(target.indicator.code, target.year),
                totals.total(target.denominator.code, target.year),
            )
            yield RatioAttainment(
                target, amount, attainment(amount.value, target, target.indicator.favourable)
            )


def _lands(
    columns: Sequence[Headline], selection: Selection, totals: Totals, regions: Sequence[Region]
) -> Iterable[LandLine]:
    shown = [region for region in regions if selection.region in ("", region.code)]
    for region in shown:
        amounts = [totals.total(each.indicator.code, selection.year, region.code) for each in columns]
        if any(amount.due for amount in amounts):
            yield LandLine(region, tuple(amount if amount.due else None for amount in amounts))
