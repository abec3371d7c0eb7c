"""The bars of the benchmark of dashboards: each is missed by what is slower, and named."""

import pytest

from bench.dashboards.measuring import Measured, Page, describe
from bench.dashboards.questions import Answered
from bench.dashboards.writing import Written
from bench.generated.figures import Filled
from bench.sizes import FULL, QUICK

pytestmark = pytest.mark.django_db


def measured(sizes=FULL, *, today=99.0, past=990.0, with_sums=1.29, checked=59.0, frozen=9.0):  # noqa: PLR0913  # each has a bar
    return Measured(
        sizes,
        Filled(figures=10_000_000, first_year=2016, last_year=2030),
        [Page("overview", today, past, queries=12)],
        Answered(totals=2.0, figures=50.0, grouped=900.0, exported=30.0, past=4.0, rows=4000),
        [Written("totals alone", 100_000, with_sums=with_sums, without=1.0)],
        checked,
        frozen,
    )


def test_what_is_within_its_bars_misses_none():
    assert measured().misses == []


@pytest.mark.parametrize(
    ("slower", "missed"),
    [
        ({"today": 101}, "overview under 100 ms"),
        ({"past": 1001}, "overview as of a day under 1 s"),
        ({"with_sums": 1.31}, "totals alone at most 30 % slower to write"),
        ({"checked": 61}, "sums checked under 60 s"),
        ({"frozen": 11}, "a snapshot under 10 s"),
    ],
)
def test_what_is_slower_misses_its_bar_and_the_page_says_so(slower, missed):
    found = measured(**slower)

    assert found.misses == [missed]
    assert f"Not reached: {missed}." in describe(found)


def test_a_small_run_measures_no_bars():
    assert not any(line.startswith("Not reached") for line in describe(measured(QUICK, today=500)))


def test_other_ways_to_ask_are_compared_with_the_stored_totals():
    assert "| a plain GROUP BY over the tables joined | 900.0 | 450.0 |" in describe(measured())
