"""What Django and allauth report of signing in and out, and of passwords and second factors."""

from typing import Any

from allauth.account import signals as account_signals
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as mfa_signals
from django.contrib.auth import signals as auth_signals
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest  # signals of the view layer

from partners.enums import SecurityEventKind
from partners.services.security_events import Sender, record, record_failed_sign_in
from partners.services.sessions import end_others, renew_key


def connect() -> None:
    auth_signals.user_logged_in.connect(_signed_in)
    auth_signals.user_logged_out.connect(_signed_out)
    auth_signals.user_login_failed.connect(_failed)
    for signal in (
        account_signals.password_changed,
        account_signals.password_set,
        account_signals.password_reset,
    ):
        signal.connect(_password_changed)
    for signal in (
        mfa_signals.authenticator_added,
        mfa_signals.authenticator_removed,
        mfa_signals.authenticator_reset,
    ):
        signal.connect(_second_factor_changed)
    mfa_signals.authentication_failed.connect(_second_factor_failed)
    account_signals.authentication_step_completed.connect(_authenticated)


def sender_of(request: HttpRequest | None) -> Sender:
    """The address as far as the proxies in front are known; a command has none."""
    if request is None:
        return Sender()
    try:
        address = get_adapter(request).get_client_ip(request)
    except PermissionDenied:  # allauth could not make out one
        address = None
    return Sender(address or None, getattr(request, "request_id", ""))


def _signed_in(request: HttpRequest, user: Any, **_more: Any) -> None:
    """With what they proved who they are: "password", "password, totp", "webauthn"."""
    steps = get_authentication_records(request, user)
    names = (str(step.get("type") or step["method"]) for step in steps)
    methods = ", ".join("openid" if name == "socialaccount" else name for name in names)
    record(SecurityEventKind.SIGNED_IN, sender_of(request), person_id=user.pk, target=methods)


def _authenticated(request: HttpRequest, *, reauthenticated: bool = False, **_more: Any) -> None:
    """Give the session a new key when somebody proves again who they are, as signing in does."""
    if reauthenticated:
        renew_key(request.session)


def _signed_out(request: HttpRequest, user: Any, **_more: Any) -> None:
    if user is not None:
        record(SecurityEventKind.SIGNED_OUT, sender_of(request), person_id=user.pk)


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_more: Any) -> None:
    email = str(credentials.get("email") or credentials.get("username") or "")
    record_failed_sign_in(sender_of(request), email=email)


def _second_factor_failed(request: HttpRequest, user: Any, authenticator: Any, **_more: Any) -> None:
    kind = str(authenticator.type)
    record(SecurityEventKind.SIGN_IN_FAILED, sender_of(request), subject_id=user.pk, target=kind)


def _password_changed(request: HttpRequest, user: Any, **_more: Any) -> None:
    record(SecurityEventKind.PASSWORD_CHANGED, sender_of(request), person_id=user.pk, subject_id=user.pk)


def _second_factor_changed(request: HttpRequest, user: Any, authenticator: Any, **_more: Any) -> None:
    """Whoever has a session elsewhere got it by the factors of before: it ends, as with a new password."""
    end_others(user=user, current_key=request.session.session_key)
    record(
        SecurityEventKind.SECOND_FACTOR_CHANGED,
        sender_of(request),
        person_id=user.pk,
        subject_id=user.pk,
        target=str(authenticator.type),
    )
