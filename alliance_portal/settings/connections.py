"""Whom the portal calls, as the settings say, and whether nobody on the way can listen or answer instead."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg import pq

POSTGRES_PORT, VALKEY_PORT, SMTP_PORT, HTTPS_PORT, SYSLOG_PORT = 5432, 6379, 25, 443, 6514


@dataclass(frozen=True)
class Peer:
    """A server that the portal calls. ``setting`` is where the operator names it."""

    setting: str
    host: str
    """A name or an address; for a Unix socket its path."""
    port: int
    is_protected: bool
    """Whether the connection is encrypted and the server proves who it is."""
    advice: str

    @property
    def is_local(self) -> bool:
        """Whether what is sent stays on this machine."""
        if self.host.startswith(("/", "@")) or self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False


def database_peers(database: Mapping[str, Any]) -> Iterator[Peer]:
    """As libpq takes it: several hosts may be named, and what is missing comes from its own variables."""
    defaults = {each.keyword.decode(): (each.val or b"").decode() for each in pq.Conninfo.get_defaults()}
    options = defaults | {name: str(value) for name, value in database.get("OPTIONS", {}).items()}
    if options.get("service"):
        raise ImproperlyConfigured("DATABASE_URL has to name the database's host, not a service of libpq.")
    hosts = (options["hostaddr"] or database.get("HOST") or options["host"] or "/").split(",")
    ports = str(database.get("PORT") or options["port"] or POSTGRES_PORT).split(",")
    for place, host in enumerate(hosts):
        yield Peer(
            "DATABASE_URL",
            host,
            int(ports[place % len(ports)]),
            options["sslmode"] == "verify-full",
            "?sslmode=verify-full&sslrootcert=…",
        )


def valkey_peer(url: str) -> Peer:
    parts = urlsplit(url)
    query = {name: values[-1].lower() for name, values in parse_qs(parts.query).items()}
    is_checked = query.get("ssl_cert_reqs", "required") in {"required", "cert_required"}
    is_named = query.get("ssl_check_hostname", "true") in {"true", "1", "yes"}
    return Peer(
        "REDIS_URL",
        parts.path if "unix" in parts.scheme or "socket" in parts.scheme else parts.hostname or "localhost",
        parts.port or VALKEY_PORT,
        parts.scheme == "rediss" and is_checked and is_named,
        "rediss://…?ssl_ca_certs=…",
    )


def mail_peer(config: Mapping[str, Any]) -> Peer:
    return Peer(
        "EMAIL_URL",
        config.get("EMAIL_HOST") or "localhost",
        int(config.get("EMAIL_PORT") or SMTP_PORT),
        bool(config.get("EMAIL_USE_TLS") or config.get("EMAIL_USE_SSL")),
        "smtp+tls://… or smtp+ssl://…",
    )


def error_service_peer(dsn: str) -> Peer:
    parts = urlsplit(dsn)
    return Peer(
        "SENTRY_DSN",
        parts.hostname or "",
        parts.port or HTTPS_PORT,
        parts.scheme == "https",
        "https://…",
    )


def openid_peer(address: str) -> Peer:
    parts = urlsplit(address)
    return Peer(
        "OIDC_ISSUER", parts.hostname or "", parts.port or HTTPS_PORT, parts.scheme == "https", "https://…"
    )


def scanner_peer(address: str) -> Peer:
    """Clamd knows no encryption, it has to be on this machine."""
    host, _, port = address.rpartition(":")
    advice = "the path of a Unix socket"
    if address.startswith("/"):
        return Peer("MALWARE_SCANNER", address, 0, is_protected=True, advice=advice)
    return Peer("MALWARE_SCANNER", host, int(port), is_protected=False, advice=advice)


def log_peer(url: str) -> Peer:
    parts = urlsplit(url)
    return Peer("SYSLOG", parts.hostname or "", parts.port or SYSLOG_PORT, parts.scheme == "tls", "tls://…")


def other_peer(address: str) -> Peer:
    """Whom else the installation needs, such as a proxy on the way out, as host:port."""
    host, _, port = address.rpartition(":")
    return Peer("OUTGOING_CONNECTIONS", host, int(port), is_protected=True, advice="host:port")


def refuse_unprotected(peers: Iterable[Peer], *, allowed: Iterable[str] = ()) -> None:
    """Raise where something would go over a network in the clear, or to whoever answers."""
    for peer in peers:
        if not (peer.is_protected or peer.is_local or peer.setting in allowed):
            raise ImproperlyConfigured(
                f"{peer.setting} names a server at {peer.host} without a connection that is encrypted and "
                f"proves who answers. Use {peer.advice}, a Unix socket or an address of this machine. Where "
                f"the network itself protects what is sent, add {peer.setting} to "
                "ALLOW_UNPROTECTED_CONNECTIONS."
            )
