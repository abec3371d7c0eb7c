"""Every test runs on real PostgreSQL and Valkey, with the catalogue and its rounds loaded once."""

import gc
import multiprocessing
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client, override_settings
from django.utils import translation
from pytest_django.plugin import blocking_manager_key

from alliance_portal.garbage_collection import collect_rarely
from partners.models import User
from tests import prepared_database
from tests.factories import MembershipFactory
from tests.properties import register_profiles

ALLOCATIONS = 500_000  # some 50 MB, if all of it were garbage
YOUNG_ROUNDS, MIDDLE_ROUNDS = 10, 1_000_000
"""All that is there is never gone through: it takes most of a second, in the middle of some test."""

register_profiles()
collect_rarely()  # while the tests are imported


def pytest_sessionstart(session: pytest.Session) -> None:
    """Where several workers run the tests, have their database prepared while they collect them."""
    if session.config.getoption("numprocesses", None) and not hasattr(session.config, "workerinput"):
        multiprocessing.get_context("fork").Process(
            target=_prepare_database, args=(session.config,), daemon=True
        ).start()


def pytest_collection_finish() -> None:
    """Leave the tests themselves out of account as well, and look for what they leave hardly ever.

    It is little, and looking as often as a process at work does took a twenty-fifth of the time.
    """
    collect_rarely()
    gc.set_threshold(ALLOCATIONS, YOUNG_ROUNDS, MIDDLE_ROUNDS)


def _prepare_database(config: pytest.Config) -> None:
    with config.stash[blocking_manager_key].unblock():
        prepared_database.prepare()


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
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker
) -> Iterator[None]:
    """Take the place of pytest-django's fixture, which would migrate once more in every process."""
    with django_db_blocker.unblock():
        prepared_database.use_a_copy()
    yield
    with django_db_blocker.unblock():
        prepared_database.drop()


@pytest.fixture
def transactional_db(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Let the test commit, then put the whole database back.

    Takes the place of pytest-django's fixture, which truncates every table: ours refuse that.
    """
    with django_db_blocker.unblock():
        yield
        prepared_database.restore()


@pytest.fixture
def sign_in(client: Client) -> Callable[..., User]:
    """``sign_in("contributor", "IHK-142")`` returns a new person with that role, signed in on ``client``."""

    def _sign_in(role: str, organisation: str) -> User:
        user = MembershipFactory(role=role, organisation_code=organisation).user
        client.force_login(user)
        return user

    return _sign_in
