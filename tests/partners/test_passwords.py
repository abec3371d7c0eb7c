"""Long and not guessable; nothing is prescribed about its signs."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from partners.models import User
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


def reasons(password, user=None):
    try:
        validate_password(password, user)
    except ValidationError as error:
        return [problem.code for problem in error.error_list]
    return []


@pytest.mark.parametrize("password", ["1q2w3e4r5t6y7u", "unbelievable", "Unbelievable", "qwerty123456"])
def test_password_known_from_leaks_is_refused(password):
    assert "password_breached" in reasons(password)


@pytest.mark.parametrize(
    "password", ["Allianz-Portal-2026", "Alliance Portal 1!", "W3iterbildung!", "Ausbildung2026!!"]
)
def test_password_of_the_portals_name_is_refused(password):
    assert "password_of_context" in reasons(password)


def test_password_of_the_persons_names_or_organisation_is_refused():
    user = MembershipFactory(
        organisation_code="IHK-142",
        user__first_name="Katharina",
        user__last_name="Musterfrau",
        user__email="presse@beispielverband.example",
    ).user

    for password in ("musterfrau-2026!", "Katharina.1998", "beispielverband1", "Köln-IHK-Köln-1"):
        assert reasons(password, user), password


def test_newcomers_password_is_not_made_of_the_organisation_they_join():
    person = User(email="ada@example.org")
    person.joins = MembershipFactory(organisation_code="HWK-00032").organisation

    assert "password_of_context" in reasons(f"{person.joins.short_name} 2026", person)


@pytest.mark.parametrize(
    "password",
    ["vierzehn blaue wagen", "xkvbqrwmzpltg", "Die Allianz trinkt morgens gern Kaffee", "ö" * 30 + "ab" * 50],
)
def test_long_password_is_taken_whatever_its_signs(password):
    assert reasons(password) == []


def test_short_password_is_refused():
    assert "password_too_short" in reasons("kzq7!vbwP9x")
