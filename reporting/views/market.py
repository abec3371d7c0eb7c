"""From every number of the training market to what it is formed of."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.middleware import PortalRequest
from reporting.dashboards.filters import REGION, STATUS_OF_DATA
from reporting.dashboards.links import view_url
from reporting.dashboards.training_market.formation import load_formation
from reporting.dashboards.training_market.view import VIEW
from reporting.market.definitions import QUANTITY_TEXTS
from reporting.views.filters import read_filters

OF_QUANTITY = frozenset({REGION, *STATUS_OF_DATA})


@require_safe
def market_quantity(request: PortalRequest, quantity: str, year: int) -> HttpResponse:
    """The parts of a sum, the numerator and denominator of a ratio, each with the way to its own."""
    asked = read_filters(request, OF_QUANTITY, year=year)
    if quantity not in QUANTITY_TEXTS or year not in asked.choices.years:
        raise Http404
    context = {
        "formation": load_formation(quantity, asked.filters),
        "year": str(year),
        "limits": asked.limits,
        "view_title": VIEW.title,
        "view_url": view_url(VIEW, asked.filters),
    }
    return render(request, "reporting/market_quantity.html", context)
