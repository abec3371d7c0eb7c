"""The process in which a file is read or marked: limits itself, works, leaves the result in a file."""

from __future__ import annotations

import gc
import importlib
import pickle
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from measures.importing.vocabulary import Limits

OUT_OF_MEMORY = 77
_GRACE_SECONDS = 5


def _limit(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + _GRACE_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    job, arguments, limits = pickle.loads(sys.stdin.buffer.read())  # noqa: S301  from our parent
    module, _, function = job.partition(":")
    work = getattr(importlib.import_module(module), function)
    _limit(limits)
    gc.disable()  # one file, then the process is gone; what it may take is limited anyway
    try:
        result = work(**arguments)
        content = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return OUT_OF_MEMORY
    Path(sys.argv[1]).write_bytes(content)
    return 0
