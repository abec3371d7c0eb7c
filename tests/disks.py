"""Disks without room."""

import errno
import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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


@contextmanager
def nearly_full_disk(folder: Path, size: int, room: int) -> Iterator[None]:
    """A file system of its own at ``folder``, with so much room left; and room again afterwards.

    Where the system lets nobody mount one, it refuses every byte beyond ``room`` of each file instead.
    """
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "none", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        with room_for(room):
            yield
        return
    try:
        filling = folder / ".filling"
        filling.write_bytes(b"x" * (size - room))
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
