"""Signatures by Ed25519 (RFC 8032): 32 random bytes are the secret key, the public one follows from them."""

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

KEY_BYTES = 32
ID_LENGTH = 16


class KeyNotUsableError(ValueError):
    """What should be a key is not 32 bytes in base64."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """``raw``: its 32 bytes. ``id``: the beginning of their SHA-256, by which manifests name it."""

    raw: bytes

    @property
    def id(self) -> str:
        return hashlib.sha256(self.raw).hexdigest()[:ID_LENGTH]

    @property
    def base64(self) -> str:
        return base64.b64encode(self.raw).decode()

    @property
    def pem(self) -> str:
        """As openssl reads it."""
        key = Ed25519PublicKey.from_public_bytes(self.raw)
        return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def fits(self, content: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, content)
        except InvalidSignature:
            return False
        return True


class SigningKey:
    """The secret key, as the environment names it: 32 bytes in base64."""

    def __init__(self, text: str) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(_bytes_of(text))

    @property
    def public(self) -> PublicKey:
        return PublicKey(self._key.public_key().public_bytes_raw())

    def sign(self, content: bytes) -> bytes:
        return self._key.sign(content)


def public_key(text: str) -> PublicKey:
    """A public key as the environment names it: 32 bytes in base64."""
    return PublicKey(_bytes_of(text))


def signer_of(content: bytes, signature: bytes, keys: Iterable[PublicKey]) -> PublicKey | None:
    """The one of these keys that the signature fits."""
    return next((key for key in keys if key.fits(content, signature)), None)


def _bytes_of(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error:
        raw = b""
    if len(raw) != KEY_BYTES:
        raise KeyNotUsableError("A key is 32 bytes in base64, as `openssl rand -base64 32` writes them.")
    return raw
