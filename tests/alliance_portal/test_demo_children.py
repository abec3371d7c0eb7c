"""What the demo's supervisor relies on."""

import os
import signal
import subprocess
import sys
import time

from alliance_portal.demo.children import Service, end_all, spawn
from alliance_portal.embedded.processes import command_line, wait_until_gone
from alliance_portal.embedded.servers import PROJECT

SUPERVISE = """
import sys, time
from pathlib import Path
from alliance_portal.demo.children import spawn
print(spawn([sys.executable, "-c", "import time; time.sleep(60)"], Path("/")).pid, flush=True)
time.sleep(60)
"""


def test_a_child_ends_when_its_supervisor_is_killed():
    with subprocess.Popen(
        [sys.executable, "-c", SUPERVISE], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    ) as supervisor:
        child = int(supervisor.stdout.readline())
        assert command_line(child) != []

        supervisor.send_signal(signal.SIGKILL)

    assert wait_until_gone(child, 10)


def test_a_killed_service_runs_again_without_what_it_left_behind(tmp_path):
    log = tmp_path / "log"
    service = Service("sleeper", ["sh", "-c", "sleep 60 & echo $!; wait"], tmp_path, log)
    while not log.read_text().endswith("\n"):
        time.sleep(0.01)
    left_behind = int(log.read_text())
    first = service.process.pid
    os.kill(first, signal.SIGKILL)
    service.process.wait()

    assert service.has_died()
    service.restart()

    assert wait_until_gone(left_behind, 10)
    assert not service.has_died()
    assert service.process.pid != first
    assert service.quick_deaths == 1
    end_all([service.process])
    assert service.has_died()


def test_a_process_that_will_not_end_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr("alliance_portal.demo.children.SECONDS_TO_END", 0.2)
    with (tmp_path / "log").open("wb") as output:
        stubborn = spawn(["sh", "-c", "trap '' TERM; while :; do sleep 1; done"], tmp_path, output)
    time.sleep(0.2)

    end_all([stubborn])

    assert stubborn.returncode == -signal.SIGKILL
