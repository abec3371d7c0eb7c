"""One link, two people, real threads."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction

from partners.enums import Role
from partners.exceptions import InvitationSpentError
from partners.models import Invitation, Organisation, User
from partners.services import invitations
from tests.factories import MembershipFactory


def test_of_two_people_with_one_link_one_comes_in(transactional_db):
    """Both press the button at once; the second waits for the lock and finds the link spent."""
    actor = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    _invitation, token = invitations.invite(
        email="ada@example.org",
        organisation_id=Organisation.objects.get(code="IHK-142").pk,
        role=Role.CONTRIBUTOR,
        actor=actor,
    )
    together = threading.Barrier(2)

    def come_in(first_name):
        together.wait()
        try:
            invitations.accept(
                token=token, first_name=first_name, last_name="Neu", password="vierzehn blaue Wagen"
            )
        except InvitationSpentError:
            return "spent"
        else:
            return "in"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(come_in, ["Ada", "Eve"]))

    assert outcomes == ["in", "spent"]
    assert User.objects.filter(email="ada@example.org").count() == 1


def test_of_two_invitations_sent_at_once_the_latest_works(transactional_db):
    """A form sent twice by a double click: the second waits for the first, and withdraws it."""
    invited = {
        "email": "ada@example.org",
        "organisation_id": Organisation.objects.get(code="IHK-142").pk,
        "role": Role.CONTRIBUTOR,
        "actor": MembershipFactory(role="data_steward", organisation_code="BMAS").user,
    }

    def invite_again():
        invitations.invite(**invited)
        connection.close()

    with transaction.atomic():
        first, _token = invitations.invite(**invited)
        thread = threading.Thread(target=invite_again)
        thread.start()
        thread.join(0.3)
    thread.join(10)

    assert Invitation.objects.count() == 2
    assert Invitation.objects.open().exclude(pk=first.pk).count() == Invitation.objects.open().count() == 1
