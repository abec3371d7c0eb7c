"""Notices of people: how many are unread, the newest, and what is wanted by mail."""

from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Concat

from partners.models import BouncedAddress, Notice, NoticeOptOut, User
from partners.notices.kinds import NoticeKind, all_kinds
from partners.permissions import Access, access_for
from partners.querysets import NoticeQuerySet


def unread_count_of(person: OuterRef) -> Subquery:
    """For the query that loads a person: how many groups they have not read all of, None where none."""
    unread = Notice.objects.unread().filter(person=person).with_year().order_by().values("person")
    groups = Count(Concat("kind", Value(" "), "year", output_field=TextField()), distinct=True)
    return Subquery(unread.annotate(n=groups).values("n"), output_field=IntegerField())


def latest(user: User, n: int, access: Access | None = None) -> list[Notice]:
    """The person's newest notices, the unread first, each knowing what its reader may still see.

    ``access``: the person's rights, where they are known already.
    """
    newest = Notice.objects.filter(person=user).annotate(is_done=Q(read_at__isnull=False))
    return as_seen_by(access or access_for(user), newest.order_by("is_done", "-at", "-pk")[:n])


def notices_of(user: User, *, unread_only: bool = False) -> NoticeQuerySet:
    """All notices of a person, the newest first."""
    notices: NoticeQuerySet = Notice.objects.filter(person=user)
    return notices.unread() if unread_only else notices


def as_seen_by(access: Access, notices: "QuerySet[Notice] | list[Notice]") -> list[Notice]:
    """The same notices; of what the person does not see any more they say nothing."""
    found = list(notices)
    for notice in found:
        notice.is_visible = may_see(access, notice)
    return found


def may_see(access: Access, notice: Notice) -> bool:
    return notice.organisation_id is None or access.sees_organisation(notice.organisation_id)


@dataclass(frozen=True)
class Preference:
    """A kind of notices, and whether the person gets it by mail."""

    kind: NoticeKind
    by_mail: bool


def preferences_of(user: User) -> list[Preference]:
    """For every kind: in the portal always, by mail unless the person does without; due ones always."""
    unwanted = set(NoticeOptOut.objects.filter(person=user).values_list("kind", flat=True))
    return [Preference(kind, kind.is_mandatory or kind.code not in unwanted) for kind in all_kinds()]


def bounce_of(email: str) -> BouncedAddress | None:
    """What is known of an address that takes no mail."""
    return BouncedAddress.objects.filter(email__iexact=email).first()
