"""The portal calls the servers that its settings name, and nobody else."""

import logging
import socket

import pytest

from alliance_portal.hardening.outgoing import RESOLVING, Gate
from alliance_portal.settings.connections import Peer, database_peers, scanner_peer, valkey_peer
from tests.alliance_portal.test_settings import PRODUCTION, answer_of
from tests.listeners import listening

NAMED = "localhost"
CONNECT, RESOLVE, SEND = "socket.connect", "socket.getaddrinfo", "socket.sendto"


def peer(host: str, port: int) -> Peer:
    return Peer("SOME_SETTING", host, port, is_protected=True, advice="")


@pytest.fixture
def gate() -> Gate:
    return Gate(
        [
            peer(NAMED, 6379),
            peer("192.0.2.7", 5432),
            scanner_peer("/run/clamav/clamd.sock"),
            *database_peers({"HOST": "/run/postgresql"}),
            valkey_peer("unix:///run/valkey.sock"),
        ]
    )


@pytest.mark.parametrize(
    ("event", "target"),
    [
        (RESOLVE, NAMED),
        (RESOLVE, NAMED.upper()),
        (RESOLVE, NAMED.encode()),
        (RESOLVE, None),
        (RESOLVE, socket.gethostname()),
        (RESOLVE, "192.0.2.7"),
        (CONNECT, ("127.0.0.1", 6379)),
        (CONNECT, (NAMED, 6379)),
        (CONNECT, ("192.0.2.7", 5432)),
        (CONNECT, "/run/clamav/clamd.sock"),
        (CONNECT, b"/run/valkey.sock"),
        (CONNECT, "/run/postgresql/.s.PGSQL.5432"),
        ("socket.sendmsg", None),
    ],
)
def test_server_that_a_setting_names_is_called(gate, event, target):
    gate(event, (target, 0) if event in RESOLVING else (None, target))


@pytest.mark.parametrize(
    ("event", "target"),
    [
        (RESOLVE, "evil.example"),
        (RESOLVE, "127.0.0.1.evil.example"),
        ("socket.gethostbyname", "secret.evil.example"),
        ("socket.gethostbyaddr", "secret.evil.example"),
        (RESOLVE, "169.254.169.254"),
        (CONNECT, ("127.0.0.1", 22)),
        (CONNECT, ("169.254.169.254", 80)),
        (CONNECT, ("192.0.2.7", 443)),
        (CONNECT, ("::1", 22, 0, 0)),
        (CONNECT, "/var/run/docker.sock"),
        (CONNECT, "\0abstract"),
        (SEND, ("192.0.2.53", 53)),
    ],
)
def test_call_to_anybody_else_is_refused_and_logged(gate, caplog, event, target):
    with pytest.raises(PermissionError, match="settings name no server"):
        gate(event, (target, 0) if event in RESOLVING else (None, target))

    assert [(record.levelno, "was refused" in record.message) for record in caplog.records] == [
        (logging.ERROR, True)
    ]


def test_name_that_leads_elsewhere_by_now_is_followed(gate, monkeypatch):
    found = {NAMED: "192.0.2.1"}
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, **_: [(0, 0, 0, "", (found[host], port))])
    gate(CONNECT, (None, ("192.0.2.1", 6379)))
    found[NAMED] = "192.0.2.2"
    with pytest.raises(PermissionError):  # looked up a moment ago
        gate(CONNECT, (None, ("192.0.2.2", 6379)))
    monkeypatch.setattr("alliance_portal.hardening.outgoing.SECONDS_RESOLVED", 0)

    gate(CONNECT, (None, ("192.0.2.2", 6379)))


@pytest.mark.long
def test_installation_calls_only_whom_its_settings_name():
    """In a process of its own: what is refused once is refused for good."""
    code = """
import django, socket
django.setup()
for port in (PORTS):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
        print("called")
    except PermissionError:
        print("refused")
"""
    with listening(socket.socket.getpeername) as named, listening(socket.socket.getpeername) as other:
        answer = answer_of(
            code.replace("PORTS", f"{named}, {other}"),
            **PRODUCTION,
            DJANGO_SETTINGS_MODULE="alliance_portal.settings.production",
            OUTGOING_CONNECTIONS=f"127.0.0.1:{named}",
        )

    assert [line for line in answer.splitlines() if not line.startswith("{")] == ["called", "refused"]
