"""A new address counts once it is confirmed, and the old one is told of the change by mail."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from partners.enums import Role
from partners.exceptions import NotTheInvitedPersonError
from partners.models import Organisation, User
from partners.services import invitations
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
NEW = "new@example.org"


@pytest.fixture(autouse=True)
def _forget_attempts():
    cache.clear()


@pytest.fixture
def person(client):
    user = UserFactory(email="old@example.org")
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return user


def sign_in_with(client, email):
    client.logout()
    client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    return "_auth_user_id" in client.session


@pytest.fixture
def asked(client, person, mailoutbox, django_capture_on_commit_callbacks):
    """The person has asked for a new address; the code that was mailed there."""
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_email"), {"action_add": "", "email": NEW})
    (message,) = mailoutbox
    assert message.to == [NEW]
    mailoutbox.clear()
    return re.search(r"^([A-Z0-9-]{6,})$", message.body, re.MULTILINE)[1]


def pending():
    """A person who wants an address that is not theirs, and has not confirmed it."""
    user = UserFactory(email="old@example.org")
    EmailAddress.objects.create(user=user, email=NEW, verified=False)
    return user


def test_address_asked_for_is_neither_the_accounts_nor_good_for_signing_in(client, person, asked):
    person.refresh_from_db()

    assert person.email == "old@example.org"
    assert not sign_in_with(client, NEW)
    assert sign_in_with(client, "old@example.org")


def test_confirmed_address_takes_the_old_ones_place_and_the_old_one_gets_a_notice(
    client, person, asked, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_email_verification_sent"), {"code": asked})

    person.refresh_from_db()
    assert person.email == NEW
    assert [message.to for message in mailoutbox] == [["old@example.org"]]
    assert NEW in mailoutbox[0].body
    assert not sign_in_with(client, "old@example.org")
    assert sign_in_with(client, NEW)


def test_wrong_code_confirms_nothing(client, person, asked):
    client.post(reverse("account_email_verification_sent"), {"code": "AAAAAA"})

    person.refresh_from_db()
    assert person.email == "old@example.org"


def test_code_is_good_in_the_session_that_asked_alone(client, person, asked):
    elsewhere = Client()
    elsewhere.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    elsewhere.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    elsewhere.post(reverse("account_email_verification_sent"), {"code": asked})
    person.refresh_from_db()
    assert person.email == "old@example.org"

    client.post(reverse("account_email_verification_sent"), {"code": asked})
    person.refresh_from_db()
    assert person.email == NEW


def test_unconfirmed_address_becomes_no_primary_one_by_request(client, person):
    EmailAddress.objects.create(user=person, email=NEW, verified=False)

    client.post(reverse("account_email"), {"action_primary": "", "email": NEW})

    person.refresh_from_db()
    assert person.email == "old@example.org"
    assert EmailAddress.objects.get(primary=True).email == "old@example.org"


def test_address_of_the_account_that_nobody_confirmed_opens_nothing(client):
    user = User.objects.create_user("unproven@example.org", PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=False, primary=True)

    assert not sign_in_with(client, user.email)


def test_invitation_is_taken_by_a_confirmed_address_alone():
    user = User.objects.create_user("ada@example.org", PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=False, primary=True)
    actor = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    _invitation, token = invitations.invite(
        email=user.email,
        organisation_id=Organisation.objects.get(code="BMAS").pk,
        role=Role.AUDITOR,
        actor=actor,
    )

    with pytest.raises(NotTheInvitedPersonError):
        invitations.accept_as(token=token, user=user)


def test_superuser_made_on_the_command_line_has_a_confirmed_address(client):
    User.objects.create_superuser("Root@example.org", PASSWORD)

    assert sign_in_with(client, "root@example.org")


def test_unconfirmed_address_is_as_unknown_as_any_other_when_signing_in(client):
    """Not even the code to confirm it is sent: the address may be somebody else's."""
    pending()

    response = client.post(reverse("account_login"), {"login": NEW, "password": PASSWORD})

    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [
        "Die E-Mail-Adresse und/oder das Passwort sind leider falsch."
    ]
