"""The provider as the portal uses it: with a nonce, its ID token checked, its claims from one person."""

import secrets
from typing import Any, cast

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse

from partners.sign_in.openid.claims import readable
from partners.sign_in.openid.tokens import checked

NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
ABOUT_SIGN_IN = ("acr", "amr", "auth_time", "nonce")
"""How somebody has signed in is in the ID token or not known."""


class PortalOAuth2Adapter(OpenIDConnectOAuth2Adapter):
    """``nonce``: what the request of this browser was sent with."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself; it has to be the one that the settings name."""
        config = cast("dict[str, Any]", super().openid_config)
        if not isinstance(config, dict) or any(not isinstance(config.get(name), str) for name in NEEDED):
            raise ProviderException("The provider's description of itself is incomplete.")
        expected = self.get_provider().app.settings["server_url"].partition("/.well-known/")[0]
        if config["issuer"].rstrip("/") != expected.rstrip("/"):
            raise ProviderException("The provider calls itself by another name than the settings.")
        return config

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        """The tokens alone. What else the provider says here, its refusals too, may name people."""
        try:
            found = super().get_access_token_data(request, app, client, pkce_code_verifier)
        except OAuth2Error as error:
            raise OAuth2Error("The provider gives no token for the code.") from error
        return {name: str(found.get(name) or "") for name in ("access_token", "id_token")}

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> SocialLogin:
        id_token = checked(
            kwargs["response"]["id_token"],
            keys=self._keys(),
            issuer=self.openid_config["issuer"],
            client_id=app.client_id,
            nonce=self.nonce,
        )
        claims = readable(self._userinfo(token.token, id_token) | id_token)
        login = self.get_provider().sociallogin_from_response(request, claims)
        login.claims = claims
        return login

    def _keys(self) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            response = session.get(self.openid_config["jwks_uri"])
            response.raise_for_status()
            return cast("dict[str, Any]", response.json())

    def _userinfo(self, access_token: str, id_token: dict[str, Any]) -> dict[str, Any]:
        """What it says beside the ID token, of the same person."""
        if "userinfo_endpoint" not in self.openid_config:
            return {}
        found: dict[str, Any] = self._fetch_user_info(access_token)
        if found.get("sub") != id_token["sub"]:
            raise OAuth2Error("The provider answers with another person.")
        if "email" in id_token:  # confirmed or not: both from the same place
            found.pop("email_verified", None)
        return {name: value for name, value in found.items() if name not in ABOUT_SIGN_IN}


class PortalProvider(OpenIDConnectProvider):
    oauth2_adapter_class = PortalOAuth2Adapter

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """Send the browser to the provider with a nonce, kept with what is kept of the request."""
        nonce = secrets.token_urlsafe(32)
        asked = {**(kwargs.pop("auth_params", None) or self.get_auth_params()), "nonce": nonce}
        answer: HttpResponse = super().redirect(
            request, process, next_url, data, auth_params=asked, nonce=nonce, **kwargs
        )
        return answer

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """Those of the settings; whoever made the link has no say."""
        scope: list[str] = self.get_scope()
        return scope

    def get_auth_params_from_request(self, request: HttpRequest, action: Any) -> dict[str, Any]:
        """As above: they could name another client, state or address to come back to."""
        parameters: dict[str, Any] = self.get_auth_params()
        return parameters

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        """Confirmed is an address if the provider says so, and no other word for it counts."""
        return super().extract_email_addresses(data | {"email_verified": data.get("email_verified") is True})

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing is kept of what the provider tells, but who it is."""
        return {}
