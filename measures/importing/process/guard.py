"""Reading in a process of its own: a hostile or broken file ends that process, never the portal's."""

from __future__ import annotations

import errno
import logging
import os
import pickle
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from measures.importing.process.child import NO_ROOM, OUT_OF_MEMORY
from measures.importing.process.confinement import LAYERS, MISSING_LAYERS
from measures.importing.process.folders import working_folder
from measures.importing.process.fork_server import ForkServer, ServerLostError
from measures.importing.process.transfer import ReadingSummary
from measures.importing.progress import ProgressFile

if TYPE_CHECKING:
    from measures.importing.progress import ProgressCallback
    from measures.importing.vocabulary import Answers, Limits, Vocabulary

logger = logging.getLogger(__name__)

T = TypeVar("T")

_LOOK_SECONDS = 0.25
_reported: set[str] = set()
_server = ForkServer()


class TooCostlyError(Exception):
    """The process ran into its limits, or the parser took it down."""


def read_guarded(  # noqa: PLR0913  the file, what is known, and who wants to hear
    path: Path,
    *,
    folder: Path,
    name: str,
    vocabulary: Vocabulary,
    limits: Limits,
    answers: Answers | None = None,
    watch: ProgressCallback | None = None,
) -> ReadingSummary:
    """``read_into`` ``folder``, with limits on memory and time, and safe from crashes of the parser."""
    arguments = {
        "folder": folder,
        "path": path,
        "name": name,
        "vocabulary": vocabulary,
        "limits": limits,
        "answers": answers,
    }
    try:
        return run_guarded(
            "measures.importing.process.transfer:read_into", arguments, limits, ReadingSummary, watch=watch
        )
    except TooCostlyError:
        return ReadingSummary(name, "refused", "too_costly")


def run_guarded(
    job: str,
    arguments: dict[str, Any],
    limits: Limits,
    answer: type[T],
    *,
    watch: ProgressCallback | None = None,
) -> T:
    """What ``job`` (``module:function``) answers to these arguments, run in a process of its own with limits.

    Of the paths among the arguments it may read files, and write into folders and the file called ``target``;
    the kernel refuses it all others, every network and the memory of other processes.

    The answer comes back as JSON and is checked against its type: a stranger's file that took the process
    over could still only say something wrong, not run anything here.

    ``watch`` is told four times a second how far a job that takes ``report`` is. If it raises, the process
    ends, as it does when this one is killed.
    """
    # The process works in a folder of its own, where a path from here would lead elsewhere.
    given = {name: each.absolute() if isinstance(each, Path) else each for name, each in arguments.items()}
    request = pickle.dumps((job, given, limits, watch is not None), pickle.HIGHEST_PROTOCOL)
    with working_folder() as name:
        folder = Path(name)
        (folder / "request").write_bytes(request)
        code = _run(folder, limits.seconds, watch)
        _report_missing(folder / MISSING_LAYERS)
        if code == 0:
            return msgspec.json.decode((folder / "result").read_bytes(), type=answer)
        if code == OUT_OF_MEMORY or code < 0:
            raise TooCostlyError
        if code == NO_ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        raise ReadingError((folder / "errors").read_text(errors="replace"))


def _report_missing(path: Path) -> None:
    """Log, once in the life of this process, what the kernel does not hold for the one that reads."""
    if not path.exists():
        return
    missing = {name for name in path.read_text(errors="replace").split() if name in LAYERS} - _reported
    _reported.update(missing)
    for name in sorted(missing):
        logger.warning(
            "This kernel does not grant the layer '%s' to the process that reads files; "
            "docs/security.md says what is left.",
            name,
        )


def _run(folder: Path, seconds: float, watch: ProgressCallback | None) -> int:
    ends_at = time.monotonic() + seconds
    try:
        return _run_once(folder, ends_at, watch)
    except ServerLostError:
        # Where memory ends, the kernel takes any process: it may not have been for this job.
        try:
            return _run_once(folder, ends_at, watch)
        except ServerLostError:
            raise TooCostlyError from None


def _run_once(folder: Path, ends_at: float, watch: ProgressCallback | None) -> int:
    progress_file = ProgressFile(folder / "progress")
    process = _server.start_job(folder)
    try:
        while (left := ends_at - time.monotonic()) > 0:
            try:
                return process.wait(timeout=min(left, _LOOK_SECONDS))
            except TimeoutError:
                if watch:
                    watch(*progress_file.read())
        raise TooCostlyError
    finally:
        process.end()
        progress_file.close()


class ReadingError(RuntimeError):
    """The reader itself failed: a fault of ours, with the child's traceback."""
