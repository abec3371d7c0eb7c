"""Forgetting notices, who was mailed on which day, and addresses that took no mail."""

from django.utils import timezone

from partners.models import BouncedAddress, Notice, NoticeDigest
from partners.models.notices import KEPT_FOR


def remove_old() -> None:
    """Notices are kept for a year, read or not; so is the log of the mails they went into.

    Of addresses that have taken no mail for as long nothing new is known.
    """
    kept_since = timezone.now() - KEPT_FOR
    Notice.objects.filter(at__lt=kept_since).delete()
    NoticeDigest.objects.filter(at__lt=kept_since).delete()
    BouncedAddress.objects.filter(last_at__lt=kept_since).delete()
