"""Notices that belong together: those of one kind about one round, as the list and the mail show them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self
from urllib.parse import urlencode

from django.db.models import Count, F, Max, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from partners.models import Notice, User
from partners.notices.kinds import kind_of
from partners.permissions import Access
from partners.querysets import NoticeQuerySet
from partners.selectors.notices import as_seen_by, notices_of

SHOWN = 20
"""So many of a group unfold on the page of all groups; a page of its own has the others."""


class GroupKey(NamedTuple):
    """The kind of the notices, and the year of the round they are about, if they are about one."""

    kind: str
    year: str

    @classmethod
    def of(cls, notice: Notice) -> Self:
        return cls(notice.kind, str(notice.facts.get("year") or ""))

    @classmethod
    def asked_for(cls, asked: Mapping[str, str]) -> Self | None:
        """What an address or a form names; None if it names no group."""
        kind = asked.get("kind", "")
        return cls(kind, asked.get("year", "")) if kind else None

    @property
    def label(self) -> str:
        """The name of the kind, with the year of the round."""
        kind = kind_of(self.kind)
        name = str(kind.label) if kind else ""
        return f"{name}, {self.year}" if name and self.year else name or self.year

    @property
    def query(self) -> str:
        """As an address names it."""
        return urlencode({"kind": self.kind, "year": self.year})


@dataclass(frozen=True)
class NoticeGroup:
    """``notices``: the newest of them, as their reader sees them."""

    key: GroupKey
    count: int
    unread: int
    newest: dt.datetime
    notices: list[Notice] = field(default_factory=list)

    @property
    def label(self) -> str:
        """Empty where their reader may see none of them any more."""
        return self.key.label if any(notice.is_visible for notice in self.notices) else ""

    @property
    def has_more(self) -> bool:
        return self.count > len(self.notices)


def in_group(notices: NoticeQuerySet, key: GroupKey) -> NoticeQuerySet:
    return notices.with_year().filter(kind=key.kind, year=key.year)


def groups_of(user: User, *, unread_only: bool = False) -> QuerySet[Any, dict[str, Any]]:
    """The person's groups with their numbers, the one with the newest notice first."""
    return (
        notices_of(user, unread_only=unread_only)
        .with_year()
        .order_by()
        .values("kind", "year")
        .annotate(count=Count("pk"), unread=Count("pk", filter=Q(read_at=None)), newest=Max("at"))
        .order_by("-newest", "kind", "year")
    )


def unfolded(
    user: User, access: Access, groups: Sequence[dict[str, Any]], *, unread_only: bool = False
) -> list[NoticeGroup]:
    """These groups with their newest notices: one query for all of them."""
    kinds = {group["kind"] for group in groups}
    numbered = (
        notices_of(user, unread_only=unread_only)
        .filter(kind__in=kinds)
        .with_year()
        .annotate(
            number=Window(
                RowNumber(), partition_by=[F("kind"), F("year")], order_by=[F("at").desc(), F("pk").desc()]
            )
        )
    )
    found: dict[GroupKey, list[Notice]] = {GroupKey(each["kind"], each["year"]): [] for each in groups}
    for notice in as_seen_by(access, list(numbered.filter(number__lte=SHOWN).order_by("-at", "-pk"))):
        if (key := GroupKey.of(notice)) in found:
            found[key].append(notice)
    return [
        NoticeGroup(key, each["count"], each["unread"], each["newest"], found[key])
        for each in groups
        for key in [GroupKey(each["kind"], each["year"])]
    ]
