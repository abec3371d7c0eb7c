"""The reverse proxy takes strong TLS alone, fits the portal's limits and knows its web server."""

import re
from typing import Any

import crossplane
import pytest
import yaml
from django.conf import settings

from alliance_portal.embedded.servers import PROJECT
from alliance_portal.installation.certificates import HOLDERS
from alliance_portal.web import DEFAULTS

CONFIGURATION = PROJECT / "deploy/nginx.conf"
PROXY = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())["services"]["proxy"]

MOZILLA_INTERMEDIATE = {
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-RSA-AES128-GCM-SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-CHACHA20-POLY1305",
    "ECDHE-RSA-CHACHA20-POLY1305",
}
"""Of TLS 1.2; without DHE, whose parameters an operator would have to make. Those of 1.3 are all strong."""

Block = list[dict[str, Any]]


@pytest.fixture(scope="module")
def http(tmp_path_factory) -> Block:
    """As nginx understands it: every directive is known, and stands where it may."""
    whole = tmp_path_factory.mktemp("nginx") / "nginx.conf"
    whole.write_text(f"events {{}} http {{ {CONFIGURATION.read_text()} }}")
    found = crossplane.parse(str(whole), strict=True, catch_errors=False)
    return found["config"][0]["parsed"][1]["block"]


def values(block: Block, name: str) -> list[list[str]]:
    return [each["args"] for each in block if each["directive"] == name]


def value(block: Block, name: str) -> str:
    [arguments] = values(block, name)
    return " ".join(arguments)


def server(http: Block, port: str) -> Block:
    servers = [each["block"] for each in http if each["directive"] == "server"]
    [found] = [block for block in servers if values(block, "listen")[0][0] == port]
    return found


@pytest.fixture(scope="module")
def secure(http: Block) -> Block:
    return server(http, "443")


def blocks(block: Block) -> list[Block]:
    """A block, and those inside of it."""
    return [block, *(inner for each in block if "block" in each for inner in blocks(each["block"]))]


def test_nothing_older_than_tls_1_2_is_spoken(http, secure):
    spoken = [arguments for block in blocks(http) for arguments in values(block, "ssl_protocols")]

    assert spoken == [["TLSv1.2", "TLSv1.3"]]
    assert "ssl" in values(secure, "listen")[0]


def test_every_suite_is_strong(secure):
    assert set(value(secure, "ssl_ciphers").split(":")) == MOZILLA_INTERMEDIATE
    assert value(secure, "ssl_ecdh_curve") == "X25519:prime256v1:secp384r1"
    assert value(secure, "ssl_session_tickets") == "off"


def test_without_tls_there_is_the_way_to_it_and_the_proof_for_the_certificate_authority(http):
    plain = server(http, "80")
    places = {each["args"][0]: each["block"] for each in plain if each["directive"] == "location"}

    assert set(places) == {"/.well-known/acme-challenge/", "/"}
    assert values(places["/"], "return") == [["301", "https://$host$request_uri"]]
    assert value(places["/.well-known/acme-challenge/"], "root") == "/var/www/acme"


def test_certificate_is_where_certbot_puts_it(secure):
    renewal = (PROJECT / "deploy/renew.sh").read_text()
    mounts = {volume.split(":")[0]: volume.split(":")[1] for volume in PROXY["volumes"]}

    assert value(secure, "ssl_certificate") == f"{mounts['letsencrypt']}/live/portal/fullchain.pem"
    assert value(secure, "ssl_certificate_key") == f"{mounts['letsencrypt']}/live/portal/privkey.pem"
    assert "--cert-name portal" in renewal
    assert f"--webroot-path {mounts['acme']}" in renewal
    assert mounts["./deploy/nginx.conf"] == "/etc/nginx/conf.d/default.conf"


def test_web_server_is_reached_over_tls_and_has_to_prove_who_it_is(http, secure):
    [web] = [part for part in HOLDERS if part.folder == "web"]
    called = [arguments for block in blocks(http) for arguments in values(block, "proxy_pass")]
    upstream = next(each["block"] for each in http if each["directive"] == "upstream")

    assert called == [["https://portal"], ["https://portal"]]
    assert values(upstream, "server") == [["web:8000"]]
    assert value(secure, "proxy_ssl_verify") == "on"
    assert value(secure, "proxy_ssl_trusted_certificate") == "/certificates/authority.pem"
    assert value(secure, "proxy_ssl_name") in web.names
    assert value(secure, "proxy_ssl_certificate") == "/certificates/identity.pem"


def test_proxy_says_what_the_portal_takes_from_it_and_nothing_of_the_visitors_own(secure):
    headers = {name.lower(): given for name, given in values(secure, "proxy_set_header")}

    assert headers == {
        "connection": "",
        "host": "$host",
        "x-forwarded-proto": "$scheme",
        "x-forwarded-for": "$remote_addr",
    }
    assert [block for block in blocks(secure)[1:] if values(block, "proxy_set_header")] == []


def test_log_of_the_proxy_holds_no_address_of_a_page(http):
    [log] = values(http, "log_format")

    assert value(http, "access_log").endswith(f" {log[0]}")
    assert re.findall(r"\$\w*(?:request|uri|args|referer)\b", " ".join(log[1:])) == []


def test_proxy_lets_through_what_the_portal_takes_and_no_more(secure):
    assert value(secure, "client_max_body_size") == f"{settings.WEB_LIMITS['UPLOAD_BYTES'] // 1024**2}m"
    assert settings.WEB_LIMITS["UPLOAD_BYTES"] > settings.IMPORT_MAX_UPLOAD_BYTES
    assert settings.WEB_LIMITS["FORM_BYTES"] > settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def test_proxy_has_the_patience_of_the_portal(http, secure):
    upstream = next(each["block"] for each in http if each["directive"] == "upstream")

    assert value(secure, "client_body_timeout") == f"{settings.WEB_LIMITS['BODY_IDLE_SECONDS']}s"
    assert value(secure, "client_header_timeout") == f"{DEFAULTS['http1_header_read_timeout'] // 1000}s"
    assert int(value(upstream, "keepalive_timeout")[:-1]) * 1000 < DEFAULTS["http1_header_read_timeout"]


def test_proxy_receives_requests_and_answers_in_full(secure):
    assert (value(secure, "proxy_request_buffering"), value(secure, "proxy_buffering")) == ("on", "on")
