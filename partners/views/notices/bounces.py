"""Addresses that take no mail, for those who look after people's accounts."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partners.models import BouncedAddress
from partners.selectors.bounces import bounced_people
from partners.services import bounces

if TYPE_CHECKING:
    from partners.middleware import PortalRequest

PAGE_SIZE = 50


@require_safe
def bounce_list(request: "PortalRequest") -> HttpResponse:
    _demand_steward(request)
    page = Paginator(BouncedAddress.objects.all(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": bounced_people(list(page.object_list))}
    return render(request, "partners/notices/bounces.html", context)


@require_POST
def bounce_forget(request: "PortalRequest", pk: int) -> HttpResponse:
    """Take an address off the list, once somebody has made sure that it takes mail again."""
    _demand_steward(request)
    bounces.forget(bounced_id=get_object_or_404(BouncedAddress, pk=pk).pk)
    messages.success(request, _("The address is off the list. Mails go on being sent there."))
    return redirect("partners:bounce_list")


def _demand_steward(request: "PortalRequest") -> None:
    if not request.access.manages_data:
        raise PermissionDenied
