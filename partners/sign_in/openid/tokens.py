"""Whether an ID token is what it claims to be. allauth takes one that came over TLS without a look."""

import secrets
from collections.abc import Mapping
from typing import Any

import jwt
from allauth.socialaccount import app_settings
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures by a private key alone: none at all, and none by a secret that both sides know."""
REQUIRED = ("iss", "sub", "aud", "exp", "iat")
SECONDS_CLOCKS_DIFFER = 30
LONGEST_SUBJECT = app_settings.UID_MAX_LENGTH
NOT_VALID = (
    *(jwt.PyJWTError, ValueError, TypeError, KeyError),
    *(AttributeError, OverflowError, RecursionError),  # PyJWT relies on the types and the depth of JSON
)
"""What comes of a token or a key that is none."""


def checked(
    token: str, *, keys: Mapping[str, Any], issuer: str, client_id: str, nonce: str
) -> dict[str, Any]:
    """The claims of the token; raises ``OAuth2Error`` unless all of it is right.

    That is: signed by a key of the provider, from this issuer, for this client, not run out, and made for
    the request that this browser began.
    """
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            _key_of(token, keys),
            algorithms=list(ALGORITHMS),
            audience=client_id,
            issuer=issuer,
            leeway=SECONDS_CLOCKS_DIFFER,
            options={"require": list(REQUIRED)},
        )
    except NOT_VALID as error:
        raise OAuth2Error(f"The ID token is not valid: {type(error).__name__}") from error
    if not 0 < len(claims["sub"]) <= LONGEST_SUBJECT or not claims["sub"].isprintable():
        raise OAuth2Error("The ID token names nobody.")
    if claims.get("azp", client_id) != client_id:
        raise OAuth2Error("The ID token is for another client.")
    if not nonce or not secrets.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise OAuth2Error("The ID token answers another request.")
    return claims


def _key_of(token: str, keys: Mapping[str, Any]) -> jwt.PyJWK:
    """The one that the token names; a token need not name the only one."""
    known = [key for key in jwt.PyJWKSet.from_dict(dict(keys)).keys if key.public_key_use in {None, "sig"}]
    name = jwt.get_unverified_header(token).get("kid")
    fitting = [key for key in known if name is None or key.key_id == name]
    if len(fitting) != 1:
        raise OAuth2Error("The ID token names no key of the provider.")
    return fitting[0]
