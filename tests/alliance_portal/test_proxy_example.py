"""The example of a reverse proxy fits the portal's own limits."""

import re
import shutil
import subprocess

import pytest
from django.conf import settings

from alliance_portal.embedded.servers import PROJECT
from alliance_portal.web import DEFAULTS

TEXT = (PROJECT / "docs/examples/nginx.conf").read_text()


def setting(name: str) -> str:
    return re.search(rf"^\s*{name} (.+?);", TEXT, re.MULTILINE)[1]


def test_proxy_lets_through_what_the_portal_takes_and_no_more():
    assert setting("client_max_body_size") == f"{settings.WEB_LIMITS['UPLOAD_BYTES'] // 1024**2}m"
    assert settings.WEB_LIMITS["UPLOAD_BYTES"] > settings.IMPORT_MAX_UPLOAD_BYTES
    assert settings.WEB_LIMITS["FORM_BYTES"] > settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def test_proxy_has_the_patience_of_the_portal():
    assert setting("client_body_timeout") == f"{settings.WEB_LIMITS['BODY_IDLE_SECONDS']}s"
    assert setting("client_header_timeout") == f"{DEFAULTS['http1_header_read_timeout'] // 1000}s"
    kept = re.findall(r"keepalive_timeout (\d+)s;", TEXT)
    assert int(kept[0]) * 1000 < DEFAULTS["http1_header_read_timeout"]


def test_proxy_receives_requests_and_answers_in_full():
    assert (setting("proxy_request_buffering"), setting("proxy_buffering")) == ("on", "on")


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed")
def test_nginx_accepts_the_example(tmp_path):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=portal.example.org",
         "-keyout", tmp_path / "portal.key", "-out", tmp_path / "portal.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    text = TEXT.replace("/etc/ssl", str(tmp_path))
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {text} }}"
    )

    answer = subprocess.run(
        ["nginx", "-t", "-c", tmp_path / "nginx.conf"], check=False, capture_output=True, text=True
    )

    assert answer.returncode == 0, answer.stderr
