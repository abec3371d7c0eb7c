"""For which of several organisations somebody works at the moment."""

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from partners.middleware import CHOSEN_ORGANISATION

if TYPE_CHECKING:
    from django.http import HttpResponse

    from partners.middleware import PortalRequest


@require_POST
def organisation_choose(request: "PortalRequest") -> "HttpResponse":
    """Narrow the lists to one of one's own organisations, or to none with an empty code; go back."""
    code = request.POST.get("organisation", "")
    if code:
        ids = [organisation.pk for organisation in request.access.organisations if organisation.code == code]
        if not ids:
            raise Http404  # others do not even learn that there is one
        request.session[CHOSEN_ORGANISATION] = ids[0]
    else:
        request.session.pop(CHOSEN_ORGANISATION, None)
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if is_ours else "/")
