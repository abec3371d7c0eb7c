"""A report that waits for its release, and those who decide on it."""

import pytest

from tests.factories import MembershipFactory, UserFactory
from tests.list_pages import report_of


@pytest.fixture
def reviewer(db):
    return MembershipFactory(role="reviewer", organisation_code="BMAS").user


@pytest.fixture
def contributor(db):
    return MembershipFactory(role="contributor", organisation_code="IHK-142").user


@pytest.fixture
def report(db):
    return report_of(1, UserFactory())
