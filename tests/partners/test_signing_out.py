"""Signing out: what the answers carry."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

MARK = 'name="portal-signed-out"'
PAGE = "/abgemeldet/"


@pytest.mark.parametrize("name", ["account_logout", "admin:logout"])
def test_browser_forgets_what_it_keeps_except_cookies(client, sign_in, name):
    sign_in("data_steward", "BMAS")

    response = client.post(reverse(name))

    assert (response.status_code, response.url) == (302, PAGE)
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/partner/").url.startswith(reverse("account_login"))


def test_only_the_first_page_after_signing_out_makes_the_other_tabs_leave(client, sign_in):
    sign_in("contributor", "IHK-142")
    client.post(reverse("account_logout"))

    assert MARK in client.get(PAGE).content.decode()
    assert MARK not in client.get(PAGE).content.decode()


def test_link_to_that_page_signs_nobody_out(client, sign_in):
    sign_in("contributor", "IHK-142")

    assert client.get(PAGE).url == "/"
    assert client.get("/partner/").status_code == 200
    assert MARK not in Client().get(PAGE).content.decode()


@pytest.mark.parametrize("address", ["/partner/", "/verwaltung/"])
def test_pages_name_whose_session_they_are_of_and_when_it_ends(client, settings, address):
    settings.SESSION_IDLE_MINUTES = 1500
    number = 1234567  # a page for people would put separators into it
    client.force_login(MembershipFactory(user__pk=number, role="data_steward", organisation_code="BMAS").user)

    page = " ".join(client.get(address).content.decode().split())

    assert f'name="portal-session" content="{number}" data-idle-minutes="1500"' in page
