"""Over a network the portal speaks to servers that prove who they are, encrypted; else it does not start."""

import json
import subprocess

import pytest
from django.core.exceptions import ImproperlyConfigured
from environ import Env

from alliance_portal.settings import connections
from alliance_portal.settings.limits import database_limits
from tests.alliance_portal.test_settings import PRODUCTION, answer_of

DATABASE = "postgres://portal@db.example.org/portal"
CHECKED = "sslmode=verify-full&sslrootcert=/c/authority.pem"


def peers_of(setting: str, value: str) -> list[connections.Peer]:
    match setting:
        case "DATABASE_URL":
            return list(connections.database_peers(Env.db_url_config(value)))
        case "EMAIL_URL":
            return [connections.mail_peer(Env.email_url_config(value))]
    ways = {
        "REDIS_URL": connections.valkey_peer,
        "SENTRY_DSN": connections.error_service_peer,
        "MALWARE_SCANNER": connections.scanner_peer,
        "SYSLOG": connections.log_peer,
    }
    return [ways[setting](value)]


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("DATABASE_URL", DATABASE),
        ("DATABASE_URL", f"{DATABASE}?sslmode=require"),
        ("DATABASE_URL", f"{DATABASE}?sslmode=verify-ca&sslrootcert=/c/authority.pem"),
        ("DATABASE_URL", "postgres://portal@localhost/portal?hostaddr=192.0.2.1"),
        ("DATABASE_URL", "postgres:///portal?host=/run/postgresql,db.example.org"),
        ("REDIS_URL", "redis://valkey.example.org:6379/0"),
        ("REDIS_URL", "rediss://valkey.example.org:6379/0?ssl_cert_reqs=none"),
        ("REDIS_URL", "rediss://valkey.example.org:6379/0?ssl_cert_reqs=optional"),
        ("REDIS_URL", "rediss://valkey.example.org:6379/0?ssl_check_hostname=false"),
        ("EMAIL_URL", "smtp://mail.example.org:25"),
        ("SENTRY_DSN", "http://key@errors.example.org/1"),
        ("MALWARE_SCANNER", "scanner.example.org:3310"),
        ("SYSLOG", "tcp://logs.example.org:601"),
    ],
)
def test_server_that_is_reached_without_protection_is_refused(setting, value):
    with pytest.raises(ImproperlyConfigured, match=rf"^{setting} names a server at .+ Use "):
        connections.refuse_unprotected(peers_of(setting, value))

    connections.refuse_unprotected(peers_of(setting, value), allowed=[setting])


@pytest.mark.parametrize(
    ("setting", "value", "called"),
    [
        ("DATABASE_URL", f"{DATABASE}?{CHECKED}", [("db.example.org", 5432)]),
        (
            "DATABASE_URL",
            f"postgres:///portal?host=one.example.org,two.example.org&port=5433,5434&{CHECKED}",
            [("one.example.org", 5433), ("two.example.org", 5434)],
        ),
        ("DATABASE_URL", "postgres://portal@localhost:15432/portal", [("localhost", 15432)]),
        ("DATABASE_URL", "postgres:///portal?host=/run/postgresql", [("/run/postgresql", 5432)]),
        ("REDIS_URL", "rediss://valkey.example.org/0?ssl_ca_certs=/c/a.pem", [("valkey.example.org", 6379)]),
        ("REDIS_URL", "redis://127.0.0.1:16379/0", [("127.0.0.1", 16379)]),
        ("REDIS_URL", "unix:///run/valkey.sock", [("/run/valkey.sock", 6379)]),
        ("EMAIL_URL", "smtp+tls://me:secret@mail.example.org:587", [("mail.example.org", 587)]),
        ("EMAIL_URL", "smtp://localhost:25", [("localhost", 25)]),
        ("SENTRY_DSN", "https://key@errors.example.org/1", [("errors.example.org", 443)]),
        ("MALWARE_SCANNER", "/run/clamav/clamd.sock", [("/run/clamav/clamd.sock", 0)]),
        ("MALWARE_SCANNER", "127.0.0.1:3310", [("127.0.0.1", 3310)]),
        ("SYSLOG", "tls://logs.example.org", [("logs.example.org", 6514)]),
    ],
)
def test_server_that_proves_who_it_is_or_is_on_this_machine_is_accepted(setting, value, called):
    peers = peers_of(setting, value)

    connections.refuse_unprotected(peers)

    assert [(peer.host, peer.port) for peer in peers] == called


def test_host_that_libpq_takes_from_its_own_variable_counts(monkeypatch):
    monkeypatch.setenv("PGHOST", "db.example.org")

    with pytest.raises(ImproperlyConfigured, match=r"db\.example\.org"):
        connections.refuse_unprotected(peers_of("DATABASE_URL", "postgres:///portal"))


def test_service_of_libpq_hides_the_host_and_is_refused():
    with pytest.raises(ImproperlyConfigured, match="service"):
        peers_of("DATABASE_URL", "postgres:///portal?service=portal")


@pytest.mark.parametrize("is_web", [True, False])
def test_encryption_that_the_address_asks_for_is_kept_besides_the_limits(is_web):
    options = database_limits(Env.db_url_config(f"{DATABASE}?{CHECKED}"), is_web=is_web, threads=4)["OPTIONS"]

    assert (options["sslmode"], options["sslrootcert"]) == ("verify-full", "/c/authority.pem")
    assert "statement_timeout" in options["options"]


@pytest.mark.long
def test_installation_with_a_database_in_the_clear_does_not_start():
    with pytest.raises(subprocess.CalledProcessError) as refused:
        answer_of("from alliance_portal.settings import production", **PRODUCTION, DATABASE_URL=DATABASE)

    assert "ImproperlyConfigured: DATABASE_URL names a server at db.example.org" in refused.value.stderr


@pytest.mark.long
def test_installation_knows_whom_it_calls():
    code = (
        "import json; from alliance_portal.settings import production as p;"
        "print(json.dumps([[peer.setting, peer.host] for peer in p.PEERS]))"
    )

    peers = json.loads(
        answer_of(
            code,
            **PRODUCTION,
            DATABASE_URL=f"{DATABASE}?{CHECKED}",
            REDIS_URL="rediss://valkey.example.org/0",
            EMAIL_URL="smtp+ssl://mail.example.org:465",
            MALWARE_SCANNER="/run/clamav/clamd.sock",
            SYSLOG="tls://logs.example.org",
        )
    )

    assert peers == [
        ["DATABASE_URL", "db.example.org"],
        ["REDIS_URL", "valkey.example.org"],
        ["EMAIL_URL", "mail.example.org"],
        ["MALWARE_SCANNER", "/run/clamav/clamd.sock"],
        ["SYSLOG", "logs.example.org"],
    ]


@pytest.mark.long
@pytest.mark.parametrize("variable", ["SECRET_KEY", "MFA_ENCRYPTION_KEYS"])
def test_web_needs_every_key_and_a_worker_only_what_its_work_needs(variable):
    others = {name: value for name, value in PRODUCTION.items() if name != variable}
    code = f"from alliance_portal.settings import production as p; print(repr(p.{variable}))"

    assert answer_of(code, **others) in {"''", "None"}
    with pytest.raises(subprocess.CalledProcessError) as refused:
        answer_of(code, **others, PORTAL_IS_WEB="1")
    assert f"Set the {variable} environment variable" in refused.value.stderr
