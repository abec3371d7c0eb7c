"""Reviewing, auditing and managing data exist at the bodies entitled to them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from partners.enums import ENTITLED_KINDS, OrganisationKind, Role, is_entitled
from partners.models import Invitation, Membership, Organisation
from partners.permissions import access_for
from partners.violations import broken_rule
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

RULE = "role_at_an_entitled_body"


def an_organisation(kind: str) -> Organisation:
    found = Organisation.objects.filter(kind=kind).first()
    return found or Organisation.objects.create(code="NEW", kind=kind, short_name="Neu", region_id="DE")


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("kind", OrganisationKind.values)
def test_membership_and_invitation_are_taken_where_the_role_exists(kind, role):
    organisation, user = an_organisation(kind), UserFactory()
    invited = {"email": "a@example.org", "token_hash": "0" * 64, "invited_by": user}

    for model, more in ((Membership, {"user": user}), (Invitation, invited)):
        try:
            with transaction.atomic():
                model.objects.create(organisation=organisation, role=role, **more)
            refused = ""
        except IntegrityError as error:
            refused = broken_rule(error)
        assert refused == ("" if is_entitled(kind, role) else RULE)


def test_roles_that_read_everything_are_all_bound_to_kinds():
    assert set(ENTITLED_KINDS) == set(Role.reads_all)


@pytest.mark.parametrize("change", [{"role": "reviewer"}, {"organisation": "BMAS"}])
def test_membership_moves_only_where_the_role_exists(change):
    contributor = MembershipFactory(role="contributor", organisation_code="IHK-142")
    reviewer = MembershipFactory(role="reviewer", organisation_code="BMAS")
    moved = contributor if "role" in change else reviewer
    more = change if "role" in change else {"organisation": Organisation.objects.get(code="IHK-142")}

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Membership.objects.filter(pk=moved.pk).update(**more)

    assert broken_rule(refused.value) == RULE


def test_body_keeps_its_kind_while_people_have_such_roles():
    MembershipFactory(role="auditor", organisation_code="BMAS")
    ministry = Organisation.objects.get(code="BMAS")
    ministry.kind = OrganisationKind.AGENCY

    with pytest.raises(ValidationError) as shown:
        ministry.full_clean()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        ministry.save()

    assert "kind" in shown.value.message_dict
    assert broken_rule(refused.value) == RULE


def test_membership_form_names_the_rule():
    membership = Membership(
        user=UserFactory(), organisation=Organisation.objects.get(code="DIHK"), role="reviewer"
    )

    with pytest.raises(ValidationError) as shown:
        membership.full_clean()

    assert shown.value.message_dict == {
        "role": ["Diese Art von Organisation prüft nicht, revidiert nicht und verwaltet keine Daten."]
    }


def test_role_from_before_the_rule_counts_for_nothing():
    user = UserFactory()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE partners_membership DISABLE TRIGGER USER")
        Membership.objects.create(
            user=user,
            organisation=Organisation.objects.get(code="DIHK"),
            role="reviewer",
            valid_from=timezone.localdate(),
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE partners_membership ENABLE TRIGGER USER")

    assert not access_for(user).reviews


def test_steward_is_offered_the_roles_that_exist_there(client, sign_in):
    sign_in("data_steward", "BMAS")

    offered = {
        code: {value for value, _label in _roles(client, code)} for code in ("BMAS", "IHK-142", "IntB")
    }

    assert offered == {
        "BMAS": set(Role.values),
        "IHK-142": {"contributor", "coordinator"},
        "IntB": {"contributor", "coordinator", "auditor"},
    }


def _roles(client, code):
    page = client.get(reverse("partners:invitation_create", args=[code]))
    return page.context["form"].fields["role"].choices
