"""One view that is due, two beats, real threads."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from partners.models import OutgoingMail
from reporting.enums import SendingInterval
from reporting.models import SavedView
from reporting.services.saved_views import send_due_views
from tests.factories import MembershipFactory

MONDAY = dt.date(2026, 11, 30)


def test_two_beats_at_once_send_a_view_once(transactional_db):
    person = MembershipFactory(role="contributor", organisation_code="IHK-142").user
    SavedView.objects.create(
        person=person, name="Ours", view="offers", interval=SendingInterval.WEEKLY, next_on=MONDAY
    )
    together = threading.Barrier(2)

    def beat(_number: int) -> int:
        together.wait()
        try:
            return send_due_views(MONDAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(beat, range(2))) == [0, 1]
    assert OutgoingMail.objects.count() == 1
