"""Recovery codes: shown once, good once, and in the database as hashes alone."""

import re
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import auth, flows
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse

from partners.sign_in import one_time_codes
from partners.sign_in.one_time_codes import HashedRecoveryCodes
from partners.sign_in.stored_secrets import encrypted
from tests.factories import UserFactory
from tests.partners.test_second_factor import current_code
from tests.partners.test_stored_secrets import stored_texts

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
CODE = re.compile(r"(?:[A-Z2-7]{4}-){5}[A-Z2-7]{4}")
SEED = "ab" * 40
OF_THE_SEED = ["30590342", "17884826"]
"""The first two codes that allauth makes of it."""


@pytest.fixture(autouse=True)
def _forget_attempts():
    cache.clear()


@pytest.fixture
def person(client):
    """Somebody who has just set up an authenticator app, as far as the page with the recovery codes."""
    user = UserFactory()
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": current_code(secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    return user


def codes_on(client, name="mfa_view_recovery_codes") -> list[str]:
    return CODE.findall(client.get(reverse(name)).content.decode())


def of_before(used_mask=0):
    """A set as allauth stored it."""
    data = {"seed": encrypted(SEED), "used_mask": used_mask}
    return Authenticator.objects.create(user=UserFactory(), type=Authenticator.Type.RECOVERY_CODES, data=data)


def test_allauth_uses_the_portals_class_everywhere():
    assert auth.RecoveryCodes is flows.RecoveryCodes is HashedRecoveryCodes
    assert isinstance(of_before().wrap(), HashedRecoveryCodes)


def test_codes_are_long_enough_for_a_plain_hash():
    codes = HashedRecoveryCodes.activate(UserFactory()).get_unused_codes()

    assert len(set(codes)) == 10
    assert len(one_time_codes.ALPHABET) == 2**5
    assert {len(code.replace("-", "")) * 5 for code in codes} == {120}


def test_codes_are_shown_once_after_setting_up(client, person):
    shown = codes_on(client)

    assert len(shown) == 10
    assert codes_on(client) == []
    assert codes_on(client, "mfa_download_recovery_codes") == []
    assert "neue" in client.get(reverse("mfa_view_recovery_codes")).content.decode()


def test_codes_may_be_taken_as_a_file_instead(client, person):
    assert len(codes_on(client, "mfa_download_recovery_codes")) == 10
    assert codes_on(client) == []


def test_codes_wait_for_ten_minutes_at_most(client, person, monkeypatch):
    monkeypatch.setattr(one_time_codes, "UNSEEN_SECONDS", -1)

    assert codes_on(client) == []


def test_new_ones_take_the_place_of_the_old(client, person):
    old = codes_on(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    new = codes_on(client)

    assert len(new) == 10
    kept = Authenticator.objects.get(user=person, type=Authenticator.Type.RECOVERY_CODES).wrap()
    assert not kept.validate_code(old[0])
    assert kept.validate_code(new[0])


def test_neither_database_nor_session_holds_a_code_that_can_be_read(client, person):
    sessions = " ".join(str(session.get_decoded()) for session in Session.objects.all())
    kept = stored_texts() + sessions
    shown = codes_on(client)

    assert [code for code in shown if code in kept or code.replace("-", "") in kept] == []
    assert "unseen" in sessions
    assert "unseen" not in str([session.get_decoded() for session in Session.objects.all()])


def test_each_code_has_a_salt_of_its_own():
    kept = HashedRecoveryCodes.activate(UserFactory()).instance.data["hashed_codes"]

    salts = {each.split("$")[1] for each in kept}
    assert (len(salts), {len(salt) for salt in salts}) == (10, {32})


@pytest.mark.parametrize(
    "typed", [str, str.lower, lambda code: code.replace("-", " "), lambda code: f" {code}"]
)
def test_code_is_good_once_however_it_is_typed(typed):
    codes = HashedRecoveryCodes.activate(UserFactory())
    code = typed(codes.get_unused_codes()[3])
    kept = Authenticator.objects.get().wrap()

    assert [kept.validate_code(code), kept.validate_code(code)] == [True, False]
    assert len(kept.get_unused_codes()) == 9


@pytest.mark.parametrize("wrong", ["", "-", "12345678", "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA", "sha256", "²³"])
def test_anything_else_is_none(wrong):
    HashedRecoveryCodes.activate(UserFactory())

    assert not Authenticator.objects.get().wrap().validate_code(wrong)


def test_code_signs_in_instead_of_the_second_factor(client, person):
    code = codes_on(client)[0]
    client.logout()

    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": code})

    assert client.get("/partner/").status_code == 200


def test_set_of_before_goes_on_to_work_until_it_is_hashed_and_after():
    kept = of_before(used_mask=1)
    first, second = OF_THE_SEED

    assert not kept.wrap().validate_code(first), "used before"
    assert len(kept.wrap().get_unused_codes()) == 9
    out = StringIO()
    call_command("encrypt_second_factors", stdout=out)
    kept.refresh_from_db()

    assert "sets of recovery codes hashed: 1" in out.getvalue()
    assert "seed" not in kept.data
    assert second not in str(kept.data)
    assert not kept.wrap().validate_code(first)
    assert kept.wrap().validate_code(f" {second[:4]} {second[4:]} ")
    assert not kept.wrap().validate_code(second)
    call_command("encrypt_second_factors", stdout=out)
    assert out.getvalue().endswith("sets of recovery codes hashed: 0\n")


def test_set_of_before_works_without_being_hashed_first():
    kept = of_before()

    assert [kept.wrap().validate_code(OF_THE_SEED[0]) for _time in range(2)] == [True, False]


def test_set_of_before_is_not_shown(client):
    kept = of_before()
    TOTP.activate(kept.user, generate_totp_secret())
    client.force_login(kept.user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()

    assert OF_THE_SEED[0] not in page
    assert "10" in page
