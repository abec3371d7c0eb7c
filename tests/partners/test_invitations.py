"""The only way in: a link, sent to an address, good once and for two weeks."""

import datetime as dt
import hashlib
import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from partners.enums import Role
from partners.exceptions import AlreadyMemberError, InvitationSpentError
from partners.models import Invitation, Membership, Organisation, User
from partners.services import invitations
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

ACCEPT = "/einladung/annehmen/"
ACCOUNT = {
    "first_name": "Ada",
    "last_name": "Neu",
    "password": "vierzehn blaue Wagen",
    "password_again": "vierzehn blaue Wagen",
}


@pytest.fixture
def actor():
    return MembershipFactory(role="data_steward", organisation_code="BMAS").user


@pytest.fixture
def invited(actor):
    """An invitation for ada@example.org to record for the IHK Köln, and its token."""
    return invitations.invite(
        email="ada@example.org", organisation_id=_id("IHK-142"), role=Role.CONTRIBUTOR, actor=actor
    )


def test_invitation_goes_out_as_a_link_whose_token_is_not_stored(
    client, sign_in, django_capture_on_commit_callbacks
):
    sign_in("data_steward", "BMAS")

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(_invite("IHK-142"), {"email": "Ada@Example.org", "role": "contributor"})

    assert response.status_code == 302
    invitation = Invitation.objects.get()
    (message,) = mail.outbox
    token = re.search(r"http://testserver/einladung/([\w-]+)/", message.body)[1]
    assert message.to == ["Ada@example.org"]
    assert message.subject.startswith("[Allianz-Portal] ")
    assert invitation.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert invitation.mails.get().body == ""
    assert invitation.expires_at - invitation.invited_at == pytest.approx(
        dt.timedelta(days=14), abs=dt.timedelta(minutes=1)
    )


def test_newcomer_gets_an_account_with_a_verified_address_and_is_signed_in(client, invited):
    _invitation, token = invited

    assert client.get(_open(token), follow=True).status_code == 200
    response = _accept(client, token, ACCOUNT)

    user = User.objects.get(email="ada@example.org")
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.check_password(ACCOUNT["password"])
    assert EmailAddress.objects.get(user=user).verified
    assert list(user.memberships.values_list("organisation__code", "role")) == [("IHK-142", "contributor")]


def test_link_works_once(client, invited):
    _invitation, token = invited
    _accept(client, token, ACCOUNT)
    client.logout()

    assert client.get(_open(token)).status_code == 410
    assert client.post(ACCEPT, ACCOUNT | {"first_name": "Eve"}).status_code == 404
    assert User.objects.get(email="ada@example.org").first_name == "Ada"


@pytest.mark.parametrize(
    "change",
    [
        {"expires_at": timezone.now() - dt.timedelta(seconds=1)},
        {"revoked_at": timezone.now()},
        {"accepted_at": timezone.now()},
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_spent_link_says_gone(client, invited, change, method):
    invitation, token = invited
    client.get(_open(token))
    Invitation.objects.filter(pk=invitation.pk).update(**change)

    assert client.get(_open(token)).status_code == 410
    assert getattr(client, method)(ACCEPT, ACCOUNT).status_code == 410
    assert not User.objects.filter(email="ada@example.org").exists()


def test_unknown_link_is_not_found(client):
    assert client.get(_open("nobody-sent-this")).status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"password": "kurz", "password_again": "kurz"}, "password"),
        ({"password_again": "something quite different"}, "password_again"),
        ({"first_name": ""}, "first_name"),
        (
            {"password": "ada@example.org", "password_again": "ada@example.org"},
            "password",
        ),
    ],
)
def test_mistakes_are_shown_and_cost_nothing(client, invited, change, field):
    invitation, token = invited

    response = _accept(client, token, ACCOUNT | change)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert Invitation.objects.open().filter(pk=invitation.pk).exists()
    assert not User.objects.filter(email="ada@example.org").exists()


def test_somebody_with_an_account_signs_in_and_gets_the_role(client, invited):
    _invitation, token = invited
    user = UserFactory(email="ada@example.org")

    asked = client.get(_open(token), follow=True)
    tried = _accept(client, token, ACCOUNT)
    client.force_login(user)
    accepted = _accept(client, token)

    assert f"{reverse('account_login')}?next={ACCEPT}" in asked.content.decode()
    assert tried.status_code == 200
    assert accepted.status_code == 302
    assert list(user.memberships.values_list("organisation__code", "role")) == [("IHK-142", "contributor")]


