"""The tokens of links from mails stay in no address of a page, no header and no log."""

import logging

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import resolve, reverse

from alliance_portal.log_filter import LOGGERS, hide_tokens, without_tokens
from partners.enums import Role, SecurityEventKind
from partners.models import Organisation, SecurityEvent
from partners.services import invitations
from tests.factories import MembershipFactory, UserFactory
from tests.test_access import portal_addresses

pytestmark = pytest.mark.django_db


@pytest.fixture
def token():
    actor = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    organisation = Organisation.objects.get(code="IHK-142")
    _invitation, token = invitations.invite(
        email="ada@example.org", organisation_id=organisation.pk, role=Role.CONTRIBUTOR, actor=actor
    )
    return token


def reset_key(user):
    return {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}


def test_invitation_goes_on_at_an_address_without_its_token(client, token):
    response = client.get(reverse("partners:invitation_open", args=[token]))
    page = client.get(response.url)

    assert response.url == "/einladung/annehmen/"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert page.status_code == 200
    assert token not in page.content.decode()


def test_token_is_not_kept_after_the_account_is_made(client, token):
    client.get(reverse("partners:invitation_open", args=[token]))
    password = "vierzehn blaue Wagen"
    account = {"first_name": "Ada", "last_name": "Neu", "password": password, "password_again": password}
    client.post("/einladung/annehmen/", account)

    assert token not in str(dict(client.session))


def test_new_password_is_typed_at_an_address_without_the_key(client):
    key = reset_key(UserFactory())
    response = client.get(reverse("account_reset_password_from_key", kwargs=key))

    assert key["key"] not in response.url
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert client.get(response.url).headers["Referrer-Policy"] == "same-origin"  # its form names its origin


def test_used_key_is_not_passed_on(client):
    response = client.get(reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "x-y"}))

    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_log_of_a_refused_link_is_without_its_token(client, caplog):
    with caplog.at_level(logging.WARNING, logger="django.request"):
        client.get(reverse("partners:invitation_open", args=["secret-token"]))

    assert "/einladung/…" in caplog.text
    assert "secret-token" not in caplog.text


def test_access_log_is_without_tokens(caplog):
    """As granian writes it: a line with the parts of the request by name."""
    hide_tokens()
    log = logging.getLogger("granian.access")
    log.addHandler(caplog.handler)
    line = '%(addr)s - "%(method)s %(path)s %(protocol)s" %(status)d'
    with caplog.at_level(logging.INFO, logger="granian.access"):
        request = {"addr": "::1", "method": "GET", "protocol": "HTTP/1.1", "status": 302}
        log.info(line, request | {"path": "/konto/password/reset/key/a-secret-token/"})
    log.removeHandler(caplog.handler)

    assert caplog.messages[0] == '::1 - "GET /konto/password/reset/key/…/ HTTP/1.1" 302'
    assert "granian.access" in LOGGERS


def test_no_address_with_a_token_is_logged_whole():
    tokens = {
        path: match.kwargs["token"]
        for path in portal_addresses().values()
        if "token" in (match := resolve(path)).kwargs
    }

    assert len(tokens) >= 8
    assert [path for path, token in tokens.items() if token in without_tokens(path)] == []


def test_token_of_a_link_is_not_kept_as_what_somebody_was_refused(client, sign_in):
    sign_in("contributor", "IHK-142")

    client.get(reverse("reporting:preview", args=["secret-token"]))

    refused = SecurityEvent.objects.get(kind=SecurityEventKind.REFUSED)
    assert refused.target == "/berichte/vorab/…/"


@pytest.mark.parametrize(
    "address",
    ["/einladung/annehmen/", "/einladung/12/zurueckziehen/", "/konto/password/reset/key/done/", "/"],
)
def test_addresses_without_tokens_are_logged_whole(address):
    assert without_tokens(address) == address
