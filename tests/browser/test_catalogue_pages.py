"""Measures, partners, invitations and the administration's lists, as people meet them."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import expect

from partners.models import Organisation
from partners.services.invitations import invite
from tests.factories import MembershipFactory, UserFactory


def _steward():
    return MembershipFactory(role="data_steward", organisation_code="BMAS").user


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/massnahmen/", "Maßnahmen"),
        ("/massnahmen/M06/", "Nachvermittlung – drei Angebote nach dem 30. September"),
        ("/partner/", "Partner"),
        ("/partner/?q=Köln", "Partner"),
        ("/partner/?q=Atlantis", "Partner"),
        ("/partner/DIHK/", "Deutscher Industrie- und Handelskammertag"),
        ("/partner/IHK-142/", "IHK zu Köln"),
        ("/partner/IHK-142/einladen/", "Person einladen"),
    ],
)
def test_page_is_accessible(page, enter, assert_accessible, address, heading):
    enter(_steward())

    page.goto(address)

    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert_accessible()


def test_invited_person_comes_in_by_the_link(page, enter, assert_accessible):
    enter(_steward())
    page.goto("/partner/DIHK/einladen/")
    page.get_by_label("E-Mail-Adresse").fill("ada@example.org")
    page.get_by_label("Koordination").check()
    page.get_by_role("button", name="Einladung senden").click()
    expect(page.get_by_text("Die Einladung an ada@example.org ist unterwegs.")).to_be_visible()
    expect(page.get_by_text("Die E-Mail wurde am")).to_be_visible()
    assert_accessible()
    link = re.search(r"http://\S+/einladung/\S+", mail.outbox[0].body)[0]

    page.context.clear_cookies()
    page.goto(link)
    assert_accessible()
    page.get_by_label("Vorname").fill("Ada")
    page.get_by_label("Nachname").fill("Neu")
    page.get_by_label("Passwort", exact=True).fill("vierzehn blaue Wagen")
    page.get_by_label("Passwort wiederholen").fill("vierzehn blaue Wagen")
    page.get_by_role("button", name="Konto anlegen").click()

    expect(page.get_by_text("Willkommen. Ihr Konto ist eingerichtet.")).to_be_visible()
    page.context.clear_cookies()
    assert page.goto(link).status == 410
    assert_accessible()


def test_invitation_of_somebody_with_an_account_is_taken_after_signing_in(page, enter, assert_accessible):
    person, stranger = UserFactory(), UserFactory()
    _invitation, token = invite(
        email=person.email,
        organisation_id=Organisation.objects.get(code="DIHK").pk,
        role="coordinator",
        actor=_steward(),
    )
    link = reverse("partners:invitation_open", args=[token])
    page.goto(link)
    expect(page.get_by_role("main").get_by_role("link", name="Anmelden")).to_be_visible()
    assert_accessible()

    enter(stranger)
    page.goto(link)
    assert_accessible()
    page.context.clear_cookies()
    enter(person)
    page.goto(link)
    assert_accessible()
    page.get_by_role("main").get_by_role("button").click()

    expect(page.locator("#messages")).to_contain_text("Sie haben jetzt diese Rolle.")


@pytest.mark.parametrize(
    "name",
    [
        "admin:partners_organisation_changelist",
        "admin:partners_organisation_add",
        "admin:partners_organisation_import",
        "admin:partners_organisation_export",
        "admin:measures_indicator_changelist",
        "admin:measures_indicator_add",
        "admin:measures_target_add",
    ],
)
def test_administration_works_under_the_security_policy(page, enter, name):
    """The browser's console, which every test here watches, stays silent."""
    enter(_steward())

    page.goto(reverse(name))

    expect(page.get_by_role("link", name="Allianz-Portal")).to_be_visible()
