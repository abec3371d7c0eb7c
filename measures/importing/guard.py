"""Reading in a process of its own: a hostile or broken file ends that process, never the portal's."""

from __future__ import annotations

import pickle
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from measures.importing.child import OUT_OF_MEMORY
from measures.importing.results import Reading, refused

if TYPE_CHECKING:
    from measures.importing.vocabulary import Answers, Limits, Vocabulary

_CHILD = "import sys; from measures.importing.child import main; sys.exit(main())"
_ROOT = Path(__file__).resolve().parents[2]


class TooCostlyError(Exception):
    """The process ran into its limits, or the parser took it down."""


def read_guarded(
    path: Path, *, name: str, vocabulary: Vocabulary, limits: Limits, answers: Answers | None = None
) -> Reading:
    """``read_file``, with limits on memory, processor time and time, and safe from crashes of the parser."""
    arguments = {
        "path": path,
        "name": name,
        "vocabulary": vocabulary,
        "limits": limits,
        "answers": answers,
    }
    try:
        reading: Reading = run_guarded("measures.importing.reading:read_file", arguments, limits)
    except TooCostlyError:
        return refused(name, "too_costly")
    return reading


def run_guarded(job: str, arguments: dict[str, Any], limits: Limits) -> Any:
    """What ``job`` (``module:function``) answers to these arguments, in a process of its own with limits."""
    request = pickle.dumps((job, arguments, limits), pickle.HIGHEST_PROTOCOL)
    with tempfile.TemporaryDirectory(prefix="reading-") as folder:
        result = Path(folder) / "result"
        try:
            outcome = subprocess.run(  # noqa: S603  our own interpreter and module, no shell
                [sys.executable, "-c", _CHILD, str(result)],
                input=request,
                cwd=_ROOT,
                # openpyxl has defusedxml parse what a stranger sent; what is left behind goes with the folder.
                env={
                    "PYTHONPATH": str(_ROOT),
                    "LC_ALL": "C.UTF-8",
                    "TMPDIR": folder,
                    "OPENPYXL_LXML": "False",
                },
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                timeout=limits.seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise TooCostlyError from error
        if outcome.returncode == 0:
            return pickle.loads(result.read_bytes())  # noqa: S301  written by our own child process
        if outcome.returncode == OUT_OF_MEMORY or outcome.returncode < 0:
            raise TooCostlyError
        raise ReadingError(outcome.stderr.decode(errors="replace"))


class ReadingError(RuntimeError):
    """The reader itself failed: a fault of ours, with the child's traceback."""
