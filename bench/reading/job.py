"""What reading one file costs, measured in the process that reads it."""

import re
import time
from pathlib import Path
from typing import NamedTuple

from measures.importing.process.transfer import read_into
from measures.importing.vocabulary import Limits, Vocabulary

_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


class Cost(NamedTuple):
    """Seconds of the processor, and MiB: at the most, and before the file was opened."""

    seconds: float
    peak: float
    before: float
    rows: int
    status: str


def read_measured(*, path: Path, folder: Path, vocabulary: Vocabulary, limits: Limits) -> Cost:
    before, started = peak_memory(), time.process_time()
    read = read_into(
        path=path, name=path.name, folder=folder, vocabulary=vocabulary, limits=limits, answers=None
    )
    return Cost(
        time.process_time() - started, max(peak_memory(), before), before, read.row_count, read.status
    )


def peak_memory() -> float:
    """MiB, as the kernel counts; ``ru_maxrss`` would count the process this one was started from as well.

    The kernel sums what its processors count only now and then, so a later answer may be a little less.
    """
    found = _PEAK.search(Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0
