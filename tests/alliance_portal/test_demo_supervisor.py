"""Which addresses the demo takes."""

import socket
import threading

import pytest

from alliance_portal.demo import supervisor
from alliance_portal.demo.supervisor import choose_web_port, comes_free


@pytest.fixture
def taken_port(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        monkeypatch.setattr(supervisor, "FIRST_PORT", port)
        yield port, server


def test_the_portal_takes_the_next_free_port(taken_port):
    port, _server = taken_port

    assert port < choose_web_port() < port + supervisor.PORTS_TRIED


def test_a_restarted_portal_keeps_its_port_while_its_killed_processes_let_go(taken_port):
    port, server = taken_port
    threading.Timer(0.3, server.close).start()

    assert comes_free(port)
    assert choose_web_port() == port


def test_a_port_that_a_stranger_holds_is_given_up(taken_port, monkeypatch):
    port, _server = taken_port
    monkeypatch.setattr(supervisor, "SECONDS_TO_LET_GO", 0.2)

    assert not comes_free(port)
