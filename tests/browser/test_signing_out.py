"""Once somebody is signed out, no tab shows what they saw; what they typed waits for them alone."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import MembershipFactory
from tests.measures.submissions import make_submission

PASSWORD = "correct horse battery"
PAGE = "/partner/IHK-142/einladen/"
HEAR_OTHER_TABS = """
() => {
  const channel = new BroadcastChannel("portal-session");
  window.heard = new Promise((heard) => { channel.onmessage = (event) => heard(event.data); });
}
"""


@pytest.fixture
def steward(enter):
    user = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    enter(user)
    return user


def sign_out(page) -> None:
    page.locator("details.portal-user summary").click()
    page.get_by_role("button", name="Abmelden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sie sind abgemeldet")


def end_sessions() -> None:
    Session.objects.all().delete()


def pass_an_hour(page) -> None:
    page.clock.fast_forward("01:00:06")


def test_other_tabs_leave_their_pages_whatever_was_typed(page, steward, assert_accessible):
    typed_in, looked_at, administration = (page.context.new_page() for _tab in range(3))
    typed_in.goto(PAGE)
    typed_in.get_by_label("E-Mail").fill("neu@example.org")
    looked_at.goto("/partner/IHK-142/")
    administration.goto("/verwaltung/partners/user/")
    page.goto("/partner/")

    sign_out(page)

    assert_accessible()
    for tab in (typed_in, looked_at, administration):
        expect(tab.get_by_role("heading", level=1)).to_have_text("Sie sind abgemeldet")


def test_grid_in_another_tab_leaves_without_an_error(page, enter):
    enter(MembershipFactory(role="contributor", organisation_code="IHK-142").user)
    tab, errors = page.context.new_page(), []
    tab.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108  # it is given attributes
    tab.goto(reverse("measures:submission_detail", args=[make_submission().pk]))
    tab.locator("[data-cell]").first.fill("viele")
    page.goto("/partner/")

    sign_out(page)

    expect(tab.get_by_role("heading", level=1)).to_have_text("Sie sind abgemeldet")
    assert errors == []


def test_signing_out_of_the_administration_does_the_same(page, steward):
    other = page.context.new_page()
    other.goto("/partner/IHK-142/")
    page.goto("/verwaltung/")

    page.locator("#logout-form button").click()

    for tab in (page, other):
        expect(tab.get_by_role("heading", level=1)).to_have_text("Sie sind abgemeldet")


def test_way_back_shows_nothing(page, steward):
    page.goto("/partner/IHK-142/")
    page.goto("/partner/")
    sign_out(page)

    page.go_back()
    page.go_back()

    expect(page.get_by_role("heading", level=1)).to_have_text("Anmelden")


def test_page_kept_for_the_way_back_is_asked_for_anew(page, steward):
    """Playwright's Chromium keeps none, so the event of one that was kept is sent by hand."""
    page.goto("/partner/IHK-142/")
    end_sessions()

    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")

    expect(page.get_by_role("heading", level=1)).to_have_text("Anmelden")


def test_page_of_a_session_that_ended_leaves_where_nothing_was_typed(page, steward):
    page.clock.install()
    page.goto("/partner/IHK-142/")
    end_sessions()

    pass_an_hour(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Anmelden")


def test_page_stays_as_long_as_another_tab_is_in_use(page, steward):
    page.clock.install()
    page.goto("/partner/IHK-142/")
    page.clock.fast_forward("00:40:00")
    page.evaluate(HEAR_OTHER_TABS)
    other = page.context.new_page()
    other.goto("/partner/")
    assert page.evaluate("window.heard") == "active"

    page.clock.fast_forward("00:40:00")

    assert page.evaluate("'heard' in window"), "the page was asked for anew"


def test_what_was_typed_is_covered_until_its_owner_is_back(page, steward, assert_accessible):
    page.clock.install()
    page.goto(PAGE)
    page.get_by_label("E-Mail").fill("neu@example.org")
    end_sessions()

    pass_an_hour(page)

    cover = page.get_by_role("dialog", name="Ihre Sitzung ist beendet")
    expect(cover).to_be_visible()
    assert_accessible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(cover).to_be_visible()
    cover.get_by_role("button", name="Weiter").click()
    expect(cover.get_by_role("alert")).to_be_visible()
    with page.expect_popup() as tab:
        cover.get_by_role("link", name="In einem neuen Tab anmelden").click()
    tab.value.get_by_label("E-Mail").fill(steward.email)
    tab.value.get_by_label("Passwort").fill(PASSWORD)
    tab.value.get_by_role("main").get_by_role("button", name="Anmelden", exact=True).click()
    expect(tab.value.get_by_role("heading", name="Startseite")).to_be_visible()

    cover.get_by_role("button", name="Weiter").click()

    expect(cover).to_be_hidden()
    expect(page.get_by_label("E-Mail")).to_have_value("neu@example.org")
    page.get_by_role("main").get_by_role("button").last.click()
    expect(page.locator("#messages")).to_contain_text("neu@example.org")


def test_somebody_else_does_not_uncover_it(page, steward, enter):
    page.clock.install()
    page.goto(PAGE)
    page.get_by_label("E-Mail").fill("neu@example.org")
    end_sessions()
    pass_an_hour(page)
    cover = page.get_by_role("dialog", name="Ihre Sitzung ist beendet")
    enter(MembershipFactory(organisation_code="IHK-142").user)

    cover.get_by_role("button", name="Weiter").click()

    expect(cover.get_by_role("alert")).to_be_visible()
    expect(cover).to_be_visible()
