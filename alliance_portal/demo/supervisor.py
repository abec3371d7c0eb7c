"""Bring the portal up in order, keep it up, take it down."""

import contextlib
import os
import signal
import socket
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from alliance_portal import embedded
from alliance_portal.demo.children import Service, end_all, end_group, spawn
from alliance_portal.embedded.servers import PROJECT
from alliance_portal.serving.healthcheck import answers

if TYPE_CHECKING:
    import subprocess

FIRST_PORT = 8000
PORTS_TRIED = 100
SECONDS_TO_ANSWER = 60
QUICK_DEATHS = 5
PAUSE = 0.1


class DemoError(Exception):
    """The demo cannot go on; the message is the reason."""


class StopAskedError(Exception):
    """Ctrl+C, or a polite signal from elsewhere."""


class Supervisor:
    def __init__(self, state: Path) -> None:
        self.logs = state / "logs"
        self.logs.mkdir(parents=True, exist_ok=True)
        self.state = state
        self.services: dict[str, Service] = {}
        self.steps: list[subprocess.Popen[bytes]] = []
        self.stop_asked = False
        self.restarts = 0
        self.port = 0
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def servers(self) -> str:
        database, queue = (urlsplit(os.environ[name]) for name in ("DATABASE_URL", "REDIS_URL"))
        return f"PostgreSQL at {database.hostname}:{database.port}, Valkey at {queue.hostname}:{queue.port}"

    def start_web(self) -> None:
        """Take the port first: the report that is made from the sample data prints the portal's address."""
        self.port, self.held_port = hold_web_port()
        os.environ["PORTAL_ADDRESS"] = os.environ.get("PORTAL_ADDRESS") or self.address.rstrip("/")
        if self.port != FIRST_PORT:
            report(f"Port {FIRST_PORT} is taken: the portal takes {self.port}.")
        self._serve("web", *web_command(self.port))

    def start_worker(self) -> None:
        options = ["--pool=prefork", "--concurrency=1", "--without-gossip", "--without-mingle"]
        self._serve("worker", "celery", "-A", "alliance_portal", "worker", "--loglevel=INFO", *options)

    def start_beat(self) -> None:
        schedule = f"--schedule={self.state / 'beat-schedule'}"
        self._serve("beat", "celery", "-A", "alliance_portal", "beat", schedule, "--pidfile=")

    def seed(self) -> None:
        """Migrate and load the data while the rest is kept alive; the worker starts once it may.

        All of it can be repeated, so it is tried again if a server was killed meanwhile.
        """
        migrated = self.state / "migrated"
        migrated.unlink(missing_ok=True)
        for _chance in range(3):
            restarts_before = self.restarts
            process = spawn([sys.executable, "-m", "alliance_portal.demo.seed", str(migrated)], PROJECT)
            self.steps = [process]
            while process.poll() is None:
                self.watch()
                if "worker" not in self.services and migrated.exists():
                    self.start_worker()
            self.steps = []
            if process.returncode == 0:
                return
            self.watch()
            if self.restarts == restarts_before:
                break
            report("Loading the data was interrupted and starts again.")
        message = f"Loading the data ended with status {process.returncode}; its messages are above."
        raise DemoError(message)

    def wait_for_web(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_ANSWER
        while not answers(self.port, "/readyz"):
            if time.monotonic() > deadline:
                raise DemoError(f"The web server does not answer.\n{self.services['web'].last_words()}")
            self.watch()

    def watch(self) -> None:
        """Look once after everything that runs."""
        time.sleep(PAUSE)
        if self.stop_asked:
            raise StopAskedError
        self._watch_servers()
        for service in self.services.values():
            if service.has_died():
                self._revive(service)

    def end(self) -> None:
        """Stop everything that was started, servers last."""
        end_all([*self.steps, *(service.process for service in self.services.values())])
        embedded.leave()

    def _watch_servers(self) -> None:
        before = (os.environ["DATABASE_URL"], os.environ["REDIS_URL"])
        restarted = embedded.restart_missing()
        for name in restarted:
            self.restarts += 1
            report(f"{name} had died and runs again.")
        if before != (os.environ["DATABASE_URL"], os.environ["REDIS_URL"]):
            report(f"A server moved to another port, and the portal follows: {self.servers}.")
            end_all([service.process for service in self.services.values()])

    def _revive(self, service: Service) -> None:
        if service.quick_deaths >= QUICK_DEATHS:
            raise DemoError(f"{service.name} does not stay up.\n{service.last_words()}")
        end_group(service.process)
        service.restart()
        self.restarts += 1
        report(f"{service.name} had died and runs again.")

    def _serve(self, name: str, *command: str) -> None:
        log = self.logs / f"{name}.log"
        log.write_bytes(b"")
        self.services[name] = Service(name, [sys.executable, "-m", *command], PROJECT, log)

    def _ask_to_stop(self, number: int, frame: object) -> None:
        self.stop_asked = True


def web_command(port: int) -> list[str]:
    return ["alliance_portal.web", "--host", "127.0.0.1", "--port", str(port), "--access-log"]


def hold_web_port() -> tuple[int, socket.socket]:
    """The first free port, and what holds it until this process ends: nobody else gets it in between."""
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        with contextlib.suppress(OSError):
            return port, hold(port)
    raise DemoError(f"No free port between {FIRST_PORT} and {FIRST_PORT + PORTS_TRIED}.")


def hold(port: int) -> socket.socket:
    """A socket that has the port but takes no connections; the web server's processes bind it too.

    Of several sockets with SO_REUSEADDR, which ports just left need, only one may listen. From then on nobody
    gets the port who does not share it as SO_REUSEPORT lets processes of one account: those of the server.
    Linux alone keeps a port for a socket that has stopped listening; elsewhere the port is only chosen.
    """
    held = socket.socket()
    try:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", port))
        held.listen()
        if sys.platform == "linux":
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
            held.shutdown(socket.SHUT_RDWR)
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        else:
            held.close()
    except OSError:
        held.close()
        raise
    return held


def report(text: str) -> None:
    print(text, flush=True)  # noqa: T201  # the demo speaks on the terminal
