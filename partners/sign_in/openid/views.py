"""The way to the provider and back."""

from http import HTTPStatus
from typing import Any

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from requests import RequestException

from partners.sign_in.openid.provider import PortalOAuth2Adapter
from partners.sign_in.openid.refusals import ProviderRefusal, refused


class CallbackView(OAuth2CallbackView):
    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[Any, Any]:
        state, response = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, response


@login_not_required
@never_cache
def to_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """By a button alone: a link somebody sends does not sign anybody in."""
    if request.method != "POST":
        return redirect("account_login")
    return _view(OAuth2LoginView, request, provider_id)


@login_not_required
@never_cache
def from_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _view(CallbackView, request, provider_id)


def _view(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        response: HttpResponse = view.adapter_view(PortalOAuth2Adapter(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (RequestException, ProviderException):
        return refused(request, ProviderRefusal.UNAVAILABLE, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return response
