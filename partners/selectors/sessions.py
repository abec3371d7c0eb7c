"""Where a person is signed in."""

import datetime as dt
import re
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from partners.models import User

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    (r"iPhone|iPad", "iOS"),
    (r"Android", "Android"),
    (r"Windows", "Windows"),
    (r"Mac OS X|Macintosh", "macOS"),
    (r"Linux", "Linux"),
)


@dataclass(frozen=True)
class OpenSession:
    pk: int
    device: str
    ip: str
    began_at: dt.datetime
    seen_at: dt.datetime
    is_current: bool


def open_sessions(user: User, current_key: str | None) -> list[OpenSession]:
    """The sessions that would still be let in, the present one first, then by their last use."""
    noted = {session.session_key: session for session in UserSession.objects.filter(user_id=user.pk)}
    stored = Session.objects.filter(session_key__in=noted, expire_date__gt=timezone.now())
    expected = user.get_session_auth_hash()
    found = [
        OpenSession(
            pk=noted[session.session_key].pk,
            device=device_name(noted[session.session_key].user_agent),
            ip=noted[session.session_key].ip,
            began_at=noted[session.session_key].created_at,
            seen_at=noted[session.session_key].last_seen_at,
            is_current=session.session_key == current_key,
        )
        for session in stored
        if constant_time_compare(session.get_decoded().get(HASH_SESSION_KEY, ""), expected)
    ]
    return sorted(found, key=lambda session: (not session.is_current, -session.seen_at.timestamp()))


def device_name(user_agent: str) -> str:
    """Browser and system in words, as far as the browser names them."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), _("Unknown browser"))
    system = next((name for pattern, name in SYSTEMS if re.search(pattern, user_agent)), "")
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system} if system else browser
