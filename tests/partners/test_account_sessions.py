"""A session ends by itself, by a change of what its person is, and where the person ends it."""

import datetime as dt

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partners.models import Membership, SecurityEvent, User
from partners.selectors.sessions import device_name
from partners.sign_in.session_store import BEGAN_AT, SEEN_AT, SessionStore
from partners.tasks import remove_leftovers
from tests.factories import MembershipFactory, UserFactory
from tests.partners.test_second_factor import current_code

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
PAGE = "/partner/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def _forget_attempts():
    cache.clear()


def enter(user, **headers) -> Client:
    client = Client(**headers)
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def prove_again(client: Client) -> None:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def is_signed_in(client: Client) -> bool:
    return client.get(PAGE).status_code == 200


def aged(client: Client, *, began: dt.timedelta, seen: dt.timedelta) -> Session:
    """The session as if it had begun and been used so long ago."""
    now = timezone.now()
    stored = Session.objects.get(session_key=client.cookies["sessionid"].value)
    data = stored.get_decoded() | {
        BEGAN_AT: (now - began).timestamp(),
        SEEN_AT: (now - seen).timestamp(),
    }
    stored.session_data = SessionStore().encode(data)
    stored.expire_date = now + dt.timedelta(minutes=1)
    stored.save()
    return stored


def test_session_ends_an_hour_after_the_last_request():
    client = enter(UserFactory())
    stored = aged(client, began=dt.timedelta(hours=2), seen=dt.timedelta(minutes=2))

    assert is_signed_in(client)

    stored.refresh_from_db()
    assert stored.expire_date - timezone.now() == pytest.approx(
        dt.timedelta(hours=1), abs=dt.timedelta(minutes=1)
    )
    Session.objects.update(expire_date=timezone.now())
    assert not is_signed_in(client)


def test_session_ends_twelve_hours_after_the_sign_in_however_busy():
    client = enter(UserFactory())
    stored = aged(client, began=dt.timedelta(hours=11, minutes=50), seen=dt.timedelta(minutes=2))

    assert is_signed_in(client)

    stored.refresh_from_db()
    assert stored.expire_date - timezone.now() == pytest.approx(
        dt.timedelta(minutes=10), abs=dt.timedelta(minutes=1)
    )


