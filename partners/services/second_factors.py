"""Secrets of second factors that are stored: brought under the key of today."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from partners.sign_in.stored_secrets import decrypted, encrypted, is_current

SECRETS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}
"""Under which name allauth keeps the secret of each kind; a passkey's is on the person's device."""


@transaction.atomic
def encrypt_stored_secrets() -> int:
    """Encrypt by the first key whatever is not; returns how many. No other key is needed then."""
    written = 0
    for factor in Authenticator.objects.filter(type__in=SECRETS).select_for_update().order_by("pk"):
        name = SECRETS[Authenticator.Type(factor.type)]
        if not is_current(factor.data[name]):
            factor.data[name] = encrypted(decrypted(factor.data[name]))
            factor.save(update_fields=["data"])
            written += 1
    return written
