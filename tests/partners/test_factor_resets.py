"""Whoever has lost the second factor gets in again once two others have agreed, and no sooner."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.db import ProgrammingError, connection, transaction
from django.db.utils import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners.exceptions import FactorResetNotAllowedError
from partners.models import FactorReset, OutgoingMail, SecurityEvent
from partners.services.second_factors import resets as factor_resets
from partners.violations import broken_rule
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
LIST = "/zweiter-faktor/verloren/"
FORM = f"{LIST}neu/"
WHY = {"reason": "Das Telefon ist verloren.", "identity_check": "Rückruf über die Zentrale der Kammer."}


@pytest.fixture(autouse=True)
def _forget_attempts():
    cache.clear()


@pytest.fixture
def lost():
    """Somebody with an authenticator app and recovery codes, and signed in somewhere."""
    user = MembershipFactory(organisation_code="IHK-142").user
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    return user


@pytest.fixture
def first():
    return MembershipFactory(role="data_steward", organisation_code="BMAS").user


@pytest.fixture
def second():
    return MembershipFactory(role="data_steward", organisation_code="BMAS").user


def entered(user) -> Client:
    """Signed in a moment ago, so that nobody is asked again who they are."""
    client = Client()
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def requested(lost, first, **more) -> FactorReset:
    return FactorReset.objects.create(person=lost, requested_by=first, **WHY, **more)


def expired(lost, first) -> FactorReset:
    now = timezone.now()
    return requested(
        lost, first, requested_at=now - dt.timedelta(hours=25), expires_at=now - dt.timedelta(hours=1)
    )


def ask(actor, address, **changed):
    return entered(actor).post(FORM, {"email": address} | WHY | changed)


def confirm(actor, reset):
    return entered(actor).post(reverse("partners:factor_reset_confirm", args=[reset.pk]), follow=True)


def kinds() -> list[tuple[str, int, int]]:
    found = SecurityEvent.objects.filter(kind__startswith="factor_reset").order_by("pk")
    return list(found.values_list("kind", "person_id", "subject_id"))


def test_two_administrators_give_somebody_back_their_way_in(lost, first, second):
    somewhere = Client()
    somewhere.force_login(lost)

    asked = ask(first, lost.email.upper())
    reset = FactorReset.objects.get()
    answer = confirm(second, reset)

    assert (asked.status_code, asked.url) == (302, LIST)
    assert (reset.person, reset.requested_by, reset.reason) == (lost, first, WHY["reason"])
    assert f"{lost} kann sich anmelden" in answer.content.decode()
    assert not Authenticator.objects.filter(user=lost).exists()
    assert somewhere.get("/partner/").url.startswith(reverse("account_login"))
    assert kinds() == [
        ("factor_reset_requested", first.pk, lost.pk),
        ("factor_reset_confirmed", second.pk, lost.pk),
    ]


def test_person_is_written_to_when_it_is_requested_and_when_it_is_done(lost, first, second):
    ask(first, lost.email)
    requested_mail = OutgoingMail.objects.get(recipient=lost.email)
    confirm(second, FactorReset.objects.get())
    confirmed_mail = OutgoingMail.objects.filter(recipient=lost.email).last()

    assert requested_mail.subject == "[Allianz-Portal] Zurücksetzen Ihres zweiten Faktors beantragt"
    assert confirmed_mail.subject == "[Allianz-Portal] Ihr zweiter Faktor wurde zurückgesetzt"


def test_person_is_written_to_in_their_language(lost, first):
    type(lost).objects.filter(pk=lost.pk).update(language="en")
    ask(first, lost.email)

    written = OutgoingMail.objects.get(recipient=lost.email)
    assert written.subject.endswith("Reset of your second factor requested")


@pytest.mark.parametrize("required", [[], ["everybody"]])
def test_person_signs_in_by_password_and_gets_nowhere_before_setting_up_another(
    lost, first, second, settings, required
):
    settings.MFA_REQUIRED_ROLES = required
    factor_resets.confirm(reset_id=requested(lost, first).pk, actor=second)
    client = Client()

    client.post(reverse("account_login"), {"login": lost.email, "password": PASSWORD})

    assert client.get("/partner/").url == reverse("partners:second_factor")
    assert client.get(reverse("partners:second_factor")).status_code == 200
    TOTP.activate(lost, generate_totp_secret())
    assert client.get("/partner/").status_code == 200


def test_whoever_asked_cannot_confirm(lost, first):
    ask(first, lost.email)
    reset = FactorReset.objects.get()

    answer = confirm(first, reset)

    assert "zwei Personen" in answer.content.decode()
    assert Authenticator.objects.filter(user=lost).count() == 2
    page = entered(first).get(LIST).content.decode()
    assert "Jemand anderes muss bestätigen." in page
    assert reverse("partners:factor_reset_confirm", args=[reset.pk]) not in page


@pytest.mark.parametrize(
    "of_allauth", ["mfa/authenticator", "account/emailaddress", "usersessions/usersession"]
)
def test_superuser_goes_around_it_on_no_page_of_the_administration(lost, of_allauth):
    client = entered(UserFactory(is_superuser=True, is_staff=True))
    factor = Authenticator.objects.filter(user=lost).first()

    for page in ("", "add/", f"{factor.pk}/change/", f"{factor.pk}/delete/"):
        answer = client.post(f"/verwaltung/{of_allauth}/{page}", {"post": "yes"})
        assert (page, answer.status_code) == (page, 404)
    assert Authenticator.objects.filter(user=lost).count() == 2


def test_nobody_resets_their_own(first, second):
    TOTP.activate(first, generate_totp_secret())
    client = Client()
    client.force_login(first)

    reset = requested(first, second)

    assert client.post(reverse("partners:factor_reset_confirm", args=[reset.pk])).status_code == 403
    assert Authenticator.objects.filter(user=first).exists()


def test_request_runs_out_after_a_day(lost, first, second):
    reset = expired(lost, first)

    answer = confirm(second, reset)

    assert "abgelaufen" in answer.content.decode()
    assert Authenticator.objects.filter(user=lost).count() == 2


def test_another_can_be_made_after_one_that_ran_out_and_not_before(lost, first, second):
    former = expired(lost, first)

    assert ask(second, lost.email).status_code == 302
    assert ask(first, lost.email).status_code == 422
    former.refresh_from_db()
    assert (former.withdrawn_by, FactorReset.objects.open().count()) == (second, 1)


def test_withdrawn_request_cannot_be_confirmed(lost, first, second):
    reset = requested(lost, first)

    entered(first).post(reverse("partners:factor_reset_withdraw", args=[reset.pk]))
    confirm(second, reset)

    assert Authenticator.objects.filter(user=lost).count() == 2
    assert kinds()[-1] == ("factor_reset_withdrawn", first.pk, lost.pk)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"email": "niemand@example.org"}, "kein aktives Konto"),
        ({"reason": " "}, "Geben Sie einen Grund an."),
        ({"identity_check": ""}, "Bitte füllen Sie dieses Feld aus."),
    ],
)
def test_request_needs_an_account_a_reason_and_how_the_identity_was_checked(lost, first, changed, message):
    answer = ask(first, lost.email, **changed)

    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not FactorReset.objects.exists()


def test_account_without_a_second_factor_has_none_to_reset(first):
    answer = ask(first, UserFactory().email)

    assert answer.status_code == 422
    assert "keinen zweiten Faktor" in answer.content.decode()


def test_data_steward_touches_no_superuser_and_a_superuser_does(lost, first):
    lost.is_superuser = True
    lost.save()

    refused = ask(first, lost.email)
    other_superuser = UserFactory(is_superuser=True, is_staff=True)
    taken = ask(other_superuser, lost.email)

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert confirm(first, FactorReset.objects.get()).status_code == 403


def test_who_asks_or_confirms_proves_again_who_they_are(lost, first, second):
    client = Client()
    client.force_login(first)

    assert client.get(FORM).url.startswith(reverse("account_reauthenticate"))
    reset = requested(lost, second)
    answer = client.post(reverse("partners:factor_reset_confirm", args=[reset.pk]))
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert Authenticator.objects.filter(user=lost).count() == 2


def test_database_wants_two_others(lost, first, second):
    reset = requested(lost, first)

    for wrong in (
        {"confirmed_by": first, "confirmed_at": timezone.now()},
        {"confirmed_by": lost, "confirmed_at": timezone.now()},
    ):
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            FactorReset.objects.filter(pk=reset.pk).update(**wrong)
        assert broken_rule(refused.value) == "factor_reset_by_two_others"
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        requested(second, second)
    assert broken_rule(refused.value) == "factor_reset_by_two_others"


def test_database_wants_it_in_time(lost, first, second):
    reset = expired(lost, first)

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        FactorReset.objects.filter(pk=reset.pk).update(
            confirmed_by=second, confirmed_at=reset.requested_at + dt.timedelta(minutes=1)
        )

    assert broken_rule(refused.value) == "factor_reset_confirmed_in_time"
    with pytest.raises(IntegrityError), transaction.atomic():
        requested(second, first, expires_at=timezone.now() + dt.timedelta(days=3))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE partners_factorreset SET requested_by_id = requested_by_id - 1",
        "UPDATE partners_factorreset SET reason = 'another'",
        "UPDATE partners_factorreset SET expires_at = expires_at - interval '1 hour'",
        "DELETE FROM partners_factorreset",
    ],
)
def test_request_never_changes(lost, first, change):
    requested(lost, first)

    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_outcome_never_changes(lost, first, second):
    reset = requested(lost, first)
    factor_resets.confirm(reset_id=reset.pk, actor=second)

    with pytest.raises(ProgrammingError), transaction.atomic():
        FactorReset.objects.filter(pk=reset.pk).update(confirmed_by=None, confirmed_at=None)


def test_services_ask_for_the_right_whoever_calls_them(lost, first):
    reviewer = MembershipFactory(role="reviewer", organisation_code="BMAS").user
    with pytest.raises(FactorResetNotAllowedError):
        factor_resets.request_reset(person=lost, actor=reviewer, **WHY)
    reset = factor_resets.request_reset(person=lost, actor=first, **WHY)

    for step in (factor_resets.confirm, factor_resets.withdraw):
        with pytest.raises(FactorResetNotAllowedError):
            step(reset_id=reset.pk, actor=reviewer)
    assert Authenticator.objects.filter(user=lost).exists()
