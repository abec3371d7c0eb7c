"""An administrator sees the portal as another person does: recorded, marked, only to read, for a while."""

import datetime as dt
import json

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError
from django.urls import reverse
from django.utils import timezone

from measures.models import Submission
from partners.enums import SecurityEventKind as Kind
from partners.middleware import ReadOnlyMiddleware
from partners.models import Impersonation, Membership, Notice, SecurityEvent, User
from partners.services import impersonations
from partners.tasks import remove_leftovers
from tests.factories import MembershipFactory, UserFactory
from tests.measures.submissions import make_submission
from tests.partners.test_second_factor import current_code

pytestmark = pytest.mark.django_db

COLOGNE = "IHK-142"
FACTS = {"organisation": "IHK Köln", "year": 2030, "actor": "Kim Muster"}
PASSWORD = "correct horse battery"
BANNER = "Sie sehen das Portal mit den Augen von"


@pytest.fixture
def secret() -> str:
    return generate_totp_secret()


@pytest.fixture
def steward(client, secret) -> User:
    """Signed in with password and second factor a moment ago."""
    cache.clear()
    user = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    TOTP.activate(user, secret)
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": current_code(secret)})
    assert client.session["_auth_user_id"] == str(user.pk)
    return user


@pytest.fixture
def clerk() -> User:
    return MembershipFactory(role="contributor", organisation_code=COLOGNE).user


def address(person: User) -> str:
    return reverse("partners:impersonation_begin", args=[person.pk])


def begin(client, person: User, reason: str = "Findet die Erfassung nicht"):
    return client.post(address(person), {"reason": reason})


@pytest.fixture
def viewing(client, steward, clerk) -> Impersonation:
    assert begin(client, clerk).status_code == 302
    return Impersonation.objects.get()


def events(*kinds: Kind) -> list[SecurityEvent]:
    return list(SecurityEvent.objects.filter(kind__in=kinds).order_by("pk"))


def test_pages_are_those_of_the_person_and_say_so(client, viewing, clerk):
    MembershipFactory(role="contributor", organisation_code="HWK-00032")
    own, foreign = make_submission(COLOGNE), make_submission("HWK-00032")
    for page in ("/", "/partner/", reverse("measures:submission_detail", args=[own.pk])):
        text = client.get(page).content.decode()
        assert f"{BANNER} {clerk}" in text, page
        assert reverse("partners:impersonation_end") in text, page

    missing = client.get(reverse("measures:submission_detail", args=[foreign.pk]))
    assert missing.status_code == 404
    assert BANNER in missing.content.decode()
    assert client.get(reverse("measures:round_list")).status_code == 403


def test_beginning_and_end_are_recorded_with_the_reason(client, viewing, steward, clerk):
    client.post(reverse("partners:impersonation_end"))

    begun, ended = events(Kind.IMPERSONATION_BEGUN, Kind.IMPERSONATION_ENDED)
    assert (begun.person, begun.subject, begun.target) == (steward, clerk, "Findet die Erfassung nicht")
    assert (ended.person, ended.subject) == (steward, clerk)
    page = client.get("/")
    assert page.context["user"] == steward
    assert BANNER not in page.content.decode()


def test_person_sees_who_it_was_and_why(client, viewing, steward, clerk):
    client.post(reverse("partners:impersonation_end"))
    client.force_login(clerk)

    page = client.get(reverse("usersessions_list")).content.decode()

    assert str(steward) in page
    assert "Findet die Erfassung nicht" in page


@pytest.mark.parametrize("headers", [{}, {"Accept": "application/json"}, {"HX-Request": "true"}])
def test_nothing_can_be_changed(client, viewing, steward, clerk, headers):
    submission = make_submission(COLOGNE)
    steps = [
        reverse("measures:submission_submit", args=[submission.pk]),
        reverse("measures:submission_detail", args=[submission.pk]),
        reverse("measures:submission_cell", args=[submission.pk]),
        reverse("measures:import_list"),
        reverse("account_logout"),
        reverse("set_language"),
        reverse("partners:organisation_choose"),
        reverse("partners:notice_unsubscribe", args=["secret"]),
    ]

    answers = [client.post(step, headers=headers) for step in steps]

    assert [answer.status_code for answer in answers] == [403] * len(steps)
    text = answers[0].content.decode()
    text = json.loads(text)["detail"] if headers.get("Accept") else text
    assert "nichts geändert" in text
    assert Submission.objects.get(pk=submission.pk).status == "draft"
    refused = events(Kind.REFUSED)
    assert {(event.person, event.subject) for event in refused} == {(steward, clerk)}
    assert not any("secret" in event.target for event in refused)


def test_database_refuses_as_well(rf, viewing):
    """Were a method let through that writes, PostgreSQL would not let it."""
    request = rf.post("/")
    request.user, request.impersonation = viewing.person, viewing

    def write(_request):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE partners_user SET last_name = 'x' WHERE id = %s", [viewing.person_id])

    with pytest.raises(InternalError, match="read-only transaction"), transaction.atomic():
        ReadOnlyMiddleware(write)(request)


@pytest.mark.parametrize(
    "page",
    ["usersessions_list", "account_email", "account_change_password", "mfa_index", "mfa_view_recovery_codes"],
)
def test_account_of_the_person_stays_closed(client, viewing, page):
    assert client.get(reverse(page)).status_code == 403


def test_what_the_administrator_had_typed_waits_until_they_are_back(client, viewing, steward, clerk):
    submission = make_submission(COLOGNE)
    page = reverse("measures:submission_detail", args=[submission.pk])
    session = client.session
    kept = {"owner": steward.pk, "path": page, "at": timezone.now().timestamp(), "fields": {"x": "1"}}
    session["kept_form"] = kept
    session.save()

    assert client.get(page).status_code == 200
    client.get(reverse("partners:notice_list"))

    assert client.session["kept_form"] == kept


