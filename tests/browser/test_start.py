"""The start page in a browser: every role's is accessible, and leads to what is to be done."""

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import MembershipFactory
from tests.measures.reviewing import commented, marked
from tests.measures.submissions import YEAR, extended, item_of, make_submission, move, put


@pytest.fixture
def a_year_under_way(portal: LiveServer) -> None:
    """One submission sent back, one handed over, one extended."""
    returned = make_submission("IHK-142", days_left=12)
    put(item_of(returned), 5)
    marked(returned)
    commented(returned, with_file=False)
    handed_over = make_submission("IHK-101")
    put(item_of(handed_over), 5)
    move(handed_over, "submitted")
    extended(make_submission("IHK-111"), handed_over.round.closes_on.replace(year=YEAR + 5))


@pytest.mark.usefixtures("a_year_under_way")
@pytest.mark.parametrize(
    ("role", "organisation"),
    [
        ("contributor", "IHK-142"),
        ("coordinator", "DIHK"),
        ("reviewer", "BMWi"),
        ("data_steward", "BMWi"),
        ("auditor", "BMWi"),
    ],
)
def test_start_page_of_each_role_is_accessible(page, enter, assert_accessible, role, organisation):
    enter(MembershipFactory(role=role, organisation_code=organisation).user)

    page.goto("/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Startseite")
    assert_accessible()


@pytest.mark.parametrize("width", [1280, 1360])
def test_header_of_the_role_with_most_pages_stays_in_one_line(page, enter, width):
    user = MembershipFactory(role="data_steward", organisation_code="BMWi").user
    enter(user)
    page.set_viewport_size({"width": width, "height": 900})

    page.goto("/")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    name = page.locator(".portal-user__text")
    assert name.evaluate("text => text.scrollWidth <= text.clientWidth")
    assert name.bounding_box()["height"] < 30


@pytest.mark.usefixtures("a_year_under_way")
def test_start_page_leads_a_contributor_to_the_figures_that_were_sent_back(page, enter):
    enter(MembershipFactory(role="contributor", organisation_code="IHK-142").user)
    page.goto("/")

    entry = page.locator("section", has=page.get_by_role("heading", name="Zu melden")).get_by_role("listitem")
    expect(entry).to_contain_text("Zurückgegeben")
    expect(entry).to_contain_text("noch 12 Tage")
    expect(entry).to_contain_text("1 offene Markierung der Prüfung")
    entry.get_by_role("link").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Werte erfassen")
    expect(page.get_by_text("Von der Prüfung markierte Zellen")).to_be_visible()


def test_start_page_of_an_empty_portal_leads_on(page, enter, assert_accessible):
    enter(MembershipFactory(role="contributor", organisation_code="IHK-142").user)
    page.goto("/")

    page.get_by_role("link", name="Übersicht").first.click()

    page.wait_for_url("**/uebersicht/")
    expect(page.locator(".portal-nav--wide [aria-current]")).to_have_text("Übersicht")
    assert_accessible()
