from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Exists, F, OuterRef

from partners.models import FactorReset, User
from partners.selectors.notices import unread_count_of

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Kinds of second factors; recovery codes only stand in for one."""


@cache
def _everybody() -> tuple[str, tuple[Any, ...]]:
    """The query for people with the state of their accounts, written once: every request asks it."""
    factors = Authenticator.objects.filter(user_id=OuterRef("pk"), type__in=SECOND_FACTORS)
    resets = FactorReset.objects.filter(person=OuterRef("pk"), confirmed_at__isnull=False)
    people = User.objects.annotate(
        version_of_request=F("session_version"),
        factor_of_request=Exists(factors),
        unread_of_request=unread_count_of(OuterRef("pk")),
        reset_of_request=Exists(resets),
    )
    return people.order_by().query.sql_with_params()


class PortalBackend(AuthenticationBackend):
    """Signs people in by a verified address, and loads them with the state of their account."""

    def get_user(self, user_id: Any) -> User | None:
        """The person with what decides about the session, in one query; nobody where they are not active."""
        people, parameters = _everybody()
        found = User.objects.raw(f"{people} WHERE partners_user.id = %s", [*parameters, user_id])
        user = next(iter(found), None)
        return user if user and self.user_can_authenticate(user) else None

    def _authenticate_by_email(self, email: str, password: str) -> AbstractBaseUser | None:
        """An address nobody has confirmed yet signs nobody in, unless it is the person's only one.

        With the only one they are led to confirming it; a pending new address may be somebody else's.
        """
        user = super()._authenticate_by_email(email, password)
        if user is None:
            return None
        addresses = EmailAddress.objects.filter(user_id=user.pk, verified=True)
        if addresses.exists() and not addresses.filter(email=email.lower()).exists():
            return None
        return user
