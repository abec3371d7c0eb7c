"""What the system knows about processes, and waiting for them."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

SECONDS = 60


def until(holds: Callable[[], T], seconds: float = SECONDS) -> T:
    """Wait until something holds; returns what it came to."""
    ends_at = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < ends_at, "it never came to that"
        time.sleep(0.02)
    return found


def children_of(number: int) -> list[int]:
    """The processes that any thread of a process has started."""
    tasks = Path(f"/proc/{number}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]