def test_request_within_a_minute_writes_nothing():
    client = enter(MembershipFactory().user)
    client.get(PAGE)  # shows and forgets the greeting

    with CaptureQueriesContext(connection) as queries:
        client.get(PAGE)

    assert not [query for query in queries if query["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]


def _sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _new_password(user):
    user.set_password("vierzehn blaue Wagen")
    user.save()


CHANGES = {
    "a role given": lambda user: MembershipFactory(user=user, role="coordinator"),
    "a role changed": lambda user: user.memberships.update(role="coordinator"),
    "a role ended": lambda user: user.memberships.update(valid_until=timezone.localdate()),
    "a role taken": lambda user: user.memberships.all().delete(),
    "a role taken by SQL": lambda user: _sql("DELETE FROM partners_membership WHERE user_id = %s", user.pk),
    "made a superuser": lambda user: User.objects.filter(pk=user.pk).update(is_superuser=True),
    "a new password": _new_password,
    "deactivated and activated by SQL": lambda user: [
        _sql("UPDATE partners_user SET is_active = %s WHERE id = %s", state, user.pk)
        for state in (False, True)
    ],
}


@pytest.mark.parametrize("change", CHANGES)
def test_session_ends_with_what_its_person_was(change):
    user = MembershipFactory().user
    client = enter(user)
    assert is_signed_in(client)

    CHANGES[change](user)

    assert not is_signed_in(client)


def test_session_survives_what_changes_no_right():
    user = MembershipFactory().user
    client = enter(user)

    user.first_name = "Toni"
    user.save()
    Membership.objects.filter(user=user).update(role="contributor")

    assert is_signed_in(client)


def test_object_loaded_before_a_change_does_not_bring_the_session_back():
    user = MembershipFactory().user
    before = User.objects.get(pk=user.pk)
    client = enter(user)
    user.memberships.all().delete()

    before.save()

    assert not is_signed_in(client)


def test_person_sees_where_they_are_signed_in_and_ends_one_of_them():
    user = UserFactory()
    here, there = enter(user), enter(user, HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="192.0.2.7")

    page = here.get(reverse("usersessions_list"))
    (current, other) = page.context["sessions"]
    prove_again(here)
    here.post(reverse("partners:session_end", args=[other.pk]))

    assert (current.is_current, other.is_current) == (True, False)
    assert (other.device, other.ip) == ("Firefox unter Linux", "192.0.2.7")
    assert is_signed_in(here)
    assert not is_signed_in(there)


def test_person_signs_out_everywhere_else():
    user, stranger = UserFactory(), UserFactory()
    here, there, elsewhere, theirs = enter(user), enter(user), enter(user), enter(stranger)
    prove_again(here)

    here.post(reverse("partners:sessions_end_others"))

    assert [is_signed_in(client) for client in (here, there, elsewhere, theirs)] == [True, False, False, True]


@pytest.mark.parametrize("one", [True, False])
def test_sessions_are_ended_after_proving_again_who_one_is(one):
    user = UserFactory()
    here, there = enter(user), enter(user)
    other = here.get(reverse("usersessions_list")).context["sessions"][1]
    address = (
        reverse("partners:session_end", args=[other.pk]) if one else reverse("partners:sessions_end_others")
    )

    asked = here.post(address)
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert is_signed_in(there)

    here.post(asked.url, {"password": PASSWORD, "next": address})
    assert is_signed_in(here)
    assert not is_signed_in(there)


def test_proving_again_who_one_is_gives_the_session_a_new_key():
    client = enter(UserFactory())
    former = Client()
    former.cookies["sessionid"] = client.cookies["sessionid"].value

    prove_again(client)

    assert is_signed_in(client)
    assert not is_signed_in(former)
    (only,) = client.get(reverse("usersessions_list")).context["sessions"]
    assert only.is_current


def test_change_of_the_second_factor_ends_the_other_sessions(django_capture_on_commit_callbacks):
    user = UserFactory()
    here, there = enter(user), enter(user)
    prove_again(here)
    secret = here.get(reverse("mfa_activate_totp")).context["form"].secret

    with django_capture_on_commit_callbacks(execute=True):
        here.post(reverse("mfa_activate_totp"), {"code": current_code(secret)})

    assert user.authenticator_set.exists()
    assert is_signed_in(here)
    assert not is_signed_in(there)


def test_wrong_password_leaves_the_session_as_it_was():
    client = enter(UserFactory())
    key = client.cookies["sessionid"].value

    client.post(reverse("account_reauthenticate"), {"password": "wrong"})

    assert client.cookies["sessionid"].value == key
    assert is_signed_in(client)


def test_steward_signs_people_out_everywhere_and_it_is_recorded():
    person, other = UserFactory(), UserFactory()
    theirs, others = enter(person), enter(other)
    UserSession.objects.filter(user=person).delete()  # even one that no list knows
    steward = MembershipFactory(role="data_steward", organisation_code="BMAS").user

    choose = {"action": "end_sessions", "_selected_action": [person.pk]}
    enter(steward).post(reverse("admin:partners_user_changelist"), choose)

    assert (is_signed_in(theirs), is_signed_in(others)) == (False, True)
    event = SecurityEvent.objects.get(target="sessions ended")
    assert (event.person, event.subject) == (steward, person)


@pytest.mark.parametrize(("role", "who"), [("auditor", "person"), ("data_steward", "superuser")])
def test_nobody_signs_out_whom_they_may_not_change(role, who):
    person = UserFactory(is_superuser=who == "superuser")
    theirs = enter(person)
    actor = MembershipFactory(role=role, organisation_code="BMAS").user

    choose = {"action": "end_sessions", "_selected_action": [person.pk]}
    enter(actor).post(reverse("admin:partners_user_changelist"), choose)

    assert is_signed_in(theirs)


def test_session_of_somebody_else_is_not_found():
    theirs = enter(UserFactory())
    session = UserSession.objects.get()
    stranger = enter(UserFactory())
    prove_again(stranger)

    assert stranger.post(reverse("partners:session_end", args=[session.pk])).status_code == 404
    assert is_signed_in(theirs)


def test_session_that_has_ended_is_not_listed():
    user = MembershipFactory().user
    enter(user)
    MembershipFactory(user=user, role="coordinator")

    (only,) = enter(user).get(reverse("usersessions_list")).context["sessions"]

    assert only.is_current


def test_leftovers_of_sessions_are_removed():
    enter(UserFactory())
    Session.objects.update(expire_date=timezone.now() - dt.timedelta(minutes=1))

    remove_leftovers()

    assert not Session.objects.exists()
    assert not UserSession.objects.exists()


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox unter Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge unter Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1",
            "Safari unter iOS",
        ),
        ("curl/8", "Unbekannter Browser"),
    ],
)
def test_device_is_named_in_words(user_agent, name):
    assert device_name(user_agent) == name
