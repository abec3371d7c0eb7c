"""``make test`` repeats its examples; ``make test-long`` draws others, on the machines of CI, too."""

import os
import subprocess
import sys

import pytest

SCRIPT = """
from hypothesis import settings
from tests.properties import LONG, SUITE, register_profiles
register_profiles()
print(*(settings.get_profile(name).derandomize for name in (SUITE, LONG)))
"""


@pytest.mark.parametrize("ci", ["", "true"])
def test_only_the_short_run_draws_the_same_examples_each_time(ci):
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={**os.environ, "CI": ci},
        capture_output=True,
        text=True,
        check=True,
    )

    assert ended.stdout.split() == ["True", "False"]
