"""The parts of the run in CI: each is stopped at its limit, and all that became of them is reported."""

import re
import subprocess
from pathlib import Path

import pytest

from alliance_portal.embedded.servers import PROJECT

PARTS = PROJECT / ".ci" / "parts.bash"
RUN = (PROJECT / ".ci" / "run").read_text()


@pytest.fixture
def run(tmp_path: Path):
    """Run these lines of bash with the parts at hand; the status and what was printed."""

    def _run(lines: str, within: int = 60) -> tuple[int, str]:
        script = f"set -uo pipefail; logs={tmp_path} within={within}; source {PARTS}\n{lines}\nsummary"
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False, timeout=60)
        assert done.stderr == ""
        return done.returncode, re.sub(r" +\d+ s ", " N s ", done.stdout)

    return _run


def test_parts_that_pass_are_shown_and_listed_with_their_seconds(run):
    status, printed = run("hello() { echo hello; }; export -f hello; part first 9 hello; part second 9 true")

    assert status == 0
    assert "== first\nhello\n" in printed
    assert printed.endswith("== Results\nfirst N s  passed\nsecond N s  passed\nEverything passed.\n")


def test_part_that_fails_is_named_and_the_others_still_run(run):
    status, printed = run("part first 9 bash -c 'echo broken; exit 3'; part second 9 echo fine")

    assert status == 1
    assert "broken\n== first FAILED (failed with status 3)\n" in printed
    assert "== second\nfine\n" in printed
    assert printed.endswith("Failed: first\n")


def test_part_that_takes_too_long_is_stopped_and_the_others_still_run(run):
    status, printed = run("part slow 1 sleep 50; part next 9 echo fine")

    assert status == 1
    assert "== slow FAILED (stopped: not done within 1 seconds)\n" in printed
    assert "fine\n" in printed
    assert printed.endswith("Failed: slow\n")


def test_process_left_behind_does_not_hold_up_the_rest(run):
    status, printed = run("part leaves 9 bash -c 'setsid sleep 40 & echo gone'; part next 9 echo fine")

    assert status == 0
    assert "gone\n" in printed


def test_what_no_time_is_left_for_is_not_begun(run):
    status, printed = run("part slow 30 sleep 50; part next 9 echo fine", within=1)

    assert status == 1
    assert "stopped: not done within 1 seconds" in printed
    assert "== next FAILED (not begun: the 1 seconds for everything are over)" in printed
    assert "fine" not in printed


def test_everything_ends_within_three_quarters_of_an_hour():
    within = int(re.search(r"within:=(\d+)", PARTS.read_text())[1])
    limits = [int(limit) for limit in re.findall(r"^part [\w-]+ (\d+) ", RUN, re.MULTILINE)]

    assert len(limits) == len(re.findall(r"^part ", RUN, re.MULTILINE)) == 9
    assert within + 20 < 45 * 60
    assert max(limits) < within
