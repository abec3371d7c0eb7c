"""``manage.py record_bounces``: take in what mail servers report of mails not delivered."""

import mailbox
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from email import message_from_binary_file
from email.message import Message
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from partners.services.bounces import record_report


class Command(BaseCommand):
    help = (
        "Read delivery status notifications (RFC 3464) from a maildir, from an mbox file or, one of them, "
        "from standard input, and record the addresses that take no mail. Running it again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        source = parser.add_mutually_exclusive_group()
        source.add_argument("--maildir", type=Path, help="the folder that holds new, cur and tmp")
        source.add_argument("--mbox", type=Path, help="the file")
        parser.add_argument(
            "--remove", action="store_true", help="delete each message from the mailbox once it has been read"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        read, recorded = 0, []
        for message in self._messages(options):
            read += 1
            if address := record_report(message):
                recorded.append(address)
        for address in recorded:
            self.stdout.write(address)
        self.stdout.write(f"Messages read: {read}, addresses recorded: {len(recorded)}.")

    def _messages(self, options: dict[str, Any]) -> Iterator[Message]:
        box = self._mailbox(options)
        if box is None:
            yield message_from_binary_file(sys.stdin.buffer)
            return
        box.lock()
        try:
            for key in list(box.keys()):
                message = box.get(key)
                if message is not None:
                    yield message
                if options["remove"]:
                    box.discard(key)
            box.flush()
        finally:
            box.unlock()
            box.close()

    @staticmethod
    def _mailbox(options: dict[str, Any]) -> "mailbox.Mailbox[Any] | None":
        try:
            if options["maildir"]:
                return mailbox.Maildir(options["maildir"], create=False)
            if options["mbox"]:
                return mailbox.mbox(options["mbox"], create=False)
        except mailbox.NoSuchMailboxError as error:
            raise CommandError(f"There is no such mailbox: {error}") from error
        return None
