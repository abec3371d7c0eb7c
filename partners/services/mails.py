"""Mails on their way: written down with what caused them, sent by the worker, tried again while that fails.

No request waits for the mail server, so an answer says nothing about whether a mail was due.
"""

import datetime as dt
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.errors import MessageError
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from types import MappingProxyType

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import sanitize_address
from django.db import transaction
from django.utils import timezone, translation

from partners.enums import MailProblem
from partners.models import Invitation, NoticeDigest, OutgoingMail, User
from partners.services import bounces

FIRST_PAUSE, LONGEST_PAUSE = dt.timedelta(minutes=1), dt.timedelta(hours=1)
GIVEN_UP_AFTER = dt.timedelta(days=2)
KEPT_FOR = dt.timedelta(days=30)
PERMANENT = 500  # SMTP's replies from here on will not change by trying again

logger = logging.getLogger(__name__)


def write(  # noqa: PLR0913  # a mail has these parts
    *,
    recipient: str,
    subject: str,
    body: str,
    invitation: Invitation | None = None,
    digest: NoticeDigest | None = None,
    headers: Mapping[str, str] = MappingProxyType({}),
    useful_for: dt.timedelta | None = None,
) -> OutgoingMail:
    """Put a mail among those to be sent. Whoever owns the transaction wakes the worker after it.

    ``useful_for``: how long the code or link in it works; after that its text is deleted, sent or not.
    """
    expires_at = None if useful_for is None else timezone.now() + useful_for
    return OutgoingMail.objects.create(
        recipient=recipient,
        subject=subject,
        body=body,
        invitation=invitation,
        digest=digest,
        headers=dict(headers),
        expires_at=expires_at,
    )


def unsubscribe_headers(address: str) -> dict[str, str]:
    """What a mail carries so that its reader's program can offer a button that ends such mails (RFC 8058)."""
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


@contextmanager
def in_language_of(person: User) -> Iterator[None]:
    """What is written to somebody is in their language, not in that of whoever caused it."""
    with translation.override(person.language or settings.LANGUAGE_CODE):
        yield


def send_due() -> int:
    """Send what is due, oldest first, until the server is away; returns how many left.

    Raises ``ValueError`` where the sender in the settings is none: no mail is given up for that.
    """
    for sender in (settings.DEFAULT_FROM_EMAIL, bounces.envelope_sender(0)):
        sanitize_address(sender, settings.DEFAULT_CHARSET)
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
    is_too_late = mail.is_expired or _is_of_somebody_inactive(mail)
    problem, is_permanent = (MailProblem.EXPIRED, True) if is_too_late else _attempt(mail, connection)
    now = timezone.now()
    mail.tries += 1
    mail.problem = problem
    if not problem:
        mail.sent_at = now
    if not problem or is_permanent or now - mail.created_at > GIVEN_UP_AFTER:
        mail.next_try_at, mail.body, mail.headers = None, "", {}
    else:
        mail.next_try_at = now + min(FIRST_PAUSE * 2 ** (mail.tries - 1), LONGEST_PAUSE)
    mail.save(update_fields=["tries", "problem", "sent_at", "next_try_at", "body", "headers"])
    return problem


def _is_of_somebody_inactive(mail: OutgoingMail) -> bool:
    """Whether its notices are those of a person who was deactivated while it waited."""
    if mail.digest_id is None:
        return False
    return NoticeDigest.objects.filter(pk=mail.digest_id, person__is_active=False).exists()


def _attempt(mail: OutgoingMail, connection: BaseEmailBackend) -> tuple[str, bool]:
    """The problem, or ``""``, and whether trying again is pointless."""
    try:
        message = _message(mail, connection)
    except (ValueError, MessageError):
        logger.exception("Mail %s cannot be written as one and is given up", mail.pk)
        return MailProblem.UNWRITABLE, True
    try:
        message.send()
    except SMTPRecipientsRefused as error:
        [(code, reply)] = error.recipients.values()
        return _refused(mail, code, reply, is_about_the_address=code >= PERMANENT)
    except SMTPResponseException as error:
        # Some servers look at the recipient only once they have the whole mail.
        about = error.smtp_code >= PERMANENT and bounces.is_about_the_address(error.smtp_error)
        return _refused(mail, error.smtp_code, error.smtp_error, is_about_the_address=about)
    except (SMTPException, OSError):
        return MailProblem.UNREACHABLE, False
    bounces.forget_refusal(mail.recipient)
    return "", False


def _refused(
    mail: OutgoingMail, code: int, reply: bytes | str, *, is_about_the_address: bool
) -> tuple[str, bool]:
    if not is_about_the_address:
        return MailProblem.REFUSED, False
    bounces.record_refusal(mail.recipient, code, reply)
    return MailProblem.ADDRESS, True


def _message(mail: OutgoingMail, connection: BaseEmailBackend) -> EmailMessage:
    """The mail as it leaves: by its sender or its id the portal knows it again when it comes back.

    Raises ``ValueError`` or ``MessageError`` for what no mail can hold.
    """
    headers = {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Message-ID": bounces.message_id(mail.pk),
        "Auto-Submitted": "auto-generated",  # no answers by machines
        **mail.headers,
    }
    message = EmailMessage(
        " ".join(mail.subject.split()),  # names in it may have lines
        mail.body,
        from_email=bounces.envelope_sender(mail.pk),
        to=[mail.recipient],
        headers=headers,
        connection=connection,
    )
    sanitize_address(mail.recipient, message.encoding or settings.DEFAULT_CHARSET)
    message.message().as_bytes()
    return message


def drop(*, invitation: Invitation) -> None:
    """Keep what has not left yet from being sent."""
    OutgoingMail.objects.filter(invitation=invitation, next_try_at__isnull=False).delete()


def remove_old() -> int:
    """Forget mails that left or were given up a month ago."""
    removed, _by_model = OutgoingMail.objects.finished_before(timezone.now() - KEPT_FOR).delete()
    return removed
