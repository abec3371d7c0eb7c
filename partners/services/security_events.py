"""Writing down what matters to the portal's safety, and forgetting it in time."""

import datetime as dt
import logging
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from partners.enums import SecurityEventKind
from partners.models import SecurityEvent, User
from partners.models.security_events import LONGEST_TARGET

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sender:
    """Where a request came from, and its name in the logs."""

    address: str | None = None
    request_id: str = ""


def record(
    kind: SecurityEventKind,
    sender: Sender,
    *,
    person_id: int | None = None,
    subject_id: int | None = None,
    target: str = "",
) -> None:
    """Write it into the table and the log. What is going on goes on where the table cannot be written."""
    logger.info("Security event: %s", kind.value, extra={"event": kind.value})
    try:
        with transaction.atomic():
            SecurityEvent.objects.create(
                kind=kind,
                person_id=person_id,
                subject_id=subject_id,
                target=target[:LONGEST_TARGET],
                address=sender.address,
                request_id=sender.request_id,
            )
    except DatabaseError:
        logger.exception("A security event could not be recorded: %s", kind.value)


def record_failed_sign_in(sender: Sender, *, email: str) -> None:
    """What was typed is not kept: it may be a password. Whose account it was is, if it is one."""
    owner = User.objects.filter(email__iexact=email).values_list("pk", flat=True).first() if email else None
    record(SecurityEventKind.SIGN_IN_FAILED, sender, subject_id=owner)


def remove_old_events() -> int:
    """Delete what is older than the installation keeps it; returns how many."""
    oldest = timezone.now() - dt.timedelta(days=settings.SECURITY_EVENTS_KEPT_DAYS)
    deleted, _by_model = SecurityEvent.objects.filter(at__lt=oldest).delete()
    return deleted
