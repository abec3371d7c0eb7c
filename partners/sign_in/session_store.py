"""Sessions in the database that end by themselves: a while after the last request, and after a working day.

The row's ``expire_date`` is the earlier of both: the server refuses what is over, whatever the cookie says.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone

BEGAN_AT, SEEN_AT = "began_at", "seen_at"
GRAIN = dt.timedelta(minutes=1)  # as often a request moves the end of the session


class SessionStore(db.SessionStore):
    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """Every saving counts as a sign of life; ``data`` is what is saved."""
        if SESSION_KEY not in data:
            return super().create_model_instance(data)
        now = timezone.now()
        data.setdefault(BEGAN_AT, now.timestamp())
        data[SEEN_AT] = now.timestamp()
        session = super().create_model_instance(data)
        began = dt.datetime.fromtimestamp(data[BEGAN_AT], tz=dt.UTC)
        session.expire_date = min(
            now + dt.timedelta(minutes=settings.SESSION_IDLE_MINUTES),
            began + dt.timedelta(hours=settings.SESSION_MAX_HOURS),
        )
        return session


def is_due(session: SessionBase) -> bool:
    """Whether the last sign of life of a signed-in session is old enough to be written anew."""
    return timezone.now().timestamp() - session.get(SEEN_AT, 0) >= GRAIN.total_seconds()
