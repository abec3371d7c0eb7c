"""What the servers leave on disk, and who is using them."""

import contextlib
import fcntl
import json
import os
import secrets
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from alliance_portal.embedded.errors import ServersUnavailableError

PORTS_TRIED = 500


class ServerState:
    """One directory, one pair of servers."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory.resolve()
        self._in_use: IO[str] | None = None

    def prepare(self) -> None:
        try:
            self.directory.mkdir(mode=0o711, parents=True, exist_ok=True)
            self.directory.chmod(0o711)  # the servers' account has to pass through
        except OSError as error:
            message = (
                f"The state directory {self.directory} cannot be used ({error.strerror}). "
                "Set PORTAL_STATE_DIR to a directory of your own, or DATABASE_URL and REDIS_URL."
            )
            raise ServersUnavailableError(message) from error

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """One process at a time starts or stops servers."""
        self.prepare()
        with self._open("lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def join(self) -> None:
        """Count this process as a user of the servers, until it ends in whatever way."""
        if self._in_use is None:
            self._in_use = self._open("in-use")
            fcntl.flock(self._in_use, fcntl.LOCK_SH)

    def leave(self) -> bool:
        """Leave; return whether no other process uses the servers. Call it under the lock."""
        handle = self._in_use or self._open("in-use")
        self._in_use = None
        with handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
        return True

    @property
    def keep(self) -> Path:
        """Exists while the servers shall outlive their users."""
        return self.directory / "keep"

    def password(self, name: str) -> str:
        path = self.directory / f"{name}.password"
        if not path.exists():
            self._write(path, secrets.token_hex(24))
        return path.read_text()

    def port(self, name: str) -> int | None:
        return self._ports().get(name)

    def choose_port(self, name: str, first: int) -> int:
        """Keep the port of last time, or move on to the next that nobody listens on."""
        ports = self._ports()
        candidates = [ports.get(name, first), *range(first, first + PORTS_TRIED)]
        port = next((port for port in candidates if is_free(port)), None)
        if port is None:
            message = f"No free port between {first} and {first + PORTS_TRIED}."
            raise ServersUnavailableError(message)
        self.remember_port(name, port)
        return port

    def remember_port(self, name: str, port: int) -> None:
        self._write(self.directory / "ports.json", json.dumps(self._ports() | {name: port}))

    def _ports(self) -> dict[str, int]:
        try:
            return json.loads((self.directory / "ports.json").read_text())
        except (FileNotFoundError, ValueError):
            return {}

    def _write(self, path: Path, text: str) -> None:
        fresh = path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)
        fresh.write_text(text)
        self._hand_over(fresh)
        fresh.replace(path)

    def _open(self, name: str) -> IO[str]:
        path = self.directory / name
        try:
            handle = path.open("a")
        except OSError as error:
            message = (
                f"{path} belongs to another user ({error.strerror}). "
                "Set PORTAL_STATE_DIR to a directory of your own, or remove this one."
            )
            raise ServersUnavailableError(message) from error
        self._hand_over(path)
        return handle

    def _hand_over(self, path: Path) -> None:
        """Leave to the directory's owner what root writes into it."""
        owner = self.directory.stat()
        if os.geteuid() == 0 and owner.st_uid != 0:
            os.chown(path, owner.st_uid, owner.st_gid)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
