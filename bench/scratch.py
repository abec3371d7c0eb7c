"""Databases of their own for what is measured, with the catalogue and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, connections

from measures.services.catalogue import load_catalogue

EMPTY, COPY = "portal_bench_empty", "portal_bench"


@contextmanager
def migrated() -> Iterator[None]:
    """What is migrated once, for every ``scratch_database`` within."""
    connection.settings_dict["TEST"]["NAME"] = EMPTY
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        load_catalogue()
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


@contextmanager
def scratch_database() -> Iterator[None]:
    _drop_copy()
    with connection._nodb_cursor() as cursor:  # noqa: SLF001  # as Django's own commands do
        cursor.execute(f'CREATE DATABASE "{COPY}" TEMPLATE "{EMPTY}"')
    _lead_to(COPY)
    try:
        yield
    finally:
        _lead_to(EMPTY)
        _drop_copy()


def _lead_to(name: str) -> None:
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def _drop_copy() -> None:
    connections.close_all()
    with connection._nodb_cursor() as cursor:  # noqa: SLF001  # as above
        cursor.execute(f'DROP DATABASE IF EXISTS "{COPY}" WITH (FORCE)')
