"""Recording and review as people see them."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from measures.models import Figure
from tests.factories import MembershipFactory
from tests.measures.submissions import YEAR, item_of, make_submission, move, put

INDICATORS = ("additional_places", "training_placements", "internships", "welcome_mentors", "consultations")


@pytest.fixture
def submission(transactional_db):
    last_year = make_submission(indicators=INDICATORS, year=YEAR - 1, days_left=-1)
    put(item_of(last_year), 819)
    put(item_of(last_year), 171, target_group="J2")
    put(item_of(last_year, "welcome_mentors"), 3)
    return make_submission(indicators=INDICATORS)


@pytest.fixture
def contributor(transactional_db):
    return MembershipFactory(role="contributor", organisation_code="IHK-142").user


def grid(page: Page, submission) -> None:
    page.goto(reverse("measures:submission_detail", args=[submission.pk]))


def cell(page: Page, submission, target_group: str = "_T", indicator: str = "training_placements"):
    return page.locator(f"#value-{item_of(submission, indicator).pk}-05-{target_group}")


def state(page: Page, submission, target_group: str = "_T", indicator: str = "training_placements"):
    return page.locator(f"#state-{item_of(submission, indicator).pk}-05-{target_group}")


def stored(submission) -> dict[str, int]:
    figures = Figure.objects.filter(item__submission=submission).select_related("item__indicator")
    return {f"{f.item.indicator.code} {f.target_group_id}": int(f.value) for f in figures}


def type_into(input_, text: str) -> None:
    input_.fill(text)
    input_.press("Tab")


def test_value_is_saved_when_its_cell_is_left(page, enter, submission, contributor):
    enter(contributor)
    grid(page, submission)

    type_into(cell(page, submission), "7300")

    expect(cell(page, submission)).to_have_value("7.300")
    expect(page.locator("#saved")).to_contain_text("Gespeichert")
    assert stored(submission) == {"training_placements _T": 7300}


def test_unreadable_value_stays_in_its_cell_with_the_reason(page, enter, submission, contributor):
    enter(contributor)
    grid(page, submission)

    type_into(cell(page, submission), "viele")

    expect(state(page, submission)).to_contain_text("„viele“ ist keine Zahl.")
    expect(cell(page, submission)).to_have_value("viele")
    expect(cell(page, submission)).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#verdicts")).to_contain_text("Alle Zielgruppen: „viele“ ist keine Zahl.")
    assert stored(submission) == {}

    type_into(cell(page, submission), "12")

    expect(cell(page, submission)).not_to_have_attribute("aria-invalid", "true")
    assert stored(submission) == {"training_placements _T": 12}


def test_jump_from_last_year_is_said_at_once(page, enter, submission, contributor):
    enter(contributor)
    grid(page, submission)

    type_into(cell(page, submission, "J2"), "500")

    note = page.locator(f"#note-{item_of(submission).pk}-05-J2")
    expect(note).to_contain_text(f"+192\u202f% gegenüber {YEAR - 1}")
    expect(page.locator("#findings")).to_contain_text("1 Rückfrage: bitte korrigieren oder erläutern")


@pytest.mark.parametrize(
    ("button", "kept"), [("Meinen Wert speichern", "750"), ("Gespeicherten Wert behalten", "740")]
)
def test_two_people_in_one_cell_choose_with_both_values(  # noqa: PLR0913, PLR0917  # fixtures
    page, enter, assert_accessible, submission, contributor, button, kept
):
    enter(contributor)
    grid(page, submission)
    put(item_of(submission), 740)

    type_into(cell(page, submission), "750")

    expect(state(page, submission)).to_contain_text("Gespeichert ist: 740")
    expect(state(page, submission)).to_contain_text("Ihre Eingabe: 750.")
    assert_accessible()
    assert stored(submission) == {"training_placements _T": 740}

    state(page, submission).get_by_role("button", name=button).click()

    expect(cell(page, submission)).to_have_value(kept)
    expect(state(page, submission).get_by_role("button")).to_have_count(0)
    assert stored(submission) == {"training_placements _T": int(kept)}


def test_keyboard_moves_between_the_rows(page, enter, submission, contributor):
    enter(contributor)
    grid(page, submission)

    cell(page, submission).fill("100")
    cell(page, submission).press("Enter")
    expect(cell(page, submission, "B1")).to_be_focused()
    cell(page, submission, "B1").press("ArrowDown")
    expect(cell(page, submission, "B2")).to_be_focused()
    cell(page, submission, "B2").press("ArrowUp")
    expect(cell(page, submission, "B1")).to_be_focused()

    expect(page.locator("#saved")).to_contain_text("Gespeichert")
    assert stored(submission) == {"training_placements _T": 100}


def test_form_works_without_javascript(own_context, submission):
    page = own_context(java_script_enabled=False)
    grid(page, submission)

    cell(page, submission).fill("7.300")
    cell(page, submission, "J1").fill("viele")
    page.get_by_role("button", name="Speichern", exact=True).click()

    expect(cell(page, submission)).to_have_value("7.300")
    expect(cell(page, submission, "J1")).to_have_value("viele")
    expect(state(page, submission, "J1")).to_contain_text("„viele“ ist keine Zahl.")
    cell(page, submission, "J1").fill("12")
    page.get_by_role("button", name="Speichern", exact=True).click()

    expect(page.locator("#messages")).to_contain_text("Ihre Werte wurden gespeichert.")
    assert stored(submission) == {"training_placements _T": 7300, "training_placements J1": 12}


def test_submission_goes_from_recording_to_approval(page, enter, submission, contributor):
    reviewer = MembershipFactory(role="reviewer", organisation_code="BMAS").user
    enter(contributor)
    grid(page, submission)
    type_into(cell(page, submission), "820")
    expect(page.locator("#saved")).to_contain_text("Gespeichert")
    page.get_by_role("link", name="Einreichen").click()
    page.get_by_role("button", name="Verbindlich einreichen").click()
    expect(page.locator("#messages")).to_contain_text("zur Prüfung eingereicht")

    page.context.clear_cookies()
    enter(reviewer)
    page.goto(reverse("measures:review_list"))
    page.get_by_role("link", name="IHK Köln").click()
    page.get_by_text("Mit Begründung zurückgeben").click()
    page.locator("#submission_send_back").get_by_label("Grund").fill("Bitte die Praktika ergänzen.")
    page.get_by_role("button", name="Zurückgeben", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("mit Ihrer Begründung zurückgegeben")

    page.context.clear_cookies()
    enter(contributor)
    grid(page, submission)
    expect(page.get_by_text("Bitte die Praktika ergänzen.")).to_be_visible()
    type_into(cell(page, submission, "_T", "internships"), "40")
    expect(cell(page, submission, "_T", "internships")).to_have_value("40")
    page.get_by_role("link", name="Einreichen").click()
    page.get_by_role("button", name="Verbindlich einreichen").click()

    page.context.clear_cookies()
    enter(reviewer)
    page.goto(reverse("measures:review_list"))
    page.get_by_role("link", name="IHK Köln").click()
    page.get_by_role("link", name="Freigeben").click()
    expect(
        page.get_by_role("heading", name="Was die Freigabe an den Summen der Allianz ändert")
    ).to_be_visible()
    page.get_by_role("button", name="Freigeben").click()
    expect(page.locator("#messages")).to_contain_text("Die Meldung ist freigegeben.")


def test_pages_are_accessible(page, enter, assert_accessible, submission, contributor):
    put(item_of(submission), 100)
    put(item_of(submission), 500, target_group="J2")
    reviewer = MembershipFactory(role="reviewer", organisation_code="BMAS").user
    enter(contributor)
    for name in ("submission_detail", "submission_submit", "submission_history", "submission_breakdown"):
        page.goto(reverse(f"measures:{name}", args=[submission.pk]))
        assert_accessible()
    page.goto(reverse("measures:submission_list"))
    assert_accessible()
    grid(page, submission)
    type_into(cell(page, submission, "J1"), "viele")
    expect(state(page, submission, "J1")).to_contain_text("keine Zahl")
    assert_accessible()
    type_into(cell(page, submission, "J1"), "")
    expect(cell(page, submission, "J1")).not_to_have_attribute("aria-invalid", "true")

    move(submission, "submitted")
    page.context.clear_cookies()
    enter(reviewer)
    page.goto(reverse("measures:review_list"))
    assert_accessible()
    page.goto(reverse("measures:review_detail", args=[submission.pk]))
    assert_accessible()
    page.get_by_text("Mit Begründung zurückgeben").click()
    assert_accessible()
