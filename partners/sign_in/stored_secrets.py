"""Secrets of second factors as they lie in the database: encrypted, by keys that lie elsewhere.

AES-256-GCM, so that what was changed is refused. ``MFA_ENCRYPTION_KEYS`` lists the keys: the first encrypts,
each decrypts. What was stored before there were keys is read as it is, until
``partners.services.second_factors.stored.encrypt_stored_secrets`` has gone over it.
"""

import base64
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured

MARK = "aes-256-gcm:"
KEY_BYTES = 32
NONCE_BYTES = 12
URL_SAFE = str.maketrans("-_", "+/")


class UnreadableSecretError(RuntimeError):
    """None of the keys fits: the one that encrypted the secret is missing in the settings."""


def encrypted(text: str) -> str:
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(_keys()[0]).encrypt(nonce, text.encode(), MARK.encode())
    return MARK + base64.b64encode(nonce + sealed).decode()


def decrypted(stored: str) -> str:
    if not stored.startswith(MARK):
        return stored
    for key in _keys():
        if (text := _opened(stored, key)) is not None:
            return text
    raise UnreadableSecretError


def is_current(stored: str) -> bool:
    """Whether the first key encrypted it, so that the others are not needed."""
    return stored.startswith(MARK) and _opened(stored, _keys()[0]) is not None


def check_encryption_keys(**kwargs: Any) -> list[CheckMessage]:
    """A process without any, such as most workers, has nothing to do with second factors."""
    if settings.MFA_ENCRYPTION_KEYS is None:
        return []
    try:
        lengths = {len(key) for key in _keys()}
    except ValueError:  # no base64
        lengths = set()
    if lengths == {KEY_BYTES}:
        return []
    return [Error("MFA_ENCRYPTION_KEYS must name keys of 32 bytes each, in base64.", id="partners.E002")]


def _keys() -> list[bytes]:
    if settings.MFA_ENCRYPTION_KEYS is None:
        raise ImproperlyConfigured("MFA_ENCRYPTION_KEYS is not set for this process.")
    return [base64.b64decode(key.translate(URL_SAFE), validate=True) for key in settings.MFA_ENCRYPTION_KEYS]


def _opened(stored: str, key: bytes) -> str | None:
    sealed = base64.b64decode(stored.removeprefix(MARK))
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], MARK.encode()).decode()
    except InvalidTag:
        return None
