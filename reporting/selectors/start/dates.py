"""What is due next: the days of rounds, the ends of extensions, and meetings."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext

from measures.models import Meeting, ReportingRound, Submission
from measures.permissions import may_see_rounds
from partners.permissions import Access
from reporting.selectors.start.parts import Empty, Section, StartEntry

SHOWN = 6

AHEAD = dt.timedelta(days=365)
"""Later days are of no use yet, and would hide what is near."""


def dates(access: Access) -> Section | None:
    found = sorted([*_of_rounds(access), *_of_extensions(access), *_of_meetings(access)], key=_day)[:SHOWN]
    empty = Empty(
        title=gettext("No dates ahead"),
        text=gettext(
            "The days of a round appear here as soon as it is planned, meetings as soon as they are called."
        ),
        url=reverse("measures:round_create") if access.manages_data else "",
        label=gettext("Open a new round"),
    )
    return Section(
        key="dates", heading=gettext("What is due next"), entries=found, empty=None if found else empty
    )


def _day(entry: StartEntry) -> dt.date:
    assert entry.on is not None  # noqa: S101  # every date has its day
    return entry.on


def _of_rounds(access: Access) -> Iterator[StartEntry]:
    today = timezone.localdate()
    for each in ReportingRound.objects.filter(closes_on__gte=today):
        labels: dict[dt.date, list[str]] = defaultdict(list)
        labels[each.opens_on].append(gettext("Recording begins"))
        labels[each.due_on].append(gettext("Due date"))
        labels[each.closes_on].append(gettext("Last day of recording"))
        for day, words in labels.items():
            if today <= day <= today + AHEAD:
                yield StartEntry(
                    title=gettext("Round %(year)s") % {"year": each.year},
                    url=_round_url(access, each.year),
                    notes=words,
                    on=day,
                )


def _of_extensions(access: Access) -> Iterator[StartEntry]:
    extended = (
        Submission.objects.visible_to(access)
        .focused_on(access)
        .filter(extended_until__gte=timezone.localdate(), extended_until__gt=F("round__closes_on"))
        .select_related("organisation", "round")
        .order_by("extended_until", "organisation__sort_key")
    )
    for each in extended[:SHOWN]:
        yield StartEntry(
            title=f"{each.organisation.short_name}, {each.round.year}",
            url=reverse("measures:submission_detail", args=[each.pk]),
            notes=[gettext("The extension ends")],
            on=each.extended_until,
        )


def _of_meetings(access: Access) -> Iterator[StartEntry]:
    today = timezone.localdate()
    coming = Meeting.objects.visible_to(access).filter(is_cancelled=False, day__range=(today, today + AHEAD))
    for each in coming.order_by("day", "begins", "pk")[:SHOWN]:
        notes = [gettext("Meeting"), *([time_format(each.begins)] if each.begins else [])]
        yield StartEntry(
            title=each.title,
            url=reverse("measures:meeting_detail", args=[each.pk]),
            notes=notes,
            on=each.day,
        )


def _round_url(access: Access, year: int) -> str:
    if may_see_rounds(access):
        return reverse("measures:round_detail", args=[year])
    if access.acts_for or access.reads_all:
        return f"{reverse('measures:submission_list')}?year={year}"
    return f"{reverse('reporting:dashboard')}?jahr={year}"
