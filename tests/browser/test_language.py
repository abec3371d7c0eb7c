"""Another language in the middle of a form: what was typed is there again."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import MembershipFactory
from tests.measures.submissions import make_submission, move

INVITATION = "/partner/IHK-142/einladen/"
HERE_AGAIN = "What you had typed before changing the language is here again, but not saved."


@pytest.fixture
def steward(enter):
    user = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    enter(user)
    return user


@pytest.fixture
def contributor(transactional_db):
    return MembershipFactory(role="contributor", organisation_code="IHK-142").user


def to_english(page) -> None:
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_form_is_filled_in_again(page, steward, assert_accessible):
    page.goto(INVITATION)
    page.locator("[name=email]").fill("neu@example.org")
    page.locator("[name=role]").last.check()

    to_english(page)

    expect(page.get_by_text(HERE_AGAIN)).to_be_visible()
    expect(page.locator("[name=email]")).to_have_value("neu@example.org")
    expect(page.locator("[name=role]").last).to_be_checked()
    assert_accessible()
    page.reload()
    expect(page.get_by_text(HERE_AGAIN)).to_have_count(0)


def test_form_that_was_refused_is_filled_in_again(page, steward):
    page.goto(INVITATION)
    page.locator("main form").evaluate("(form) => { form.noValidate = true; }")
    page.locator("[name=email]").fill("keine Adresse")
    page.locator("main form button").click()
    expect(page.locator("[name=email]")).to_have_value("keine Adresse")

    to_english(page)

    expect(page.locator("[name=email]")).to_have_value("keine Adresse")


def test_reason_that_is_being_written_is_there_again(page, enter):
    submission = move(make_submission(), "submitted")
    enter(MembershipFactory(role="reviewer", organisation_code="BMAS").user)
    page.goto(reverse("measures:review_detail", args=[submission.pk]))
    page.get_by_text("Mit Begründung zurückgeben").click()
    page.locator("#submission_send_back textarea").fill("Bitte die Praktika ergänzen.")

    to_english(page)

    expect(page.locator("#submission_send_back textarea")).to_have_value("Bitte die Praktika ergänzen.")
    expect(page.locator("#submission_send_back textarea")).to_be_visible()


def test_password_is_not_kept(page, portal):
    page.goto(reverse("account_login"))
    page.locator("[name=login]").fill("kim@example.org")
    page.locator("[name=password]").fill("a long enough secret")

    to_english(page)

    expect(page.locator("[name=login]")).to_have_value("kim@example.org")
    expect(page.locator("[name=password]")).to_have_value("")


def test_without_scripts_what_was_typed_stays_in_its_tab(own_context):
    submission = make_submission()
    page = own_context(java_script_enabled=False)
    for route, field, language, name in (
        ("submission_detail", "[data-cell]", "en", "English"),
        ("submission_discussion", "textarea", "de", "Deutsch"),
    ):
        page.goto(reverse(f"measures:{route}", args=[submission.pk]))
        page.locator(field).first.fill("7300")

        with page.context.expect_page() as opened:
            page.get_by_role("button", name=name, exact=True).click()

        expect(opened.value.locator("html")).to_have_attribute("lang", language)
        expect(opened.value).to_have_url(page.url)
        expect(page.locator(field).first).to_have_value("7300")


def test_without_scripts_the_buttons_of_a_form_take_along_what_was_typed(own_context):
    submission = make_submission()
    page = own_context(java_script_enabled=False)
    for route, field, language, name in (
        ("submission_detail", "[data-cell]", "en", "English (was Sie eingegeben haben, kommt mit)"),
        ("submission_discussion", "textarea", "de", "Deutsch (what you have typed comes along)"),
    ):
        page.goto(reverse(f"measures:{route}", args=[submission.pk]))
        address = page.url
        page.locator(field).first.fill("7300")

        page.get_by_role("button", name=name).first.click()

        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page).to_have_url(address)
        expect(page.locator(field).first).to_have_value("7300")


def test_page_where_nothing_was_typed_says_nothing(page, steward):
    page.goto(INVITATION)

    to_english(page)

    expect(page.get_by_text(HERE_AGAIN)).to_have_count(0)
