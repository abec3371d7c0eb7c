"""Rule 13 in numbers."""

from decimal import Decimal

import pytest

from measures.models import Target
from reporting.aggregates.attainment import attainment


@pytest.mark.parametrize(
    ("value", "target", "favourable", "expected"),
    [
        (7300, Target(value=20000, baseline=0, baseline_year=2014), "up", "0.365"),
        (19020, Target(value=20000), "up", "0.951"),
        (25000, Target(value=20000), "up", "1.25"),
        (-500, Target(value=20000, baseline=0, baseline_year=2014), "up", "-0.025"),
        (5000, Target(value=10000, is_ceiling=True), "up", "0.5"),
        (15, Target(value=10, baseline=20, baseline_year=2014), "down", "0.5"),
        (25, Target(value=10, baseline=20, baseline_year=2014), "down", "-0.5"),
        (15, Target(value=10), "down", None),
        (20, Target(value=20, baseline=20, baseline_year=2014), "up", None),
        (5, Target(value=0, is_ceiling=True), "up", None),
        (None, Target(value=20000), "up", None),
        (5, None, "up", None),
    ],
    ids=[
        "from a baseline of 0",
        "rising without a baseline",
        "never clipped above",
        "never clipped below",
        "a ceiling is used up",
        "falling from a baseline",
        "falling, gone the wrong way",
        "falling without a baseline has none",
        "target equal to baseline has none",
        "a ceiling of 0 has none",
        "no value",
        "no target",
    ],
)
def test_attainment(value, target, favourable, expected):
    if target:
        target.value = Decimal(target.value)
        target.baseline = None if target.baseline is None else Decimal(target.baseline)
    stated = None if value is None else Decimal(value)

    assert attainment(stated, target, favourable) == (None if expected is None else Decimal(expected))
