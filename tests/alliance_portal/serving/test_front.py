"""What a request may cost, and what the others get meanwhile."""

import asyncio
import dataclasses
import io
import threading
import time

import pytest
from django.conf import settings

from alliance_portal.serving.bridge import run
from alliance_portal.serving.front import Front
from alliance_portal.serving.watchdog import Watchdog
from alliance_portal.stores import outage
from tests.alliance_portal.serving.asking import LIMITS, ask
from tests.test_access import portal_addresses

UPLOAD = "/import/"
MARKED = "/import/1/markiert/"


class Application:
    """A WSGI application that answers with the body it got, or waits until it is let go."""

    def __init__(self) -> None:
        self.calls = []
        self.go = threading.Event()

    def __call__(self, environ, start_response):
        self.calls.append(environ)
        if environ["PATH_INFO"] in ("/slow/", MARKED):
            assert self.go.wait(10)
        start_response("200 OK", [("X-Read", str(len(environ["wsgi.input"].read())))])
        return [b"one", b"two"]


@pytest.fixture
def application():
    return Application()


@pytest.fixture
def front(application):
    return Front(application, LIMITS)


def test_body_and_answer_pass_through(front, application):
    answer = asyncio.run(ask(front, "/x/ä", method="POST", pieces=[b"a" * 300, b"b" * 300]))

    assert (answer.status, answer.headers["x-read"], answer.body) == (200, "600", b"onetwo")
    assert application.calls[0]["PATH_INFO"].encode("latin-1").decode() == "/x/ä"
    assert front.bodies.bytes_held == 0


def test_answer_that_is_a_file_is_sent_and_closed():
    content = io.BytesIO(b"x" * 200_000)

    def application(environ, start_response):
        start_response("200 OK", [])
        return environ["wsgi.file_wrapper"](content, 4096)

    answer = asyncio.run(ask(Front(application, LIMITS)))

    assert len(answer.body) == 200_000
    assert content.closed


@pytest.mark.parametrize(
    ("pieces", "is_in_memory"), [([b"x" * 3_000_000], True), ([b"x" * 600_000] * 2, False)]
)
def test_answer_of_many_pieces_goes_to_the_disk_and_a_single_one_stays_in_memory(pieces, is_in_memory):
    def application(environ, start_response):
        start_response("200 OK", [])
        return pieces

    answer = run(application, {})

    assert (answer.is_in_memory, answer.content.read()) == (is_in_memory, b"".join(pieces))
    answer.content.close()


def test_header_that_could_pass_for_one_of_the_proxy_is_left_out(front, application):
    asyncio.run(ask(front, headers={"x_forwarded_proto": "https", "x-real": "1"}))

    assert "HTTP_X_FORWARDED_PROTO" not in application.calls[0]
    assert application.calls[0]["HTTP_X_REAL"] == "1"


@pytest.mark.parametrize("headers", [{"content-length": "2001"}, {}])
def test_upload_above_the_limit_is_refused_in_words_and_never_worked_on(front, application, headers):
    answer = asyncio.run(ask(front, UPLOAD, method="POST", pieces=[b"x" * 1500, b"x" * 501], headers=headers))

    assert answer.status == 413
    assert "Das ist zu groß" in answer.body.decode()
    assert application.calls == []
    assert front.bodies.bytes_held == 0


