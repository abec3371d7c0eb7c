"""The example of a reverse proxy fits the portal's own limits."""

import re

import crossplane
from django.conf import settings

from alliance_portal.embedded.servers import PROJECT
from alliance_portal.web import DEFAULTS

EXAMPLE = PROJECT / "docs/examples/nginx.conf"
TEXT = EXAMPLE.read_text()


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


def test_nginx_knows_every_directive_of_the_example():
    parsed = crossplane.parse(str(EXAMPLE), strict=True, check_ctx=False)

    assert (parsed["status"], parsed["errors"]) == ("ok", [])
