"""From signing in to a submitted report, as a newcomer goes it, and back again for a correction."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from measures.models import Submission
from tests.factories import MembershipFactory
from tests.measures.submissions import YEAR, approve_submission, item_of, make_submission, move, put

PASSWORD = "a long enough secret"
MOST_STEPS = 80


@pytest.fixture
def contributor(transactional_db):
    user = MembershipFactory(role="contributor", organisation_code="IHK-142").user
    user.set_password(PASSWORD)
    user.save()
    return user


def tab_to(page: Page, text: str) -> None:
    """Press the tabulator until the link or button with this text has the focus."""
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText").strip() == text:
            return
    pytest.fail(f"“{text}” is not reached with the keyboard")


def test_contributor_gets_from_sign_in_to_submitted_with_the_keyboard_alone(
    page, contributor, assert_accessible
):
    submission = make_submission()
    page.goto(reverse("account_login"))
    page.get_by_label("E-Mail").focus()
    page.keyboard.type(contributor.email)
    page.get_by_label("Passwort", exact=True).focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Zu melden")).to_be_visible()
    assert_accessible()
    tab_to(page, f"IHK Köln, {YEAR}")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_class(re.compile("portal-has-grid"))
    first = page.locator("[data-cell]").first
    while not first.evaluate("input => input === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.type("7.300")
    page.keyboard.press("Enter")
    expect(page.locator("#saved")).to_contain_text("Gespeichert")
    tab_to(page, "Einreichen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Werte einreichen")
    tab_to(page, "Verbindlich einreichen")
    page.keyboard.press("Enter")

    expect(page.locator("#messages")).to_contain_text("zur Prüfung eingereicht")
    submission.refresh_from_db()
    assert submission.status == "submitted"


def test_correction_shows_the_reviewer_what_changed(page, enter, contributor, assert_accessible):
    submission = make_submission()
    put(item_of(submission), 740)
    move(submission, "submitted")
    reviewer = MembershipFactory(role="reviewer", organisation_code="BMAS").user
    approve_submission(submission_id=submission.pk, actor=reviewer)
    enter(contributor)
    page.goto(reverse("measures:submission_detail", args=[submission.pk]))
    expect(page.get_by_role("heading", level=1)).to_have_text("Erfasste Werte")
    assert_accessible()

    page.get_by_role("link", name="Korrektur beginnen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Korrektur beginnen")
    assert_accessible()
    page.get_by_label("Grund").fill("Zahlendreher")
    page.get_by_role("button", name="Korrektur beginnen").click()
    cell = page.locator(f"#value-{item_of(submission).pk}-05-_T")
    cell.fill("470")
    with page.expect_response("**/zelle/"):
        cell.press("Tab")
    move(Submission.objects.get(pk=submission.pk), "submitted")

    page.context.clear_cookies()
    enter(reviewer)
    page.goto(reverse("measures:review_detail", args=[submission.pk]))
    change = page.get_by_role("table", name="Änderungen").get_by_role("row").nth(1)
    approved, now, by = change.get_by_role("cell").all()
    expect(approved).to_have_text("740")
    expect(now).to_have_text("470")
    expect(by).to_contain_text(contributor.get_full_name())
    assert_accessible()


def test_names_behind_the_counts_of_the_overview_lead_to_their_submissions(page, enter, assert_accessible):
    submission = make_submission()
    move(submission, "submitted")
    enter(MembershipFactory(role="reviewer", organisation_code="BMAS").user)
    page.goto(f"/?jahr={YEAR}")

    page.get_by_text("1 Meldung in Prüfung").click()
    assert_accessible()
    page.get_by_role("link", name="IHK Köln").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Erfasste Werte")
