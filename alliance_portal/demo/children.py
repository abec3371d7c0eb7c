"""Processes that end with the one that started them, whatever ends it."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
SECONDS_TO_END = 6
SECONDS_TO_SETTLE = 15

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def end_with_parent() -> None:
    """Have the kernel send SIGTERM to this process when its parent is gone, even killed."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def spawn(
    command: Sequence[str], directory: Path, output: IO[bytes] | None = None
) -> subprocess.Popen[bytes]:
    """Start a command in a group of its own: the terminal's Ctrl+C reaches the supervisor alone."""
    return subprocess.Popen(  # noqa: S603  # our own commands, no shell
        command,
        cwd=directory,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        start_new_session=True,
        preexec_fn=end_with_parent,  # noqa: PLW1509  # the supervisor has one thread only
    )


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Kill what a process left behind in its group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def end_all(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask all to end, then insist."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + SECONDS_TO_END
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=max(0.0, deadline - time.monotonic()))
        end_group(process)


class Service:
    """A process that is started again when it dies."""

    def __init__(self, name: str, command: Sequence[str], directory: Path, log: Path) -> None:
        self.name = name
        self.command = command
        self.directory = directory
        self.log = log
        self.quick_deaths = 0
        self.process = self._spawn()

    def has_died(self) -> bool:
        return self.process.poll() is not None

    def restart(self) -> None:
        """Start it again, and count how often it died within seconds of its start."""
        settled = time.monotonic() - self.started > SECONDS_TO_SETTLE
        self.quick_deaths = 0 if settled else self.quick_deaths + 1
        end_group(self.process)
        self.process = self._spawn()

    def last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])

    def _spawn(self) -> subprocess.Popen[bytes]:
        self.started = time.monotonic()
        with self.log.open("ab") as output:
            return spawn(self.command, self.directory, output)
