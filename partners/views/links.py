"""Links from mails: their token is exchanged for a value in the session and leaves no trace in addresses."""

from typing import Any

from allauth.account.views import password_reset_from_key as allauth_password_reset_from_key
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

IN_SESSION = "set-password"
"""What stands in the address of the form in place of the key."""


def without_referrer(response: HttpResponse) -> HttpResponse:
    """Keep the browser from passing the address of this answer on."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@login_not_required
@never_cache
def password_reset_from_key(request: HttpRequest, uidb36: str, key: str) -> HttpResponse:
    """Allauth's view, which redirects to an address without the key and shows there the form."""
    response: Any = allauth_password_reset_from_key(request, uidb36=uidb36, key=key)
    # A form has to name where it was sent from; the answers before it do not.
    return response if key == IN_SESSION else without_referrer(response)
