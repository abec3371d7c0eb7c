"""Certificates in the portal's settings that end soon: the authority's, which nothing renews, and its own."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from django.conf import settings

AUTHORITY_DAYS_BEFORE = 90
"""A new authority is made by hand, at a time when everything may stop for a minute (docs/operations.md)."""

OWN_DAYS_BEFORE = 10
"""Renewed twenty days before they end; so close to it the nightly run has failed for long."""

_DATABASE = {"sslrootcert": AUTHORITY_DAYS_BEFORE, "sslcert": OWN_DAYS_BEFORE}
_VALKEY = {"ssl_ca_certs": AUTHORITY_DAYS_BEFORE, "ssl_certfile": OWN_DAYS_BEFORE}


@dataclass(frozen=True)
class Ending:
    path: Path
    name: str
    ends: dt.datetime


def ending(*, now: dt.datetime | None = None) -> list[Ending]:
    """Those that end within their days, each file once; an unreadable one raises."""
    now = now or dt.datetime.now(dt.UTC)
    found = {
        certificate: Ending(path, certificate.subject.rfc4514_string(), certificate.not_valid_after_utc)
        for path, days in sorted(_files().items())
        for certificate in x509.load_pem_x509_certificates(path.read_bytes())
        if certificate.not_valid_after_utc - now < dt.timedelta(days=days)
    }
    return sorted(found.values(), key=lambda each: each.ends)


def _files() -> dict[Path, int]:
    """The longest time of the places where a file is named."""
    files: dict[Path, int] = {}
    for name, days in _named():
        files[name] = max(days, files.get(name, 0))
    return files


def _named() -> Iterator[tuple[Path, int]]:
    """What the addresses of the database, of the queue and of the cache name."""
    options = settings.DATABASES["default"].get("OPTIONS", {})
    yield from ((Path(options[key]), days) for key, days in _DATABASE.items() if options.get(key))
    query = parse_qs(urlsplit(settings.CELERY_BROKER_URL).query)
    yield from ((Path(value), days) for key, days in _VALKEY.items() for value in query.get(key, ()))
