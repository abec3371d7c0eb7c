"""The data catalogue: what there is, each data set as a table, and as a file."""

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from reporting.dashboards.formats import CSV_TYPE
from reporting.enums import MEDIA_TYPES, DocumentFormat
from reporting.renderers.data.csv_table import as_csv
from reporting.renderers.data.figures import rows_of
from reporting.selectors.public.catalogue import open_data_catalogue
from reporting.selectors.public.data_sets import (
    data_groups,
    find_indicator,
    tables,
    with_numbers,
    without_numbers,
)
from reporting.selectors.public.data_sets import data_set as described
from reporting.selectors.public.releases import Release, data_of, edition_of, latest_annual

if TYPE_CHECKING:
    from django.http import HttpRequest

    from reporting.frozen.schema import IndicatorData, MeasureData


@login_not_required
@require_safe
def data_list(request: "HttpRequest") -> HttpResponse:
    """The data sets of the last annual report, and the files of the whole release."""
    release = _release()
    groups = data_groups(data_of(release.report)) if release else []
    context = {"release": release, "groups": with_numbers(groups), "silent": without_numbers(groups)}
    return render(request, "public/data_list.html", context)


@login_not_required
@require_safe
def data_set(request: "HttpRequest", indicator: str) -> HttpResponse:
    """One data set as tables, with its definition."""
    release, measure, found = _indicator(indicator)
    context = {
        "release": release,
        "measure": measure,
        "data_set": described(found),
        "tables": tables(found),
        "crumbs": [(gettext("Data catalogue"), reverse("public:data"))],
    }
    return render(request, "public/data_set.html", context)


@login_not_required
@require_safe
def data_csv(request: "HttpRequest", indicator: str, name: str) -> HttpResponse:
    """One data set for programs: its lines of the release's CSV."""
    release, _measure, found = _indicator(indicator)
    if name != indicator:
        raise Http404
    answer = HttpResponse(as_csv(rows_of(found, data_of(release.report).scope)), content_type=CSV_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{indicator}.csv"'
    return answer


@login_not_required
@require_safe
def catalogue(request: "HttpRequest") -> HttpResponse:
    """Every release that stands, for the catalogues of open data that look here for themselves."""
    content = open_data_catalogue()
    if content is None:
        raise Http404
    return HttpResponse(content, content_type=MEDIA_TYPES[DocumentFormat.DCAT])


def _release() -> Release | None:
    report = latest_annual()
    edition = report and edition_of(report.report_type, report.year, report.scope)
    if not report or not edition:
        return None
    return next(each for each in edition.releases if each.report.pk == report.pk)


def _indicator(code: str) -> "tuple[Release, MeasureData, IndicatorData]":
    release = _release()
    found = release and find_indicator(data_of(release.report), code)
    if not release or not found:
        raise Http404
    return release, *found
