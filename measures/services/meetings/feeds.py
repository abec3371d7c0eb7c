"""A person's private calendar address: signed, so that guesses never reach the database, and revocable."""

import hashlib
import secrets

from django.core import signing
from django.db import transaction
from django.utils import timezone

from measures.models import CalendarFeed
from partners.models import User

_SALT = "measures.calendar"


@transaction.atomic
def create_feed(*, user: User) -> str:
    """A new address instead of the one before; what is returned stands in it and cannot be had again."""
    key = secrets.token_urlsafe(24)
    CalendarFeed.objects.update_or_create(
        user=user, defaults={"key_hash": _hash_of(key), "created_at": timezone.now()}
    )
    return signing.Signer(salt=_SALT).sign(key)


def revoke_feed(*, user: User) -> bool:
    """Whether there was one."""
    deleted, _by_model = CalendarFeed.objects.filter(user=user).delete()
    return bool(deleted)


def person_of_feed(token: str) -> User | None:
    """Whose calendar it is; None where the address was never given, is revoked, or its person has left."""
    try:
        key = signing.Signer(salt=_SALT).unsign(token)
    except signing.BadSignature:
        return None
    found = CalendarFeed.objects.select_related("user").filter(key_hash=_hash_of(key), user__is_active=True)
    feed = found.first()
    return feed.user if feed else None


def _hash_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
