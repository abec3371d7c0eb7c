"""The overview: where the Alliance stands in a year, and who has reported."""

import csv

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from partners.middleware import PortalRequest
from reporting.aggregates.overview import load_overview
from reporting.selectors import attainment
from reporting.selectors import dashboard as selectors
from reporting.selectors.selection import query
from reporting.views.selection import RequestedSelection, read_selection


@require_safe
def dashboard(request: PortalRequest) -> HttpResponse:
    asked = _asked(request)
    overview = load_overview(asked.selection, asked.choices.rounds)
    context = {
        "form": asked.form,
        "selection": asked.selection,
        "year": str(asked.selection.year),
        "limits": asked.limits,
        "query": query(asked.selection, with_year=True),
        "tiles": selectors.tiles(overview),
        "rows": selectors.attainment_lines(overview),
        "chart": attainment.drawing(overview),
        "columns": [headline.indicator for headline in overview.columns],
        "lands": selectors.land_lines(overview),
        "land_total": selectors.land_total(overview),
        "without_column": selectors.columns_without_value(overview),
        "groups": selectors.group_counts(overview.groups),
        "states": selectors.reporting_states(overview.groups, request.access),
        "to_record": selectors.submissions_to_record(request.access),
    }
    return render(request, "reporting/dashboard.html", context)


@require_safe
def attainment_svg(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    drawing = attainment.drawing(load_overview(asked.selection, asked.choices.rounds))
    if not drawing:
        raise Http404
    return _download(drawing.encode(), "image/svg+xml", f"attainment-{asked.selection.year}.svg")


@require_safe
def attainment_csv(request: HttpRequest) -> HttpResponse:
    """The chart's numbers for a program."""
    asked = _asked(request)
    overview = load_overview(asked.selection, asked.choices.rounds)
    response = _download(b"", "text/csv; charset=utf-8", f"attainment-{asked.selection.year}.csv")
    writer = csv.writer(response)
    writer.writerow(attainment.CSV_COLUMNS)
    writer.writerows(attainment.csv_lines(overview))
    return response


def _asked(request: HttpRequest) -> RequestedSelection:
    asked = read_selection(request)
    if not asked.choices.rounds:
        raise Http404(gettext("There is no reporting round yet."))
    return asked


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})
