"""Opening and changing rounds as a data steward does, with and without JavaScript."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from measures.models import ReportingRound
from tests.factories import MembershipFactory
from tests.measures.submissions import YEAR, extended, item_of, make_submission, put


@pytest.fixture
def steward(transactional_db):
    return MembershipFactory(role="data_steward", organisation_code="BMAS").user


def open_next(page: Page) -> None:
    """From the list of rounds to the opened round."""
    page.goto("/runden/")
    page.get_by_role("link", name="Neue Runde eröffnen").click()
    page.get_by_label("Erinnerungen: Tage vor dem Fälligkeitstag").fill("21, 7")
    page.get_by_label("Willkommenslotsen: Kammer").uncheck()
    page.get_by_role("button", name="Vorschau").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Was Runde 2019 anlegen würde")
    page.get_by_role("button", name="Runde eröffnen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Runde 2019")


def test_round_is_opened_step_by_step_on_pages_for_everybody(page, enter, steward, assert_accessible):
    enter(steward)
    page.goto("/runden/")
    assert_accessible()
    page.goto("/runden/neu/")
    assert_accessible()
    page.get_by_role("button", name="Vorschau").click()
    assert_accessible()

    open_next(page)

    assert_accessible()
    opened = ReportingRound.objects.get(year=2019)
    assert opened.reminders == [-21, -7, 7]
    assert not opened.asked.filter(indicator__code="welcome_mentors").exists()


def test_round_is_opened_without_javascript(chromium, portal, enter, page, steward):
    enter(steward)
    context = chromium.new_context(base_url=portal.url, locale="de-DE", java_script_enabled=False)
    context.add_cookies(page.context.cookies())

    open_next(context.new_page())

    context.close()
    assert ReportingRound.objects.filter(year=2019).exists()


def test_submission_and_lists_show_their_facts_to_everybody(page, enter, steward, assert_accessible):
    submission = make_submission(days_left=-1)
    put(item_of(submission), 5)
    extended(submission, timezone.localdate() + dt.timedelta(days=7))
    make_submission("IHK-101")
    enter(steward)

    for address in (f"/erfassung/{submission.pk}/", f"/erfassung/{submission.pk}/frist/"):
        page.goto(address)
        assert_accessible()
    page.goto(f"/pruefung/?year={YEAR}&status=all")
    assert_accessible()
    page.goto(f"/erfassung/?year={YEAR}")
    assert_accessible()

    page.get_by_role("navigation", name="Status").get_by_role("link", name="Noch nicht begonnen 1").click()
    expect(page.get_by_role("rowheader", name="IHK Aachen")).to_be_visible()
    expect(page.get_by_role("rowheader", name="IHK Köln")).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("rowheader", name="IHK Köln")).to_be_visible()
