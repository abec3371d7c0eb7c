"""Every test runs on real PostgreSQL and Valkey, with the catalogue and its rounds loaded once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test import Client, override_settings
from django.utils import translation

from alliance_portal.garbage_collection import collect_rarely
from measures.services.catalogue import load_catalogue
from partners.models import User
from tests.factories import MembershipFactory
from tests.properties import register_profiles

register_profiles()
collect_rarely()


@pytest.fixture(autouse=True)
def first_language(settings) -> Iterator[None]:
    """Begin in the portal's first language, whatever the last request was answered in."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(scope="session", autouse=True)
def media_root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep uploads away from the demo's files."""
    folder = tmp_path_factory.mktemp("media")
    with override_settings(MEDIA_ROOT=folder):
        yield folder


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        load_catalogue()


def _copy_database(source: str, target: str) -> None:
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


@pytest.fixture(scope="session")
def untouched_database(django_db_setup, django_db_blocker) -> Iterator[str]:
    """Keep a copy of the database as it is when the run begins, catalogue included."""
    with django_db_blocker.unblock():
        name = str(connection.settings_dict["NAME"])
        copy = f"{name}_untouched"
        _copy_database(name, copy)
    yield copy
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')


@pytest.fixture
def transactional_db(untouched_database: str, django_db_blocker) -> Iterator[None]:
    """Let the test commit, then put the whole database back.

    Takes the place of pytest-django's fixture, which truncates every table: ours refuse that.
    """
    with django_db_blocker.unblock():
        yield
        _copy_database(untouched_database, str(connection.settings_dict["NAME"]))


@pytest.fixture
def sign_in(client: Client) -> Callable[..., User]:
    """``sign_in("contributor", "IHK-142")`` returns a new person with that role, signed in on ``client``."""

    def _sign_in(role: str, organisation: str) -> User:
        user = MembershipFactory(role=role, organisation_code=organisation).user
        client.force_login(user)
        return user

    return _sign_in
