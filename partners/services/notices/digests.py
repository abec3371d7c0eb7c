"""The mails with notices: at most one a day for each person, with everything that waits for it.

In the morning whoever has something waiting gets it. Later on the day an urgent notice leaves at once, with
all that waits, if the person has had no mail that day; otherwise it waits for the next morning.
"""

import datetime as dt
import logging

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from partners.models import Notice, NoticeDigest, NoticeOptOut, User
from partners.notices.kinds import kind_of, switchable, urgent_codes
from partners.permissions import access_for
from partners.selectors.digests import digest_body, digest_subject, line_of
from partners.selectors.notices import as_seen_by
from partners.services import mails
from partners.services.notices.unsubscribing import unsubscribe_address
from partners.violations import broken_rule

logger = logging.getLogger(__name__)

FIRST_HOUR, LAST_HOUR = 7, 20
"""Between these hours of the portal's own time zone mails with notices are written."""


def write_digests(now: dt.datetime | None = None) -> int:
    """Write a mail for everybody who is to get one now; returns how many."""
    local = timezone.localtime(now)
    if not FIRST_HOUR <= local.hour < LAST_HOUR:
        return 0
    written = 0
    for person in _people_due(local):
        try:
            written += _write_digest(person, local.date())
        except Exception:
            logger.exception("The mail with notices for person %s could not be written", person)
    return written


def _people_due(local: dt.datetime) -> list[int]:
    """Whose notices leave now: what waited in the morning, or something urgent; once a day."""
    morning = local.replace(hour=FIRST_HOUR, minute=0, second=0, microsecond=0)
    had_one = NoticeDigest.objects.filter(person=OuterRef("person"), day=local.date())
    waiting = Notice.objects.awaiting_mail().filter(Q(at__lt=morning) | Q(kind__in=urgent_codes()))
    found = waiting.filter(~Exists(had_one)).order_by("person_id").values_list("person_id", flat=True)
    return list(found.distinct())


@transaction.atomic
def _write_digest(person_id: int, day: dt.date) -> bool:
    """Write the person's mail of the day and settle what waited for it; False without a mail."""
    waiting = list(
        Notice.objects.awaiting_mail().select_for_update().filter(person=person_id).order_by("at", "pk")
    )
    if not waiting:
        return False  # another worker has just done it
    person = User.objects.get(pk=person_id)
    wanted = _wanted(person, waiting)
    if not wanted:
        Notice.objects.filter(pk__in=[each.pk for each in waiting]).update(awaits_mail=False)
        return False
    digest = _claim_day(person, day, len(wanted))
    if digest is None:
        return False
    with mails.in_language_of(person):
        _write_mail(digest, person, wanted)
    Notice.objects.filter(pk__in=[each.pk for each in waiting]).update(awaits_mail=False)
    Notice.objects.filter(pk__in=[each.pk for each in wanted]).update(digest=digest)
    return True


def _claim_day(person: User, day: dt.date, count: int) -> NoticeDigest | None:
    """The person's mail of this day; None where there has been one."""
    try:
        with transaction.atomic():
            return NoticeDigest.objects.create(
                person=person, day=day, address=person.email, notice_count=count
            )
    except IntegrityError as error:
        if broken_rule(error) == "notice_digest_one_a_day":
            return None
        raise


def _wanted(person: User, waiting: list[Notice]) -> list[Notice]:
    """What goes into the mail: visible to the person, and not switched off or read already unless it is due.

    Who is no longer active, or has left all organisations, gets none.
    """
    access = access_for(person)
    if not person.is_active or not (access.memberships or access.is_superuser):
        return []
    unwanted = set(NoticeOptOut.objects.filter(person=person).values_list("kind", flat=True))
    visible = [each for each in as_seen_by(access, waiting) if each.is_visible and kind_of(each.kind)]
    optional = set(switchable(each.kind for each in visible))
    return [
        each for each in visible if each.kind not in optional or not (each.kind in unwanted or each.is_read)
    ]


def _write_mail(digest: NoticeDigest, person: User, notices: list[Notice]) -> None:
    lines = [
        line_of(each.kind, each.facts, f"{settings.PORTAL_ADDRESS}{each.address}")
        for each in _first_due(notices)
    ]
    is_switchable = bool(switchable(each.kind for each in notices))
    headers = mails.unsubscribe_headers(unsubscribe_address(person.pk)) if is_switchable else {}
    mails.write(
        recipient=digest.address,
        subject=digest_subject(lines),
        body=digest_body(lines, is_switchable=is_switchable),
        digest=digest,
        headers=headers,
    )


def _first_due(notices: list[Notice]) -> list[Notice]:
    """What is due comes first; within that the order in which it happened."""
    optional = set(switchable(each.kind for each in notices))
    return sorted(notices, key=lambda each: each.kind in optional)
