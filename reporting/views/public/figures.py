"""A printed number by its permanent link: the trail for readers of the portal, its meaning for everybody."""

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reporting.frozen.links import ID_LENGTH, PartKind
from reporting.models import ProgressReport
from reporting.selectors.editions import title_of
from reporting.selectors.public.addresses import report_address
from reporting.selectors.public.figures import public_figure, releases_of_snapshot

if TYPE_CHECKING:
    from django.http import HttpResponse

    from partners.middleware import PortalRequest


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
    has_trail = not also_by and by in ("", PartKind.REGION)
    trail = _trail(request, snapshot, indicator, year, code) if has_trail else ""
    if trail and "oeffentlich" not in request.GET:
        return redirect(trail)
    for report in releases_of_snapshot(snapshot):
        found = public_figure(report, indicator, year, parts)
        if found:
            context = {
                "figure": found,
                "report": report,
                "title": title_of(report),
                "address": report_address(report, request.LANGUAGE_CODE),
                "year": str(year),
                "trail": trail,
            }
            return render(request, "public/figure.html", context)
    raise Http404


def _trail(request: "PortalRequest", snapshot: str, indicator: str, year: int, region: str) -> str:
    """Where the figures, cells and files behind the number are, for those who may see the report."""
    if not request.access.is_signed_in or len(snapshot) != ID_LENGTH:
        return ""
    visible = ProgressReport.objects.visible_to(request.access).filter(snapshot__sha256__startswith=snapshot)
    report = visible.filter(scope__in={"", region}).order_by("scope", "-release").first()
    if report is None:
        return ""
    address = reverse("reporting:report_trail", args=[report.pk, indicator, year])
    return f"{address}?land={region}" if region else address
