"""From every number to what it is made of, page by page."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from measures.models import Indicator, Item
from partners.middleware import PortalRequest
from reporting.dashboards.links import OF_TRAIL, trail_url
from reporting.renderers import wording
from reporting.selectors.trail import figure_lines, stated_figures, total_trail
from reporting.views.filters import RequestedFilters, read_filters

FIGURES_ON_A_PAGE = 100


@require_safe
def trail(request: PortalRequest, indicator: str, year: int) -> HttpResponse:
    """What a total is made of. Of organisations the reader may not see, only their number and sum."""
    asked, found = _asked(request, indicator, year)
    parts = total_trail(found, asked.filters, request.access, asked.choices.regions)
    context = _about(found, year, asked) | {
        "total": parts.total,
        "coverage": parts.coverage,
        "against_target": parts.against_target,
        "shares": parts.shares,
        "rows": parts.lines,
        "hidden_count": parts.hidden_count,
        "hidden_total": parts.hidden_total,
    }
    return render(request, "reporting/trail.html", context)


@require_safe
def figure(request: PortalRequest, indicator: str, year: int, organisation: str) -> HttpResponse:
    """One organisation's statement: each figure with its file, sheet and cell, and every version of it."""
    asked, found = _asked(request, indicator, year, is_of_one=True)
    item = get_object_or_404(
        Item.objects.visible_to(request.access)
        .with_listed_status()
        .select_related("submission__organisation", "submission__round"),
        indicator=found,
        submission__round__year=year,
        submission__organisation__code=organisation,
    )
    stated = stated_figures(item, asked.filters)
    page = Paginator(stated.versions, FIGURES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = _about(found, year, asked) | {
        "organisation": item.submission.organisation,
        "status_tone": stated.status.tone,
        "status_label": stated.status.label,
        "data_as_of": wording.day(stated.data_as_of) if stated.data_as_of else "",
        "page_obj": page,
        "figures": figure_lines(list(page), request.access, as_of=asked.filters.as_of),
        "trail_url": trail_url(found.code, asked.filters),
    }
    return render(request, "reporting/figure.html", context)


def _asked(
    request: PortalRequest, code: str, year: int, *, is_of_one: bool = False
) -> tuple[RequestedFilters, Indicator]:
    asked = read_filters(request, OF_TRAIL, year=year, is_of_one=is_of_one)
    if year not in asked.choices.years:
        raise Http404
    return asked, get_object_or_404(Indicator, code=code, is_recorded=True)


def _about(indicator: Indicator, year: int, asked: RequestedFilters) -> dict[str, Any]:
    return {
        "indicator": indicator,
        "unit": wording.unit(indicator.unit),
        "year": str(year),
        "period": wording.period(indicator.period, year),
        "limits": asked.limits,
        "problems": asked.form.problems(),
        "query": asked.filters.query(OF_TRAIL),
        "dashboard_url": reverse("reporting:dashboard") + asked.filters.query(),
    }
