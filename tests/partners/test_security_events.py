"""What matters to the portal's safety is written down once, for good."""

import datetime as dt

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import authenticate
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from alliance_portal.logs.middleware import HEADER
from alliance_portal.tasks import remove_old_security_events
from measures.models import Submission
from partners.enums import SecurityEventKind as Kind
from partners.models import Membership, SecurityEvent, User
from partners.services.security_events import Sender, record
from tests.factories import MembershipFactory, UserFactory
from tests.partners.test_second_factor import current_code

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough password"


@pytest.fixture
def person() -> User:
    person = MembershipFactory(role="contributor", organisation_code="IHK-142").user
    person.set_password(PASSWORD)
    person.save()
    return person


def events(*kinds: Kind) -> list[SecurityEvent]:
    return list(SecurityEvent.objects.filter(kind__in=kinds).order_by("pk"))


def test_signing_in_and_out_is_recorded(client, person):
    response = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(reverse("account_logout"))

    signed_in, signed_out = events(Kind.SIGNED_IN, Kind.SIGNED_OUT)
    assert (signed_in.kind, signed_in.person, signed_in.address) == ("signed_in", person, "127.0.0.1")
    assert signed_in.target == "password"
    assert signed_in.request_id == response.headers[HEADER]
    assert (signed_out.kind, signed_out.person) == ("signed_out", person)


def test_second_factor_is_recorded_when_it_is_used_and_when_it_fails(client, person):
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not events(Kind.SIGNED_IN)
    client.post(reverse("mfa_authenticate"), {"code": current_code(secret)})

    (failed,) = events(Kind.SIGN_IN_FAILED)
    (signed_in,) = events(Kind.SIGNED_IN)
    assert (failed.subject, failed.target) == (person, "totp")
    assert (signed_in.person, signed_in.target) == (person, "password, totp")


def test_new_password_opens_nothing_without_the_second_factor(client, person, mailoutbox):
    TOTP.activate(person, generate_totp_secret())
    person.set_password("another good password")
    person.save()

    client.post(reverse("account_login"), {"login": person.email, "password": "another good password"})

    assert not events(Kind.SIGNED_IN)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("typed", ["known", "nobody@example.org"])
def test_failed_sign_in_is_recorded_without_what_was_typed(client, person, typed):
    email = person.email if typed == "known" else typed
    client.post(reverse("account_login"), {"login": email, "password": "a wrong password"})

    (failed,) = events(Kind.SIGN_IN_FAILED)
    assert (failed.person, failed.subject) == (None, person if typed == "known" else None)
    assert failed.target == ""


def test_failed_sign_in_without_a_request_is_recorded(person):
    assert authenticate(None, email=person.email, password="wrong") is None

    assert [event.address for event in events(Kind.SIGN_IN_FAILED)] == [None]


def test_change_of_password_is_recorded(client, person):
    client.force_login(person)
    new = "another long password 17"
    client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )

    (changed,) = events(Kind.PASSWORD_CHANGED)
    assert (changed.person, changed.subject) == (person, person)


@pytest.mark.parametrize("present", ["", "another wrong password"])
def test_password_is_changed_by_nobody_who_does_not_know_the_present_one(client, person, present):
    client.force_login(person)
    new = "another long password 17"
    client.post(
        reverse("account_change_password"), {"oldpassword": present, "password1": new, "password2": new}
    )

    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert list(events(Kind.PASSWORD_CHANGED)) == []


def test_record_of_another_organisation_is_recorded_as_refused(client, sign_in):
    me = sign_in("contributor", "IHK-142")
    other = Submission.objects.get(organisation__code="IHK-101", round__year=2016)
    address = reverse("measures:submission_detail", args=[other.pk])

    response = client.get(address + "?q=searched")
    client.get("/gibt-es-nicht/")

    (refused,) = events(Kind.REFUSED)
    assert (refused.person, refused.target, refused.request_id) == (me, address, response.headers[HEADER])


def test_download_is_recorded(client, sign_in):
    me = sign_in("reviewer", "BMAS")

    client.get(reverse("reporting:attainment_csv"))
    client.get(reverse("measures:measure_list"))

    (downloaded,) = events(Kind.DOWNLOADED)
    assert (downloaded.person, downloaded.target) == (me, reverse("reporting:attainment_csv"))


def test_change_of_rights_is_recorded_with_who_made_it(client, person):
    root = User.objects.create_superuser("root@example.org", PASSWORD)
    client.force_login(root)
    membership = person.memberships.get()
    address = reverse("admin:partners_membership_change", args=[membership.pk])
    form = client.get(address).context["adminform"].form
    data = {name: value for name, value in form.initial.items() if value is not None}

    response = client.post(address, data | {"valid_until": timezone.localdate().isoformat()})

    (changed,) = events(Kind.ROLE_CHANGED)
    assert (changed.person, changed.subject) == (root, person)
    assert changed.request_id == response.headers[HEADER]
    assert changed.target.startswith("contributor IHK-142")


def test_change_of_rights_by_any_way_is_recorded():
    person = MembershipFactory(role="contributor", organisation_code="IHK-142").user
    Membership.objects.filter(user=person).update(role="coordinator")
    Membership.objects.filter(user=person).delete()
    User.objects.filter(pk=person.pk).update(is_superuser=True)
    User.objects.filter(pk=person.pk).update(is_superuser=True, first_name="X")

    kinds = [event.kind for event in SecurityEvent.objects.filter(subject=person).order_by("pk")]
    assert kinds == ["role_given", "role_changed", "role_taken", "account_changed"]


@pytest.fixture
def event() -> SecurityEvent:
    record(Kind.DOWNLOADED, Sender(), target="/x/")
    return SecurityEvent.objects.get(target="/x/")


def test_event_is_never_changed(event):
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        SecurityEvent.objects.filter(pk=event.pk).update(target="")


def test_young_event_is_never_deleted(event):
    with pytest.raises(IntegrityError, match="security_event_kept_for_a_time"), transaction.atomic():
        event.delete()


def test_table_is_never_emptied(event):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE partners_securityevent")


def test_event_survives_its_person():
    person = UserFactory()
    record(Kind.SIGNED_IN, Sender(), person_id=person.pk)
    number = person.pk
    person.delete()

    assert SecurityEvent.objects.filter(person_id=number, kind=Kind.SIGNED_IN).exists()


def test_old_events_are_removed(settings, event):
    settings.SECURITY_EVENTS_KEPT_DAYS = 100
    old, older = (timezone.now() - dt.timedelta(days=days) for days in (99, 101))
    SecurityEvent.objects.create(kind=Kind.SIGNED_IN, at=old, target="old")
    SecurityEvent.objects.create(kind=Kind.SIGNED_IN, at=older, target="older")

    remove_old_security_events()

    assert set(
        SecurityEvent.objects.exclude(target__startswith="contr").values_list("target", flat=True)
    ) == {
        "/x/",
        "old",
    }
