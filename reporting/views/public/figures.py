"""A printed number by its permanent link: the trail for readers of the portal, its meaning for everybody."""

from itertools import chain
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
from reporting.views.releases.preview_cookies import reports_before_release

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
    """Before the release, only those who may see the report are led on; for others there is nothing here.

    Who reads the report by a personal link gets the page that everybody will get.
    """
    if by and by == also_by:
        raise Http404
    parts = [part for part in ((by, code), (also_by, also_code)) if part[0]]
    seen = reports_of_snapshot(snapshot, request.access) if request.access.is_signed_in else []
    trail = trail_of(seen, indicator, year, parts, request.access)
    if trail and "oeffentlich" not in request.GET:
        return redirect(trail)
    for report in chain(releases_of_snapshot(snapshot), seen, reports_before_release(request, snapshot)):
        found = number_page(report, indicator, year, parts)
        if found:
            address = _address(report, request.LANGUAGE_CODE, is_seen=report in seen)
            return _page(request, report, found, year=year, trail=trail, address=address)
    raise Http404


def _address(report: "ProgressReport", language: str, *, is_seen: bool) -> str:
    """Of the report; empty for readers of a personal link, which is theirs alone."""
    if report.is_published:
        return report_address(report, language)
    return reverse("reporting:report_detail", args=[report.pk]) if is_seen else ""


def _page(  # noqa: PLR0913  # what it shows, and what surrounds that
    request: "PortalRequest",
    report: "ProgressReport",
    found: "NumberPage",
    *,
    year: int,
    trail: str,
    address: str,
) -> "HttpResponse":
    context = {
        "number": found,
        "report": report,
        "title": title_of(report),
        "address": address,
        "year": str(year),
        "trail": trail,
    }
    return render(request, "public/figure.html", context)
