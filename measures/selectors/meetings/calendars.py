"""What stands in a person's calendar: meetings they see, and days on which something of theirs is due."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from measures.models import Meeting, Resolution
from measures.renderers.calendar import CalendarEntry
from measures.selectors.meetings.commitments import open_commitments
from partners.permissions import Access

AddressOf = Callable[[Meeting | Resolution], str]


def calendar_entries(access: Access, address_of: AddressOf) -> list[CalendarEntry]:
    """In a constant number of queries. ``address_of``: the page of each, in full."""
    return [*_meetings(access, address_of), *_due_dates(access, address_of)]


def _meetings(access: Access, address_of: AddressOf) -> Iterator[CalendarEntry]:
    for meeting in Meeting.objects.visible_to(access).order_by("day", "begins", "pk"):
        yield CalendarEntry(
            uid=str(meeting.uid),
            sequence=meeting.sequence,
            changed_at=meeting.changed_at,
            title=meeting.title,
            day=meeting.day,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            place=meeting.place,
            text=meeting.agenda,
            address=address_of(meeting),
            is_cancelled=meeting.is_cancelled,
        )


def _due_dates(access: Access, address_of: AddressOf) -> Iterator[CalendarEntry]:
    shown: set[int] = set()
    for commitment in open_commitments(access).filter(resolution__due_on__isnull=False):
        resolution = commitment.resolution
        if resolution.pk in shown or resolution.due_on is None:
            continue
        shown.add(resolution.pk)
        yield CalendarEntry(
            uid=str(resolution.uid),
            sequence=resolution.sequence,
            changed_at=resolution.changed_at,
            title=_("Due: %(title)s") % {"title": resolution.title},
            day=resolution.due_on,
            text=resolution.text,
            address=address_of(resolution),
        )
