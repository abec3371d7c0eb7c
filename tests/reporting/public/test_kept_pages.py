"""Public pages are kept for some seconds, and nothing shows before its time."""

import gzip
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from alliance_portal.serving import public_pages
from alliance_portal.serving.public_pages import PublicPageMiddleware
from tests.queries import exactly_queries
from tests.reporting.public.making import make_ready, protected_data, publish

pytestmark = pytest.mark.django_db

LIST = "/en/berichte/"


@pytest.fixture
def clock(settings, monkeypatch):
    """The seconds that have gone by, to be moved on by the test."""
    settings.PUBLIC_PAGES_KEPT_SECONDS = 5
    now = [1000.0]
    monkeypatch.setattr(public_pages.time, "monotonic", lambda: now[0])
    return now


def test_page_is_made_once_and_carries_the_same_headers_again(client, clock):
    publish()
    first = client.get(LIST)

    with exactly_queries(0):
        again = client.get(LIST)
    assert again.content == first.content
    assert again["Cache-Control"] == "public, max-age=60"
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]


@pytest.fixture
def slow_page(settings):
    """A page whose making waits to be let go on, and how often it was made."""
    settings.PUBLIC_PAGES_KEPT_SECONDS = 5
    go, made = threading.Event(), []

    def make(request):
        made.append(1)
        assert go.wait(10)
        return HttpResponse(b"page" * len(made), headers={"Cache-Control": "public, max-age=60"})

    return PublicPageMiddleware(make), go, made


def test_page_that_many_ask_for_at_once_is_made_once(slow_page):
    middleware, go, made = slow_page
    with ThreadPoolExecutor(4) as readers:
        asked = [readers.submit(middleware, RequestFactory().get(LIST)) for _ in range(4)]
        go.set()
        assert [each.result().content for each in asked] == [b"page"] * 4
    assert len(made) == 1


def test_who_asks_while_a_page_is_made_anew_gets_the_one_before_it(slow_page, clock):
    middleware, go, made = slow_page
    go.set()
    middleware(RequestFactory().get(LIST))
    clock[0] += 6
    go.clear()
    with ThreadPoolExecutor(1) as readers:
        first = readers.submit(middleware, RequestFactory().get(LIST))
        while len(made) < 2:
            time.sleep(0.001)
        assert middleware(RequestFactory().get(LIST)).content == b"page"
        go.set()
        assert first.result().content == b"pagepage"


def test_page_is_sent_compressed_to_whoever_reads_that(client, clock):
    publish()
    plain = client.get(LIST)
    with exactly_queries(0):
        small = client.get(LIST, headers={"accept-encoding": "br, gzip"})

    assert gzip.decompress(small.content) == plain.content
    assert (small["Content-Encoding"], int(small["Content-Length"])) == ("gzip", len(small.content))
    assert "Content-Encoding" not in plain
    assert all("Accept-Encoding" in answer["Vary"] for answer in (plain, small))


def test_page_of_somebody_signed_in_is_not_compressed(client, sign_in, clock):
    """It may hold both a secret and what somebody else had sent."""
    sign_in("data_steward", "BMAS")

    assert "Content-Encoding" not in client.get(LIST, headers={"accept-encoding": "gzip"})


def test_what_is_released_shows_as_soon_as_the_kept_page_is_too_old(client, clock):
    publish()
    page = "/en/berichte/annual/2017/1/"
    assert client.get(page).status_code == 404
    client.get(LIST)
    publish(make_ready(protected_data(year=2017)))

    assert client.get(page).status_code == 200  # refusals are not kept
    assert b"Progress report 2017" not in client.get(LIST).content
    clock[0] += 6
    assert b"Progress report 2017" in client.get(LIST).content


def test_page_of_somebody_signed_in_is_neither_kept_nor_given_away(client, sign_in, clock):
    sign_in("data_steward", "BMAS")
    assert b"/seiten/imprint/en/" in client.get("/en/impressum/").content
    assert b"/seiten/imprint/en/" not in Client().get("/en/impressum/").content
    assert b"/seiten/imprint/en/" in client.get("/en/impressum/").content


def test_page_is_kept_for_the_host_that_was_allowed_alone(client, clock):
    client.get(LIST)

    assert client.get(LIST, headers={"host": "evil.example.org"}).status_code == 400


def test_pages_kept_take_no_more_memory_than_they_may(client, clock, monkeypatch):
    monkeypatch.setattr(public_pages, "MOST_BYTES", 1)
    for page in (LIST, "/de/berichte/"):
        assert client.get(page).status_code == 200
    with exactly_queries(0):
        client.get("/de/berichte/")
