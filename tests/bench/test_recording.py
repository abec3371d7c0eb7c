"""The benchmark of recording holds each request to its bar, among very many figures."""

import pytest

from bench.generated.figures import Filled
from bench.recording.measuring import ACTIONS, Measured, describe
from bench.sizes import FULL, QUICK

pytestmark = pytest.mark.django_db

GRID, BLOCK = "open the grid", "store a block of 200 cells"


def measured(sizes=FULL, **many):
    times = dict.fromkeys(ACTIONS, 10.0)
    filled = Filled(figures=10_000_000, first_year=2016, last_year=2030)
    return Measured(sizes, cells=58, filled=filled, few=times, many=times | many)


def test_request_that_takes_longer_than_its_bar_is_missed():
    assert measured(**{GRID: 100.0, BLOCK: 500.0}).misses == []
    assert measured(**{GRID: 100.1, BLOCK: 501.0}).misses == [
        "open the grid within 100 ms among 10,000,000 figures",
        "store a block of 200 cells within 500 ms among 10,000,000 figures",
    ]


@pytest.mark.parametrize(("sizes", "names_it"), [(FULL, True), (QUICK, False)])
def test_small_sizes_miss_no_bar(sizes, names_it):
    assert ("Not reached" in "\n".join(describe(measured(sizes, **{GRID: 120.0})))) is names_it


def test_table_states_what_very_many_figures_cost():
    assert "| open the grid | 10 | 80 | 100 | 8.00 |" in describe(measured(**{GRID: 80.0}))
