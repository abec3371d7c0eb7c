"""Whose address it is that the provider vouches for."""

from allauth.account.models import EmailAddress

from partners.models import User


def person_with_address(address: str) -> User | None:
    """Who has confirmed it here as well; an address that waits for that may be somebody else's."""
    found = EmailAddress.objects.filter(email=address.lower(), verified=True).select_related("user").first()
    return found.user if found else None
