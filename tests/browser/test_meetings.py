"""Meetings, resolutions and commitments as a data steward and an organisation use them."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from measures.models import Commitment, Meeting
from partners.models import Organisation
from tests.measures.meetings.making import (
    decided,
    make_commitment,
    make_meeting,
    reported,
    steward,
    works_for,
)


@pytest.fixture
def keeper(transactional_db):
    return steward()


def test_meeting_with_a_resolution_is_kept_reported_and_decided_on(page, enter, keeper, assert_accessible):
    enter(keeper)
    page.goto("/sitzungen/")
    page.get_by_role("link", name="Neue Sitzung").click()
    assert_accessible()
    page.get_by_label("Titel (deutsch)").fill("Steuerungskreis")
    page.get_by_label("Tag", exact=True).fill("2030-05-06")
    page.get_by_label("Beginnt um").fill("10:00")
    page.get_by_label("DIHK", exact=True).check()
    page.get_by_label("Tagesordnung").fill("1. Praktikumsplätze")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Steuerungskreis")
    assert_accessible()

    page.get_by_role("link", name="Neuer Beschluss").click()
    assert_accessible()
    page.get_by_label("Titel (deutsch)").fill("Plätze einzeln melden")
    page.get_by_label("Fällig am").fill("2030-09-30")
    page.get_by_role("group", name="Verantwortlich").get_by_label("DIHK", exact=True).check()
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Plätze einzeln melden")
    assert_accessible()
    commitment = Commitment.objects.get(resolution__title_de="Plätze einzeln melden")

    enter(works_for("DIHK"))
    page.goto("/sitzungen/")
    own = page.get_by_role("group", name="Offene Zusagen Ihrer Organisationen")
    own.get_by_role("link", name="Plätze einzeln melden").click()
    page.get_by_label("Eingehalten", exact=True).check()
    page.get_by_label("Was getan wurde").fill("Alle Kammern melden.")
    assert_accessible()
    page.get_by_role("button", name="Bericht absenden").click()
    expect(page.get_by_text("Alle Kammern melden.")).to_be_visible()
    assert_accessible()

    enter(keeper)
    page.goto("/sitzungen/")
    assert_accessible()
    page.get_by_role("group", name="Berichtet, noch nicht entschieden").get_by_role("link").click()
    page.get_by_label("Eingehalten", exact=True).check()
    page.get_by_label("Grund").fill("Belegt.")
    assert_accessible()
    page.get_by_role("button", name="Entscheidung speichern").click()
    expect(page.get_by_text("Offen → Eingehalten")).to_be_visible()
    assert_accessible()
    commitment.refresh_from_db()
    assert (commitment.state, commitment.state_by) == ("kept", keeper)


def test_lists_calendar_and_organisation_page_are_for_everybody(page, enter, keeper, assert_accessible):
    late = make_commitment(due_on=dt.date(2020, 1, 1), title_de="Überfälliges")
    decided(make_commitment(title_de="Gehaltenes"), keeper)
    reported(late, works_for("DIHK"), "not_kept")
    make_meeting(title_de="Abgesagtes", is_cancelled=True)
    enter(works_for("DIHK"))

    page.goto("/beschluesse/")
    assert_accessible()
    page.locator("#id_state").select_option(label="Eingehalten")
    expect(page.get_by_role("link", name="Gehaltenes")).to_be_visible()
    expect(page.get_by_role("link", name="Überfälliges")).to_have_count(0)
    page.goto("/partner/DIHK/")
    expect(page.get_by_role("group", name="Offene Zusagen").get_by_text("überfällig")).not_to_have_count(0)
    assert_accessible()
    page.goto("/kalender/")
    assert_accessible()
    page.get_by_role("button", name="Adresse anlegen").click()
    assert "/kalender/de/" in page.get_by_label("Adresse", exact=True).input_value()
    assert_accessible()


def test_meeting_is_kept_without_javascript(chromium, portal, enter, page, keeper):
    enter(keeper)
    context = chromium.new_context(base_url=portal.url, locale="de-DE", java_script_enabled=False)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()

    plain.goto("/sitzungen/neu/")
    plain.get_by_label("Titel (deutsch)").fill("Ohne Skripte")
    plain.get_by_label("Tag", exact=True).fill("2030-05-06")
    plain.get_by_label("Endet um").fill("10:00")
    plain.get_by_role("button", name="Speichern").click()
    expect(plain.get_by_text("Eine Sitzung endet, nachdem sie begonnen hat.")).to_be_visible()
    plain.get_by_label("Beginnt um").fill("09:00")
    plain.get_by_role("button", name="Speichern").click()

    expect(plain.get_by_role("heading", level=1)).to_have_text("Ohne Skripte")
    context.close()
    assert Meeting.objects.filter(title_de="Ohne Skripte", begins=dt.time(9)).exists()
    assert Organisation.objects.filter(meetings__title_de="Ohne Skripte").count() == 0
