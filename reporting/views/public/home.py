"""The Alliance's home."""

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from partners.enums import KINDS_IN_PLURAL, PublicPage
from partners.selectors.page_texts import as_html, current_text
from reporting.renderers import wording
from reporting.selectors.public.alliance import alliance_profile
from reporting.selectors.public.releases import data_of, editions, latest_annual, newest_first
from reporting.selectors.public.texts import in_language_of_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from reporting.models import ProgressReport

NEWS = 3


@login_not_required
@require_safe
def home(request: "HttpRequest") -> "HttpResponse":
    """What the Alliance is, what it wants and does, who belongs to it, and what it has published."""
    text = current_text(PublicPage.ABOUT, get_language() or "de")
    annual = latest_annual()
    profile = alliance_profile()
    context = {
        "about": as_html(text.body) if text and text.body else "",
        "profile": profile,
        "partner_groups": [(KINDS_IN_PLURAL[group.kind], group.names) for group in profile.partners],
        "headlines": _headlines(annual) if annual else [],
        "annual": annual,
        "news": newest_first(editions())[:NEWS],
    }
    return render(request, "public/home.html", context)


def _headlines(report: "ProgressReport") -> list[dict[str, str]]:
    """The headline figures of the report's year that have a value, with what is to be known of them below."""
    return [
        {
            "code": indicator.code,
            "name": in_language_of_page(indicator.name),
            "text": wording.amount_without_qualities(figure.amount),
            "note": "; ".join(wording.qualities(figure.amount.qualities)),
            "against": wording.against_target(figure.promised, figure.attainment) if figure.promised else "",
            "year": str(figure.year),
        }
        for indicator in data_of(report).headlines
        for figure in indicator.years[-1:]
        if figure.amount.value is not None
    ]
