"""Nothing that lies in a store can run, and nobody reads the portal's memory."""

import ctypes
import pickle

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils.safestring import mark_safe
from import_export.tmp_storages import CacheStorage

from alliance_portal.celery import app
from alliance_portal.embedded.servers import PROJECT
from tests.alliance_portal.test_settings import PRODUCTION, answer_of

PR_GET_DUMPABLE = 3


class Trap:
    """Pickled, it writes down that it was run."""

    ran = False

    def __reduce__(self):
        return (setattr, (Trap, "ran", True))


@pytest.mark.parametrize(
    "value",
    [
        "Köln",
        b"PK\x03\x04\xff",
        7,
        -7,
        2**63 + 5,
        True,
        False,
        None,
        1.5,
        "53",
        b"5",
        [1, ["a"]],
        {"a": [1.5]},
    ],
)
def test_cache_gives_back_what_it_was_given(value):
    cache.set("kept", value)

    found = cache.get("kept")

    assert found == value
    assert type(found) is type(value)


def test_cache_counts():
    cache.set("tries", 1)

    assert cache.incr("tries") == 2


def test_cache_keeps_the_text_of_safe_strings():
    cache.set("drawing", mark_safe("<svg/>"))

    assert cache.get("drawing") == "<svg/>"


def test_cache_refuses_what_is_no_data():
    with pytest.raises(TypeError, match="Trap"):
        cache.set("trap", Trap())


def test_nothing_planted_in_the_cache_runs():
    stored = cache._cache.get_client(None, write=True)
    stored.set(cache.make_and_validate_key("planted"), pickle.dumps(Trap()))

    with pytest.raises(Exception):  # noqa: B017, PT011  whatever refuses it
        cache.get("planted")

    assert not Trap.ran


def test_lists_under_way_into_the_administration_are_kept_as_they_are():
    kept = CacheStorage(name="list")
    kept.save(b"code,name\r\n\xff")

    assert CacheStorage(name="list").read() == b"code,name\r\n\xff"


def test_sessions_and_tasks_are_json():
    assert settings.SESSION_SERIALIZER == "django.contrib.sessions.serializers.JSONSerializer"
    assert app.conf.accept_content == app.conf.result_accept_content == ["json"]
    assert app.conf.task_serializer == app.conf.result_serializer == "json"


def test_memory_of_the_portals_processes_is_hidden_from_others():
    assert ctypes.CDLL(None).prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0


def test_image_starts_the_web_server_hidden():
    assert 'CMD ["python", "-m", "alliance_portal.web"' in (PROJECT / "Dockerfile").read_text()


SHOW_HSTS = (
    "from alliance_portal.settings import production as p;"
    "print(p.SECURE_HSTS_SECONDS, p.SECURE_HSTS_INCLUDE_SUBDOMAINS, p.SECURE_HSTS_PRELOAD)"
)


@pytest.mark.long
@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ({}, "31536000 True False"),
        ({"HSTS_INCLUDE_SUBDOMAINS": "", "HSTS_PRELOAD": ""}, "31536000 True False"),
        ({"HSTS_INCLUDE_SUBDOMAINS": "True", "HSTS_PRELOAD": "True"}, "31536000 True True"),
        ({"HSTS_INCLUDE_SUBDOMAINS": "False"}, "31536000 False False"),
    ],
)
def test_strict_transport_binds_names_below_unless_the_operator_says_otherwise(chosen, shown):
    assert answer_of(SHOW_HSTS, **PRODUCTION, **chosen) == shown
