"""The pages around a review as people see them, with axe on each, and in a narrow window."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from measures.enums import Side
from partners.models import Organisation
from tests.factories import MembershipFactory
from tests.measures.reviewing import approved_at_once, commented, sent_back, take
from tests.measures.submissions import NRW, item_of, make_submission, move, put

pytestmark = pytest.mark.browser


@pytest.fixture
def submission(portal):
    submission = make_submission()
    put(item_of(submission), 5)
    return submission


@pytest.fixture
def contributor(portal):
    return MembershipFactory(organisation_code="IHK-142").user


@pytest.fixture
def reviewer(portal):
    return MembershipFactory(role="reviewer", organisation_code="BMAS").user


def test_reviewer_marks_a_cell_and_the_partner_answers(page, enter, submission, contributor, reviewer):
    move(submission, "submitted")
    name = f"{item_of(submission).pk}-{NRW}-_T"
    enter(reviewer)
    page.goto(reverse("measures:review_detail", args=[submission.pk]))
    page.locator(f"#mark-{name}").check()
    page.locator(f'[name="remark-{name}"]').fill("Doppelt gezählt?")
    page.get_by_text("Mit Begründung zurückgeben").click()
    page.locator("#submission_send_back").get_by_label("Grund").fill("Bitte prüfen.")
    page.get_by_role("button", name="Zurückgeben", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("zurückgegeben")

    page.context.clear_cookies()
    enter(contributor)
    page.goto(reverse("measures:submission_detail", args=[submission.pk]))
    expect(page.locator(f"#note-{name}")).to_contain_text("Doppelt gezählt?")
    page.get_by_role("link", name="Beantworten statt ändern").click()
    page.get_by_label("Antwort").fill("Nein, einmal.")
    page.get_by_role("button", name="Beantworten").click()
    expect(page.locator(f"#note-{name}")).to_contain_text("erledigt")


def test_pages_of_partners_are_accessible(page, enter, assert_accessible, submission, contributor):
    [mark] = sent_back(submission, "_T")
    commented(submission)
    enter(contributor)
    for address in (
        reverse("measures:submission_detail", args=[submission.pk]),
        reverse("measures:mark_answer", args=[submission.pk, mark.pk]),
        reverse("measures:submission_discussion", args=[submission.pk]),
        reverse("measures:submission_history", args=[submission.pk]),
    ):
        page.goto(address)
        assert_accessible()
    move(submission, "submitted")
    page.goto(reverse("measures:submission_detail", args=[submission.pk]))
    expect(page.get_by_role("button", name="Zurückziehen")).to_be_visible()
    assert_accessible()
    take("begin_review", submission)
    page.goto(reverse("measures:submission_detail", args=[submission.pk]))
    expect(page.get_by_role("button", name="Um Rückgabe bitten")).to_be_visible()
    assert_accessible()


def test_pages_of_reviewers_are_accessible(page, enter, assert_accessible, submission, reviewer):
    sent_back(submission, "_T", "J1")
    item_of(submission).figures.update(value=6)
    move(submission, "submitted")
    commented(submission, reviewer, side=Side.REVIEW)
    take("ask_back", submission, reason="Zahl fehlt")
    codes = Organisation.objects.filter(code__startswith="IHK-1").exclude(code="IHK-142")
    many = [move(make_submission(code), "submitted") for code in codes.values_list("code", flat=True)[:11]]
    proposal = approved_at_once(many, MembershipFactory(role="reviewer", organisation_code="BMAS").user)
    enter(reviewer)
    for address in (
        reverse("measures:review_list"),
        reverse("measures:review_missing"),
        reverse("measures:review_detail", args=[submission.pk]),
        reverse("measures:submission_approve", args=[submission.pk]),
        reverse("measures:review_batch", args=[proposal.pk]),
    ):
        page.goto(address)
        assert_accessible()
    page.goto(reverse("measures:review_list"))
    page.locator('[name="submissions"]').first.check()
    page.get_by_role("button", name="Ausgewählte: Freigeben").click()
    expect(page.get_by_role("heading", name="Freigeben: 1 Meldung")).to_be_visible()
    assert_accessible()


@pytest.mark.parametrize("name", ["review_detail", "submission_approve", "submission_discussion"])
def test_narrow_window_needs_no_sideways_scrolling(page, enter, submission, reviewer, name):
    move(submission, "submitted")
    commented(submission)
    enter(reviewer)
    page.set_viewport_size({"width": 320, "height": 640})

    page.goto(reverse(f"measures:{name}", args=[submission.pk]))

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
