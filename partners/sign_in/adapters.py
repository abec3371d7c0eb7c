"""How django-allauth, which signs people in, is fitted to the portal."""

import datetime as dt
import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.core.internal.httpkit import clean_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sites.shortcuts import get_current_site
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse

from partners.forms import validate_mail_address
from partners.services import mails
from partners.sign_in.devices import known_device, remember_device
from partners.sign_in.openid.claims import note_second_factor
from partners.sign_in.stored_secrets import decrypted, encrypted
from partners.tasks import send_mails_after_commit

APP = "allauth.account"

logger = logging.getLogger(__name__)


class PortalAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves, mails leave by the queue, failed attempts are counted per client."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """An account begins with an invitation."""
        return False

    def clean_email(self, email: str) -> str:
        validate_mail_address(email)
        return str(super().clean_email(email))

    def send_mail(self, prefix: str, email: str, context: dict[str, Any]) -> None:
        site = get_current_site(self.request)
        message = self.render_mail(prefix, email, {"email": email, "current_site": site} | context)
        code_works_for = dt.timedelta(seconds=settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT)
        mails.write(
            recipient=email,
            subject=message.subject,
            body=str(message.body),
            useful_for=code_works_for if "code" in context else None,
        )
        send_mails_after_commit()

    def get_client_ip(self, request: HttpRequest) -> str:
        """The client in front of the declared proxies; whoever comes past them counts as who they are."""
        try:
            return super().get_client_ip(request)
        except ImproperlyConfigured:  # fewer addresses in X-Forwarded-For than there are proxies
            return clean_client_ip(request.META["REMOTE_ADDR"]) or request.META["REMOTE_ADDR"]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt: for a known browser by itself, else for the client and for the account.

        So failing from elsewhere locks neither the account on its owner's browser nor everybody of an office.
        """
        login = _login(credentials)
        device = known_device(request, login)
        keys = (
            {"login_failed_device": f"{login} {device}"}
            if device
            else {
                "login_failed": self._get_login_attempts_cache_key(request, **credentials),
                "login_failed_account": login,
            }
        )
        self._usages = []
        for action, key in keys.items():
            usage = ratelimit.consume(request, app=APP, action=action, key=key)
            if not usage:
                logger.warning("Sign-in not tried: too many attempts (%s)", action)
                raise self.validation_error("too_many_login_attempts")
            self._usages.append(usage)

    def _rollback_login_failed_rl_usage(self) -> None:
        for usage in self._usages:
            usage.rollback()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return f"{_login(credentials)} {ratelimit.get_ip(request)}"

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.mfa.stages.AuthenticateStage": "partners.sign_in.openid.stages.SecondFactorStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        sociallogin = (kwargs.get("signal_kwargs") or {}).get("sociallogin")
        note_second_factor(request, getattr(sociallogin, "claims", None), user.pk)
        response = super().post_login(request, user, **kwargs)
        remember_device(request, response, user.get_username())
        return response


class PortalMFAAdapter(DefaultMFAAdapter):
    """Secrets of second factors are stored encrypted."""

    def encrypt(self, text: str) -> str:
        return encrypted(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypted(encrypted_text)


def _login(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email", "")).casefold()
