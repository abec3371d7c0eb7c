"""What the sections of the start page are made of, in the reader's language."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

FEW = 5
"""How many entries of a kind a section shows; all are on the page that it leads to."""

SOON = 7
"""From so many days before the due date on, a submission is marked."""


@dataclass(frozen=True, slots=True)
class Badge:
    tone: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartEntry:
    """One thing with a link to where it is dealt with. ``on`` is its day, ``at`` its moment."""

    title: str
    url: str
    badges: Sequence[Badge] = ()
    notes: Sequence[str] = ()
    quote: str = ""
    on: dt.date | None = None
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """What a section says where it has nothing to show, and where it leads then."""

    title: str
    text: str
    url: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """``more_url`` leads to the whole list, where there is more than the section shows."""

    key: str
    heading: str
    entries: Sequence[StartEntry] = field(default=())
    empty: Empty | None = None
    more_url: str = ""
    more_label: str = ""


def days_left(day: dt.date) -> Badge:
    """How long there still is until a due date, or since when it is over."""
    days = (day - timezone.localdate()).days
    if days < 0:
        text = ngettext("overdue for %(days)s day", "overdue for %(days)s days", -days)
        return Badge("danger", text % {"days": number_format(-days, force_grouping=True)})
    if days == 0:
        return Badge("warning", gettext("due today"))
    text = ngettext("%(days)s day left", "%(days)s days left", days) % {
        "days": number_format(days, force_grouping=True)
    }
    return Badge("warning" if days <= SOON else "info", text)
