"""Mails on their way: written down with what caused them, sent by the worker, tried again while that fails.

No request waits for the mail server, so an answer says nothing about whether a mail was due.
"""

import datetime as dt
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from partners.enums import MailProblem
from partners.models import Invitation, OutgoingMail

FIRST_PAUSE, LONGEST_PAUSE = dt.timedelta(minutes=1), dt.timedelta(hours=1)
GIVEN_UP_AFTER = dt.timedelta(days=2)
KEPT_FOR = dt.timedelta(days=30)
PERMANENT = 500  # SMTP's replies from here on will not change by trying again


def write(
    *,
    recipient: str,
    subject: str,
    body: str,
    invitation: Invitation | None = None,
    useful_for: dt.timedelta | None = None,
) -> OutgoingMail:
    """Put a mail among those to be sent. Whoever owns the transaction wakes the worker after it.

    ``useful_for``: how long the code or link in it works; after that its text is deleted, sent or not.
    """
    expires_at = None if useful_for is None else timezone.now() + useful_for
    return OutgoingMail.objects.create(
        recipient=recipient, subject=subject, body=body, invitation=invitation, expires_at=expires_at
    )


def send_due() -> int:
    """Send what is due, oldest first, until the server is away; returns how many left."""
    sent = 0
    connection = get_connection()
    try:
        while (outcome := _send_next(connection)) is not None:
            if outcome == MailProblem.UNREACHABLE:
                break
            sent += outcome == ""
    finally:
        connection.close()
    return sent


@transaction.atomic
def _send_next(connection: BaseEmailBackend) -> str | None:
    """Send one mail that no other worker has: its problem, or ``""``; ``None`` when nothing is due."""
    mail = OutgoingMail.objects.due().select_for_update(skip_locked=True).first()
    if mail is None:
        return None
    problem, is_permanent = (MailProblem.EXPIRED, True) if mail.is_expired else _attempt(mail, connection)
    now = timezone.now()
    mail.tries += 1
    mail.problem = problem
    if not problem:
        mail.sent_at = now
    if not problem or is_permanent or now - mail.created_at > GIVEN_UP_AFTER:
        mail.next_try_at, mail.body = None, ""
    else:
        mail.next_try_at = now + min(FIRST_PAUSE * 2 ** (mail.tries - 1), LONGEST_PAUSE)
    mail.save(update_fields=["tries", "problem", "sent_at", "next_try_at", "body"])
    return problem


def _attempt(mail: OutgoingMail, connection: BaseEmailBackend) -> tuple[str, bool]:
    """The problem, or ``""``, and whether trying again is pointless."""
    message = EmailMessage(mail.subject, mail.body, to=[mail.recipient], connection=connection)
    try:
        message.send()
    except SMTPRecipientsRefused as error:
        codes = [code for code, _reply in error.recipients.values()]
        if min(codes, default=0) >= PERMANENT:
            return MailProblem.ADDRESS, True
        return MailProblem.REFUSED, False
    except SMTPResponseException:
        return MailProblem.REFUSED, False
    except (SMTPException, OSError):
        return MailProblem.UNREACHABLE, False
    return "", False


def drop(*, invitation: Invitation) -> None:
    """Keep what has not left yet from being sent."""
    OutgoingMail.objects.filter(invitation=invitation, next_try_at__isnull=False).delete()


def remove_old() -> int:
    """Forget mails that left or were given up a month ago."""
    removed, _by_model = OutgoingMail.objects.finished_before(timezone.now() - KEPT_FOR).delete()
    return removed
