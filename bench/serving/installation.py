"""An installation of its own: database, Valkey, web server and worker, each of which can be killed."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from alliance_portal import embedded
from alliance_portal.embedded.processes import wait_until_gone
from alliance_portal.embedded.servers import PROJECT
from bench.serving.servers import Server, children_of, until, web_server
from bench.serving.world import Person, World

WORKER = ["-m", "celery", "-A", "alliance_portal", "worker", "--loglevel=ERROR", "--concurrency=1"]
SECONDS_TO_STOP = 60


@dataclass
class Installation:
    folder: Path
    environment: dict[str, str]
    server: Server
    world: World
    worker: "subprocess.Popen[bytes]"

    def kill_web_process(self) -> None:
        """The main process starts another one in its place."""
        if processes := children_of(self.server.process.pid):
            os.kill(processes[-1], signal.SIGKILL)

    def kill_worker(self) -> None:
        _kill_group(self.worker)
        self.worker = _start_worker(self.environment)

    def kill_valkey(self) -> None:
        if pid := embedded.status(self.folder)["valkey"]:
            os.kill(pid, signal.SIGKILL)
            wait_until_gone(pid, SECONDS_TO_STOP)
        embedded.start(self.folder)

    def restart_postgres(self) -> None:
        """As an update of the server does: connections are ended, and it is back when it has started."""
        main = int((self.folder / "postgres/data/postmaster.pid").read_text().split()[0])
        os.kill(main, signal.SIGINT)
        wait_until_gone(main, SECONDS_TO_STOP)
        embedded.start(self.folder)

    def wait_until_ready(self) -> None:
        until(lambda: self.server.ask("/readyz").status == 200)  # noqa: PLR2004  # OK

    def stored_values(self) -> set[tuple[int, int]]:
        """Every value that any version of a figure has held, with the item it belongs to."""
        names = psycopg.sql.Identifier(self.world.version_table)
        query = psycopg.sql.SQL("SELECT item_id, value FROM {} WHERE value IS NOT NULL").format(names)
        with psycopg.connect(self.environment["DATABASE_URL"]) as connection:
            return {(item, int(value)) for item, value in connection.execute(query)}


@contextlib.contextmanager
def installation(people: int, processes: int = 2) -> Iterator[Installation]:
    with stores(processes) as (folder, environment):
        world = _make_world(people, environment)
        with web_server(**environment) as server:
            worker = _start_worker(environment)
            running = Installation(folder, environment, server, world, worker)
            try:
                running.wait_until_ready()
                yield running
            finally:
                _kill_group(running.worker)


@contextlib.contextmanager
def stores(processes: int = 2) -> Iterator[tuple[Path, dict[str, str]]]:
    """Database and Valkey, and the environment of a web server of so many processes that uses them.

    They write to the disk what they confirm, as those of the demo and of installations do.
    """
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the servers run under an account of their own
        addresses = embedded.start(folder)
        environment = addresses | {
            "DJANGO_SETTINGS_MODULE": "alliance_portal.settings.dev",
            "MEDIA_ROOT": str(folder / "media"),
            "GRANIAN_WORKERS": str(processes),
        }
        try:
            yield folder, environment
        finally:
            embedded.stop(folder)


def _make_world(people: int, environment: dict[str, str]) -> World:
    made = subprocess.run(  # noqa: S603  # our own module
        [sys.executable, "-m", "bench.serving.world", str(people)],
        cwd=PROJECT,
        env=os.environ | environment,
        check=True,
        stdout=subprocess.PIPE,
    )
    read = json.loads(made.stdout)
    return World([Person(**each) for each in read["people"]], read["page"], read["version_table"])


def _start_worker(environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603  # our own module
        [sys.executable, *WORKER],
        cwd=PROJECT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # its processes end with it
    )


def _kill_group(process: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
