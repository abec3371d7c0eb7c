"""Valkey out of reach: no page fails, none waits, and limits of attempts hold."""

import logging
import socket
import time

import pytest
from django.core.cache import cache
from django.urls import reverse
from redis import ConnectionError as ValkeyConnectionError
from redis import Redis

from alliance_portal.settings.limits import cache_limits
from alliance_portal.stores import cache as module
from alliance_portal.stores.cache import Breaker, FallbackCache

OUT_OF_REACH = "redis://127.0.0.1:1/0"


@pytest.fixture
def lost(settings, monkeypatch):
    """The cache of a portal whose Valkey is not there."""
    monkeypatch.setattr(module, "_breakers", {})
    settings.CACHES = {
        "default": settings.CACHES["default"] | {"LOCATION": OUT_OF_REACH, "OPTIONS": cache_limits()}
    }
    cache.clear()
    return cache


@pytest.fixture
def frozen_valkey():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_values_are_kept_in_the_process_meanwhile(lost):
    lost.set("a", 1)
    lost.set_many({"b": 2, "c": 3})

    assert lost.get("a") == 1
    assert lost.get_many(["b", "c", "d"]) == {"b": 2, "c": 3}
    assert (lost.incr("a"), lost.add("a", 5), lost.get_or_set("e", 6)) == (2, False, 6)
    assert "b" in lost
    lost.delete("b")
    lost.delete_many(["c"])
    assert lost.get_many(["b", "c"]) == {}


def test_files_are_not_kept_in_the_process(lost):
    lost.set("file", b"x" * (module.LARGEST_KEPT + 1))

    assert lost.get("file") is None


def test_only_the_first_of_many_asks_valkey(lost, monkeypatch, caplog):
    asked = []

    def refuse(*args, **kwargs):
        asked.append(1)
        raise ValkeyConnectionError("refused")

    monkeypatch.setattr(module, "_breakers", {})
    monkeypatch.setattr(Redis, "execute_command", refuse)
    broken = FallbackCache("redis://127.0.0.1:2/0", {})
    with caplog.at_level(logging.WARNING):
        for number in range(20):
            broken.get(str(number))

    assert asked == [1]
    assert [record.message for record in caplog.records if "Valkey is out of reach" in record.message] != []


def test_valkey_is_asked_again_after_a_while(monkeypatch):
    monkeypatch.setattr(module, "SECONDS_LEFT_ALONE", 0.0)
    breaker = Breaker()

    assert (breaker.fail(), breaker.fail()) == (True, False)
    assert breaker.lets_pass()
    breaker.succeed()
    assert breaker.fail()


def test_server_that_hangs_costs_less_than_half_a_second(frozen_valkey):
    hanging = FallbackCache(f"redis://127.0.0.1:{frozen_valkey}/0", {"OPTIONS": cache_limits()})

    started = time.monotonic()
    hanging.get("a")
    hanging.get("b")

    assert time.monotonic() - started < 0.5


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["account_login", "pages:imprint", "measures:import_list"])
def test_pages_need_no_valkey(lost, client, sign_in, name):
    if name != "account_login":
        sign_in("contributor", "IHK-142")

    assert client.get(reverse(name)).status_code == 200


@pytest.mark.django_db
def test_attempts_to_sign_in_are_limited_without_valkey(lost, client):
    data = {"login": "niemand@example.org", "password": "falsch"}

    answers = [client.post(reverse("account_login"), data).content.decode() for _attempt in range(12)]

    assert "Zu viele" not in answers[0]
    assert "Zu viele" in answers[-1]


@pytest.mark.django_db
def test_calls_are_counted_in_each_process_without_valkey(lost, client, sign_in, settings):
    settings.CALL_RATES = {"people": "2/9999999d"}
    sign_in("contributor", "IHK-142")

    answers = [client.get(reverse("measures:measure_list")).status_code for _time in range(3)]

    assert answers == [200, 200, 429]


def test_counter_that_was_pushed_out_meanwhile_begins_anew(monkeypatch):
    kept = module._SmallValues("full", {"OPTIONS": {"MAX_ENTRIES": 3}})
    kept.clear()
    kept.count({"oldest": 60})
    kept.set("a", 1)
    kept.set("b", 1)

    assert kept.count({"oldest": 60, "new": 60}) == [2, 1]
    monkeypatch.setattr(kept, "add", lambda *_arguments: False)  # there a moment ago
    assert kept.count({"gone": 60}) == [1]
    assert kept.count({"gone": 60}) == [2]
