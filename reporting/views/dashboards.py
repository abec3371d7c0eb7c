"""The dashboards: every view on its page, and its numbers under the same address in other formats."""

from collections.abc import Callable
from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from partners.middleware import PortalRequest
from reporting.charts.chart import Chart
from reporting.dashboards.about import about
from reporting.dashboards.data import View, ViewData
from reporting.dashboards.filters import STANDING
from reporting.dashboards.formats import CSV_TYPE, JSON_TYPE, XLSX_TYPE, as_csv, as_json, as_xlsx
from reporting.dashboards.links import view_url
from reporting.dashboards.registry import VIEWS, view_of
from reporting.enums import Standing
from reporting.forms.saved_views import SaveViewForm
from reporting.selectors import drawings
from reporting.views.downloads import download
from reporting.views.filters import RequestedFilters, read_filters
from reporting.views.kept import ShownContent, kept_or_made

Written = Callable[[View, ViewData, RequestedFilters], bytes]

FORMATS: dict[str, tuple[str, Written]] = {
    "csv": (CSV_TYPE, lambda _view, data, _asked: as_csv(data.rows)),
    "json": (JSON_TYPE, lambda _view, data, _asked: as_json(data.rows)),
    "xlsx": (XLSX_TYPE, lambda view, data, asked: as_xlsx(data.rows, about(view, data, asked.limits))),
}


@require_safe
def view_list(request: PortalRequest) -> HttpResponse:
    """All views with the questions that they answer."""
    groups = [(group, list(views)) for group, views in groupby(VIEWS, key=lambda each: str(each.group))]
    return render(request, "reporting/dashboards/view_list.html", {"groups": groups})


@require_safe
def view(request: PortalRequest, code: str) -> HttpResponse:
    """A page names what it did not understand; a file of something else than asked for is not made."""
    shown = view_of(code)
    if shown is None:
        raise Http404
    wanted = request.GET.get("format", "html")
    if wanted == "html":
        return _page(request, shown)
    asked = read_filters(request, shown.applying, options=shown.options)
    if wanted not in (*FORMATS, *drawings.FORMATS) or not asked.form.is_understood:
        raise Http404
    data = shown.load(asked.filters, request.access)
    if wanted in drawings.FORMATS:
        chart = _chart(data, request.GET.get("chart", ""))
        content_type, _draw = drawings.FORMATS[wanted]
        name = f"{shown.code}-{chart.code}-{asked.filters.year}.{wanted}"
        return download(drawings.drawing(chart, wanted), content_type, name)
    content_type, written = FORMATS[wanted]
    content = written(shown, data, asked)
    return download(content, content_type, f"{shown.code}-{asked.filters.year}.{wanted}")


def _chart(data: ViewData, code: str) -> Chart:
    """The chart of this code; without one, the first of the view."""
    for chart in data.charts:
        if code in ("", chart.code):
            return chart
    raise Http404


def _page(request: PortalRequest, shown: View) -> HttpResponse:
    content = kept_or_made(request, lambda: _content(request, shown))
    return render(request, "reporting/dashboards/page.html", {"view": shown, "content": content})


def _content(request: PortalRequest, shown: View) -> ShownContent:
    """All that depends on the filters and the figures, without anything that is the reader's own."""
    asked = read_filters(request, shown.applying, options=shown.options)
    query = asked.filters.query(shown.applying)
    context = {
        "view": shown,
        "url": request.path,
        "data": shown.load(asked.filters, request.access),
        "form": asked.form,
        "year": str(asked.filters.year),
        "limits": asked.limits,
        "is_of_today": asked.filters.as_of is None,
        "problems": asked.form.problems(),
        "query": query,
        "is_without_figures": STANDING in shown.filters
        and asked.filters.standing == Standing.APPROVED
        and asked.filters.year not in asked.choices.years_with_figures,
        "downloads": [(name.upper(), f"{query}&format={name}") for name in FORMATS],
        "groups": [
            (group, [(each, view_url(each, asked.filters)) for each in views])
            for group, views in groupby(VIEWS, key=lambda each: str(each.group))
        ],
    }
    return ShownContent(
        html=render_to_string(shown.template, context),
        query=query,
        save_fields=SafeString("".join(field.as_field_group() for field in SaveViewForm())),
    )
