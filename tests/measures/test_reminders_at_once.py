"""Two beats at once, with real threads: every reminder is written once, and everybody gets one mail."""

import datetime as dt
import threading
from zoneinfo import ZoneInfo

from django.db import connection

from measures.models import Reminder, ReportingRound
from measures.services.notices.reminders import write_reminders
from partners.models import NoticeDigest
from partners.services import mails
from partners.services.notices.digests import write_digests
from tests.factories import MembershipFactory
from tests.measures.submissions import make_submission
from tests.smtp import delivering


def test_two_beats_at_once_remind_once_and_mail_once(transactional_db, settings):
    submission = make_submission()
    ReportingRound.objects.filter(pk=submission.round_id).update(reminder_days=[0])
    clerk = MembershipFactory(organisation_code="IHK-142").user
    moment = dt.datetime.combine(submission.due_on, dt.time(12), ZoneInfo("Europe/Berlin"))
    errors: list[BaseException] = []
    barrier = threading.Barrier(4)

    def beat() -> None:
        try:
            barrier.wait(10)
            write_reminders(moment)
            write_digests(moment)
        except BaseException as error:  # noqa: BLE001  # shown by the assertion below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=beat) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert errors == []
    assert Reminder.objects.filter(kind="planned").count() == 1
    assert NoticeDigest.objects.get().person_id == clerk.pk
    with delivering(settings) as postbox:
        mails.send_due()
    assert len(postbox.of(clerk.email)) == 1
