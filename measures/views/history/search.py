"""Searching all that has happened, for those who audit and those who manage the portal's data."""

from typing import TYPE_CHECKING

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from measures.forms.history import HistorySearchForm
from measures.renderers.history_csv import history_csv
from measures.selectors.history.entries import Position
from measures.selectors.history.figures import left_out
from measures.selectors.history.search import MOST_EXPORTED, ExportedEntries, history_page

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from partners.middleware import PortalRequest


@require_safe
def history_search(request: "PortalRequest") -> "HttpResponse":
    form = _asked(request)
    search = form.search(Position.parse(request.GET.get("after", "")))
    found = history_page(search)
    context = {
        "form": form,
        "entries": found.entries,
        "more": found.more,
        "is_first": "after" not in request.GET,
        "left_out": left_out(search),
        "most_exported": MOST_EXPORTED,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "measures/history/search.html", context)


@require_safe
def history_export(request: "PortalRequest") -> "HttpResponseBase":
    """The newest of what fits, in the language of the page; at its end what is left out.

    The next file begins after the last entry, not at a day: an import may leave more on one than a file has.
    """
    form = _asked(request)
    if form.errors:
        raise Http404  # the page says what is wrong, and offers no file
    search = form.search(Position.parse(request.GET.get("after", "")))
    entries = ExportedEntries(search)
    name = f"verlauf-{timezone.localdate()}.csv"
    return StreamingHttpResponse(
        history_csv(
            entries,
            get_language() or "de",
            lambda: " ".join(filter(None, [left_out(search), _next_file(request, entries)])),
        ),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=name)
            or "attachment"
        },
    )


def _next_file(request: "PortalRequest", entries: ExportedEntries) -> str:
    if not entries.goes_on_after:
        return ""
    asked = request.GET.copy()
    asked["after"] = str(entries.goes_on_after)
    address = request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")
    return _("There are older entries. The next file has them: %(address)s") % {"address": address}


def _asked(request: "PortalRequest") -> HistorySearchForm:
    if not request.access.administers:
        raise Http404  # to others there is no such page
    form = HistorySearchForm(request.GET)
    form.is_valid()
    return form
