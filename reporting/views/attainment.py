"""The chart of the overview and its numbers under addresses of their own, as they were first published."""

import csv

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from partners.middleware import PortalRequest
from reporting.dashboards.formats import CSV_TYPE
from reporting.dashboards.overview import attainment
from reporting.dashboards.overview.headlines import Overview, load_overview
from reporting.dashboards.overview.view import VIEW
from reporting.selectors.drawings import SVG_TYPE, drawing
from reporting.views.downloads import download
from reporting.views.filters import read_filters


@require_safe
def attainment_svg(request: PortalRequest) -> HttpResponse:
    overview = _overview(request)
    chart = attainment.chart(overview)
    if chart is None:
        raise Http404
    return download(drawing(chart, "svg"), SVG_TYPE, f"attainment-{overview.filters.year}.svg")


@require_safe
def attainment_csv(request: PortalRequest) -> HttpResponse:
    """The chart's numbers for a program."""
    overview = _overview(request)
    response = download(b"", CSV_TYPE, f"attainment-{overview.filters.year}.csv")
    writer = csv.writer(response)
    writer.writerow(attainment.CSV_COLUMNS)
    writer.writerows(attainment.csv_lines(overview))
    return response


def _overview(request: PortalRequest) -> Overview:
    """A file of something else than asked for is not made."""
    asked = read_filters(request, VIEW.applying)
    if not asked.form.is_understood:
        raise Http404
    return load_overview(asked.filters)
