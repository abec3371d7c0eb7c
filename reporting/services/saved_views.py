"""Keeping views of the dashboards, and sending their links by mail as often as somebody wants them."""

import datetime as dt
import logging

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from partners.models import User
from partners.permissions import access_for
from partners.services import mails
from partners.violations import broken_rule
from reporting.enums import SendingInterval
from reporting.exceptions import SavedViewError
from reporting.models import SavedView
from reporting.selectors.saved_views import MOST_VIEWS, address_of, may_open

logger = logging.getLogger(__name__)

MONDAY = 0


@transaction.atomic
def save_view(*, person: User, name: str, view: str, query: str) -> SavedView:
    """Keep a view under a name of its own and put it on the person's start page."""
    User.objects.select_for_update().get(pk=person.pk)  # so that two at once do not pass the limit
    if SavedView.objects.filter(person=person).count() >= MOST_VIEWS:
        raise SavedViewError.too_many()
    try:
        with transaction.atomic():
            return SavedView.objects.create(person=person, name=name, view=view, query=query)
    except IntegrityError as error:
        raise _named(error) from error


@transaction.atomic
def change_view(*, saved_id: int, name: str, is_pinned: bool, interval: SendingInterval) -> None:
    """Rename it, pin it or not, and begin or end its mails; the first comes on the interval's next day."""
    saved = SavedView.objects.select_for_update().get(pk=saved_id)
    if interval != saved.interval:
        saved.next_on = next_day(interval, timezone.localdate())
        saved.ended_on = None
    saved.name, saved.is_pinned, saved.interval = name, is_pinned, interval
    try:
        with transaction.atomic():
            saved.save(update_fields=["name", "is_pinned", "interval", "next_on", "ended_on"])
    except IntegrityError as error:
        raise _named(error) from error


def delete_view(*, saved_id: int) -> None:
    SavedView.objects.filter(pk=saved_id).delete()


def next_day(interval: SendingInterval, after: dt.date) -> dt.date | None:
    """The first day after ``after`` on which the link is sent."""
    if interval == SendingInterval.WEEKLY:
        return after + dt.timedelta(days=7 - (after.weekday() - MONDAY) % 7)
    if interval == SendingInterval.MONTHLY:
        return (after.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return None


def send_due_views(day: dt.date | None = None) -> int:
    """Write the mails that are due; returns how many. One that fails does not hold up the others."""
    today = day or timezone.localdate()
    written = 0
    for saved_id in SavedView.objects.due(today).values_list("pk", flat=True):
        try:
            written += _send(saved_id, today)
        except Exception:
            logger.exception("The mail with the saved view %s could not be written", saved_id)
    return written


@transaction.atomic
def _send(saved_id: int, today: dt.date) -> bool:
    """Write the mail and the day of the next one together, unless somebody else is at it or was.

    What was missed while no worker ran is sent once. Who lost the right to the view gets no further mail.
    """
    due = SavedView.objects.due(today).select_for_update(of=("self",), skip_locked=True)
    saved = due.filter(pk=saved_id).select_related("person").first()
    if saved is None:
        return False
    person = saved.person
    if not (person.is_active and may_open(saved, access_for(person))):
        saved.interval, saved.next_on, saved.ended_on = SendingInterval.NEVER, None, today
        saved.save(update_fields=["interval", "next_on", "ended_on"])
        return False
    with mails.in_language_of(person):
        _write_mail(saved)
    saved.sent_on, saved.next_on = today, next_day(SendingInterval(saved.interval), today)
    saved.save(update_fields=["sent_on", "next_on"])
    return True


def _write_mail(saved: SavedView) -> None:
    subject = gettext("Your view: %(name)s") % {"name": saved.name}
    context = {
        "name": saved.name,
        "interval": saved.get_interval_display(),
        "address": f"{settings.PORTAL_ADDRESS}{address_of(saved)}",
        "list_address": f"{settings.PORTAL_ADDRESS}{reverse('reporting:saved_view_list')}",
    }
    mails.write(
        recipient=saved.person.email,
        subject=f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}",
        body=render_to_string("reporting/email/saved_view.txt", context),
    )


def _named(error: IntegrityError) -> Exception:
    return SavedViewError.name_taken() if broken_rule(error) == "saved_view_unique_name" else error
