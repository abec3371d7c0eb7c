"""Keep a process's memory and environment from other processes of the same user.

Secrets come from the environment, and Linux shows a process's environment and memory in ``/proc`` to every
process of the same user. One that opens strangers' files must not find them there (docs/security.md).
"""

import ctypes
import sys

_PR_SET_DUMPABLE = 4


def hide_memory() -> None:
    """Leave ``/proc/<pid>/environ`` and ``mem`` of this process and of those forked from it to root alone.

    A program started anew is visible again, so that each program of the portal calls this itself.
    It also keeps the kernel from writing the memory into a core file.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
