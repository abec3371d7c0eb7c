"""Whether a PostgreSQL server answers, found out in less than half a second and without signing in.

The server is asked whether it speaks TLS, the first thing libpq asks as well; any answer will do. A host or
process that is frozen takes the connection, as the kernel does that, but says nothing.
"""

import socket
from dataclasses import dataclass

SECONDS = 0.4
_SSL_REQUEST = bytes.fromhex("0000000804d2162f")


@dataclass(frozen=True)
class Address:
    host: str
    """A name, an address, or the directory of a Unix socket."""
    port: int


def answers(address: Address) -> bool:
    try:
        with _connect(address) as connection:
            connection.sendall(_SSL_REQUEST)
            return bool(connection.recv(1))
    except OSError:
        return False


def _connect(address: Address) -> socket.socket:
    if not address.host.startswith("/"):
        return socket.create_connection((address.host, address.port), timeout=SECONDS)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(SECONDS)
        connection.connect(f"{address.host}/.s.PGSQL.{address.port}")
    except BaseException:
        connection.close()
        raise
    return connection
