"""Days that pass within a test: what happened until now happened a day earlier."""

import datetime as dt

from django.conf import settings
from django.db import connection

_RECORDED = {
    "measures_figureversion": "pgh_created_at",
    "measures_itemversion": "pgh_created_at",
    "measures_submissionversion": "pgh_created_at",
    "measures_current_sum_version": "at",
    "measures_approved_sum_version": "at",
    "measures_submissionevent": "at",
}


def let_a_day_pass() -> None:
    """Move every record of the past to the same time of the day before, with the triggers off."""
    here = settings.TIME_ZONE
    _record(f"({{column}} AT TIME ZONE '{here}' - interval '1 day') AT TIME ZONE '{here}'")


def happen_at(moment: dt.datetime) -> None:
    """Move every record of the past to this moment, with the triggers off."""
    _record(f"'{moment.isoformat()}'")


def _record(moment: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, column in _RECORDED.items():
            cursor.execute(f"UPDATE {table} SET {column} = {moment.format(column=column)}")
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
