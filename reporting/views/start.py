"""The start page: what concerns the person who is signed in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partners.middleware import PortalRequest
from reporting.forms.filters import FORMER_NAMES
from reporting.selectors.start import ASIDE, MAIN, sections


@login_not_required
@require_safe
def start(request: PortalRequest) -> HttpResponse:
    """Visitors are led to the public site; former addresses of the overview to where it stands now."""
    if not request.access.is_signed_in:
        return redirect("public:home")
    if not FORMER_NAMES.keys().isdisjoint(request.GET):
        return redirect(f"{reverse('reporting:dashboard')}?{request.GET.urlencode()}", permanent=True)
    context = {
        "main": sections(MAIN, request.access),
        "aside": sections(ASIDE, request.access),
    }
    return render(request, "reporting/start.html", context)
