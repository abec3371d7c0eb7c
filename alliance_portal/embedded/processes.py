"""Whether a process number still belongs to the server that wrote it down."""

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path


def command_line(pid: int) -> list[str]:
    """Read the words a process was started with; none for one that is gone or a zombie."""
    if Path("/proc/self/cmdline").exists():
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return []
        return [word.decode(errors="replace") for word in words.split(b"\0") if word]
    listing = subprocess.run(  # noqa: S603  # a number is the only argument
        ["/bin/ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False
    )
    return listing.stdout.split()


def wait_until_gone(pid: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while command_line(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def end(pid: int, signals: Sequence[signal.Signals], seconds: float = 30) -> bool:
    """Send one signal after the other until the process is gone."""
    for number in signals:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return True
        if wait_until_gone(pid, seconds):
            return True
    return False
