"""Disks without room."""

import errno
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Have the system refuse every byte of a file beyond ``size``, to this process and its children."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def find_no_room() -> None:
    """What a job of the reading process meets on a full disk."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
