"""A request has one end for all who read it: what could be read in two ways ends the connection."""

import asyncio
import re
import socket
from collections.abc import Iterator

import pytest

from alliance_portal.serving.framing import is_ambiguous
from alliance_portal.serving.front import Front
from bench.serving.servers import Server, web_server
from tests.alliance_portal.serving.asking import LIMITS, ask

HOST = (b"host", b"localhost")
SECONDS_OF_SILENCE = 0.5


def refuse_to_be_called(environ, start_response):
    raise AssertionError("Django was asked")


@pytest.mark.parametrize(
    ("headers", "is_refused"),
    [
        ([HOST], False),
        ([HOST, (b"content-length", b"5")], False),
        ([HOST, (b"transfer-encoding", b"chunked")], False),
        ([HOST, (b"transfer-encoding", b"Chunked")], False),
        ([], True),
        ([(b"host", b"")], True),
        ([HOST, HOST], True),
        ([HOST, (b"content-length", b"5"), (b"content-length", b"5")], True),
        ([HOST, (b"content-length", b"5"), (b"content-length", b"6")], True),
        ([HOST, (b"content-length", b"5, 5")], True),
        ([HOST, (b"content-length", b"+5")], True),
        ([HOST, (b"content-length", b"")], True),
        ([HOST, (b"content-length", b"5"), (b"transfer-encoding", b"chunked")], True),
        ([HOST, (b"transfer-encoding", b"gzip, chunked")], True),
        ([HOST, (b"transfer-encoding", b"chunked, chunked")], True),
        ([HOST, (b"transfer-encoding", b"identity"), (b"transfer-encoding", b"chunked")], True),
        ([HOST, (b"transfer-encoding", b"xchunked")], True),
    ],
)
def test_host_length_and_coding_are_stated_once(headers, is_refused):
    assert is_ambiguous({"http_version": "1.1", "headers": headers}) == is_refused


def test_request_of_http_1_0_needs_no_host():
    assert not is_ambiguous({"http_version": "1", "headers": []})


def test_ambiguous_request_is_refused_in_words_and_ends_the_connection():
    coding = {"transfer-encoding": "gzip, chunked"}

    answer = asyncio.run(ask(Front(refuse_to_be_called, LIMITS), "/healthz", headers=coding))

    assert (answer.status, answer.headers["connection"]) == (400, "close")
    assert "Anfrage" in answer.body.decode()


def test_body_that_breaks_off_is_refused_and_nobody_is_asked():
    async def broken() -> list[dict]:
        sent = []
        scope = {"type": "http", "method": "POST", "path": "/x/", "query_string": b"", "http_version": "1.1"}

        async def receive():
            return {"type": "http.disconnect"}

        async def send(message):
            sent.append(message)

        await Front(refuse_to_be_called, LIMITS)(scope | {"headers": [HOST]}, receive, send)
        return sent

    assert asyncio.run(broken())[0]["status"] == 400


# What follows is sent to the web server byte by byte.

HIDDEN = b"GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n"
"""What an attacker puts behind a request; its answer names the database."""
FORM = b"POST /konto/login/ HTTP/1.1\r\nHost: localhost\r\n"
PAGE = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
CHUNKED = FORM + b"Transfer-Encoding: chunked\r\n\r\n"
END = b"0\r\n\r\n"

