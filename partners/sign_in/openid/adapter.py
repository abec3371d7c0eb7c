"""Who comes in by the provider: whoever has an account or an invitation under a confirmed address."""

import logging
from http import HTTPStatus
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError, AuthProcess, ProviderException
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from requests import RequestException

from partners.enums import SecurityEventKind
from partners.services.claimed_roles import apply_claimed_roles
from partners.services.invitations import accept_from_provider
from partners.services.security_events import record
from partners.sign_in.events import sender_of
from partners.sign_in.openid.calls import ProviderSession
from partners.sign_in.openid.claims import claimed_roles
from partners.sign_in.openid.people import person_with_address
from partners.sign_in.openid.refusals import METHOD, ProviderRefusal, refused

logger = logging.getLogger(__name__)


class PortalSocialAccountAdapter(DefaultSocialAccountAdapter):
    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The provider of the settings; none can be added in the database."""
        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def get_requests_session(self) -> ProviderSession:
        return ProviderSession()

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody signs up by themselves; an invitation is accepted before anybody asks."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find or make the account and give it the roles that the provider claims; refuse all others."""
        try:
            refusal = self._let_in(request, sociallogin)
        except IntegrityError:  # the same person, for the first time, in two windows at once
            refusal = ProviderRefusal.INVALID
        if refusal:
            raise ImmediateHttpResponse(refused(request, refusal))

    @transaction.atomic
    def _let_in(self, request: HttpRequest, sociallogin: SocialLogin) -> ProviderRefusal | None:
        """An account that is not active is left as it is; allauth says so."""
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            return ProviderRefusal.INVALID
        refusal = None if sociallogin.is_existing else self._link(request, sociallogin)
        if refusal is None and sociallogin.user.is_active:
            apply_claimed_roles(user=sociallogin.user, claimed=claimed_roles(sociallogin.claims))
        return refusal

    def _link(self, request: HttpRequest, sociallogin: SocialLogin) -> ProviderRefusal | None:
        address = next((each.email for each in sociallogin.email_addresses if each.verified), "")
        if not address:
            return ProviderRefusal.UNVERIFIED
        known = person_with_address(address)
        newcomer = None if known else self._newcomer(address, sociallogin)
        if known:
            sociallogin.connect(request, known)
        elif newcomer:
            sociallogin.user = newcomer
            sociallogin.save(request, connect=True)
        else:
            return ProviderRefusal.NOT_INVITED
        record(
            SecurityEventKind.SIGN_IN_LINKED,
            sender_of(request),
            person_id=sociallogin.user.pk,
            subject_id=sociallogin.user.pk,
            target=METHOD,
        )
        return None

    @staticmethod
    def _newcomer(address: str, sociallogin: SocialLogin) -> Any:
        return accept_from_provider(
            email=address,
            first_name=sociallogin.user.first_name or address.partition("@")[0],
            last_name=sociallogin.user.last_name,
        )

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        """Say in words what went wrong, on a page of the portal."""
        if error == AuthError.CANCELLED:
            raise ImmediateHttpResponse(refused(request, ProviderRefusal.CANCELLED))
        if isinstance(exception, RequestException | ProviderException):
            raise ImmediateHttpResponse(
                refused(request, ProviderRefusal.UNAVAILABLE, status=HTTPStatus.SERVICE_UNAVAILABLE)
            )
        logger.warning("The provider's answer was refused: %s", exception or error)
        raise ImmediateHttpResponse(refused(request, ProviderRefusal.INVALID))
