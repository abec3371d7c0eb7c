"""Links to a new password: asked for by a request, written by the worker.

A request writes one row, the same for every address, so its answer and its time tell nothing about accounts.
The row is in the database, so a queue that is down or has lost its memory only delays the mail.
"""

import datetime as dt
import logging

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from partners.models import OutgoingMail, PasswordResetRequest
from partners.services import mails

logger = logging.getLogger(__name__)


def request(*, email: str, origin: str, language: str) -> None:
    """Store the request. Whoever owns the transaction wakes the worker after it."""
    PasswordResetRequest.objects.create(email=email, origin=origin, language=language)


def answer_all() -> int:
    """Write the mails that were asked for; returns how many. One that fails does not hold up the others."""
    written = 0
    for pk in list(PasswordResetRequest.objects.values_list("pk", flat=True)):
        try:
            written += _answer(pk)
        except Exception:
            logger.exception("A request for a new password could not be answered and is tried again")
    return written


@transaction.atomic
def _answer(pk: int) -> bool:
    """Write the mail and delete the request in one step; a request that another worker has is left to it."""
    asked = PasswordResetRequest.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
    if asked is None:
        return False
    asked.delete()
    if asked.created_at < timezone.now() - _link_works_for():
        return False  # nobody waits for it any more
    with translation.override(asked.language):
        return _write(email=asked.email, origin=asked.origin) is not None


def _write(*, email: str, origin: str) -> OutgoingMail | None:
    """Write the mail with the link, if the address is somebody's verified one."""
    address = (
        EmailAddress.objects.select_related("user")
        .filter(email=email.lower(), verified=True, user__is_active=True)
        .first()
    )
    if address is None:
        return None
    uid, key = user_pk_to_url_str(address.user), default_token_generator.make_token(address.user)
    link = origin + reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": key})
    message = get_adapter().render_mail(
        "account/email/password_reset_key",
        address.email,
        {"user": address.user, "email": address.email, "password_reset_url": link, "uid": uid, "key": key},
    )
    return mails.write(
        recipient=address.email,
        subject=message.subject,
        body=str(message.body),
        useful_for=_link_works_for(),
    )


def _link_works_for() -> dt.timedelta:
    return dt.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
