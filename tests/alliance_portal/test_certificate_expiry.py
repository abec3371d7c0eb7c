"""Nobody is surprised by a certificate that ends, and by a nightly run that failed."""

import datetime as dt
import logging
import os
import re
import shutil
import subprocess
from urllib.parse import urlencode

import pytest

from alliance_portal.embedded.servers import PROJECT
from alliance_portal.installation import expiry
from alliance_portal.installation.certificates import AUTHORITY, AUTHORITY_DAYS, IDENTITY, issue
from alliance_portal.tasks import watch_certificates
from partners.files import malware

NOW = dt.datetime.now(dt.UTC)


@pytest.fixture
def portal(tmp_path, settings, monkeypatch):
    """An installation whose addresses name their certificates; the settings alone, nothing connects."""
    issue(tmp_path)
    place = tmp_path / "portal"
    options = {"sslrootcert": str(place / AUTHORITY), "sslcert": str(place / IDENTITY)}
    monkeypatch.setitem(settings.DATABASES["default"], "OPTIONS", options)
    query = urlencode({"ssl_ca_certs": place / AUTHORITY, "ssl_certfile": place / IDENTITY})
    settings.CELERY_BROKER_URL = f"rediss://valkey:6379/0?{query}"
    return tmp_path


@pytest.mark.parametrize(
    ("days", "names"),
    [
        (0, []),
        (19, []),
        (21, ["CN=portal"]),
        (AUTHORITY_DAYS - 91, ["CN=portal"]),
        (AUTHORITY_DAYS - 89, ["CN=portal", "CN=Alliance portal\\, internal"]),
    ],
)
def test_those_that_end_soon_are_found_once_each(portal, days, names):
    found = expiry.ending(now=NOW + dt.timedelta(days=days))

    assert [each.name for each in found] == names


def test_what_renews_them_every_night_keeps_them_from_being_found(portal):
    issue(portal, now=NOW + dt.timedelta(days=11))

    assert expiry.ending(now=NOW + dt.timedelta(days=21)) == []


def test_task_of_the_night_writes_an_error(portal, caplog):
    shutil.rmtree(portal / "authority")
    issue(portal, now=NOW - dt.timedelta(days=AUTHORITY_DAYS - 30))

    with caplog.at_level(logging.ERROR):
        watch_certificates()

    assert "Alliance portal" in caplog.text
    assert str(portal / "portal" / AUTHORITY) in caplog.text


def test_installation_without_certificates_has_none_to_watch():
    assert expiry.ending() == []


def test_scanner_gives_up_before_the_portal_stops_waiting():
    [milliseconds] = re.findall(
        r"^MaxScanTime (\d+)$", (PROJECT / "deploy/clamd.conf").read_text(), re.MULTILINE
    )

    assert int(milliseconds) / 1000 < malware.SECONDS


@pytest.fixture
def renew(tmp_path):
    """``deploy/renew.sh`` with a docker of the test's: returns exit code, error output, calls."""

    def run(certbot: str) -> tuple[int, str, str]:
        calls = tmp_path / "calls"
        docker = tmp_path / "docker"
        docker.write_text(f'#!/bin/sh\necho "$*" >> {calls}\ncase "$*" in\n{certbot}\nesac\n')
        docker.chmod(0o755)
        done = subprocess.run(
            ["sh", PROJECT / "deploy/renew.sh"],
            env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stderr, calls.read_text()

    return run


KNOWN = '*"certbot certificates"*) echo "Certificate Name: portal";;'
RELOADED = "compose kill --signal HUP postgres web proxy"


def test_public_certificate_is_renewed_by_night(renew):
    code, _errors, calls = renew(KNOWN)

    assert code == 0
    assert "certbot renew" in calls
    assert RELOADED in calls


def test_certificate_of_ones_own_is_left_alone(renew):
    code, errors, calls = renew('*"certbot certificates"*) echo "No certificates found.";;')

    assert (code, errors) == (0, "")
    assert "certbot renew" not in calls


@pytest.mark.parametrize(
    "certbot",
    [
        '*"certbot certificates"*) echo "cannot read /etc/letsencrypt" >&2; exit 1;;',
        KNOWN + '\n*"certbot renew"*) echo "cannot read /etc/letsencrypt" >&2; exit 1;;',
    ],
)
def test_failure_of_certbot_is_reported_and_what_is_inside_is_renewed_all_the_same(renew, certbot):
    code, errors, calls = renew(certbot)

    assert code == 1
    assert "cannot read /etc/letsencrypt" in errors
    assert RELOADED in calls
    assert "compose restart valkey" in calls
