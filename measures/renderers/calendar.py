"""A calendar in the format of RFC 5545, from plain entries."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vDuration

BERLIN = ZoneInfo("Europe/Berlin")
REFRESH = dt.timedelta(hours=4)


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """A meeting or a day; without ``starts_at`` the whole day. Moments carry their time zone."""

    uid: str
    sequence: int
    changed_at: dt.datetime
    title: str
    day: dt.date
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    place: str = ""
    text: str = ""
    address: str = ""
    is_cancelled: bool = False


def render_calendar(entries: Iterable[CalendarEntry], *, name: str, language: str) -> bytes:
    """The same entries give the same bytes: each is stamped with its own last change."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Allianz fuer Aus- und Weiterbildung//Portal//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", BERLIN.key)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(entry: CalendarEntry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at.astimezone(dt.UTC))
    event.add("last-modified", entry.changed_at.astimezone(dt.UTC))
    event.add("summary", entry.title)
    if entry.starts_at is None:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + dt.timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        event.add("dtstart", entry.starts_at.astimezone(BERLIN))
        if entry.ends_at is not None:
            event.add("dtend", entry.ends_at.astimezone(BERLIN))
    if entry.place:
        event.add("location", entry.place)
    if entry.text:
        event.add("description", entry.text)
    if entry.address:
        event.add("url", entry.address)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    return event
