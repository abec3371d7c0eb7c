"""Searching the public site."""

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from reporting.selectors.public import search as searching
from reporting.selectors.public.releases import editions, latest_annual
from reporting.selectors.public.search import ResultKind

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LONGEST = 100
MOST = 100
LABELS = {
    ResultKind.RELEASE: _("Report"),
    ResultKind.INDICATOR: _("Definition and data"),
    ResultKind.QUANTITY: _("Definition"),
    ResultKind.MEASURE: _("Measure"),
    ResultKind.OBJECTIVE: _("Objective"),
}


@login_not_required
@require_safe
def search(request: "HttpRequest") -> "HttpResponse":
    words = request.GET.get("q", "").strip()[:LONGEST]
    found = searching.search(words, editions(), latest_annual()) if words else []
    context = {
        "words": words,
        "count": len(found),
        "results": [(LABELS[result.kind], result) for result in found[:MOST]],
    }
    return render(request, "public/search.html", context)
