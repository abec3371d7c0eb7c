"""A limit on the memory that a piece of work may take, kept by the system."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STATUS = Path("/proc/self/status")


@contextmanager
def memory_of_at_most(more_bytes: int) -> Iterator[None]:
    """Refuse this process more than so much beyond what it has: allocating it is a ``MemoryError``.

    Where the system does not tell how much that is (it does on Linux), there is no limit.
    """
    if not STATUS.exists():
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_DATA)
    limits = [_bytes_in_use() + more_bytes, *(each for each in before if each != resource.RLIM_INFINITY)]
    resource.setrlimit(resource.RLIMIT_DATA, (min(limits), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


def _bytes_in_use() -> int:
    status = STATUS.read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmData:"))
