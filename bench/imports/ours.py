"""The portal's own import, phase by phase, end to end: reading in the guarded child, every check on."""

import resource
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import connection

from measures.enums import ImportStage
from measures.import_workflow import ImportStatus
from measures.models import ImportRun
from measures.services.imports.reading.read import read_import
from measures.services.imports.receiving import receive_file
from measures.services.imports.writing.apply import apply_import
from measures.services.imports.writing.undo import undo_step
from partners.models import User

PHASES = {
    "received": "receive the file (hash, store)",
    ImportStage.OPENING: "read it in the guarded child",
    ImportStage.STAGING: "COPY and compare into staging",
    ImportStage.COMPARING: "rules, levels, windows, totals",
    ImportStage.CHECKING: "compare once more under locks",
    ImportStage.WRITING: "write figures and versions",
    ImportStage.UNDOING: "write back",
}
SAME_PHASE = {ImportStage.READING: ImportStage.OPENING}


@dataclass
class Clock:
    """Seconds by phase; given to the work as whom it reports to."""

    seconds: dict[str, float] = field(default_factory=dict)
    phase: str = "received"
    since: float = field(default_factory=time.perf_counter)

    def __call__(self, stage: ImportStage, done: int = 0, total: int = 0) -> None:
        self.turn(SAME_PHASE.get(stage, stage))

    def turn(self, phase: str) -> None:
        now = time.perf_counter()
        self.seconds[self.phase] = self.seconds.get(self.phase, 0.0) + now - self.since
        self.phase, self.since = phase, now

    def stop(self) -> dict[str, float]:
        self.turn("")
        return self.seconds

    @property
    def total(self) -> float:
        return sum(self.seconds.values())


@dataclass
class Import:
    run: ImportRun
    rows: int
    phases: dict[str, float]

    @property
    def seconds(self) -> float:
        return sum(self.phases.values())

    @property
    def rate(self) -> float:
        return self.rows / self.seconds


def import_file(path: Path, actor: User, rows: int, *, expected: str) -> Import:
    """Bring a file in; every row must come out as ``expected`` (new, unchanged)."""
    clock = Clock()
    with path.open("rb") as handle:
        received = receive_file(upload=File(handle, name=path.name), name=path.name, actor=actor)
    run: Any = read_import(run_id=received.pk, asks_for_mapping=False, report=clock)
    if run.status != ImportStatus.READY or getattr(run, f"{expected}_count") != rows:
        raise RuntimeError(f"{run.status}: {run.new_count} new, {run.unchanged_count} unchanged of {rows}")
    run = apply_import(run_id=run.pk, actor=actor, report=clock)
    return Import(run, rows, clock.stop())


def undo(done: Import, actor: User) -> float:
    started = time.perf_counter()
    undo_step(step_id=done.run.steps.get().pk, actor=actor)
    return time.perf_counter() - started


def peak_of_this_process() -> float:
    """MiB at the most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def tidy_up() -> None:
    """What autovacuum does by itself soon after an import in service."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE measures_figure, measures_figureversion, measures_stagedfigure")
