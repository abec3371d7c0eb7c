"""Secrets of second factors that are stored: brought under the key of today, or hashed."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from partners.sign_in.one_time_codes import HashedRecoveryCodes
from partners.sign_in.stored_secrets import decrypted, encrypted, is_current

SECRET = "secret"  # noqa: S105  # the name under which allauth keeps that of an app


@transaction.atomic
def encrypt_stored_secrets() -> int:
    """Encrypt by the first key whatever is not; returns how many. No other key is needed then."""
    written = 0
    apps = Authenticator.objects.filter(type=Authenticator.Type.TOTP)
    for factor in apps.select_for_update().order_by("pk"):
        if not is_current(factor.data[SECRET]):
            factor.data[SECRET] = encrypted(decrypted(factor.data[SECRET]))
            factor.save(update_fields=["data"])
            written += 1
    return written


@transaction.atomic
def hash_recovery_codes() -> int:
    """Keep hashes of the codes that come from a stored seed; returns how many sets there were.

    It takes as long as checking a password does, for each code that is left.
    """
    sets = Authenticator.objects.filter(type=Authenticator.Type.RECOVERY_CODES, data__has_key="seed")
    return sum(HashedRecoveryCodes(each).convert_seed() for each in sets.select_for_update().order_by("pk"))
