"""A database of its own for what is measured, with the catalogue and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from measures.services.catalogue import load_catalogue


@contextmanager
def scratch_database() -> Iterator[None]:
    connection.settings_dict["TEST"]["NAME"] = "portal_bench"
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        load_catalogue()
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
