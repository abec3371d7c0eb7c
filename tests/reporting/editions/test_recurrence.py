"""When schedules run: months of different lengths, and the two nights on which clocks change."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.editions.recurrence import BERLIN, next_after, on_the_clock
from reporting.enums import Recurrence

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))
TIMES = st.times().map(lambda time: time.replace(second=0, microsecond=0))


def times(first_on, time, recurrence, *, after, count):
    found = []
    moment = after
    for _ in range(count):
        moment = next_after(moment, first_on=first_on, time=time, recurrence=recurrence)
        found.append(moment.astimezone(BERLIN).strftime("%Y-%m-%d %H:%M %Z"))
    return found


BEFORE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("first_on", "time", "recurrence", "expected"),
    [
        # In summer and winter at the same time of the clocks
        ("2026-03-23", "08:00", "weekly", ["2026-03-23 08:00 CET", "2026-03-30 08:00 CEST"]),
        ("2026-10-19", "08:00", "weekly", ["2026-10-19 08:00 CEST", "2026-10-26 08:00 CET"]),
        # An hour that clocks skip, and one that they show twice: once each
        ("2026-03-28", "02:30", "weekly", ["2026-03-28 02:30 CET", "2026-04-04 02:30 CEST"]),
        ("2026-03-22", "02:30", "weekly", ["2026-03-22 02:30 CET", "2026-03-29 03:30 CEST"]),
        ("2026-10-25", "02:30", "weekly", ["2026-10-25 02:30 CEST", "2026-11-01 02:30 CET"]),
        # The last day of shorter months, and the 31st again after them
        (
            "2026-01-31",
            "06:00",
            "monthly",
            ["2026-01-31 06:00 CET", "2026-02-28 06:00 CET", "2026-03-31 06:00 CEST"],
        ),
        ("2026-11-30", "06:00", "quarterly", ["2026-11-30 06:00 CET", "2027-02-28 06:00 CET"]),
        ("2028-02-29", "06:00", "yearly", ["2028-02-29 06:00 CET", "2029-02-28 06:00 CET"]),
    ],
)
def test_a_schedule_follows_the_clocks_in_germany(first_on, time, recurrence, expected):
    day, clock = dt.date.fromisoformat(first_on), dt.time.fromisoformat(time)

    assert times(day, clock, Recurrence(recurrence), after=BEFORE, count=len(expected)) == expected


def test_what_was_missed_is_passed_over():
    moment = dt.datetime(2026, 6, 15, 12, tzinfo=dt.UTC)

    found = next_after(moment, first_on=dt.date(2020, 1, 1), time=dt.time(8), recurrence=Recurrence.MONTHLY)

    assert found == dt.datetime(2026, 7, 1, 6, tzinfo=dt.UTC)


@given(first_on=DAYS, time=TIMES, recurrence=st.sampled_from(Recurrence), begin=DAYS)
def test_times_follow_one_another_and_none_is_left_out(first_on, time, recurrence, begin):
    moment = dt.datetime.combine(begin, dt.time(), tzinfo=dt.UTC)
    found = [moment]
    for _ in range(4):
        found.append(next_after(found[-1], first_on=first_on, time=time, recurrence=recurrence))

    assert all(earlier < later for earlier, later in pairwise(found))
    longest = {"weekly": 8, "monthly": 32, "quarterly": 93, "yearly": 367}[recurrence]
    assert all(later - earlier <= dt.timedelta(days=longest) for earlier, later in pairwise(found[1:]))
    assert found[1] >= on_the_clock(first_on, time)
