"""One cell through time: every version of its figure."""

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from measures.models import FigureVersion, Item
from measures.selectors.history.figures import entries_of_versions, with_related
from measures.views.submissions import PAGE_SIZE, find_submission

if TYPE_CHECKING:
    from django.http import HttpResponse

    from partners.middleware import PortalRequest


@require_safe
def cell_history(  # noqa: PLR0913, PLR0917  # the parts of a figure's key
    request: "PortalRequest", pk: int, item: int, region: str, occupation: str, group: str
) -> "HttpResponse":
    submission = find_submission(request, pk)
    item_found = get_object_or_404(Item.objects.select_related("indicator"), pk=item, submission=submission)
    versions = FigureVersion.objects.filter(
        item=item_found, region=region, occupation=occupation, target_group=group
    )
    page = Paginator(with_related(versions).order_by("-pgh_id"), PAGE_SIZE).get_page(request.GET.get("page"))
    entries = entries_of_versions(page)
    if not entries:
        raise Http404
    context = {
        "submission": submission,
        "indicator": item_found.indicator,
        "cell": entries[0].cell,
        "page": page,
        "entries": entries,
        "crumbs": [
            (submission.organisation.short_name, reverse("measures:submission_detail", args=[pk])),
            (_("History"), reverse("measures:submission_history", args=[pk])),
        ],
    }
    return render(request, "measures/history/cell.html", context)
