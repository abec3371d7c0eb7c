"""Which browser has signed in to an account before: a signed cookie that names accounts by a keyed hash.

Failed attempts from a known browser are counted apart: nobody can lock an account by failing elsewhere.
"""

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

SALT = "partners.sign_in.devices"
KEPT_SECONDS = 180 * 24 * 3600
MOST_ACCOUNTS = 5


def known_device(request: HttpRequest, email: str) -> str | None:
    """The id of the browser, if somebody has signed in with this address on it."""
    cookie = _read(request)
    return cookie["id"] if _name(email) in cookie["accounts"] else None


def is_known(request: HttpRequest) -> bool:
    """Whether anybody has signed in on the browser."""
    return bool(_read(request)["accounts"])


def remember_device(request: HttpRequest, response: HttpResponseBase, email: str) -> None:
    cookie = _read(request)
    accounts = [_name(email), *(name for name in cookie["accounts"] if name != _name(email))]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps({"id": cookie["id"], "accounts": accounts[:MOST_ACCOUNTS]}, salt=SALT),
        max_age=KEPT_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        cookie: dict[str, Any] = signing.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=KEPT_SECONDS
        )
    except signing.BadSignature:
        return {"id": secrets.token_urlsafe(16), "accounts": []}
    return cookie


def _name(email: str) -> str:
    return salted_hmac(SALT, email.casefold(), algorithm="sha256").hexdigest()[:20]
