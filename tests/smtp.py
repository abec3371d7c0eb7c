"""A mail server on this machine that takes mails, as the portal's mail server would."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Postbox:
    """What was delivered: each mail with the sender and the recipients of its envelope.

    Recipients named in ``unknown`` are refused for good, those in ``refused_late`` once the mail is there.
    """

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.senders: list[str] = []
        self.unknown: set[str] = set()
        self.refused_late: set[str] = set()

    async def handle_RCPT(  # noqa: N802  # as aiosmtpd calls it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        if address in self.unknown:
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  # as aiosmtpd calls it
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.refused_late.intersection(envelope.rcpt_tos):
            return "550 5.1.1 Mailbox is gone"
        content = envelope.content
        assert isinstance(content, bytes)
        self.mails.append(message_from_bytes(content, policy=policy.default))
        self.senders.append(str(envelope.mail_from))
        return "250 OK"

    def of(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if mail["To"] == address]


class _Anywhere(Controller):
    """Serves at a port that the machine chooses, which aiosmtpd itself does not look up."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def delivering(settings: Any) -> Iterator[Postbox]:
    """Have the portal send its mails by SMTP to a server that keeps them."""
    postbox = Postbox()
    controller = _Anywhere(postbox, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
        yield postbox
    finally:
        controller.stop()
