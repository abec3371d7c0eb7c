"""Workers killed at every stage: what is stored is as before or as after, and the import goes on."""

import os
import signal
from decimal import Decimal

import pytest
from django.db import transaction

from measures.enums import ImportStage
from measures.import_workflow import ImportStatus
from measures.models import (
    ControlTotal,
    Figure,
    FigureVersion,
    ImportCause,
    ImportProblem,
    ImportRun,
    ImportStep,
    StagedFigure,
    Submission,
)
from measures.services.imports.dispatch import cancel_import, claim_pending_imports, resume_import
from measures.services.imports.progress import progress_of
from measures.services.imports.requests import request_apply
from measures.services.imports.writing.apply import discard_import
from measures.tasks import dispatch_pending_imports
from tests.measures.imports.workers import (
    barrier,
    is_alive,
    kill,
    reading_process_of,
    somebody_waits,
    start_worker,
    until,
)
from tests.measures.spreadsheets import PLACES, counts, many_rows, person, receive, row, stage, workbook
from tests.measures.submissions import make_submission

pytestmark = pytest.mark.long  # processes are started and killed

CONTENT = workbook([row(5), row(7, indicator=PLACES), row("x1"), row(6, organisation="IHK Aachen")])

READING = {
    "forgetting the last reading": "BEFORE DELETE ON measures_stagedfigure FOR EACH STATEMENT",
    "copying the rows": "BEFORE INSERT ON measures_stagedfigure FOR EACH ROW WHEN (NEW.cell = 'E3')",
    "copying the problems": "BEFORE INSERT ON measures_importproblem FOR EACH STATEMENT",
    "comparing": "BEFORE UPDATE ON measures_stagedfigure FOR EACH STATEMENT",
    "committing": "AFTER UPDATE ON measures_importrun DEFERRABLE INITIALLY DEFERRED FOR EACH ROW "
    "WHEN (NEW.status = 'mapping')",
}
APPLYING = {
    "comparing again": "BEFORE UPDATE ON measures_stagedfigure FOR EACH STATEMENT",
    "writing the figures": "BEFORE INSERT ON measures_figure FOR EACH ROW WHEN (NEW.cell = 'E3')",
    "recording the step": "BEFORE INSERT ON measures_importstep FOR EACH STATEMENT",
    "committing": "AFTER UPDATE ON measures_importrun DEFERRABLE INITIALLY DEFERRED FOR EACH ROW "
    "WHEN (NEW.status = 'applied')",
}


def places(triggers, *soon):
    """Where workers are killed: ``soon`` in ``make test``, everywhere in ``make test-long``.

    ``test_stopped`` breaks the same statements off in ``make test``, without killing anybody.
    """
    return [
        pytest.param(trigger, id=name, marks=[] if name in soon else pytest.mark.long)
        for name, trigger in triggers.items()
    ]


@pytest.fixture
def steward(transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make_submission()
    return person()


def stored():
    """Everything an import writes, but for the count of its tries."""
    tables = (StagedFigure, ImportProblem, ImportCause, ControlTotal, Figure, FigureVersion, ImportStep)
    runs = ImportRun.objects.values(
        "pk", "status", "read_at", "applied_at", "notice", "new_count", "held_count"
    )
    rows = {table.__name__: list(table.objects.order_by("pk").values()) for table in tables}
    return rows | {"runs": list(runs), "submissions": list(Submission.objects.values())}


def tried_out(change):
    """What ``change`` leaves of the import, which is then taken back."""
    with transaction.atomic():
        run = change()
        found = run.status, StagedFigure.objects.filter(import_run=run).count()
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("where", places(READING, "copying the rows", "committing"))
def test_worker_killed_while_reading_leaves_nothing_half_done(steward, where):
    run = receive(CONTENT, steward)
    before = stored()

    with barrier(where):
        worker = start_worker("read_next_import")
        until(somebody_waits)
        kill(worker)
    assert stored() == before

    assert claim_pending_imports() == {run.pk: ImportStatus.UPLOADED}
    assert tried_out(lambda: discard_import(run_id=run.pk)) == (ImportStatus.DISCARDED, 0)
    dispatch_pending_imports()
    run.refresh_from_db()
    assert (run.status, counts(run), run.attempts) == (ImportStatus.MAPPING, (2, 0, 0, 2), 2)


@pytest.mark.parametrize("where", places(APPLYING, "writing the figures", "committing"))
def test_worker_killed_while_applying_leaves_every_figure_as_it_was(steward, where):
    run = stage(CONTENT, steward)
    request_apply(run_id=run.pk, actor=steward)
    before = stored()

    with barrier(where):
        worker = start_worker("carry_out_next_request")
        until(somebody_waits)
        kill(worker)
    assert stored() == before

    assert claim_pending_imports() == {run.pk: ImportStatus.APPLYING}
    cancel_and_discard(run)
    dispatch_pending_imports()
    run.refresh_from_db()
    assert (run.status, run.attempts, run.steps.count()) == (ImportStatus.APPLIED, 2, 1)
    assert set(Figure.objects.filter(item__submission__round__year=2030).values_list("value", flat=True)) == {
        Decimal(5),
        Decimal(7),
    }


def cancel_and_discard(run):
    def give_up():
        cancel_import(run_id=run.pk)
        return discard_import(run_id=run.pk)

    assert tried_out(give_up) == (ImportStatus.DISCARDED, 0)


def test_worker_killed_while_the_file_is_read_takes_the_reading_process_along(steward):
    run = receive(many_rows(200_000), steward, name="Meldung.csv")
    before = stored()
    worker = start_worker("read_next_import")
    reader = reading_process_of(worker)
    until(lambda: progress_of([run.pk])[run.pk].stage == ImportStage.READING)
    os.kill(reader, signal.SIGSTOP)

    kill(worker)

    until(lambda: not is_alive(reader))
    assert stored() == before
    assert claim_pending_imports() == {run.pk: ImportStatus.UPLOADED}


def test_reading_process_killed_alone_leaves_a_refusal_that_can_be_tried_again(steward):
    run = receive(CONTENT, steward)
    worker = start_worker("read_next_import")
    os.kill(reading_process_of(worker), signal.SIGKILL)

    assert worker.wait(timeout=60) == 0
    run.refresh_from_db()
    assert (run.status, run.refusal["code"], run.staged.count()) == (ImportStatus.REFUSED, "too_costly", 0)
    resume_import(run_id=run.pk, actor=run.created_by)
    dispatch_pending_imports()
    run.refresh_from_db()
    assert (run.status, counts(run)) == (ImportStatus.MAPPING, (2, 0, 0, 2))


def test_work_that_kills_three_workers_is_given_up(steward):
    run = receive(CONTENT, steward)
    with barrier(READING["copying the rows"]):
        for _ in range(3):
            worker = start_worker("read_next_import")
            until(somebody_waits)
            kill(worker)

    assert claim_pending_imports() == {}
    run.refresh_from_db()
    assert (run.status, run.refusal["code"], run.is_resumable) == (ImportStatus.FAILED, "broken_off", True)
