"""How long the database and Valkey may keep somebody waiting, and how often somebody may ask."""

from typing import Any

from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as ValkeyConnectionError
from redis.retry import Retry

from alliance_portal.stores.watched import WatchedConnection

CACHE_SECONDS = 0.3
CALL_RATES = {
    "strangers": "1800/m",  # by client: a whole chamber may come from one address
    "people": "1800/m",
    "searches": "300/m",
    "files": "120/m",
    "lists": "120/m",
    "uploads": "600/h",
    "reports": "60/h",
    "mails": "300/h",
}

# Processes that help with a statement take longer to start than most statements of a page take alone, and
# take the cores from other pages. PostgreSQL assumes a cost of 1,000; scans of a million rows still get them.
PLANS_OF_PAGES = {"parallel_setup_cost": "4000"}
_WEB = PLANS_OF_PAGES | {
    "statement_timeout": "15s",
    "lock_timeout": "1500ms",
    "idle_in_transaction_session_timeout": "60s",
}
_WORK = {
    "statement_timeout": "1h",  # no task may take longer
    "lock_timeout": "10min",
    "idle_in_transaction_session_timeout": "15min",  # a file is read meanwhile
}


def database_limits(database: dict[str, Any], *, is_web: bool, threads: int) -> dict[str, Any]:
    """``DATABASES`` entries: limits that the server keeps, and what shows that it is gone.

    What the address of the ``database`` itself asks for, its encryption above all, goes before them.

    The web has a pool: it bounds the wait for a connection and their number, and replaces broken ones.
    """
    options: dict[str, Any] = {
        "connect_timeout": 2 if is_web else 10,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 10_000 if is_web else 60_000,  # milliseconds; a frozen or unreachable host
        "options": " ".join(f"-c {name}={value}" for name, value in (_WEB if is_web else _WORK).items()),
    }
    options |= database.get("OPTIONS", {})
    if not is_web:
        return {"OPTIONS": options}
    options["pool"] = {
        "connection_class": WatchedConnection,
        "min_size": 1,
        "max_size": threads + 1,
        "timeout": 1,
        "reconnect_timeout": 2,
    }
    return {"OPTIONS": options, "CONN_HEALTH_CHECKS": True}


def cache_limits(seconds: float = CACHE_SECONDS) -> dict[str, Any]:
    """``OPTIONS`` of the cache. A connection that has gone stale is opened again once, and at once."""
    return {
        "socket_timeout": seconds,
        "socket_connect_timeout": seconds,
        "retry": Retry(NoBackoff(), 1, supported_errors=(ValkeyConnectionError,)),
    }


def broker_limits(*, is_web: bool) -> dict[str, Any]:
    """Pages that put work into the queue do not wait for it; a worker may wait for its work."""
    if not is_web:
        return {}
    return {"socket_timeout": 1.0, "socket_connect_timeout": CACHE_SECONDS, "max_retries": 0}
