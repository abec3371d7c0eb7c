"""The tasks of the queue. The database holds what is to be done; a message only wakes a worker."""

import logging

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import OperationalError, transaction
from kombu.exceptions import OperationalError as QueueError

from partners.enums import TransferProblem
from partners.files.disk_full import is_disk_full
from partners.models import ListTransfer
from partners.services import impersonations, mails, password_resets, sessions
from partners.services.list_transfers import requests, turns, work
from partners.services.notices import keeping

logger = logging.getLogger(__name__)

SECONDS_A_CALL_COUNTS = 60
"""After them the next ones of every minute have been sent."""

MOST_CALLS = 20


@shared_task(name="partners.send_mails", ignore_result=True)
def send_mails() -> None:
    password_resets.answer_all()
    mails.send_due()


@shared_task(name="partners.remove_leftovers", ignore_result=True)
def remove_leftovers() -> None:
    mails.remove_old()
    sessions.remove_expired()
    impersonations.end_expired()
    keeping.remove_old()


def send_mails_after_commit() -> None:
    """Wake the worker for mails that this transaction wrote or asked for.

    If the queue is out of reach, the mail is kept and the worker finds it within a minute by itself.
    """
    transaction.on_commit(send_mails.delay, robust=True)


@shared_task(
    name="partners.transfer_next_list",
    acks_late=True,
    soft_time_limit=settings.LIST_SECONDS,
    time_limit=settings.LIST_SECONDS + 60,
    ignore_result=True,
)
def transfer_next_list() -> None:
    """Export or import the list that is next, then call for what comes after it."""
    with turns.next_turn() as transfer:
        if transfer is None:
            return
        try:
            _transfer(transfer)
        finally:
            is_settled = not ListTransfer.objects.pending().filter(pk=transfer.pk).exists()
    if is_settled:
        _call_for_next()


def _transfer(transfer: ListTransfer) -> None:
    """A store out of reach is tried again within a minute, a bug is not."""
    try:
        work.do(transfer)
    except (OSError, OperationalError) as error:
        if not is_disk_full(error) and work.may_be_tried_again(transfer):
            logger.warning("List %s is tried again", transfer.pk, exc_info=error)
        else:
            work.fail(transfer, _problem(error))
    except (SoftTimeLimitExceeded, MemoryError) as error:
        logger.warning("List %s took too much", transfer.pk, exc_info=error)
        work.fail(transfer, _problem(error))
    except Exception:
        work.fail(transfer, TransferProblem.FAILED)
        raise


def _problem(error: BaseException) -> TransferProblem:
    if isinstance(error, SoftTimeLimitExceeded):
        return TransferProblem.TOO_LONG
    if isinstance(error, MemoryError):
        return TransferProblem.NO_MEMORY
    return TransferProblem.NO_ROOM if is_disk_full(error) else TransferProblem.FAILED


def _call_for_next() -> None:
    """Not after one that is to be tried again: that waits for beat, so that a store has time to come back."""
    if turns.pending_count():
        try:
            transfer_next_list.apply_async(expires=SECONDS_A_CALL_COUNTS)
        except QueueError as error:
            logger.warning("The next list waits for beat: %s", error)


def transfer_list_after_commit() -> None:
    """Wake the worker. If the queue is out of reach, it finds the work within a minute by itself."""
    transaction.on_commit(transfer_next_list.delay, robust=True)


@shared_task(name="partners.continue_list_transfers", ignore_result=True)
def continue_list_transfers() -> None:
    """By the clock: forget what has expired, and call for what waits."""
    requests.remove_expired()
    for _ in range(min(turns.pending_count(), MOST_CALLS)):
        transfer_next_list.apply_async(expires=SECONDS_A_CALL_COUNTS)
