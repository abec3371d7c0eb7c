"""The tasks of the queue: each takes plain values and calls one service."""

from celery import shared_task
from django.db import transaction
from django.utils import translation
from kombu.exceptions import OperationalError as QueueError

from partners.services import mails, sessions


@shared_task(name="partners.send_mails", ignore_result=True)
def send_mails() -> None:
    mails.send_due()


@shared_task(name="partners.send_password_reset", ignore_result=True)
def send_password_reset(email: str, origin: str, language: str) -> None:
    with translation.override(language), transaction.atomic():
        if mails.write_password_reset(email=email, origin=origin):
            send_mails_after_commit()


@shared_task(name="partners.remove_leftovers", ignore_result=True)
def remove_leftovers() -> None:
    mails.remove_old()
    sessions.remove_expired()


def send_mails_after_commit() -> None:
    """Wake the worker for mails written in this transaction.

    If the queue is out of reach, the mail is kept and the worker finds it within a minute by itself.
    """
    transaction.on_commit(send_mails.delay, robust=True)


def request_password_reset_after_commit(*, email: str, origin: str, language: str) -> None:
    """Have a worker look for the account, so that the answer takes as long whether there is one or not.

    If the queue is out of reach it is looked for here: the mail matters more than the time it takes.
    """

    def request() -> None:
        try:
            send_password_reset.delay(email, origin, language)
        except QueueError:
            send_password_reset(email, origin, language)

    transaction.on_commit(request, robust=True)