AMBIGUOUS = {
    "two lengths": FORM + b"Content-Length: 0\r\nContent-Length: 5\r\n\r\nhello",
    "two lengths in one": FORM + b"Content-Length: 0, 5\r\n\r\nhello",
    "length with a sign": FORM + b"Content-Length: +5\r\n\r\nhello",
    "length below zero": FORM + b"Content-Length: -5\r\n\r\nhello",
    "length in hexadecimal": FORM + b"Content-Length: 0x5\r\n\r\nhello",
    "length with an underscore": FORM + b"Content-Length: 0_5\r\n\r\nhello",
    "empty length": FORM + b"Content-Length: \r\n\r\n",
    "length beyond 64 bits": FORM + b"Content-Length: 99999999999999999999999\r\n\r\nhello",
    "folded header": PAGE + b"X-A: a\r\n b\r\n\r\n",
    "folded coding": FORM + b"Transfer-Encoding:\r\n chunked\r\n\r\n" + END,
    "space before the first header": b"GET /healthz HTTP/1.1\r\n Host: localhost\r\n\r\n",
    "space before a colon": b"GET /healthz HTTP/1.1\r\nHost : localhost\r\n\r\n",
    "space before the colon of the length": FORM + b"Content-Length : 5\r\n\r\nhello",
    "tab before the colon of the coding": FORM + b"Transfer-Encoding\t: chunked\r\n\r\n" + END,
    "other coding": FORM + b"Transfer-Encoding: xchunked\r\n\r\n" + END,
    "coding that is none": FORM + b"Transfer-Encoding: identity\r\n\r\n" + END,
    "coding in quotes": FORM + b'Transfer-Encoding: "chunked"\r\n\r\n' + END,
    "coding after another sign": FORM + b"Transfer-Encoding: \x0bchunked\r\n\r\n" + END,
    "coding before another": FORM + b"Transfer-Encoding: chunked, identity\r\n\r\n" + END,
    "coding after another": FORM + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + END,
    "coding twice": FORM + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n" + END,
    "two codings": FORM + b"Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n" + END,
    "chunks in HTTP/1.0": CHUNKED.replace(b"HTTP/1.1", b"HTTP/1.0") + END,
    "size that is no number": CHUNKED + b"zz\r\nhello\r\n" + END,
    "size with 0x": CHUNKED + b"0x5\r\nhello\r\n" + END,
    "size with a sign": CHUNKED + b"+5\r\nhello\r\n" + END,
    "size below zero": CHUNKED + b"-1\r\nhello\r\n" + END,
    "size with an underscore": CHUNKED + b"0_5\r\nhello\r\n" + END,
    "size after a space": CHUNKED + b" 5\r\nhello\r\n" + END,
    "empty size": CHUNKED + b"\r\nhello\r\n" + END,
    "size beyond 64 bits": CHUNKED + b"fffffffffffffffff\r\nhello\r\n" + END,
    "size with a line feed alone": CHUNKED + b"5\nhello\r\n" + END,
    "size with a carriage return alone": CHUNKED + b"5\rhello\r\n" + END,
    "line feed in an extension": CHUNKED + b"5;a\nb\r\nhello\r\n" + END,
    "chunk with a line feed alone": CHUNKED + b"5\r\nhello\n" + END,
    "chunk longer than its size": CHUNKED + b"5\r\nhelloXX" + END,
    "carriage return in a header": PAGE + b"X: a\rb\r\n\r\n",
    "NUL in a header": PAGE + b"X: a\0b\r\n\r\n",
    "header without a colon": PAGE + b"foo\r\n\r\n",
    "header without a name": PAGE + b": b\r\n\r\n",
    "space in the target": b"GET /healthz x HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "tab in the target": b"GET /healthz\tx HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "NUL in the target": b"GET /healthz\0 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "two spaces before the target": b"GET  /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "tabs around the target": b"GET\t/healthz\tHTTP/1.1\r\nHost: localhost\r\n\r\n",
    "no version": b"GET /healthz\r\n\r\n",
    "other version": b"GET /healthz HTTP/1.9\r\nHost: localhost\r\n\r\n",
    "no host": b"GET /healthz HTTP/1.1\r\n\r\n",
    "two hosts": PAGE + b"Host: evil.example\r\n\r\n",
}
ANSWERED_ONCE = {
    "length, then coding": FORM + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n" + END,
    "coding, then length": FORM + b"Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n" + END,
}
"""granian keeps to the coding and ends the connection, as RFC 9112 has it (6.1)."""
PLAIN = {
    "page": PAGE + b"\r\n",
    "form": FORM + b"Content-Length: 5\r\n\r\nhello",
    "chunks": CHUNKED + b"5\r\nhello\r\n" + END,
    "chunk with an extension": CHUNKED + b"5;a=b\r\nhello\r\n" + END,
    "length among the trailers": CHUNKED + b"0\r\nContent-Length: 50\r\n\r\n",
    "header with an underscore": FORM + b"Content_Length: 50\r\n\r\n",
    "line feeds alone": b"GET /healthz HTTP/1.1\nHost: localhost\n\n",
    "other protocol offered": PAGE + b"Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
}
"""RFC 9112 gives these one end, and whoever reads them finds the next request behind it."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with web_server() as started:
        yield started


def exchange(server: Server, sent: bytes) -> tuple[list[int], str, bool]:
    """The answers by status, all that came, and whether the server ended the connection."""
    came = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=SECONDS_OF_SILENCE) as connection:
        connection.sendall(sent)
        try:
            while piece := connection.recv(65536):
                came += piece
            has_ended = True
        except ConnectionResetError:
            has_ended = True
        except TimeoutError:
            has_ended = False
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d+)", came)], came.decode(), has_ended


@pytest.mark.long
@pytest.mark.parametrize("name", AMBIGUOUS)
def test_what_could_be_read_in_two_ways_is_refused_with_all_behind_it(server, name):
    assert exchange(server, AMBIGUOUS[name] + HIDDEN)[::2] == ([400], True)


@pytest.mark.long
@pytest.mark.parametrize("name", ANSWERED_ONCE)
def test_request_with_length_and_coding_is_the_last_of_its_connection(server, name):
    answers, came, has_ended = exchange(server, ANSWERED_ONCE[name] + HIDDEN)

    assert (len(answers), has_ended) == (1, True)
    assert "database" not in came


@pytest.mark.long
def test_body_of_a_page_is_no_request_of_its_own(server):
    length = f"Content-Length: {len(HIDDEN)}\r\n\r\n".encode()

    answers, came, _has_ended = exchange(server, PAGE + length + HIDDEN)

    assert answers == [200]
    assert "database" not in came


@pytest.mark.long
@pytest.mark.parametrize("name", PLAIN)
def test_requests_with_one_end_are_answered_one_after_the_other(server, name):
    answers, came, _has_ended = exchange(server, PLAIN[name] + HIDDEN)

    assert len(answers) == 2
    assert "database" in came


@pytest.mark.long
def test_beginning_of_http_2_gets_no_answer(server):
    assert exchange(server, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + HIDDEN)[::2] == ([], True)
