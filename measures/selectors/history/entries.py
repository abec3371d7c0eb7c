"""What an entry of the history is, whatever it is about, and where a page of them begins."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from measures.enums import Absence
from partners.models import User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class HistoryKind(models.TextChoices):
    """Where an entry comes from; in this order where several happened at the same moment."""

    FIGURES = "figures", _("Figures")
    STEPS = "steps", _("Steps of submissions")
    ROUNDS = "rounds", _("Rounds")
    SECURITY = "security", _("Sign-ins, roles, downloads")
    CHECKS = "checks", _("Checks, waivers and explanations")
    DISCUSSION = "discussion", _("Discussions of submissions")
    REMINDERS = "reminders", _("Reminders")
    COMMITMENTS = "commitments", _("Commitments")
    MEETINGS = "meetings", _("Meetings and resolutions")
    NOTICES = "notices", _("Notices and mails")
    REPORTS = "reports", _("Reports and their release")
    ORGANISATIONS = "organisations", _("Organisations")
    INVITATIONS = "invitations", _("Invitations")
    CATALOGUE = "catalogue", _("Catalogue")


@dataclass(frozen=True)
class Stated:
    """What stood in a cell: a value, or why there is none. ``None`` in its place: nothing."""

    value: Decimal | None = None
    absence: str | None = None

    @property
    def label(self) -> str:
        """Why there is no value."""
        return str(Absence(self.absence).label) if self.absence else ""


@dataclass(frozen=True)
class HistoryEntry:
    """One thing that happened, in words. ``where_from`` is a file with its cell, or a network address."""

    kind: HistoryKind
    pk: int
    at: dt.datetime
    what: "StrOrPromise"
    by: User | None = None
    by_number: int | None = None
    about: User | None = None
    about_number: int | None = None
    title: str = ""
    """The check or the resolution that it is about."""
    organisation: str = ""
    year: int | None = None
    indicator: str = ""
    cell: str = ""
    old: Stated | None = None
    new: Stated | None = None
    remark: str = ""
    where_from: str = ""
    reason: str = ""
    request_id: str = ""
    address: str = ""
    """Of the page where more is to be seen."""

    @property
    def is_of_figure(self) -> bool:
        return self.kind == HistoryKind.FIGURES

    @property
    def position(self) -> "Position":
        return Position(self.at, HistoryKind.values.index(self.kind), self.pk)


@dataclass(frozen=True, order=True)
class Position:
    """The place of an entry in the list, as an address carries it."""

    at: dt.datetime
    rank: int
    pk: int

    def __str__(self) -> str:
        return f"{self.at.timestamp():.6f}-{self.rank}-{self.pk}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """What an address names; None if it is no position."""
        try:
            at, rank, pk = text.split("-")
            return cls(dt.datetime.fromtimestamp(float(at), tz=dt.UTC), int(rank), int(pk))
        except (ArithmeticError, ValueError, OSError):
            return None

    def before(self, kind: HistoryKind, at: str, pk: str) -> Q:
        """Rows of a kind that come later in the list: what happened before, or at the same moment."""
        rank = HistoryKind.values.index(kind)
        earlier = Q(**{f"{at}__lt": self.at})
        if rank > self.rank:
            return earlier | Q(**{at: self.at})
        return earlier | Q(**{at: self.at, f"{pk}__lt": self.pk}) if rank == self.rank else earlier


@dataclass(frozen=True)
class HistorySearch:
    """What is asked for; ``None`` and nothing ask for all. ``people`` are ids.

    Without an organisation or an indicator, ``value`` is looked for among the newest versions that have it.
    """

    kind: str = ""
    event: str = ""
    people: Collection[int] | None = None
    organisation: tuple[int, str] | None = None
    """Its id and its code."""
    indicator: int | None = None
    origin: str = ""
    value: Decimal | None = None
    since: dt.datetime | None = None
    before: dt.datetime | None = None
    after: Position | None = None
    limit: int = field(default=50)

    def asks_for(self, kind: HistoryKind) -> bool:
        """Whether entries of this kind can fit at all."""
        if self.kind and self.kind != kind:
            return False
        if self.event and self.event.partition(":")[0] != kind:
            return False
        only_figures = self.indicator is not None or self.origin or self.value is not None
        return kind == HistoryKind.FIGURES if only_figures else True

    @property
    def event_code(self) -> str:
        return self.event.partition(":")[2]

    def in_time(self, at: str, pk: str, kind: HistoryKind) -> Q:
        """Of the time asked for and of the page."""
        found = Q()
        if self.since:
            found &= Q(**{f"{at}__gte": self.since})
        if self.before:
            found &= Q(**{f"{at}__lt": self.before})
        if self.after:
            found &= Q(**{f"{at}__lte": self.after.at}) & self.after.before(kind, at, pk)
        return found
