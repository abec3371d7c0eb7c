"""Failed attempts count per account and client; nobody locks out everybody, or somebody else."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
OWNER, ATTACKER = "192.0.2.1", "198.51.100.9"


@pytest.fixture(autouse=True)
def _forget_attempts():
    cache.clear()


def attempt(client, user, password, **where) -> bool:
    client.post(reverse("account_login"), {"login": user.email, "password": password}, **where)
    return "_auth_user_id" in client.session


def fail(user, times, **where):
    for _time in range(times):
        assert not attempt(Client(), user, "wrong", **where)


def test_account_pauses_where_somebody_failed_five_times():
    user = UserFactory()
    fail(user, 5, REMOTE_ADDR=ATTACKER)

    assert not attempt(Client(), user, PASSWORD, REMOTE_ADDR=ATTACKER)


def test_attempt_beyond_the_limit_is_logged(caplog):
    user = UserFactory()
    fail(user, 5, REMOTE_ADDR=ATTACKER)
    assert "too many attempts" not in caplog.text

    fail(user, 1, REMOTE_ADDR=ATTACKER)

    assert "too many attempts (login_failed)" in caplog.text
    assert user.email not in caplog.text


def test_failing_elsewhere_does_not_lock_the_account():
    user = UserFactory()
    fail(user, 6, REMOTE_ADDR=ATTACKER)

    assert attempt(Client(), user, PASSWORD, REMOTE_ADDR=OWNER)


def test_known_browser_is_let_in_though_the_account_is_under_attack_from_everywhere(settings):
    settings.ACCOUNT_RATE_LIMITS |= {"login_failed_account": "10/h/key"}
    user = UserFactory()
    known = Client(REMOTE_ADDR=OWNER)
    assert attempt(known, user, PASSWORD)
    known.post(reverse("account_logout"))
    for number in range(11):
        fail(user, 1, REMOTE_ADDR=f"198.51.100.{number}")

    assert not attempt(Client(), user, PASSWORD, REMOTE_ADDR="203.0.113.5")
    assert attempt(known, user, PASSWORD)


def test_known_browser_has_five_attempts_too():
    user = UserFactory()
    known = Client()
    attempt(known, user, PASSWORD)
    known.post(reverse("account_logout"))
    for _time in range(5):
        assert not attempt(known, user, "wrong")

    assert not attempt(known, user, PASSWORD)


def test_browser_known_for_one_account_is_unknown_for_another():
    own, other = UserFactory(), UserFactory()
    known = Client()
    attempt(known, own, PASSWORD)
    known.post(reverse("account_logout"))
    fail(other, 5)

    assert not attempt(known, other, PASSWORD)


def test_forged_cookie_makes_no_browser_known():
    user = UserFactory()
    fail(user, 5)
    forger = Client()
    forger.cookies["device"] = '{"id": "x", "accounts": ["x"]}'

    assert not attempt(forger, user, PASSWORD)


def test_right_passwords_cost_no_attempts():
    user = UserFactory()

    for _time in range(8):
        assert attempt(Client(), user, PASSWORD)


@pytest.mark.parametrize("proxies", [0, 1])
def test_made_up_addresses_give_no_further_attempts(settings, proxies):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    user = UserFactory()
    seen = "" if proxies == 0 else f", {ATTACKER}"  # what the proxy of ours appends
    for number in range(5):
        fail(user, 1, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}{seen}")

    forged = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": f"203.0.113.77{seen}"}
    assert not attempt(Client(), user, PASSWORD, **forged)


def test_people_behind_one_proxy_are_told_apart(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    user = UserFactory()
    fail(user, 6, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=ATTACKER)

    assert attempt(Client(), user, PASSWORD, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=OWNER)


@pytest.mark.parametrize("header", [{}, {"HTTP_X_FORWARDED_FOR": "203.0.113.1"}])
def test_whoever_comes_past_the_proxies_counts_as_who_they_are(settings, header):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    user = UserFactory()
    fail(user, 5, REMOTE_ADDR=ATTACKER, **header)

    assert not attempt(Client(), user, PASSWORD, REMOTE_ADDR=ATTACKER, **header)
