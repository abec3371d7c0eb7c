"""Notices, the board of a round and reminders as people use them, with axe on each page."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from measures.models import Reminder, ReportingRound
from measures.services.notices.reminders import write_reminders
from partners.enums import Role
from partners.services.bounces import record_refusal
from partners.services.notices.unsubscribing import unsubscribe_token
from tests.factories import MembershipFactory
from tests.measures.reviewing import sent_back
from tests.measures.submissions import YEAR, item_of, make_submission, put, with_dates

pytestmark = pytest.mark.browser


@pytest.fixture
def clerk(portal):
    return MembershipFactory(organisation_code="IHK-142").user


@pytest.fixture
def coordinator(portal):
    return MembershipFactory(role=Role.COORDINATOR, organisation_code="DIHK").user


@pytest.fixture
def submission(clerk):
    """Overdue since three days, and sent back to its chamber."""
    made = make_submission()
    ReportingRound.objects.filter(pk=made.round_id).update(reminder_days=[0, 3])
    made.round.refresh_from_db()
    with_dates(made.round, due_on=timezone.localdate() - dt.timedelta(days=3))
    put(item_of(made), 5)
    write_reminders()
    sent_back(made, "_T")
    return made


def test_notices_are_read_one_by_one_and_all_at_once(page, enter, assert_accessible, submission, clerk):
    record_refusal(clerk.email, 550, "5.1.1 unknown")
    enter(clerk)
    page.goto("/erfassung/")
    page.get_by_role("link", name="Mitteilungen 3 ungelesen").click()
    expect(page.get_by_role("listitem").filter(has_text="zurückgegeben")).to_be_visible()
    assert_accessible()

    page.get_by_role("listitem").filter(has_text="hat die Meldung").get_by_role(
        "button", name="Ansehen"
    ).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Werte erfassen")
    page.get_by_role("link", name="Mitteilungen 2 ungelesen").click()
    page.get_by_role("button", name="Alle als gelesen markieren").click()
    expect(page.locator("#messages")).to_contain_text("als gelesen markiert")
    page.get_by_role("navigation", name="Welche Mitteilungen").get_by_role("link", name="Ungelesen").click()
    expect(page.get_by_text("Sie haben alles gelesen")).to_be_visible()
    assert_accessible()


def test_mails_are_chosen_and_done_without(page, enter, assert_accessible, clerk):
    enter(clerk)
    page.goto("/mitteilungen/einstellungen/")
    assert_accessible()
    page.get_by_label("Eine Meldung ist freigegeben").uncheck()
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_label("Eine Meldung ist freigegeben")).not_to_be_checked()

    page.context.clear_cookies()
    page.goto(reverse("partners:notice_unsubscribe", args=[unsubscribe_token(clerk.pk)]))
    assert_accessible()
    page.get_by_role("button", name="Mails abschalten").click()
    expect(page.get_by_text("Abgeschaltet")).to_be_visible()
    assert_accessible()


def test_coordinator_reminds_whom_the_board_shows(page, enter, assert_accessible, submission, coordinator):
    make_submission("IHK-101")
    enter(coordinator)
    page.goto(f"/pruefung/fehlende/?year={YEAR}")
    assert_accessible()
    page.get_by_label("Organisation, nach Name oder Schlüssel").fill("Köln")
    page.get_by_role("button", name="Anzeigen").click()
    page.wait_for_url("**q=K**")
    page.get_by_role("navigation", name="Status").get_by_role("link", name="Überfällig 1").click()
    page.get_by_role("checkbox", name="IHK Köln").check()
    page.get_by_role("button", name="Angekreuzte erinnern").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Erinnerung schreiben")
    assert_accessible()
    page.get_by_role("button", name="Vorschau").click()
    expect(page.get_by_label("Ihr Text")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Ihr Text").fill("Bitte bis Freitag.")
    page.get_by_role("button", name="Vorschau").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vorschau der Erinnerung")
    assert_accessible()
    page.get_by_role("button", name="Erinnerung abschicken").click()
    expect(page.locator("#messages")).to_contain_text("1 Organisation wurde erinnert.")
    assert "q=K" in page.url
    assert Reminder.objects.get(kind="personal").text == "Bitte bis Freitag."


@pytest.mark.usefixtures("submission")
def test_board_reminds_without_javascript(chromium, portal, enter, page, coordinator):
    enter(coordinator)
    context = chromium.new_context(base_url=portal.url, locale="de-DE", java_script_enabled=False)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(f"/pruefung/fehlende/?year={YEAR}&status=overdue")
    plain.get_by_role("button", name="Alle aufgeführten erinnern").click()
    plain.get_by_label("Ihr Text").fill("Bitte melden.")
    plain.get_by_role("button", name="Vorschau").click()
    plain.get_by_role("button", name="Erinnerung abschicken").click()
    expect(plain.locator("#messages")).to_contain_text("erinnert")
    context.close()


def test_steward_sees_addresses_that_take_no_mail(page, enter, assert_accessible, clerk):
    record_refusal(clerk.email, 550, "5.1.1 unknown")
    enter(MembershipFactory(role=Role.DATA_STEWARD, organisation_code="BMAS").user)
    page.goto("/mitteilungen/unzustellbar/")
    assert_accessible()
    page.get_by_role("button", name="Funktioniert wieder").click()
    expect(page.get_by_text("Alle Mails kommen an")).to_be_visible()
    assert_accessible()
