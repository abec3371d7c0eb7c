"""What a person may do with reports. Reading finished ones is for everyone who is signed in."""

from partners.permissions import Access


def can_request_report(access: Access) -> bool:
    """Reports are made by those who approve the figures."""
    return access.reviews
