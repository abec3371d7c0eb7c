"""Workers that are real processes, held still where a test wants them, and killed."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from tests.processes import children_of, until

ROOT = Path(__file__).parents[3]
BARRIER = 4711

BLOCK = f"""
CREATE OR REPLACE FUNCTION held_still() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_advisory_xact_lock({BARRIER}); RETURN NEW; END $$;
"""


@contextlib.contextmanager
def barrier(trigger: str) -> Iterator[None]:
    """Whoever comes past ``trigger`` (the middle of a CREATE TRIGGER) waits until the block ends."""
    kind = "CONSTRAINT TRIGGER" if "DEFERRED" in trigger else "TRIGGER"
    table = trigger.split(" ON ")[1].split(maxsplit=1)[0]
    with connection.cursor() as cursor:
        cursor.execute(f"{BLOCK} CREATE {kind} held_still {trigger} EXECUTE FUNCTION held_still()")
        cursor.execute("SELECT pg_advisory_lock(%s)", [BARRIER])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [BARRIER])
            cursor.execute(f"DROP TRIGGER held_still ON {table}")


def somebody_waits() -> bool:
    """At the barrier of this test's database; other test processes have theirs on the same server."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
            "WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.objid = %s "
            "AND NOT l.granted",
            [BARRIER],
        )
        return bool(cursor.fetchone()[0])


def nobody_else_is_connected() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )
        return cursor.fetchone()[0] == 0


def start_worker(task: str, app: str = "measures") -> subprocess.Popen[bytes]:
    """A process that carries out one message of the queue, as a worker's child does."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    code = f"import django; django.setup(); from {app} import tasks; tasks.{task}()"
    return subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "alliance_portal.settings.test",
            "DATABASE_URL": database.geturl(),
            "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        },
    )


def kill(worker: subprocess.Popen[bytes]) -> None:
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    until(nobody_else_is_connected)


def reading_process_of(worker: subprocess.Popen[bytes]) -> int:
    """The process in which the worker has the file read, a copy of its fork server, once there is one."""
    [server] = until(lambda: children_of(worker.pid))
    return until(lambda: children_of(server))[0]


def is_alive(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False
