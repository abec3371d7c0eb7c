"""Secrets of second factors lie encrypted in the database, and go from one key to the next."""

import base64
import time
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection

from partners.sign_in.stored_secrets import UnreadableSecretError, decrypted, encrypted
from tests.factories import UserFactory
from tests.partners.test_second_factor import current_code

OLD, NEW = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))


@pytest.fixture(autouse=True)
def _old_key(settings):
    settings.MFA_ENCRYPTION_KEYS = [OLD]


def stored_texts() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(data::text, ' ') FROM mfa_authenticator")
        return cursor.fetchone()[0]


def encrypt_second_factors() -> list[str]:
    out = StringIO()
    call_command("encrypt_second_factors", stdout=out)
    return out.getvalue().splitlines()


@pytest.mark.django_db
def test_database_holds_no_secret_of_an_app_that_can_be_read_and_its_codes_are_accepted():
    person, secret = UserFactory(), generate_totp_secret()
    app = TOTP.activate(person, secret)

    assert secret not in stored_texts()
    assert app.validate_code(current_code(secret))


@pytest.mark.django_db
def test_code_of_an_app_is_accepted_once():
    secret = generate_totp_secret()
    app = TOTP.activate(UserFactory(), secret)
    code = current_code(secret)

    assert [app.validate_code(code), app.validate_code(code)] == [True, False]


@pytest.mark.parametrize("periods", [-1, 1])
@pytest.mark.django_db
def test_code_of_another_half_minute_is_refused(periods, monkeypatch):
    """Allauth remembers for half a minute that a code was used: an older one could be used again."""
    secret, now = generate_totp_secret(), int(time.time())
    app = TOTP.activate(UserFactory(), secret)
    code = format_hotp_value(hotp_value(secret, now // 30))

    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: now + 30 * periods)
    assert not app.validate_code(code)
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: now)
    assert app.validate_code(code)


@pytest.mark.django_db
def test_secrets_stored_before_there_were_keys_are_read_and_then_encrypted():
    person, secret = UserFactory(), generate_totp_secret()
    app = Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": secret})

    assert encrypt_second_factors()[0] == "secrets encrypted: 1"
    assert secret not in stored_texts()
    app.refresh_from_db()
    assert TOTP(app).validate_code(current_code(secret))
    assert encrypt_second_factors()[0] == "secrets encrypted: 0"


@pytest.mark.django_db
def test_old_key_can_go_once_the_new_one_has_encrypted_everything(settings):
    secret = generate_totp_secret()
    app = TOTP.activate(UserFactory(), secret).instance
    settings.MFA_ENCRYPTION_KEYS = [NEW, OLD]
    assert decrypted(app.data["secret"]) == secret

    encrypt_second_factors()
    settings.MFA_ENCRYPTION_KEYS = [NEW]

    app.refresh_from_db()
    assert decrypted(app.data["secret"]) == secret


@pytest.mark.django_db
def test_passkeys_are_left_alone():
    data = {"name": "key", "credential": {}}
    passkey = Authenticator.objects.create(user=UserFactory(), type=Authenticator.Type.WEBAUTHN, data=data)

    assert encrypt_second_factors()[0] == "secrets encrypted: 0"
    passkey.refresh_from_db()
    assert passkey.data == data


def test_same_secret_looks_different_each_time():
    assert encrypted("secret") != encrypted("secret")


def test_secret_that_was_changed_or_whose_key_is_missing_is_refused(settings):
    stored = encrypted("secret")
    changed = stored[:-6] + ("A" if stored[-6] != "A" else "B") + stored[-5:]

    with pytest.raises(UnreadableSecretError):
        decrypted(changed)
    settings.MFA_ENCRYPTION_KEYS = [NEW]
    with pytest.raises(UnreadableSecretError):
        decrypted(stored)


def test_key_may_be_written_in_either_base64(settings):
    settings.MFA_ENCRYPTION_KEYS = [base64.b64encode(b"\xfb\xff" * 16).decode()]
    stored = encrypted("secret")

    settings.MFA_ENCRYPTION_KEYS = [base64.urlsafe_b64encode(b"\xfb\xff" * 16).decode()]
    assert decrypted(stored) == "secret"


@pytest.mark.parametrize(
    "keys", [[], ["short"], ["kürzer"], [base64.b64encode(b"x" * 16).decode()], [OLD, "!"]]
)
def test_installation_with_a_key_that_is_none_does_not_start(settings, keys):
    settings.MFA_ENCRYPTION_KEYS = keys

    assert [found.id for found in run_checks() if found.id.startswith("partners.")] == ["partners.E002"]
