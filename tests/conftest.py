"""Every test runs on real PostgreSQL and Valkey, with the catalogue and its rounds loaded once."""

from collections.abc import Callable

import pytest
from django.test import Client
from measures.services.catalogue import load_catalogue

from partners.models import User
from tests.factories import MembershipFactory


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        load_catalogue()


@pytest.fixture
def sign_in(client: Client) -> Callable[..., User]:
    """``sign_in("contributor", "IHK-142")`` returns a new person with that role, signed in on ``client``."""

    def _sign_in(role: str, organisation: str) -> User:
        user = MembershipFactory(role=role, organisation_code=organisation).user
        client.force_login(user)
        return user

    return _sign_in
