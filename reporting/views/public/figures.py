"""A printed number by its permanent link: the trail for readers of the portal, its meaning for everybody."""

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reporting.selectors.editions import title_of
from reporting.selectors.public.addresses import report_address
from reporting.selectors.public.numbers.finding import (
    number_page,
    releases_of_snapshot,
    reports_of_snapshot,
    trail_of,
)

if TYPE_CHECKING:
    from django.http import HttpResponse

    from partners.middleware import PortalRequest
    from reporting.models import ProgressReport
    from reporting.selectors.public.numbers.page import NumberPage


@login_not_required
@require_safe
def figure(  # noqa: PLR0913  # the parts of its address
    request: "PortalRequest",
    *,
    snapshot: str,
    indicator: str,
    year: int,
    by: str = "",
    code: str = "",
    also_by: str = "",
    also_code: str = "",
) -> "HttpResponse":
    """Before the release, only those who may see the report are led on; for others there is nothing here."""
    parts = [part for part in ((by, code), (also_by, also_code)) if part[0]]
    seen = reports_of_snapshot(snapshot, request.access) if request.access.is_signed_in else []
    trail = trail_of(seen, indicator, year, parts, request.access)
    if trail and "oeffentlich" not in request.GET:
        return redirect(trail)
    for report in (*releases_of_snapshot(snapshot), *seen):
        found = number_page(report, indicator, year, parts)
        if found:
            return _page(request, report, found, year=year, trail=trail)
    raise Http404


def _page(
    request: "PortalRequest", report: "ProgressReport", found: "NumberPage", *, year: int, trail: str
) -> "HttpResponse":
    context = {
        "number": found,
        "report": report,
        "title": title_of(report),
        "address": report_address(report, request.LANGUAGE_CODE)
        if report.is_published
        else reverse("reporting:report_detail", args=[report.pk]),
        "year": str(year),
        "trail": trail,
    }
    return render(request, "public/figure.html", context)
