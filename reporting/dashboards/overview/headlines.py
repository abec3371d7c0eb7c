"""What the overview shows about one year, in a number of queries that does not depend on the data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from measures.models import Indicator, ReportingRound
from partners.models import Region
from reporting.aggregates.breaks import Breaks, load_breaks
from reporting.aggregates.completeness import KindCount, counts_by_kind
from reporting.aggregates.participation import ParticipantGroup, participation
from reporting.aggregates.paths import Path, path_to
from reporting.aggregates.regions import in_reading_order
from reporting.aggregates.targets import load_targets
from reporting.dashboards.figures import Figures, RatioAttainment, YearTotal, load_figures
from reporting.dashboards.filters import Filters
from reporting.dashboards.indicators import headline_indicators
from reporting.dashboards.organisations import OrganisationTree, load_organisations
from reporting.frozen.schema import Amount

LAST_YEAR = 9999
"""Targets are asked for up to here: a value may be on the way to one of a later year."""


@dataclass(frozen=True, slots=True)
class Headline:
    """An indicator something was promised for: the year asked for, and the year before."""

    indicator: Indicator
    total: YearTotal
    before: YearTotal | None
    path: Path | None
    """Where the value should stand on its way to the target; only of the whole Alliance."""
    kinds: tuple[KindCount, ...]
    breaks: Breaks
    is_asked: bool = True
    """Whether this indicator is asked by the target group chosen."""

    @property
    def totals(self) -> tuple[YearTotal, ...]:
        """The year before, if there is one, and the year asked for."""
        return (self.before, self.total) if self.before else (self.total,)

    def continues(self, year: int) -> bool:
        """Whether the value may be compared with that of an earlier year: no break lies between them."""
        return not self.breaks.part(self.indicator.code, year, self.total.year)


@dataclass(frozen=True, slots=True)
class LandLine:
    """A Land's totals, in the order of the indicators; None where nobody is due."""

    region: Region
    amounts: tuple[Amount | None, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    filters: Filters
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


def load_overview(filters: Filters) -> Overview:
    """Whatever is due in the year and the year before it, with what was promised."""
    rounds = list(ReportingRound.objects.order_by("year"))
    years = [each.year for each in rounds]
    shown = [year for year in (filters.year - 1, filters.year) if year in years]
    indicators = list(headline_indicators())
    breaks = load_breaks(indicators, (0, filters.year))
    targets = load_targets(shown[0], LAST_YEAR)
    numerators = list({target.indicator.pk: target.indicator for target in targets.ratios}.values())
    denominators = [target.denominator for target in targets.ratios if target.denominator]
    figures = load_figures(filters, [*indicators, *numerators, *denominators], shown, targets=targets)
    tree = load_organisations()
    headlines = tuple(_headline(indicator, shown, figures, tree, breaks) for indicator in indicators)
    columns = tuple(each for each in headlines if each.total.amount.value is not None)
    return Overview(
        filters=filters,
        headlines=headlines,
        ratios=tuple(each for numerator in numerators for each in figures.ratios(numerator, filters.year)),
        columns=columns,
        lands=tuple(_lands(columns, figures)),
        groups=participation(next(each for each in rounds if each.year == filters.year), filters.as_of),
    )


def _headline(
    indicator: Indicator, years: Iterable[int], figures: Figures, tree: OrganisationTree, breaks: Breaks
) -> Headline:
    year = figures.filters.year
    target = figures.targets.next_of(indicator, year) if figures.filters.is_whole_alliance else None
    return Headline(
        indicator=indicator,
        path=path_to(target, year, indicator.favourable) if target else None,
        kinds=tuple(
            counts_by_kind(figures.contributions(indicator, year), lambda pk: tree.umbrella_id_of(pk, year))
        ),
        total=figures.year_total(indicator, year),
        before=figures.year_total(indicator, year - 1) if year - 1 in years else None,
        breaks=breaks,
        is_asked=indicator.is_asked_by(figures.filters.target_group),
    )


def _lands(columns: Sequence[Headline], figures: Figures) -> Iterable[LandLine]:
    filters = figures.filters
    for region in in_reading_order(Region.objects.all()):
        if filters.region in ("", region.code):
            amounts = [figures.amount(each.indicator, filters.year, region.code) for each in columns]
            if any(amount.due for amount in amounts):
                yield LandLine(region, tuple(amount if amount.due else None for amount in amounts))
