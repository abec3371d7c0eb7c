"""Addresses that take no mail: refused while it is sent, or reported later by the recipient's mail server.

Every mail carries a mark of its own: in its id and, where the installation has an address for it, in the
sender of its envelope. A report counts only with such a mark: anybody can write to that address.
"""

import hmac
import re
from collections.abc import Iterator
from email.message import Message
from email.utils import parseaddr

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from partners.enums import BounceSource, MailProblem
from partners.models import BouncedAddress, OutgoingMail

SALT = "partners.services.bounces"
MARK = re.compile(r"(?:<mail\.|\+)(\d{1,18})\.([0-9a-f]{20})@")
"""How a mark stands in the id of a mail and in the sender of its envelope."""

ABOUT_THE_ADDRESS = re.compile(r"\b5\.1\.\d{1,3}\b|\b5\.2\.1\b")
"""Enhanced status codes (RFC 3463): the address is wrong, or its mailbox is switched off."""

STATUS = re.compile(r"^\s*(5\.\d{1,3}\.\d{1,3})")
LONGEST_REPLY, LONGEST_CODE = 500, 20


def message_id(mail_id: int) -> str:
    return f"<mail.{_mark(mail_id)}@{_domain(settings.DEFAULT_FROM_EMAIL)}>"


def envelope_sender(mail_id: int) -> str:
    """Where a mail server reports that it cannot deliver: an address with the mark, or the portal's own."""
    if not settings.BOUNCE_ADDRESS:
        return str(settings.DEFAULT_FROM_EMAIL)
    local, _at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    return f"{local}+{_mark(mail_id)}@{domain}"


def is_about_the_address(reply: bytes | str) -> bool:
    """Whether the reply of a mail server says that the address itself is wrong."""
    return bool(ABOUT_THE_ADDRESS.search(_text(reply)))


def record_refusal(email: str, code: int, reply: bytes | str) -> None:
    _record(email, BounceSource.REFUSED, str(code), _text(reply))


def forget_refusal(email: str) -> None:
    """A mail was accepted for the address. What its own server reported later is not disproved by that."""
    BouncedAddress.objects.filter(email__iexact=email, source=BounceSource.REFUSED).delete()


def forget(*, bounced_id: int) -> int:
    """Somebody has made sure that the address takes mail again."""
    removed, _by_model = BouncedAddress.objects.filter(pk=bounced_id).delete()
    return removed


@transaction.atomic
def record_report(report: Message) -> str | None:
    """Take in a delivery status notification (RFC 3464); the address, None where the mail is none of ours.

    Who it is about follows from the mail it names, not from what it says. The same again changes nothing.
    """
    status = _permanent_failure(report)
    mail_id = _reported_mail(report)
    if status is None or mail_id is None:
        return None
    mail = OutgoingMail.objects.select_for_update().filter(pk=mail_id).first()
    if mail is None or mail.problem == MailProblem.BOUNCED:
        return None
    mail.problem, mail.sent_at, mail.next_try_at, mail.body, mail.headers = (
        MailProblem.BOUNCED,
        None,
        None,
        "",
        {},
    )
    mail.save(update_fields=["problem", "sent_at", "next_try_at", "body", "headers"])
    _record(mail.recipient, BounceSource.REPORTED, *status)
    return mail.recipient


def _permanent_failure(report: Message) -> tuple[str, str] | None:
    """Status code and reply, if the report says that delivery failed for good."""
    for part in report.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for fields in _blocks(part):
            status = STATUS.match(str(fields.get("Status", "")))
            if str(fields.get("Action", "")).strip().lower() == "failed" and status:
                _kind, _semicolon, reply = str(fields.get("Diagnostic-Code", "")).partition(";")
                return status[1], reply.strip()
    return None


def _blocks(part: Message) -> Iterator[Message]:
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (each for each in payload if isinstance(each, Message))


def _reported_mail(report: Message) -> int | None:
    """The mail that the report is about, by a mark of ours in its recipient or in the mail itself."""
    places = [
        *(value for name in ("To", "Delivered-To", "X-Original-To") for value in report.get_all(name, [])),
        *(value for part in report.walk() for value in _ids_in(part)),
    ]
    for place in places:
        for found, signature in MARK.findall(str(place)):
            if any(
                hmac.compare_digest(_signature(int(found), key), signature)
                for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
            ):
                return int(found)
    return None


def _ids_in(part: Message) -> Iterator[str]:
    """The ids of a mail that was returned, whole or as its headers alone."""
    if part.get_content_type() == "text/rfc822-headers":
        payload = part.get_payload(decode=True)
        yield payload.decode("ascii", "replace") if isinstance(payload, bytes) else ""
    yield from (str(value) for name in ("Message-ID", "References") for value in part.get_all(name, []))


def _record(email: str, source: BounceSource, code: str, reply: str) -> None:
    now = timezone.now()
    values = {
        "source": source,
        "code": code[:LONGEST_CODE],
        "reply": " ".join(reply.replace("\x00", "").split())[:LONGEST_REPLY],
        "last_at": now,
    }
    BouncedAddress.objects.update_or_create(
        email__iexact=email, defaults=values, create_defaults={"email": email.lower(), "since": now, **values}
    )


def _mark(mail_id: int) -> str:
    return f"{mail_id}.{_signature(mail_id, settings.SECRET_KEY)}"


def _signature(mail_id: int, secret: str) -> str:
    return salted_hmac(SALT, str(mail_id), secret=secret, algorithm="sha256").hexdigest()[:20]


def _domain(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"


def _text(reply: bytes | str) -> str:
    return reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)
