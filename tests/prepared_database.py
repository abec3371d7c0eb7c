"""The database each test process begins with: migrated, with the catalogue, made once for the code as it is.

Migrating costs a process some twenty seconds, copying what is migrated a tenth of one. A prepared database is
named after the files it was made from and the day, so that a change makes a new one; those before it go.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from django.db.backends.utils import CursorWrapper
from django.test.utils import setup_databases

from alliance_portal.embedded.memory import TABLESPACE
from measures.services.catalogue import load_catalogue

PROJECT = Path(__file__).resolve().parent.parent
PACKAGES = ("alliance_portal", "partners", "measures", "reporting")
BEGINNING = "test_portal_prepared_"
"""Others may use the same server: nothing but databases named so is ever removed."""
PREPARING = 2016_09_30
"""The advisory lock under which one process prepares what the others wait for."""


def use_a_copy() -> None:
    """Create this process's test database and lead the connection to it."""
    name = connection.creation._get_test_db_name()
    prepare()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    restore()


def prepare() -> None:
    """Make the database that is copied, unless it is there."""
    with _maintenance() as cursor, _locked(cursor):
        prepared = _name()
        if not _exists(cursor, prepared):
            _prepare(cursor, prepared)


def restore() -> None:
    """Put the test database back into the state in which every run begins."""
    with _maintenance() as cursor:
        _copy(cursor, _name(), str(connection.settings_dict["NAME"]))


def drop() -> None:
    with _maintenance() as cursor:
        _drop(cursor, str(connection.settings_dict["NAME"]))


def _prepare(cursor: CursorWrapper, name: str) -> None:
    """The finished database gets its name last: half a one is never taken for a whole one."""
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [BEGINNING])
    for (old,) in cursor.fetchall():
        _drop(cursor, old)
    setup_databases(verbosity=0, interactive=False, aliases={"default"}, serialized_aliases=set())
    load_catalogue()
    connections.close_all()
    cursor.execute(f'ALTER DATABASE "{connection.settings_dict["NAME"]}" RENAME TO "{name}"')


@cache
def _name() -> str:
    """From the day and from every file with a say in the schema or the starting data."""
    digest = hashlib.sha256(dt.datetime.now(tz=dt.UTC).date().isoformat().encode())
    digest.update((PROJECT / "uv.lock").read_bytes())
    for package in PACKAGES:
        for path in sorted((PROJECT / package).rglob("*.*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(PROJECT)).encode())
                digest.update(path.read_bytes())
    return BEGINNING + digest.hexdigest()[:16]


@contextmanager
def _maintenance() -> Iterator[CursorWrapper]:
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        yield cursor


@contextmanager
def _locked(cursor: CursorWrapper) -> Iterator[None]:
    cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
    try:
        yield
    finally:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARING])


def _exists(cursor: CursorWrapper, name: str) -> bool:
    cursor.execute("SELECT EXISTS (SELECT FROM pg_database WHERE datname = %s)", [name])
    return bool(cursor.fetchone()[0])


def _copy(cursor: CursorWrapper, source: str, target: str) -> None:
    """Copy into memory, where the server offers it."""
    _drop(cursor, target)
    cursor.execute("SELECT EXISTS (SELECT FROM pg_tablespace WHERE spcname = %s)", [TABLESPACE])
    [in_memory] = cursor.fetchone()
    place = f"TABLESPACE {TABLESPACE}" if in_memory else ""
    cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}" STRATEGY FILE_COPY {place}')


def _drop(cursor: CursorWrapper, name: str) -> None:
    cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