def test_reading_notices_of_the_person_leaves_them_unread(client, viewing, clerk):
    notice = Notice.objects.create(person=clerk, kind="approved", key="step:1", address="/", facts=FACTS)

    assert client.get(reverse("partners:notice_list")).status_code == 200
    assert client.post(reverse("partners:notice_open", args=[notice.pk])).status_code == 403
    assert client.post(reverse("partners:notices_read")).status_code == 403

    notice.refresh_from_db()
    assert notice.read_at is None


def test_downloads_are_recorded_as_the_administrators(client, viewing, steward, clerk):
    submission = make_submission(COLOGNE)

    answer = client.get(reverse("measures:submission_own_workbook", args=[submission.pk]))

    assert answer.status_code == 200
    (event,) = events(Kind.DOWNLOADED)
    assert (event.person, event.subject) == (steward, clerk)


def test_view_ends_by_itself_and_what_was_asked_for_is_not_done(client, viewing, steward):
    submission = make_submission(COLOGNE)
    _run_out(viewing)

    answer = client.post(reverse("measures:submission_submit", args=[submission.pk]))

    assert (answer.status_code, answer.url) == (302, "/")
    assert Submission.objects.get(pk=submission.pk).status == "draft"
    viewing.refresh_from_db()
    assert viewing.ended_at == viewing.expires_at
    assert client.get("/").context["user"] == steward


def test_view_that_nobody_ended_is_ended_by_the_clock(viewing):
    _run_out(viewing)

    remove_leftovers()

    assert [event.subject for event in events(Kind.IMPERSONATION_ENDED)] == [viewing.person]


def _run_out(impersonation: Impersonation) -> None:
    """As if it had begun twenty minutes ago."""
    before = timezone.now() - dt.timedelta(minutes=20)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Impersonation.objects.filter(pk=impersonation.pk).update(
            begun_at=before, expires_at=before + dt.timedelta(minutes=15)
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
    impersonation.refresh_from_db()


def test_view_ends_when_the_administrator_is_none_any_more(client, viewing, steward):
    with connection.cursor() as cursor:  # without ending the session
        cursor.execute("UPDATE partners_membership SET role = 'reviewer' WHERE user_id = %s", [steward.pk])
    impersonation = impersonations.current(impersonation_id=viewing.pk, viewer=steward)

    assert impersonation is None


def test_reason_is_mandatory(client, steward, clerk):
    answer = begin(client, clerk, " ")

    assert answer.status_code == 422
    assert "reason" in answer.context["form"].errors
    assert not Impersonation.objects.exists()


def test_second_factor_has_to_be_fresh(client, steward, clerk, secret):
    session = client.session
    for step in session["account_authentication_methods"]:
        step["at"] -= 600
    session.save()

    answer = begin(client, clerk)

    assert answer.url == f"{reverse('mfa_reauthenticate')}?next={address(clerk).replace('/', '%2F')}"
    assert not Impersonation.objects.exists()


def test_password_alone_will_not_do(client, clerk):
    cache.clear()
    user = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})

    assert begin(client, clerk).url == reverse("mfa_index")
    assert not Impersonation.objects.exists()


@pytest.mark.parametrize("role", ["data_steward", "auditor", "superuser", "self", "inactive"])
def test_nobody_sees_it_as_an_administrator_does(client, steward, role):
    if role in {"data_steward", "auditor"}:
        person = MembershipFactory(role=role, organisation_code="BMAS").user
    else:
        person = {
            "superuser": lambda: UserFactory(is_superuser=True),
            "self": lambda: steward,
            "inactive": lambda: UserFactory(is_active=False),
        }[role]()

    assert begin(client, person).status_code == 403
    assert not Impersonation.objects.exists()


@pytest.mark.parametrize("role", ["contributor", "coordinator", "reviewer", "auditor"])
def test_only_the_data_management_may(client, sign_in, clerk, role):
    sign_in(role, COLOGNE if role == "contributor" else "DIHK" if role == "coordinator" else "BMAS")
    assert client.get(address(clerk)).status_code == 403
    assert begin(client, clerk).status_code == 403


def test_who_becomes_an_administrator_is_seen_no_more(client, viewing, clerk, steward):
    Membership.objects.create(user=clerk, role="auditor", organisation=steward.memberships.get().organisation)

    assert client.get("/partner/").url == "/"
    assert client.get("/").context["user"] == steward


@pytest.mark.parametrize(
    "rule",
    [
        "impersonation_has_a_reason",
        "impersonation_of_somebody_else",
        "impersonation_expires_soon",
        "impersonation_of_no_administrator",
    ],
)
def test_database_keeps_the_rules(clerk, rule):
    viewer = UserFactory()
    auditor = MembershipFactory(role="auditor", organisation_code="BMAS").user
    breach = {
        "impersonation_has_a_reason": {"reason": ""},
        "impersonation_of_somebody_else": {"person": viewer},
        "impersonation_expires_soon": {"expires_at": timezone.now() + dt.timedelta(hours=1)},
        "impersonation_of_no_administrator": {"person": auditor},
    }[rule]

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Impersonation.objects.create(**{"person": clerk, "viewer": viewer, "reason": "x"} | breach)


def test_next_view_ends_the_one_before(steward, clerk):
    other = MembershipFactory(role="reviewer", organisation_code="BMAS").user
    first = impersonations.begin(person=clerk, viewer=steward, reason="x")

    second = impersonations.begin(person=other, viewer=steward, reason="y")

    first.refresh_from_db()
    assert first.ended_at is not None
    assert list(Impersonation.objects.open()) == [second]
