"""Somebody leaves: what is open is shown, others take over, the roles end on a day, all of it or nothing."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from measures.enums import Side
from partners.enums import SecurityEventKind
from partners.models import Invitation, Membership, Organisation, SecurityEvent, User
from partners.permissions import access_for
from partners.services import hand_overs, invitations
from partners.services.security_events import Sender
from tests.factories import MembershipFactory
from tests.measures.imports.undoing import type_in
from tests.measures.meetings.making import make_commitment
from tests.measures.reviewing import commented
from tests.measures.spreadsheets import receive, row, workbook
from tests.measures.submissions import item_of, make_submission

pytestmark = pytest.mark.django_db

COLOGNE = "IHK-142"


@pytest.fixture
def leaving() -> User:
    membership = MembershipFactory(role="contributor", organisation_code=COLOGNE)
    Membership.objects.filter(pk=membership.pk).update(valid_from="2020-01-01")
    return membership.user


@pytest.fixture
def colleague() -> User:
    return MembershipFactory(role="coordinator", organisation_code=COLOGNE).user


def address(person: User) -> str:
    return reverse("measures:hand_over", args=[COLOGNE, person.pk])


def hand_over(client, person, capture, **fields):
    with capture(execute=True):
        return client.post(
            address(person), {"last_day": timezone.localdate().isoformat(), "addresses": "", **fields}
        )


def test_page_lists_what_the_person_leaves_open(client, sign_in, leaving):
    draft = make_submission(COLOGNE)
    type_in(item_of(draft), 5, leaving)
    commented(draft, MembershipFactory(role="reviewer", organisation_code="BMAS").user, side=Side.REVIEW)
    run = receive(workbook([row(5)]), leaving)
    commitment, _other = make_commitment(COLOGNE), make_commitment("IHK-101")
    invitations.invite(email="neu@example.org", organisation_id=_id(), role="contributor", actor=leaving)
    sign_in("coordinator", "DIHK")

    page = client.get(address(leaving))

    found = page.context["open"]
    assert (found.drafts, found.answers, found.imports) == ([draft], [draft], [run])
    assert found.commitments == [commitment]
    assert client.get(reverse("measures:commitment_detail", args=[commitment.pk])).status_code == 200
    assert [each.email for each in found.invitations] == ["neu@example.org"]
    assert Membership.objects.get(user=leaving).valid_until is None


def test_page_says_that_nothing_is_open(client, sign_in, leaving):
    sign_in("data_steward", "BMAS")
    assert client.get(address(leaving)).context["open"].is_empty


def test_roles_end_and_colleagues_have_them_at_once(
    client, sign_in, leaving, colleague, django_capture_on_commit_callbacks
):
    actor = sign_in("coordinator", "DIHK")
    day = timezone.localdate() + dt.timedelta(days=9)

    response = hand_over(
        client,
        leaving,
        django_capture_on_commit_callbacks,
        last_day=day.isoformat(),
        successors=[colleague.pk],
    )

    assert response.status_code == 302
    assert Membership.objects.get(user=leaving).valid_until == day
    assert _id() in access_for(colleague).contributes_to
    event = SecurityEvent.objects.get(kind=SecurityEventKind.HANDED_OVER)
    assert (event.person, event.subject, event.target) == (actor, leaving, f"IHK-142 {day} contributor")
    to_leaving, to_colleague = (
        next(message for message in mail.outbox if message.to == [person.email])
        for person in (leaving, colleague)
    )
    assert str(colleague) in to_leaving.body
    assert str(leaving) in to_colleague.body


def test_role_that_waits_for_its_confirmation_ends_and_waits_again_with_its_successor(
    client, sign_in, django_capture_on_commit_callbacks
):
    giver = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    waiting = MembershipFactory(role="reviewer", organisation_code="BMAS", granted_by=giver)
    colleague = MembershipFactory(role="auditor", organisation_code="BMAS").user
    sign_in("data_steward", "BMAS")
    page = reverse("measures:hand_over", args=["BMAS", waiting.user_id])
    day = timezone.localdate()

    assert client.get(page).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, {"last_day": day.isoformat(), "addresses": "", "successors": [colleague.pk]})

    waiting.refresh_from_db()
    assert waiting.valid_until == day
    assert Membership.objects.get(user=colleague, role="reviewer").awaits_confirmation
    letters = {message.to[0]: message.body for message in mail.outbox}
    sentence = "Ihre Rolle gilt, sobald eine zweite Person des Datenmanagements sie bestätigt hat."
    assert {to for to, body in letters.items() if sentence in body} == {colleague.email}


def test_mails_of_a_hand_over_are_in_the_language_of_each(
    client, sign_in, leaving, colleague, django_capture_on_commit_callbacks
):
    sign_in("coordinator", "DIHK")
    type(colleague).objects.filter(pk=colleague.pk).update(language="en")

    hand_over(client, leaving, django_capture_on_commit_callbacks, successors=[colleague.pk])

    subjects = {message.to[0]: message.subject for message in mail.outbox}
    assert subjects[leaving.email].endswith("Ihre Arbeit ist übergeben")
    assert subjects[colleague.email].endswith("You take over")


def test_others_are_invited_and_invitations_of_the_person_withdrawn(
    client, sign_in, leaving, django_capture_on_commit_callbacks
):
    old, _token = invitations.invite(
        email="alt@example.org", organisation_id=_id(), role="contributor", actor=leaving
    )
    sign_in("coordinator", "DIHK")

    hand_over(
        client,
        leaving,
        django_capture_on_commit_callbacks,
        addresses="neu@example.org\nzwei@example.org",
        withdraws_invitations="on",
    )

    opened = Invitation.objects.open().filter(organisation=_id())
    assert {each.email for each in opened} == {"neu@example.org", "zwei@example.org"}
    assert "/einladung/" in next(m.body for m in mail.outbox if m.to == ["neu@example.org"])
    old.refresh_from_db()
    assert old.revoked_at is not None


def test_yesterday_ends_the_roles_at_once(client, sign_in, leaving, django_capture_on_commit_callbacks):
    sign_in("coordinator", "DIHK")
    yesterday = timezone.localdate() - dt.timedelta(days=1)

    hand_over(client, leaving, django_capture_on_commit_callbacks, last_day=yesterday.isoformat())

    assert access_for(leaving).memberships == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"last_day": "2020-05-05"},
        {"last_day": ""},
        {"addresses": "keine Adresse"},
        {"successors": ["0"]},
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(
    client, sign_in, leaving, wrong, django_capture_on_commit_callbacks
):
    MembershipFactory(role="coordinator", organisation_code=COLOGNE)
    sign_in("coordinator", "DIHK")

    response = hand_over(client, leaving, django_capture_on_commit_callbacks, **wrong)

    assert response.status_code == 422
    assert response.context["form"].errors.keys() == wrong.keys()
    assert Membership.objects.get(user=leaving).valid_until is None
    assert mail.outbox == []


def test_role_of_today_cannot_have_ended_yesterday(client, sign_in, django_capture_on_commit_callbacks):
    newcomer = MembershipFactory(role="contributor", organisation_code=COLOGNE).user
    sign_in("coordinator", "DIHK")
    yesterday = timezone.localdate() - dt.timedelta(days=1)

    response = hand_over(client, newcomer, django_capture_on_commit_callbacks, last_day=yesterday.isoformat())

    assert "last_day" in response.context["form"].errors


def test_failure_in_the_middle_leaves_everything_as_it_was(leaving, colleague):
    actor = MembershipFactory(role="data_steward", organisation_code="BMAS").user

    def no_link(token: str) -> str:
        raise RuntimeError("no link")

    with pytest.raises(RuntimeError):
        hand_overs.hand_over(
            person=leaving,
            organisation=Organisation.objects.get(code=COLOGNE),
            last_day=timezone.localdate(),
            successors=[colleague],
            addresses=["neu@example.org"],
            withdraws_invitations=False,
            actor=actor,
            sender=Sender(),
            link_for=no_link,
        )

    assert Membership.objects.get(user=leaving).valid_until is None
    assert not Membership.objects.filter(user=colleague, role="contributor").exists()
    assert not Invitation.objects.filter(email="neu@example.org").exists()


def test_coordinator_ends_only_the_roles_they_may_invite_to(client, sign_in, colleague):
    sign_in("coordinator", "DIHK")
    assert client.get(address(colleague)).status_code == 404

    both = MembershipFactory(user=colleague, role="contributor", organisation_code=COLOGNE)
    assert client.get(address(colleague)).context["roles"] == [both]


def test_nobody_hands_over_their_own_work_or_that_of_a_superuser(client, sign_in):
    steward = sign_in("data_steward", "BMAS")
    assert client.get(reverse("measures:hand_over", args=["BMAS", steward.pk])).status_code == 404
    above = MembershipFactory(role="reviewer", organisation_code="BMAS").user
    User.objects.filter(pk=above.pk).update(is_superuser=True)
    assert client.get(reverse("measures:hand_over", args=["BMAS", above.pk])).status_code == 404


def _id() -> int:
    return Organisation.objects.get(code=COLOGNE).pk
