"""Whether a value lies on the way to its target, for targets that rise, fall or are ceilings."""

from decimal import Decimal

import pytest

from measures.models import Target
from reporting.aggregates.paths import path_to


def target(value: int, **more) -> Target:
    return Target(year=2018, value=Decimal(value), **more)


RISING = {"baseline_year": 2014, "baseline": Decimal(100)}


@pytest.mark.parametrize(
    ("promised", "favourable", "year", "expected", "values"),
    [
        (target(500, **RISING), "up", 2016, 300, (300, 299)),
        (target(500, **RISING), "up", 2018, 500, (501, 499)),
        (target(20, **RISING), "down", 2016, 60, (60, 61)),
        (target(500), "up", 2018, 500, (500, 499)),
        (target(500), "down", 2018, 500, (500, 501)),
        (target(500, is_ceiling=True), "up", 2018, 500, (500, 501)),
    ],
)
def test_path_leads_from_the_baseline_to_the_target(promised, favourable, year, expected, values):
    path = path_to(promised, year, favourable)

    kept, missed = values
    assert path.expected == expected
    assert path.is_kept_by(Decimal(kept))
    assert not path.is_kept_by(Decimal(missed))


@pytest.mark.parametrize(
    ("promised", "year"), [(target(500), 2016), (target(500, **RISING), 2013), (target(500, **RISING), 2019)]
)
def test_there_is_no_path_before_the_baseline_after_the_target_or_without_a_baseline(promised, year):
    assert path_to(promised, year, "up") is None
