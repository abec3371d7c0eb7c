"""Reading in a process of its own: a hostile or broken file ends that process, never the portal's."""

from __future__ import annotations

import pickle
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from measures.importing.child import OUT_OF_MEMORY
from measures.importing.results import Reading, refused

if TYPE_CHECKING:
    from measures.importing.vocabulary import Answers, Limits, Vocabulary

_CHILD = "import sys; from measures.importing.child import main; sys.exit(main())"
_ROOT = Path(__file__).resolve().parents[2]


def read_guarded(
    path: Path, *, name: str, vocabulary: Vocabulary, limits: Limits, answers: Answers | None = None
) -> Reading:
    """``read_file``, with limits on memory, processor time and time, and safe from crashes of the parser."""
    request = pickle.dumps((str(path), name, vocabulary, limits, answers), pickle.HIGHEST_PROTOCOL)
    with tempfile.TemporaryDirectory(prefix="reading-") as folder:
        result = Path(folder) / "result"
        try:
            outcome = subprocess.run(  # noqa: S603  our own interpreter and module, no shell
                [sys.executable, "-c", _CHILD, str(result)],
                input=request,
                cwd=_ROOT,
                env={"PYTHONPATH": str(_ROOT), "LC_ALL": "C.UTF-8"},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                timeout=limits.seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return refused(name, "too_costly")
        if outcome.returncode == 0:
            return _loaded(result)
        if outcome.returncode == OUT_OF_MEMORY or outcome.returncode < 0:
            return refused(name, "too_costly")
        raise ReadingError(outcome.stderr.decode(errors="replace"))


class ReadingError(RuntimeError):
    """The reader itself failed: a fault of ours, with the child's traceback."""


def _loaded(result: Path) -> Reading:
    reading: Reading = pickle.loads(result.read_bytes())  # noqa: S301  written by our own child process
    return reading
