"""When something last happened to submissions, and when somebody was last reminded of them."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import connection
from django.db.models import Max

from measures.enums import ReminderKind
from measures.models import Reminder

# The versions of the items are joined and not asked for one at a time: the last version of one item would be
# looked for backwards through the versions of all, through ten million where it has none.
_LAST_ACTIVITIES = """
SELECT s.id, greatest(
    (SELECT max(e.at) FROM measures_submissionevent e WHERE e.submission_id = s.id),
    (SELECT max(c.at) FROM measures_comment c WHERE c.submission_id = s.id),
    (
        SELECT max(v.pgh_created_at) FROM measures_item i
        JOIN measures_figureversion v ON v.item_id = i.id
        WHERE i.submission_id = s.id
    )
)
FROM measures_submission s WHERE s.id = ANY(%(submissions)s)
"""


def last_activities(submission_ids: Sequence[int]) -> Mapping[int, dt.datetime]:
    """The last step, comment or change of a figure, removals included; none for what is untouched."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_ACTIVITIES, {"submissions": list(submission_ids)})
        return {pk: at for pk, at in cursor.fetchall() if at is not None}


def last_reminders(submission_ids: Sequence[int]) -> Mapping[int, dt.date]:
    """The day of the last reminder that somebody got, by the clock or by a person."""
    found = Reminder.objects.filter(
        submission__in=list(submission_ids),
        kind__in=[ReminderKind.PLANNED, ReminderKind.PERSONAL],
        recipient_count__gte=1,
    )
    return dict(found.order_by().values_list("submission_id").annotate(day=Max("day")))
