"""Start what is missing, stop what nobody uses."""

import atexit
import os
from collections.abc import Sequence
from pathlib import Path

from alliance_portal.embedded.errors import ServersUnavailableError
from alliance_portal.embedded.postgres import Postgres
from alliance_portal.embedded.state import ServerState
from alliance_portal.embedded.valkey import Valkey

SERVERS = (Postgres, Valkey)
PROJECT = Path(__file__).resolve().parent.parent.parent

_joined: dict[Path, ServerState] = {}
_provided: set[str] = set()


def state_directory() -> Path:
    return Path(os.environ.get("PORTAL_STATE_DIR") or PROJECT / ".state")


def provide(directory: Path | None = None, *, durable: bool = True) -> None:
    """See to it that ``DATABASE_URL`` and ``REDIS_URL`` are set and lead to running servers.

    The servers stay until this process and all others that use them have ended.
    """
    missing = [server for server in SERVERS if not os.environ.get(server.variable)]
    if not missing:
        return
    if os.environ.get("PORTAL_EMBEDDED") == "0":
        names = " and ".join(server.variable for server in missing)
        message = f"Set {names}: PORTAL_EMBEDDED=0 forbids starting the embedded servers."
        raise ServersUnavailableError(message)
    state = _state(directory)
    with state.locked():
        state.join()
        atexit.register(_leave, state, os.getpid())
        for server in [kind(state) for kind in missing]:
            server.start(durable=durable)
            os.environ[server.variable] = server.url
            _provided.add(server.variable)


def restart_missing(directory: Path | None = None, *, durable: bool = True) -> list[str]:
    """Start again those of the servers provided to this process that died. Returns their names.

    A new address, where another program took the port meanwhile, is in the environment.
    """
    state = _state(directory)
    restarted = []
    with state.locked():
        for server in _servers(state):
            if server.variable not in _provided:
                continue
            if server.pid() is None:
                server.start(durable=durable)
                restarted.append(server.name)
            os.environ[server.variable] = server.url
    return restarted


def start(directory: Path | None = None, *, durable: bool = True) -> dict[str, str]:
    """Start both and let them outlive their users, until ``stop``. Returns the addresses."""
    state = _state(directory)
    with state.locked():
        state.keep.touch()
        servers = _servers(state)
        for server in servers:
            server.start(durable=durable)
    return {server.variable: server.url for server in servers}


def stop(directory: Path | None = None) -> list[str]:
    """Stop both, whoever uses them. Returns the names of those that ran."""
    state = _state(directory)
    if not state.directory.exists():
        return []
    with state.locked():
        state.keep.unlink(missing_ok=True)
        return _stop(state)


def status(directory: Path | None = None) -> dict[str, int | None]:
    """Each server's process number, None while it does not run."""
    state = _state(directory)
    return {server.name: server.pid() if state.directory.exists() else None for server in _servers(state)}


def leave(directory: Path | None = None) -> None:
    """Give the servers up before this process ends; the last user stops them."""
    state = _state(directory)
    if state.directory in _joined:
        _leave(state, os.getpid())


def _state(directory: Path | None) -> ServerState:
    path = (directory or state_directory()).resolve()
    return _joined.setdefault(path, ServerState(path))


def _servers(state: ServerState) -> Sequence[Postgres | Valkey]:
    return [kind(state) for kind in SERVERS]


def _leave(state: ServerState, pid: int) -> None:
    if pid != os.getpid():  # a forked child ends; its parent still works
        return
    with state.locked():
        if state.leave() and not state.keep.exists():
            _stop(state)


def _stop(state: ServerState) -> list[str]:
    return [server.name for server in _servers(state) if server.stop()]
