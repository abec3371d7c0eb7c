"""Who must sign in with a second factor, and where they get before they have one."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.middleware import PortalRequest
from partners.sign_in.openid.claims import has_second_factor_of_provider
from partners.sign_in.required_roles import EVERYBODY, SUPERUSER

PAGE = "partners:second_factor"
OPEN_WITHOUT = frozenset(
    {
        PAGE,
        "account_logout",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_activate_totp",
        "mfa_add_webauthn",
    }
)
"""The views, by name, that lead to a second factor or out of the portal."""


def is_required(request: PortalRequest) -> bool:
    """Whether the person must set up a second factor before anything else.

    Whoever had one and lost it sets up another, whatever their role. One at the sign-in service will do, and
    an administrator who sees the portal as the person does has used their own.
    """
    required = set(settings.MFA_REQUIRED_ROLES)
    if not request.user.is_authenticated or request.user.has_second_factor:
        return False
    if has_second_factor_of_provider(request) or request.impersonation is not None:
        return False
    if EVERYBODY in required or request.user.had_second_factor_reset:
        return True
    if not required:
        return False
    held = set(request.access.roles) | ({SUPERUSER} if request.access.is_superuser else set())
    return not held.isdisjoint(required)


PERSONAL = frozenset({"reporting:start"})
"""Views that lead visitors on and show people what is theirs."""


class SecondFactorMiddleware:
    """Lead whoever must have a second factor and has none to setting it up; everything else stays shut."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: PortalRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: Any,
        view_kwargs: Any,
    ) -> HttpResponseBase | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        is_public = not getattr(view_func, "login_required", True) and name not in PERSONAL
        if is_public or name in OPEN_WITHOUT or not is_required(request):
            return None
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=HTTPStatus.FORBIDDEN, headers={"HX-Redirect": reverse(PAGE)})
        if not request.accepts("text/html"):
            return JsonResponse({"detail": _("Set up a second factor first.")}, status=HTTPStatus.FORBIDDEN)
        return redirect(PAGE)
