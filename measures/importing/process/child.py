"""The process in which a file is read or marked: confines itself, works, leaves the result in a file."""

from __future__ import annotations

import ctypes
import errno
import gc
import importlib
import os
import pickle
import resource
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from measures.importing.process.confinement import MISSING_LAYERS, confine, places_of_python
from measures.importing.progress import ProgressFile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from measures.importing.vocabulary import Limits

OUT_OF_MEMORY = 77
NO_ROOM = 78
TARGET = "target"
"""The argument of a job that names the file it makes."""

_GRACE_SECONDS = 5
_PR_SET_PDEATHSIG = 1


def _limit(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + _GRACE_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end_with(parent: int) -> None:
    """Have the kernel kill this process when the one that waits for it is gone, however it went."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(1)


def _confine(folder: Path, arguments: Mapping[str, object], module: str, limits: Limits) -> None:
    """Of the paths in the arguments files may be read, folders written, and the file called ``target``."""
    paths = {name: argument for name, argument in arguments.items() if isinstance(argument, Path)}
    target = paths.pop(TARGET, None)
    packages = {"measures", module.partition(".")[0]}
    missing = confine(
        reads=[*places_of_python(packages), *(path for path in paths.values() if path.is_file())],
        writes=[
            folder,
            Path(os.devnull),
            *(path for path in paths.values() if path.is_dir()),
            *([target.parent] if target else []),
        ],
        limits=limits,
    )
    (folder / MISSING_LAYERS).write_text("\n".join(missing))


def work_in(folder: Path, parent: int) -> int:
    """Do what ``request`` in the folder asks for, leave its ``result`` there; returns the exit code."""
    job, arguments, limits, is_watched = pickle.loads((folder / "request").read_bytes())  # noqa: S301  our own
    _end_with(parent)
    module, _, function = job.partition(":")
    if is_watched:
        arguments["report"] = ProgressFile(folder / "progress").write
    work = getattr(importlib.import_module(module), function)
    _limit(limits)
    _confine(folder, arguments, work.__module__, limits)
    _end_with(parent)  # a change of credentials may have taken the first request back
    gc.disable()  # one file, then the process is gone; what it may take is limited anyway
    try:
        result = work(**arguments)
        (folder / "result").write_bytes(msgspec.json.encode(result))
    except MemoryError:
        return OUT_OF_MEMORY
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            return NO_ROOM  # by its status: a disk that is full takes no message
        raise
    return 0
