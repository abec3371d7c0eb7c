"""When a schedule runs: by the calendar and the clocks in Germany, daylight saving time included."""

import datetime as dt
from collections.abc import Iterator
from itertools import count
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from reporting.enums import Recurrence

BERLIN = ZoneInfo("Europe/Berlin")

_MONTHS = {Recurrence.MONTHLY: 1, Recurrence.QUARTERLY: 3, Recurrence.YEARLY: 12}


def next_after(
    moment: dt.datetime, *, first_on: dt.date, time: dt.time, recurrence: Recurrence
) -> dt.datetime:
    """The first time of the schedule after ``moment``, in UTC."""
    local_day = moment.astimezone(BERLIN).date()
    return next(
        found
        for day in _days(first_on, recurrence, around=local_day)
        if (found := on_the_clock(day, time)) > moment
    )


def on_the_clock(day: dt.date, time: dt.time) -> dt.datetime:
    """The moment at which clocks in Germany show this time.

    In spring an hour is skipped: a time in it is taken an hour later. In autumn an hour is shown twice: the
    first of both counts.
    """
    return dt.datetime.combine(day, time.replace(fold=0), tzinfo=BERLIN).astimezone(dt.UTC)


def _days(first_on: dt.date, recurrence: Recurrence, *, around: dt.date) -> Iterator[dt.date]:
    """The days of the schedule, from one before ``around`` on.

    They are counted from the first, so that what began on the 31st comes on the last day of shorter months
    and on the 31st again after them.
    """
    if recurrence == Recurrence.WEEKLY:
        begin = max(0, (around - first_on).days // 7 - 1)
        yield from (first_on + dt.timedelta(weeks=number) for number in count(begin))
    step = _MONTHS[recurrence]
    months = (around.year - first_on.year) * 12 + around.month - first_on.month
    begin = max(0, months // step - 1)
    yield from (first_on + relativedelta(months=number * step) for number in count(begin))
