"""Whoever asks too often waits; what costs much is counted by its kind."""

import math
import re

import pytest
from allauth.core.internal.ratelimit import parse_rate
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from redis import Redis

from alliance_portal.serving import rates
from alliance_portal.serving.rates import CallKind
from tests.factories import MembershipFactory
from tests.test_access import administration_routes, portal_addresses

pytestmark = pytest.mark.django_db

PAGE = "/massnahmen/"
FOREVER = "9999999d"  # a window that does not end while a test runs


@pytest.fixture(autouse=True)
def _counted_from_nought():
    cache.clear()


@pytest.fixture
def limit(settings):
    def _limit(**rates: int) -> None:
        settings.CALL_RATES = {kind: f"{amount}/{FOREVER}" for kind, amount in rates.items()}

    return _limit


def statuses(client, *addresses, **more) -> list[int]:
    return [client.get(address, **more).status_code for address in addresses]


def test_person_who_asks_too_often_waits_and_nobody_else_does(client, sign_in, limit):
    limit(people=2)
    sign_in("contributor", "IHK-142")
    other = Client()
    other.force_login(MembershipFactory(organisation_code="IHK-142").user)

    assert statuses(client, PAGE, PAGE, PAGE, PAGE) == [200, 200, 429, 429]
    assert statuses(other, PAGE) == [200]


def test_person_is_counted_by_themselves_wherever_they_are(client, sign_in, limit):
    limit(people=2)
    user = sign_in("contributor", "IHK-142")
    elsewhere = Client(REMOTE_ADDR="198.51.100.9")
    elsewhere.force_login(user)

    assert statuses(client, PAGE) + statuses(elsewhere, PAGE, PAGE) == [200, 200, 429]


def test_strangers_are_counted_by_their_client(limit):
    limit(strangers=2)
    here, there = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="198.51.100.9")
    page = reverse("account_login")

    assert statuses(here, page, "/nowhere/", page) == [200, 404, 429]
    assert statuses(there, page) == [200]


def test_addresses_of_one_ipv6_network_are_one_client(limit):
    limit(strangers=1)
    page = reverse("account_login")

    assert statuses(Client(REMOTE_ADDR="2001:db8::1"), page) == [200]
    assert statuses(Client(REMOTE_ADDR="2001:db8::2"), page) == [429]


def test_what_costs_much_has_a_limit_of_its_own(client, sign_in, limit):
    limit(people=100, searches=1)
    sign_in("contributor", "IHK-142")

    assert statuses(client, "/partner/?q=a", "/partner/?q=b", "/partner/", PAGE) == [200, 429, 200, 200]


def test_a_view_of_the_dashboards_counts_as_a_file_where_it_is_asked_for_one(client, sign_in, limit):
    limit(people=100, files=1)
    sign_in("contributor", "IHK-142")
    view = reverse("reporting:dashboard")

    assert statuses(client, f"{view}?format=csv", f"{view}?format=csv", view, f"{view}?format=html") == [
        200,
        429,
        200,
        200,
    ]


@pytest.mark.parametrize(
    ("view", "method", "searches", "kind"),
    [
        ("measures:import_list", "POST", False, CallKind.UPLOADS),
        ("measures:import_own_workbook", "GET", False, CallKind.FILES),
        ("measures:import_marked", "HEAD", False, CallKind.FILES),
        ("reporting:document", "GET", False, CallKind.FILES),
        ("reporting:report_request", "POST", False, CallKind.REPORTS),
        ("reporting:report_correct", "POST", False, CallKind.REPORTS),
        ("reporting:report_verify", "POST", False, CallKind.REPORTS),
        ("reporting:document_repeat", "POST", False, CallKind.REPORTS),
        ("measures:hand_over", "POST", False, CallKind.MAILS),
        ("partners:list_transfer_file", "GET", False, CallKind.FILES),
        ("partners:invitation_create", "POST", False, CallKind.MAILS),
        ("partners:factor_reset_request", "POST", False, CallKind.MAILS),
        ("partners:factor_reset_confirm", "POST", False, CallKind.MAILS),
        ("admin:measures_indicator_export", "POST", False, CallKind.LISTS),
        ("admin:measures_indicator_process_import", "POST", False, CallKind.LISTS),
        ("measures:import_detail", "GET", True, CallKind.SEARCHES),
        ("admin:partners_user_changelist", "GET", True, CallKind.SEARCHES),
    ],
)
def test_calls_that_cost_are_of_a_kind(view, method, searches, kind):
    assert rates.kinds_of_call(view, method=method, searches=searches) == [CallKind.PEOPLE, kind]


