"""What a dashboard shows is kept in the process for as long as nothing in the database has changed.

Its key is the state of the database itself: while PostgreSQL gives the same snapshot, no transaction that
could have written anything has ended, whoever wrote, what and how. So nothing kept is older than the figures,
and nobody has to be told of a change. What the reader sees of others and the day are parts of the key, too.
"""

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from partners.middleware import PortalRequest

# Counters of transactions begin anew in another server, and may in a restored one; a start is never repeated.
# Whatever this transaction has written itself is in no snapshot.
_STATE = """
SELECT current_database(), pg_postmaster_start_time()::text, pg_current_snapshot()::text
WHERE pg_current_xact_id_if_assigned() IS NULL
"""

State = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class ContentKey:
    """``seen``: the organisations whose figures the reader sees on their own; None: all."""

    state: State
    address: str
    language: str | None
    day: dt.date
    seen: frozenset[int] | None


@dataclass(frozen=True, slots=True)
class ShownContent:
    """``query``: the filters as the end of an address, as they were understood.

    ``save_fields``: those of the form by which readers keep the view for themselves.
    """

    html: SafeString
    query: str
    save_fields: SafeString


class KeptContents:
    """The newest ones, by their keys."""

    def __init__(self) -> None:
        self._found: dict[ContentKey, ShownContent] = {}
        self._lock = threading.Lock()

    def get(
        self, read_key: Callable[[], ContentKey | None], make: Callable[[], ShownContent], *, most: int
    ) -> ShownContent:
        """What is kept or else made; it is kept if the key is the same before and after it was made."""
        key = read_key() if most else None
        content = self._found.get(key) if key else None
        if content is None:
            content = make()
            if key and key == read_key():
                self._keep(key, content, most)
        return content

    def _keep(self, key: ContentKey, content: ShownContent, most: int) -> None:
        with self._lock:
            current = {each: found for each, found in self._found.items() if each.state == key.state}
            while len(current) >= most:
                current.pop(next(iter(current)))
            self._found = current | {key: content}


_KEPT = KeptContents()


def kept_or_made(request: PortalRequest, make: Callable[[], ShownContent]) -> ShownContent:
    """``make`` shows nothing of the request but its address, nor of the reader but what they see."""
    return _KEPT.get(lambda: _key(request), make, most=settings.DASHBOARDS_KEPT)


def _key(request: PortalRequest) -> ContentKey | None:
    """None: nothing can be said of the state, since this transaction has changed it."""
    state = state_of_database()
    if state is None:
        return None
    access = request.access
    return ContentKey(
        state=state,
        address=request.get_full_path(),
        language=get_language(),
        day=timezone.localdate(),
        seen=None if access.reads_all else access.acts_for,
    )


def state_of_database() -> State | None:
    """The same for as long as nothing in it has changed; None in a transaction that has written itself."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        found: State | None = cursor.fetchone()
    return found
