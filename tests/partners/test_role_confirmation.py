"""Whoever may give a role whose holders confirm one another's acts cannot be two of them alone."""

import pghistory
import pytest
from django.contrib.messages import get_messages
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from partners.enums import Role
from partners.exceptions import AlreadyMemberError, RoleNotConfirmableError
from partners.models import Membership, Organisation, SecurityEvent
from partners.permissions import access_for
from partners.services import invitations
from partners.services.roles import confirm_role
from partners.triggers import TODAY
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry():
    return Organisation.objects.get(code="BMAS")


@pytest.fixture
def stewards():
    return [MembershipFactory(role=Role.DATA_STEWARD, organisation_code="BMAS").user for _ in range(2)]


def invited(inviter, ministry, role, user):
    _invitation, token = invitations.invite(
        email=user.email, organisation_id=ministry.pk, role=role, actor=inviter
    )
    return invitations.accept_as(token=token, user=user)


@pytest.mark.parametrize("role", [Role.DATA_STEWARD, Role.REVIEWER])
def test_who_was_invited_by_one_administrator_may_nothing_until_another_confirms(stewards, ministry, role):
    second = UserFactory()

    membership = invited(stewards[0], ministry, role, second)
    assert not access_for(second).reads_all

    with pytest.raises(RoleNotConfirmableError):
        confirm_role(membership_id=membership.pk, actor=stewards[0])
    with pytest.raises(RoleNotConfirmableError):
        confirm_role(membership_id=membership.pk, actor=second)
    confirm_role(membership_id=membership.pk, actor=stewards[1])

    assert access_for(second).roles == {role}
    assert SecurityEvent.objects.filter(subject=second, target__endswith="confirmed").exists()


def test_other_roles_count_at_once(stewards, ministry):
    for role in (Role.CONTRIBUTOR, Role.COORDINATOR, Role.AUDITOR):
        person = UserFactory()
        invited(stewards[0], ministry, role, person)
        assert access_for(person).roles == {role}


def test_an_unconfirmed_administrator_confirms_nobody(stewards, ministry):
    puppet, third = UserFactory(), UserFactory()
    invited(stewards[0], ministry, Role.DATA_STEWARD, puppet)
    membership = invited(stewards[0], ministry, Role.DATA_STEWARD, third)

    with pytest.raises(RoleNotConfirmableError):
        confirm_role(membership_id=membership.pk, actor=puppet)
    with pytest.raises(IntegrityError, match="role_confirmed_by_an_administrator"), transaction.atomic():
        Membership.objects.filter(pk=membership.pk).update(confirmed_by=puppet, confirmed_at="2026-01-01T00Z")
    with pytest.raises(IntegrityError, match="membership_confirmed_by_a_third"), transaction.atomic():
        Membership.objects.filter(pk=membership.pk).update(
            confirmed_by=stewards[0], confirmed_at="2026-01-01T00Z"
        )


def test_what_was_confirmed_does_not_carry_over_to_another_person_or_a_longer_time(stewards, ministry):
    person = UserFactory()
    membership = invited(stewards[0], ministry, Role.REVIEWER, person)
    confirm_role(membership_id=membership.pk, actor=stewards[1])

    with pghistory.context(user=stewards[0].pk, request_id="r"):
        Membership.objects.filter(pk=membership.pk).update(valid_until="2090-01-01")
        assert access_for(person).reviews  # shorter
        Membership.objects.filter(pk=membership.pk).update(valid_until=None)
    assert not access_for(person).reviews

    membership.refresh_from_db()
    confirm_role(membership_id=membership.pk, actor=stewards[1])
    puppet = UserFactory()
    with pghistory.context(user=stewards[1].pk, request_id="r"):
        Membership.objects.filter(pk=membership.pk).update(user=puppet)
    assert not access_for(puppet).reviews
    assert Membership.objects.get(pk=membership.pk).granted_by == stewards[1]


def test_a_role_that_has_ended_is_given_anew_in_the_name_of_who_invited(stewards, ministry):
    person = UserFactory()
    membership = invited(stewards[0], ministry, Role.REVIEWER, person)
    confirm_role(membership_id=membership.pk, actor=stewards[1])
    Membership.objects.filter(pk=membership.pk).update(valid_from="2020-01-01", valid_until="2020-12-31")

    with pghistory.context(user=person.pk, request_id="r"):
        again = invited(stewards[0], ministry, Role.REVIEWER, person)

    assert again.granted_by == stewards[0]
    assert not access_for(person).reviews
    with pytest.raises(AlreadyMemberError):
        invitations.invite(
            email=person.email, organisation_id=ministry.pk, role=Role.REVIEWER, actor=stewards[0]
        )


def test_a_request_without_a_person_gives_no_role(ministry):
    with (
        pghistory.context(user=None, request_id="r"),
        pytest.raises(IntegrityError, match="role_names_who_gave_it"),
        transaction.atomic(),
    ):
        MembershipFactory(role=Role.REVIEWER, organisation=ministry)


def test_sql_past_the_portal_is_held_as_well(stewards, ministry):
    person = UserFactory()
    with pghistory.context(user=stewards[0].pk, request_id="r"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO partners_membership"
            " (user_id, organisation_id, role, valid_from, confirmed_by_id, confirmed_at, granted_by_id)"
            " VALUES (%s, %s, 'data_steward', '2020-01-01', %s, now(), NULL)",
            [person.pk, ministry.pk, stewards[1].pk],
        )
    assert not access_for(person).manages_data


def test_the_administration_notes_who_gives_a_role_and_confirms_it(client, stewards, ministry):
    person = UserFactory()
    client.force_login(stewards[0])
    client.post(
        reverse("admin:partners_membership_add"),
        {"user": person.pk, "organisation": ministry.pk, "role": "data_steward", "valid_from": "2020-01-01"},
    )
    membership = person.memberships.get()
    assert membership.granted_by == stewards[0]
    assert not access_for(person).manages_data

    confirm = {"action": "confirm", "_selected_action": [membership.pk]}
    address = reverse("admin:partners_membership_changelist")
    answer = client.post(address, confirm)
    *_earlier, message = get_messages(answer.wsgi_request)
    assert str(RoleNotConfirmableError.message) in str(message)
    assert not access_for(person).manages_data

    client.force_login(stewards[1])
    assert str(membership.user) in client.get(address, {"confirmation": "waiting"}).content.decode()
    client.post(address, confirm)
    assert access_for(person).manages_data
    assert str(membership.user) not in client.get(address, {"confirmation": "waiting"}).content.decode()


def test_the_page_of_the_organisation_names_roles_that_wait(client, stewards, ministry):
    invited(stewards[0], ministry, Role.REVIEWER, UserFactory())
    client.force_login(stewards[0])

    page = client.get(reverse("partners:organisation_detail", args=["BMAS"])).content.decode()

    assert page.count("portal-muted") >= 1
    assert page.count('class="portal-muted">wartet') + page.count('class="portal-muted">waits') == 1


def test_database_knows_the_day_by_the_portals_clock(db):
    """A role given after midnight counts at once, though the connection, in UTC, is a day behind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname FROM pg_proc WHERE prosrc ~* '\\mcurrent_date\\M|now\\(\\)::date'")
        named = cursor.fetchall()
        cursor.execute("SELECT count(*) FROM pg_proc WHERE prosrc LIKE %s", [f"%{TODAY}%"])
        [asking] = cursor.fetchone()

    assert named == []
    assert asking >= 3