def test_every_view_that_is_named_is_there_and_every_kind_has_a_rate_in_service():
    from alliance_portal.settings import base  # noqa: PLC0415  # read apart from those in use

    assert set(portal_addresses()) >= {*rates.FILES, *rates.WRITING}
    assert set(base.CALL_RATES) == set(CallKind)
    names = {name for name, _arguments in administration_routes()}
    assert [name for name in names if name.endswith(("_export", "_import")) and not counted(name)] == []


def counted(name: str) -> bool:
    return CallKind.LISTS in rates.kinds_of_call(name, method="POST", searches=False)


@pytest.mark.parametrize("rate", ["0/h", "0/59s"])
@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("de", ("Bitte warten Sie {} Sekunde", "Bitte warten Sie {} Minute")),
        ("en", ("Please wait {} second", "Please wait {} minute")),
    ],
)
def test_refusal_says_in_a_header_and_in_words_how_long_to_wait(settings, rate, language, texts):
    settings.CALL_RATES = {"strangers": rate}

    response = Client().get("/nowhere/", headers={"Accept-Language": language})

    assert response.status_code == 429
    seconds = int(response.headers["Retry-After"])
    assert 0 < seconds <= int(parse_rate(rate).duration)
    of_seconds, of_minutes = texts  # an hour that is nearly over ends in seconds, too
    text = of_seconds.format(seconds) if seconds <= 60 else of_minutes.format(math.ceil(seconds / 60))
    assert text in " ".join(response.content.decode().split())


def test_refusal_is_logged_once_and_names_nobody(client, sign_in, limit, caplog):
    limit(people=1)
    user = sign_in("contributor", "IHK-142")

    statuses(client, PAGE, PAGE, PAGE)

    assert [
        record.getMessage() for record in caplog.records if record.name == "alliance_portal.middleware"
    ] == ["Too many calls in a short time (people)"]
    assert user.email not in caplog.text


def test_all_kinds_of_a_request_cost_one_round_trip(limit, monkeypatch):
    limit(people=9, searches=9)
    trips = []
    real = Redis.pipeline

    def counted_pipeline(self, *args, **kwargs):
        trips.append(1)
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Redis, "pipeline", counted_pipeline)
    monkeypatch.setattr(Redis, "execute_command", lambda *_args, **_more: pytest.fail("a second round trip"))

    assert rates.exceeded("person:1", [CallKind.PEOPLE, CallKind.SEARCHES]) is None
    assert trips == [1]


def test_counters_end_by_themselves(limit):
    limit(people=9)
    rates.exceeded("person:1", [CallKind.PEOPLE])
    client = cache._cache.get_client(None)

    keys = client.keys("*calls:people:person:1:*")

    assert len(keys) == 1
    assert client.ttl(keys[0]) > 0


def test_static_files_are_not_counted(limit):
    limit(strangers=1)
    client = Client()

    for _time in range(3):
        assert b"".join(client.get("/static/portal/portal.css").streaming_content)

    assert statuses(client, reverse("account_login")) == [200]


def test_every_file_counts_as_one():
    """By the ending of the address; ``test_access`` looks at what is answered. Strangers fetch calendars."""
    endings = re.compile(r"\.(csv|xlsx|json|svg|pdf|zip|sig|xml|txt)$")
    files = {name for name, address in portal_addresses().items() if endings.search(address)}

    assert "measures:review_missing_xlsx" in files
    assert files <= rates.FILES