def test_somebody_else_cannot_take_the_role(client, invited, sign_in):
    invitation, token = invited
    sign_in("contributor", "HWK-00032")

    assert client.get(_open(token), follow=True).status_code == 200
    assert _accept(client, token).status_code == 403
    assert Invitation.objects.open().filter(pk=invitation.pk).exists()


def test_role_once_ended_begins_again(invited):
    _invitation, token = invited
    user = UserFactory(email="ada@example.org")
    MembershipFactory(user=user, valid_from=dt.date(2015, 1, 1), valid_until=dt.date(2015, 12, 31))

    invitations.accept_as(token=token, user=user)

    membership = Membership.objects.get(user=user)
    assert (membership.valid_from, membership.valid_until) == (timezone.localdate(), None)


def test_second_invitation_makes_the_first_link_worthless(client, invited, actor):
    _first, token = invited

    invitations.invite(
        email="ADA@example.org", organisation_id=_id("IHK-142"), role=Role.CONTRIBUTOR, actor=actor
    )

    assert client.get(_open(token), follow=True).status_code == 410


def test_member_is_not_invited_to_the_role_they_have(client, sign_in, actor):
    member = MembershipFactory()

    with pytest.raises(AlreadyMemberError):
        invitations.invite(
            email=member.user.email, organisation_id=_id("IHK-142"), role=Role.CONTRIBUTOR, actor=actor
        )
    client.force_login(actor)
    response = client.post(_invite("IHK-142"), {"email": member.user.email, "role": "contributor"})

    assert response.status_code == 422
    assert not mail.outbox


@pytest.fixture
def no_mail_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


@pytest.mark.usefixtures("no_mail_server")
def test_whoever_invites_reads_that_the_mail_has_not_been_sent(
    client, sign_in, django_capture_on_commit_callbacks
):
    sign_in("data_steward", "BMAS")

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(_invite("IHK-142"), {"email": "ada@example.org", "role": "contributor"})
    page = client.get(response.url).content.decode()

    assert response.status_code == 302
    assert "Die E-Mail ist noch nicht verschickt." in page
    assert "Der Mailserver ist nicht erreichbar." in page


def test_withdrawn_invitation_stays_withdrawn(client, sign_in, invited):
    invitation, token = invited
    sign_in("data_steward", "BMAS")
    address = reverse("partners:invitation_revoke", args=[invitation.pk])

    assert client.get(address).status_code == 405
    assert client.post(address).status_code == 302
    with pytest.raises(InvitationSpentError):
        invitations.revoke(invitation_id=invitation.pk)

    client.logout()
    assert client.get(_open(token), follow=True).status_code == 410


@pytest.mark.parametrize(
    ("who", "to", "roles"),
    [
        (
            ("data_steward", "BMAS"),
            "BMAS",
            ["contributor", "coordinator", "reviewer", "data_steward", "auditor"],
        ),
        (("data_steward", "BMAS"), "IHK-142", ["contributor", "coordinator"]),
        (("coordinator", "DIHK"), "IHK-142", ["contributor"]),
        (("coordinator", "DIHK"), "DIHK", ["contributor"]),
        (("coordinator", "DIHK"), "HWK-00032", None),
        (("contributor", "IHK-142"), "IHK-142", None),
        (("reviewer", "BMWi"), "IHK-142", None),
        (("auditor", "BMAS"), "IHK-142", None),
    ],
)
def test_who_may_invite_whom(client, sign_in, who, to, roles):
    sign_in(*who)

    response = client.get(_invite(to))

    if roles is None:
        assert response.status_code == 403
    else:
        assert [choice for choice, _label in response.context["form"].fields["role"].choices] == roles


def test_coordinator_cannot_give_a_role_that_is_not_on_offer(client, sign_in):
    sign_in("coordinator", "DIHK")

    response = client.post(_invite("IHK-142"), {"email": "ada@example.org", "role": "data_steward"})

    assert response.status_code == 422
    assert not Invitation.objects.exists()


def test_coordinator_cannot_withdraw_another_umbrellas_invitation(client, sign_in, invited):
    invitation, _token = invited
    sign_in("coordinator", "ZDH")

    response = client.post(reverse("partners:invitation_revoke", args=[invitation.pk]))

    assert response.status_code == 404
    assert Invitation.objects.open().count() == 1


def _id(code):
    return Organisation.objects.get(code=code).pk


def _invite(code):
    return reverse("partners:invitation_create", args=[code])


def _open(token):
    return reverse("partners:invitation_open", args=[token])


def _accept(client, token, data=None):
    """Open the link of the mail, and send the form it leads to."""
    client.get(_open(token))
    return client.post(ACCEPT, data)
