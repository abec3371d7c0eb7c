"""The parts of an installation know each other by certificates of its own authority, and nobody else."""

import datetime as dt
import shutil
import socket
import ssl
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from cryptography import x509
from django.core.cache.backends.redis import RedisCacheClient
from kombu import Connection
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as ValkeyConnectionError
from redis.retry import Retry

from alliance_portal.installation import certificates
from alliance_portal.installation.certificates import AUTHORITY, HOLDERS, IDENTITY, issue
from alliance_portal.serving.healthcheck import answers
from tests.listeners import listening, server_context

NOW = dt.datetime.now(dt.UTC)


@pytest.fixture(scope="module")
def issued(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("certificates")
    issue(folder)
    return folder


@pytest.fixture(scope="module")
def of_somebody_else(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("other")
    issue(folder)
    return folder


def certificate(folder: Path, part: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate((folder / part / IDENTITY).read_bytes())


def as_url(folder: Path, names: tuple[str, str, str], part: str = "portal") -> str:
    """The words of an address that name authority, certificate and key of a client."""
    identity = folder / part / IDENTITY
    return urlencode(dict(zip(names, (folder / part / AUTHORITY, identity, identity), strict=True)))


def test_each_part_has_a_certificate_of_its_name_that_ends_after_a_month(issued):
    for part in HOLDERS:
        found = certificate(issued, part.folder)
        assert found.subject.rfc4514_string() == f"CN={part.name}"
        assert found.not_valid_after_utc - NOW < dt.timedelta(days=certificates.DAYS + 1)
        found.verify_directly_issued_by(
            x509.load_pem_x509_certificate((issued / part.folder / AUTHORITY).read_bytes())
        )


def test_only_whom_a_key_belongs_to_can_read_it(issued):
    keys = [issued / part.folder / IDENTITY for part in HOLDERS] + [issued / "authority" / "key.pem"]

    assert {key.stat().st_mode & 0o777 for key in keys} == {0o400}
    assert (issued / "authority").stat().st_mode & 0o777 == 0o700


def test_authority_signs_no_other_authority(issued):
    found = x509.load_pem_x509_certificate((issued / "authority" / "certificate.pem").read_bytes())

    assert found.extensions.get_extension_for_class(x509.BasicConstraints).value == x509.BasicConstraints(
        ca=True, path_length=0
    )
    assert not certificate(issued, "web").extensions.get_extension_for_class(x509.BasicConstraints).value.ca


@pytest.mark.parametrize(("days", "renewed"), [(0, 0), (9, 0), (11, len(HOLDERS)), (40, len(HOLDERS))])
def test_certificate_is_renewed_after_ten_days_and_the_authority_stays(issued, tmp_path, days, renewed):
    shutil.copytree(issued, tmp_path, dirs_exist_ok=True)
    authority = (tmp_path / "authority" / "certificate.pem").read_bytes()

    assert len(issue(tmp_path, now=NOW + dt.timedelta(days=days))) == renewed
    assert (tmp_path / "portal" / AUTHORITY).read_bytes() == authority


def test_part_whose_file_is_broken_or_of_another_authority_gets_a_new_one(issued, of_somebody_else, tmp_path):
    shutil.copytree(issued, tmp_path, dirs_exist_ok=True)
    (tmp_path / "web" / IDENTITY).chmod(0o600)
    (tmp_path / "web" / IDENTITY).write_text("broken")
    shutil.rmtree(tmp_path / "proxy")
    shutil.copytree(of_somebody_else / "proxy", tmp_path / "proxy")

    assert issue(tmp_path) == ["web", "proxy"]


SSL_REQUEST_BYTES = 8
REFUSAL = b"SFATAL\0C28000\0Mthis is the database of the test\0\0"


@contextmanager
def postgres(folder: Path) -> Iterator[tuple[int, list[str]]]:
    """The beginning of PostgreSQL's protocol: TLS, then a refusal in words. Collects who called."""
    callers: list[str] = []

    def serve(connection: socket.socket) -> None:
        connection.recv(SSL_REQUEST_BYTES)
        connection.sendall(b"S")
        with server_context(folder / "postgres").wrap_socket(connection, server_side=True) as secured:
            callers.append(common_name(secured))
            secured.recv(1000)
            secured.sendall(b"E" + struct.pack("!I", len(REFUSAL) + 4) + REFUSAL)

    with listening(serve) as port:
        yield port, callers


def common_name(connection: ssl.SSLSocket) -> str:
    subject = dict(pair for [pair] in (connection.getpeercert() or {})["subject"])
    return subject["commonName"]


def connect(port: int, client: Path, *, host: str = "postgres", part: str = "portal") -> str:
    files = as_url(client, ("sslrootcert", "sslcert", "sslkey"), part)
    with pytest.raises(psycopg.OperationalError) as refused:
        psycopg.connect(
            f"postgres://portal@{host}:{port}/portal?hostaddr=127.0.0.1&sslmode=verify-full&{files}"
        )
    return str(refused.value)


@pytest.mark.parametrize(("part", "name"), [("portal", "portal"), ("owner", "portal_owner")])
def test_account_at_the_database_is_that_of_the_certificate(issued, part, name):
    with postgres(issued) as (port, callers):
        assert "this is the database of the test" in connect(port, issued, part=part)

    assert callers == [name]


def test_database_of_another_name_or_authority_gets_nothing(issued, of_somebody_else):
    with postgres(issued) as (port, callers):
        assert "does not match host name" in connect(port, issued, host="elsewhere")
        assert "certificate verify failed" in connect(port, of_somebody_else)

    assert callers == ["portal"] * len(callers)  # whoever went on showed its certificate first


@contextmanager
def valkey(folder: Path) -> Iterator[tuple[int, list[str]]]:
    """Answers every command with what it is asked for least: OK, and a value of 1."""
    callers: list[str] = []

    def serve(connection: ssl.SSLSocket) -> None:
        callers.append(common_name(connection))
        while words := connection.recv(10_000):
            # Several commands may come at once; each begins with the number of its words.
            for command in words.split(b"*")[1:]:
                connection.sendall(_answer(command))

    with listening(serve, context=server_context(folder / "valkey"), at_once=True) as port:
        yield port, callers


def _answer(command: bytes) -> bytes:
    if b"PING" in command:
        return b"+PONG\r\n"
    if b"HELLO" in command:
        return b"%1\r\n$5\r\nproto\r\n:3\r\n"
    return b"$1\r\n1\r\n" if b"GET" in command else b"+OK\r\n"


def address(port: int, client: Path, host: str = "localhost") -> str:
    files = as_url(client, ("ssl_ca_certs", "ssl_certfile", "ssl_keyfile"))
    return f"rediss://{host}:{port}/0?{files}"


def test_cache_and_queue_reach_valkey_by_their_certificate(issued):
    with valkey(issued) as (port, callers):
        url = address(port, issued)
        assert RedisCacheClient([url]).get("key", None) == 1
        with Connection(url) as queue:
            queue.connect()

    assert set(callers) == {"portal"}


@pytest.mark.long
def test_valkey_of_another_name_or_authority_gets_nothing(issued, of_somebody_else):
    with valkey(issued) as (port, _callers):
        for url in (address(port, issued, host="127.0.0.1"), address(port, of_somebody_else)):
            cache = RedisCacheClient([url], retry=Retry(NoBackoff(), 0))
            with pytest.raises(ValkeyConnectionError, match="CERTIFICATE_VERIFY_FAILED"):
                cache.get("key", None)
        with Connection(address(port, of_somebody_else)) as queue, pytest.raises(ValkeyConnectionError):
            queue.connect()


@contextmanager
def web(folder: Path) -> Iterator[int]:
    def serve(connection: socket.socket) -> None:
        connection.recv(1000)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    with listening(serve, context=server_context(folder / "web")) as port:
        yield port


def test_health_check_asks_the_web_server_by_its_own_certificate(issued, of_somebody_else):
    def environment(folder: Path) -> dict[str, str]:
        identity = str(folder / "web" / IDENTITY)
        authority = str(folder / "web" / AUTHORITY)
        return {
            "GRANIAN_SSL_CERTIFICATE": identity,
            "GRANIAN_SSL_KEYFILE": identity,
            "GRANIAN_SSL_CA": authority,
        }

    with web(issued) as port:
        assert answers(port, "/healthz", environment(issued))
        assert not answers(port, "/healthz", environment(of_somebody_else))
        assert not answers(port, "/healthz", environment(issued / "nowhere"))
