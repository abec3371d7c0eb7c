"""The portal calls the servers that its settings name, and nobody else.

Code that is slipped in, or tricked into fetching an address, gets ``PermissionError`` and a line in the log.
It holds for sockets of Python, which all libraries here use but libpq, whose address is a setting; a firewall
around the installation holds the rest (docs/operations.md).
"""

import logging
import os
import socket
import sys
import threading
import time
from collections.abc import Collection
from typing import Any

from alliance_portal.settings.connections import Peer

logger = logging.getLogger(__name__)

SECONDS_RESOLVED = 1.0
"""A name may lead elsewhere by now; it is looked up again at most so often."""

RESOLVING = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
CONNECTING = {"socket.connect", "socket.sendto", "socket.sendmsg"}


class Gate:
    """An audit hook: the interpreter asks it before each call."""

    def __init__(self, peers: Collection[Peer]) -> None:
        self.ports = {(peer.host.lower(), peer.port) for peer in peers}
        self.names = {host for host, _port in self.ports} | {socket.gethostname().lower()}
        self.paths = {peer.host for peer in peers if peer.host.startswith(("/", "@"))}
        self._addresses: set[tuple[str, int]] = set()
        self._resolved_at: dict[int, float] = {}
        self._inside = threading.local()
        self._lock = threading.Lock()
        os.register_at_fork(after_in_child=self._renew_lock)  # another thread may hold it in the parent

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in RESOLVING and event not in CONNECTING:
            return
        if getattr(self._inside, "is_at_work", False):  # looking up a name itself, or logging
            return
        self._inside.is_at_work = True
        try:
            target = arguments[0] if event in RESOLVING else arguments[1]
            is_known = self.knows_name(target) if event in RESOLVING else self.knows_address(target)
            if not is_known:
                logger.error("A call to %s was refused: no setting names it", target)
                raise PermissionError(f"The settings name no server at {target}.")
        finally:
            self._inside.is_at_work = False

    def knows_name(self, host: str | bytes | None) -> bool:
        """Without a name one's own address is meant, which serves to listen."""
        name = host.decode() if isinstance(host, bytes) else host
        return not name or name.lower() in self.names or self._is_resolved(name)

    def knows_address(self, address: Any) -> bool:
        if isinstance(address, str | bytes):
            return self._knows_path(address.decode() if isinstance(address, bytes) else address)
        if address is None:  # a socket that is connected already
            return True
        known = (str(address[0]).lower(), address[1])
        if known in self.ports or known in self._addresses:
            return True
        with self._lock:
            self._resolve(known[1])
            return known in self._addresses

    def _knows_path(self, path: str) -> bool:
        """PostgreSQL's setting names the folder of its socket."""
        return path.replace("\0", "@") in self.paths or path.rpartition("/.s.PGSQL.")[0] in self.paths

    def _is_resolved(self, name: str) -> bool:
        """Libraries look up numbers as well."""
        return name in {host for host, _port in self._addresses}

    def _resolve(self, port: int) -> None:
        """Look up the names that are called at this port, so that no other's can keep this call waiting."""
        if time.monotonic() - self._resolved_at.get(port, -SECONDS_RESOLVED) < SECONDS_RESOLVED:
            return
        self._resolved_at[port] = time.monotonic()
        for host in [host for host, known in self.ports if known == port and host not in self.paths]:
            try:
                found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            except OSError:  # whoever calls it will see
                continue
            self._addresses |= {(str(address[0]), port) for *_rest, address in found}

    def _renew_lock(self) -> None:
        self._lock = threading.Lock()


def allow_only(peers: Collection[Peer]) -> None:
    """From now on and for good, in this process and those forked from it."""
    sys.addaudithook(Gate(peers))
