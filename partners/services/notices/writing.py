"""Writing notices, in the transaction of what they are about, and marking them as read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone, translation

from partners.exceptions import MandatoryNoticeError
from partners.models import Notice, NoticeOptOut, User
from partners.notices.kinds import kind_of
from partners.selectors.notice_groups import GroupKey, in_group

if TYPE_CHECKING:
    from partners.querysets import NoticeQuerySet


@dataclass(frozen=True)
class NewNotice:
    """A notice for several people. ``key`` names what happened: nobody is told of it twice."""

    kind: str
    key: str
    address: str
    people: Iterable[int]
    facts: dict[str, Any] = field(default_factory=dict)
    organisation_id: int | None = None
    subject: str = ""


def in_every_language(text: Callable[[], object]) -> dict[str, str]:
    """A text as a fact of a notice: each of its readers gets it in their own language."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = str(text())
    return found


def write_notices(notices: Iterable[NewNotice]) -> None:
    """Store them in one statement; what a person has a notice of already stays as it is."""
    rows = [
        Notice(
            person_id=person,
            kind=notice.kind,
            facts=notice.facts,
            organisation_id=notice.organisation_id,
            address=notice.address,
            subject=notice.subject,
            key=notice.key,
        )
        for notice in notices
        for person in sorted(set(notice.people))
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def settle(subjects: Iterable[str], kinds: Iterable[str], *, except_for: Iterable[int] = ()) -> None:
    """What these notices ask for has been done: nobody has to read them any more, and no mail is sent.

    ``except_for``: those for whom it is still to be done.
    """
    pending = Notice.objects.filter(subject__in=list(subjects), kind__in=list(kinds))
    pending = pending.exclude(person__in=list(except_for))
    pending = pending.filter(Q(read_at=None) | Q(awaits_mail=True))
    pending.update(awaits_mail=False, read_at=Coalesce("read_at", timezone.now()))


def forget_about(subjects: Iterable[str]) -> None:
    """Remove the notices about something that is no longer there."""
    Notice.objects.filter(subject__in=list(subjects)).exclude(subject="").delete()


def mark_read(*, user: User, notice_id: int | None = None, group: GroupKey | None = None) -> int:
    """Mark one of the person's notices as read, those of a group, or all; returns how many were not."""
    unread: NoticeQuerySet = Notice.objects.unread().filter(person=user)
    if group is not None:
        unread = in_group(unread, group)
    if notice_id is not None:
        unread = unread.filter(pk=notice_id)
    return unread.update(read_at=timezone.now())


def set_preferences(*, user: User, unwanted: Iterable[str], language: str) -> None:
    """Store which kinds the person does without by mail, and in which language mails come."""
    codes = set(unwanted)
    if any((kind := kind_of(code)) is None or kind.is_mandatory for code in codes):
        raise MandatoryNoticeError
    set_language_of_mails(user=user, language=language)
    NoticeOptOut.objects.filter(person=user).exclude(kind__in=codes).delete()
    opt_out(person_id=user.pk, codes=codes)


def set_language_of_mails(*, user: User, language: str) -> None:
    User.objects.filter(pk=user.pk).exclude(language=language).update(language=language)


def opt_out(*, person_id: int, codes: Iterable[str]) -> None:
    """Send the person no more mails with notices of these kinds."""
    NoticeOptOut.objects.bulk_create(
        [NoticeOptOut(person_id=person_id, kind=code) for code in sorted(set(codes))], ignore_conflicts=True
    )
