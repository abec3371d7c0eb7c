"""The log of security events, for those who audit."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.forms import SecurityEventFilterForm
from partners.models import SecurityEvent

if TYPE_CHECKING:
    from django.http import HttpResponse

    from partners.middleware import PortalRequest

PER_PAGE = 50


@require_safe
def security_event_list(request: "PortalRequest") -> "HttpResponse":
    if not request.access.audits:
        raise PermissionDenied
    form = SecurityEventFilterForm(request.GET or None)
    found = SecurityEvent.objects.select_related("person", "subject")
    found = found.found(**form.cleaned_data) if form.is_valid() else found
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "partners/security_events.html", {"form": form, "page": page})
