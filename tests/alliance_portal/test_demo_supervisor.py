"""Which address the demo takes, and that it is the one that links lead to."""

import os
import signal
import socket

import pytest

from alliance_portal.demo import supervisor
from alliance_portal.demo.supervisor import DemoError, Supervisor, hold, hold_web_port


@pytest.fixture
def taken_port(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        monkeypatch.setattr(supervisor, "FIRST_PORT", port)
        yield port


@pytest.fixture
def demo(tmp_path, monkeypatch):
    """A supervisor that starts nothing."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    monkeypatch.setattr(Supervisor, "_serve", lambda *_command: None)
    monkeypatch.setenv("PORTAL_ADDRESS", "")
    yield Supervisor(tmp_path)
    for number, handler in handlers.items():
        signal.signal(number, handler)


def listening(port: int) -> socket.socket:
    """A process of a web server: it shares the port with others of its account."""
    return socket.create_server(("127.0.0.1", port), reuse_port=True)


def test_links_lead_to_the_address_that_the_demo_takes(taken_port, demo):
    demo.start_web()
    with demo.held_port:
        assert taken_port < demo.port < taken_port + supervisor.PORTS_TRIED
        assert os.environ["PORTAL_ADDRESS"] == f"http://127.0.0.1:{demo.port}"
        assert f"{os.environ['PORTAL_ADDRESS']}/" == demo.address


def test_links_lead_where_the_operator_says(demo, monkeypatch):
    monkeypatch.setenv("PORTAL_ADDRESS", "https://portal.example")

    demo.start_web()
    with demo.held_port:
        assert os.environ["PORTAL_ADDRESS"] == "https://portal.example"


def test_two_demos_never_share_a_port(taken_port):
    first, held = hold_web_port()
    with held:
        second, held_too = hold_web_port()
        with held_too, listening(first), listening(first):
            assert second > first
            socket.create_connection(("127.0.0.1", first), timeout=5).close()
            with pytest.raises(OSError, match="in use"):
                hold(first)


def test_demo_started_within_the_same_moment_gets_another_port():
    """Both have bound the port before either listens."""
    with socket.socket() as late:
        late.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        late.bind(("127.0.0.1", 0))
        with hold(late.getsockname()[1]), pytest.raises(OSError, match="in use"):
            late.listen()


def test_port_just_left_is_taken_again(taken_port):
    port, held = hold_web_port()
    with held, listening(port) as server:
        visitor = socket.create_connection(("127.0.0.1", port), timeout=5)
        server.accept()[0].close()  # the server ends the connection, and the port lingers
        visitor.close()

    hold(port).close()


def test_no_free_port_is_told(taken_port, monkeypatch):
    monkeypatch.setattr(supervisor, "PORTS_TRIED", 1)

    with pytest.raises(DemoError, match="No free port"):
        hold_web_port()
