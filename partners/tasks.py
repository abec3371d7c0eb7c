"""The tasks of the queue: each takes plain values and calls one service."""

from celery import shared_task
from django.db import transaction

from partners.services import mails, password_resets, sessions


@shared_task(name="partners.send_mails", ignore_result=True)
def send_mails() -> None:
    password_resets.answer_all()
    mails.send_due()


@shared_task(name="partners.remove_leftovers", ignore_result=True)
def remove_leftovers() -> None:
    mails.remove_old()
    sessions.remove_expired()


def send_mails_after_commit() -> None:
    """Wake the worker for mails that this transaction wrote or asked for.

    If the queue is out of reach, the mail is kept and the worker finds it within a minute by itself.
    """
    transaction.on_commit(send_mails.delay, robust=True)
