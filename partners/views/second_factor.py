from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from partners.sign_in.second_factor import is_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from partners.middleware import PortalRequest


@require_safe
def second_factor(request: "PortalRequest") -> "HttpResponse":
    """The way to a second factor, for those who get nowhere else without one."""
    if not is_required(request):
        return redirect("mfa_index")
    return render(request, "partners/second_factor.html", {})
