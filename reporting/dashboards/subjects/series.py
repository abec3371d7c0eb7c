"""Series: every year of an indicator up to the one chosen, with the change from year to year."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from measures.models import Indicator, ReportingRound
from partners.permissions import Access
from reporting.aggregates.breaks import Breaks, load_breaks
from reporting.dashboards.data import LinkedNumber, TableHeading, TableLine, View, ViewData, ViewTable
from reporting.dashboards.drawn import years_chart
from reporting.dashboards.figures import Figures, load_figures, total_number, total_row
from reporting.dashboards.filters import MEASURE, ORGANISATION, REGION, STATUS_OF_DATA, TARGET_GROUP, Filters
from reporting.dashboards.groups import GROUPS
from reporting.dashboards.indicators import definitions_of, indicators_of, notes_on_breaks
from reporting.dashboards.links import trail_url
from reporting.dashboards.rows import ViewRow
from reporting.renderers import wording


def load(filters: Filters, access: Access) -> ViewData:
    years = sorted(ReportingRound.objects.filter(year__lte=filters.year).values_list("year", flat=True))
    indicators = [each for each in indicators_of(filters) if each.is_asked_by(filters.target_group)]
    figures = load_figures(filters, indicators, years)
    breaks = load_breaks(indicators, years)
    return ViewData(
        make_rows=lambda: _rows(indicators, years, figures),
        charts=tuple(
            filter(None, (years_chart(each, years, figures, breaks.of(each.code)) for each in indicators))
        ),
        tables=(_values(indicators, years, figures), _changes(indicators, years, figures, breaks)),
        notes=(
            *notes_on_breaks(indicators, breaks),
            gettext("Years with different numbers of reporting organisations are comparable only in part."),
        ),
        definitions=definitions_of(indicators),
    )


def _rows(indicators: Sequence[Indicator], years: Sequence[int], figures: Figures) -> Iterator[ViewRow]:
    for indicator in indicators:
        for year in years:
            yield total_row(VIEW.code, indicator, figures.year_total(indicator, year), figures.filters)


def _values(indicators: Sequence[Indicator], years: Sequence[int], figures: Figures) -> ViewTable:
    return ViewTable(
        caption=gettext("Values by year"),
        headings=(
            TableHeading(gettext("Indicator")),
            *(TableHeading(str(year), is_numeric=True) for year in years),
        ),
        lines=tuple(
            TableLine(
                name=indicator.name,
                cells=tuple(
                    total_number(
                        indicator, figures.year_total(indicator, year), figures.filters, is_brief=True
                    )
                    for year in years
                ),
            )
            for indicator in indicators
        ),
        note="" if indicators else gettext("No indicator is counted for this choice."),
    )


def _changes(
    indicators: Sequence[Indicator], years: Sequence[int], figures: Figures, breaks: Breaks
) -> ViewTable:
    """Across a break there is no change to speak of."""
    return ViewTable(
        caption=gettext("Change to the year before"),
        headings=(
            TableHeading(gettext("Indicator")),
            *(TableHeading(str(year), is_numeric=True) for year in years[1:]),
        ),
        lines=tuple(
            TableLine(
                name=indicator.name,
                cells=tuple(
                    gettext("break in the series")
                    if breaks.part(indicator.code, before, year)
                    else _change(indicator, before, year, figures)
                    for before, year in pairwise(years)
                ),
            )
            for indicator in indicators
        ),
    )


def _change(indicator: Indicator, before: int, year: int, figures: Figures) -> LinkedNumber | None:
    """None where the year before had no round: a change over several years is none to the year before."""
    if before != year - 1:
        return None
    text = wording.change(figures.amount(indicator, before).value, figures.amount(indicator, year).value)
    url = trail_url(indicator.code, figures.filters, year=year)
    return LinkedNumber(text=text, is_gap=False, url=url) if text else None


VIEW = View(
    code="series",
    title=_("Series"),
    question=_("How have the figures developed over the years?"),
    group=GROUPS.alliance,
    filters=frozenset({REGION, ORGANISATION, MEASURE, TARGET_GROUP, *STATUS_OF_DATA}),
    load=load,
)