def test_announced_upload_above_the_limit_is_written_nowhere(front, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a file was opened")

    monkeypatch.setattr("alliance_portal.serving.bodies.tempfile.SpooledTemporaryFile", refuse)

    answer = asyncio.run(
        ask(front, UPLOAD, method="POST", pieces=[b"x" * 2001], headers={"content-length": "2001"})
    )

    assert answer.status == 413


def test_page_without_files_takes_less(front):
    pieces = [b"x" * 1001]

    assert asyncio.run(ask(front, "/konto/login/", method="POST", pieces=pieces)).status == 413
    assert asyncio.run(ask(front, UPLOAD, method="POST", pieces=pieces)).status == 200
    assert (
        asyncio.run(
            ask(front, "/verwaltung/partners/organisation/import/", method="POST", pieces=pieces)
        ).status
        == 200
    )


def test_sender_that_stops_is_given_up_in_words(front, application):
    answer = asyncio.run(
        ask(front, method="POST", pieces=[b"a"], stalls=True, headers={"accept-language": "en"})
    )

    assert answer.status == 408
    assert "Your request did not arrive completely" in answer.body.decode()
    assert application.calls == []


def test_sender_that_trickles_is_given_up(front):
    started = time.monotonic()

    answer = asyncio.run(ask(front, method="POST", pieces=[b"a"] * 100, pause=0.02))

    assert answer.status == 408
    assert time.monotonic() - started < 1.5


def test_senders_together_may_not_fill_the_disk(front):
    async def three():
        return await asyncio.gather(
            *(ask(front, UPLOAD, method="POST", pieces=[b"x" * 1500, b""], pause=0.01) for _ in range(3))
        )

    assert sorted(answer.status for answer in asyncio.run(three())) == [200, 200, 503]
    assert front.bodies.bytes_held == 0


def test_disk_that_is_full_is_said_in_words(front, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("alliance_portal.serving.bodies.Body.add", full)

    assert asyncio.run(ask(front, UPLOAD, method="POST", pieces=[b"x"])).status == 503


def test_slow_senders_keep_no_thread(application):
    front = Front(application, dataclasses.replace(LIMITS, body_idle_seconds=60, body_grace_seconds=60))

    async def many():
        slow = [
            asyncio.ensure_future(ask(front, method="POST", pieces=[b"a"], stalls=True)) for _ in range(50)
        ]
        await asyncio.sleep(0)
        page = await ask(front)
        still_sending = [one for one in slow if not one.done()]
        for one in slow:
            one.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
        return page, still_sending

    page, still_sending = asyncio.run(many())

    assert page.status == 200
    assert len(still_sending) == 50
    assert front.bodies.bytes_held == 0


def test_slow_readers_keep_no_thread(front):
    async def many():
        reads = asyncio.Event()
        slow = [asyncio.ensure_future(ask(front, reads=reads)) for _ in range(2)]
        await asyncio.sleep(0.05)
        slow += [asyncio.ensure_future(ask(front, reads=reads)) for _ in range(2)]
        page = await ask(front)
        still_reading = [one for one in slow if not one.done()]
        reads.set()
        return page, len(still_reading), await asyncio.gather(*slow)

    page, still_reading, done = asyncio.run(many())

    assert (page.status, still_reading) == (200, 4)
    assert {answer.body for answer in done} == {b"onetwo"}


def test_health_is_answered_while_every_thread_is_at_work(front, application):
    async def busy():
        at_work = [asyncio.ensure_future(ask(front, "/slow/")) for _ in range(2)]
        await asyncio.sleep(0.02)
        health = await ask(front, "/healthz")
        application.go.set()
        return health, await asyncio.gather(*at_work)

    health, done = asyncio.run(busy())

    assert (health.status, health.body) == (200, b'{"web": "ok"}')
    assert [answer.status for answer in done] == [200, 200]


def test_who_waits_for_too_long_or_behind_too_many_is_refused_with_a_time_to_come_back(front, application):
    async def busy():
        asked = [asyncio.ensure_future(ask(front, "/slow/")) for _ in range(5)]
        await asyncio.sleep(0.02)
        refused = [one.result() for one in asked if one.done()]
        await asyncio.sleep(LIMITS.wait_seconds + 0.1)
        given_up = [one.result() for one in asked if one.done()]
        application.go.set()
        return refused, given_up, await asyncio.gather(*asked)

    refused, given_up, done = asyncio.run(busy())

    assert [answer.status for answer in refused] == [503]
    assert [answer.status for answer in given_up] == [503] * 3
    assert refused[0].headers["retry-after"] == "10"
    assert sorted(answer.status for answer in done) == [200, 200, 503, 503, 503]
    assert front.waiting == 0


def test_long_work_leaves_threads_for_pages(front, application):
    async def busy():
        long_ones = [asyncio.ensure_future(ask(front, MARKED)) for _ in range(2)]
        await asyncio.sleep(0.02)
        page = await ask(front, "/")
        application.go.set()
        return page, await asyncio.gather(*long_ones)

    page, long_ones = asyncio.run(busy())

    assert page.status == 200
    assert [answer.status for answer in long_ones] == [200, 200]


def test_views_named_in_the_settings_exist():
    assert portal_addresses().keys() >= settings.WEB_VIEWS_TAKING_LONG | settings.WEB_VIEWS_TAKING_FILES


def test_error_outside_of_django_is_a_page():
    def application(environ, start_response):
        raise KeyError("broken")

    answer = asyncio.run(ask(Front(application, LIMITS)))

    assert answer.status == 500
    assert "broken" not in answer.body.decode()


def test_request_that_wsgi_cannot_express_is_refused(front, application):
    assert asyncio.run(ask(front, query=b"x=\xff")).status == 400
    assert application.calls == []


def test_pages_are_in_the_language_that_the_reader_chose(front):
    headers = {"content-length": "9999", "cookie": "django_language=en", "accept-language": "de"}

    assert "That is too large" in asyncio.run(ask(front, headers=headers)).body.decode()


def test_while_the_database_is_known_to_be_gone_pages_say_so_at_once(front, application, monkeypatch):
    monkeypatch.setattr(outage, "is_known", lambda: True)

    page = asyncio.run(ask(front))
    style = asyncio.run(ask(front, "/static/portal/portal.css"))

    assert page.status == 503
    assert "Das Portal kann gerade nicht antworten" in page.body.decode()
    assert [call["PATH_INFO"] for call in application.calls] == ["/static/portal/portal.css"]
    assert style.status == 200  # what the page is made of comes from the disk


def test_watchdog_knows_a_process_none_of_whose_threads_comes_back():
    now = time.monotonic()
    limits = dataclasses.replace(LIMITS, stuck_seconds=5)

    assert Watchdog(limits, {1: now - 10, 2: now - 6}).is_stuck()
    assert not Watchdog(limits, {1: now - 10, 2: now - 1}).is_stuck()
    assert not Watchdog(limits, {1: now - 10}).is_stuck()
