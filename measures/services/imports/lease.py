"""One worker at a time on an import: it reports its progress and stops when somebody asks it to."""

import contextlib
import threading
from collections.abc import Callable, Iterator

import psycopg
from django.db import OperationalError, connection, transaction

from measures.enums import ImportStage
from measures.import_workflow import ImportAction
from measures.models import ImportRun
from measures.services.imports.errors import ImportCancelledError, ImportNotReadyError
from measures.services.imports.progress import ProgressReporter

StageCallback = Callable[[ImportStage, int, int], None]
"""Takes the stage, the rows done and the rows there are."""

NAMESPACE = 0x494D50
"""Of the advisory locks on imports; the second key is the import's."""

SECONDS_TO_LOOK = 0.5

# A server process whose worker is dead would go on to the end of its statement before it let go.
LEASE = """
SELECT pg_try_advisory_xact_lock(%s, %s), set_config('client_connection_check_interval', '1s', true)
"""

LEASED = "SELECT id FROM unnest(%s::int[]) AS id WHERE pg_try_advisory_xact_lock(%s, id)"


def lease(run_id: int) -> bool:
    """Whether this transaction alone works on the import from now on, until it ends or its process dies.

    An advisory lock, not one of a row: looking at the import or asking it to stop never waits for the work.
    """
    with connection.cursor() as cursor:
        cursor.execute(LEASE, [NAMESPACE, run_id])
        return bool(cursor.fetchone()[0])


def lease_free(run_ids: list[int]) -> list[int]:
    """Those of the imports that nobody worked on; now this transaction does."""
    with connection.cursor() as cursor:
        cursor.execute(LEASED, [run_ids, NAMESPACE])
        return [row[0] for row in cursor.fetchall()]


def take(run_id: int, action: ImportAction) -> ImportRun:
    """The import, if the action may begin with it and nobody else works on it."""
    if not lease(run_id):
        raise ImportNotReadyError
    run: ImportRun = ImportRun.objects.select_related(
        "source_file", "supplier", "created_by", "apply_requested_by", "reading_requested_by"
    ).get(pk=run_id)
    if not run.is_possible(action):
        raise ImportNotReadyError
    return run


class LeasedWork:
    """An import in the hands of one worker."""

    def __init__(self, run: ImportRun, report: StageCallback) -> None:
        self.run = run
        self._report = report
        self._asked_to_stop = threading.Event()
        self._ended = threading.Event()

    def report(self, stage: ImportStage, done: int = 0, total: int = 0) -> None:
        """Report how far it is; the work ends here if somebody asked it to stop."""
        self.stop_if_asked()
        self._report(stage, done, total)

    def stop_if_asked(self) -> None:
        if self._asked_to_stop.is_set():
            raise ImportCancelledError

    def finish(self) -> None:
        """Past this point nobody can stop the work: whoever asks now waits and learns that it is done."""
        row = ImportRun.objects.select_for_update(no_key=True).filter(pk=self.run.pk)
        if row.values_list("cancel_requested_at", flat=True).get():
            raise ImportCancelledError

    @contextlib.contextmanager
    def stoppable(self) -> Iterator[None]:
        """Have a thread look whether the work is to stop, and break off the statement that is running."""
        connection.ensure_connection()
        looking = threading.Thread(target=self._look, args=(connection.connection,), daemon=True)
        looking.start()
        try:
            yield
        except OperationalError as error:
            if self._asked_to_stop.is_set() and isinstance(error.__cause__, psycopg.errors.QueryCanceled):
                raise ImportCancelledError from error
            raise
        finally:
            self._ended.set()
            looking.join()

    def _look(self, worker: "psycopg.Connection") -> None:
        asked = ImportRun.objects.filter(pk=self.run.pk, cancel_requested_at__isnull=False)
        try:
            while not self._ended.wait(SECONDS_TO_LOOK):
                with contextlib.suppress(OperationalError, psycopg.OperationalError):
                    if self._asked_to_stop.is_set() or asked.exists():
                        self._asked_to_stop.set()
                        worker.cancel_safe(timeout=SECONDS_TO_LOOK)
        finally:
            connection.close()


@contextlib.contextmanager
def working_on(
    run_id: int, action: ImportAction, report: StageCallback | None = None
) -> Iterator[LeasedWork]:
    """All or nothing on an import: one transaction, one worker, stopped on request."""
    with transaction.atomic():
        run = take(run_id, action)
        if run.cancel_requested_at:
            raise ImportCancelledError
        work = LeasedWork(run, report or ProgressReporter(run_id))
        with work.stoppable():
            yield work
