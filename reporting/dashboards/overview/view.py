"""The overview as the first of the views."""

from collections.abc import Iterator
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from partners.permissions import Access
from reporting.dashboards.data import View, ViewData
from reporting.dashboards.figures import amount_row, ratio_row, total_row
from reporting.dashboards.filters import ORGANISATION, REGION, STATUS_OF_DATA, TARGET_GROUP, Filters
from reporting.dashboards.groups import GROUPS
from reporting.dashboards.indicators import definitions_of
from reporting.dashboards.overview import attainment, words
from reporting.dashboards.overview.headlines import Overview, load_overview
from reporting.dashboards.overview.tiles import tiles
from reporting.dashboards.rows import ViewRow


def load(filters: Filters, access: Access) -> ViewData:
    overview = load_overview(filters)
    chart = attainment.chart(overview)
    return ViewData(
        make_rows=lambda: _rows(overview),
        charts=(chart,) if chart else (),
        definitions=definitions_of([each.indicator for each in overview.asked_headlines]),
        parts=MappingProxyType(
            {
                "is_whole_alliance": filters.is_whole_alliance,
                "tiles": tiles(overview),
                "rows": words.attainment_lines(overview),
                "columns": [headline.indicator for headline in overview.columns],
                "lands": words.land_lines(overview),
                "land_total": words.land_total(overview),
                "without_column": words.columns_without_value(overview),
                "groups": words.group_counts(overview.groups),
                "states": words.reporting_states(overview.groups, access),
            }
        ),
    )


def _rows(overview: Overview) -> Iterator[ViewRow]:
    """The totals of both years, the shares promised, then the Länder."""
    filters = overview.filters
    for headline in overview.asked_headlines:
        for total in headline.totals:
            yield total_row(VIEW.code, headline.indicator, total, filters)
    for each in overview.ratios:
        yield ratio_row(VIEW.code, each)
    if not filters.region:
        for line in overview.lands:
            for headline, amount in zip(overview.columns, line.amounts, strict=True):
                if amount is not None:
                    yield amount_row(VIEW.code, headline.indicator, amount, filters, region=line.region.code)


VIEW = View(
    code="overview",
    title=_("Where the Alliance stands"),
    question=_("What was promised, how far has it come, and whose figures stand behind it?"),
    group=GROUPS.alliance,
    filters=frozenset({REGION, ORGANISATION, TARGET_GROUP, *STATUS_OF_DATA}),
    load=load,
    template="reporting/dashboards/overview.html",
)
