"""Doing without mails by a link in one of them, signed in or not (RFC 8058)."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from partners.models import User
from partners.notices.kinds import all_kinds
from partners.services.notices.writing import opt_out

SALT = "partners.services.notices.unsubscribing"


def unsubscribe_token(person_id: int) -> str:
    return signing.dumps(person_id, salt=SALT)


def person_of(token: str) -> int | None:
    """Whom the link was made for; None where it is not one of ours, or its person is no longer active."""
    try:
        found = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    is_of_somebody = isinstance(found, int) and User.objects.filter(pk=found, is_active=True).exists()
    return found if is_of_somebody else None


def unsubscribe_address(person_id: int) -> str:
    path = reverse("partners:notice_unsubscribe", args=[unsubscribe_token(person_id)])
    return f"{settings.PORTAL_ADDRESS}{path}"


def unsubscribe(person_id: int) -> None:
    """Send the person no more mails but those that are legally due."""
    opt_out(person_id=person_id, codes=[kind.code for kind in all_kinds() if not kind.is_mandatory])
