"""A check on its way: a steward adds, tries and activates it; the clerk explains; the reviewer refuses."""

import pytest
from playwright.sync_api import expect

from measures.models import FigureExplanation, PlausibilityCheck
from tests.factories import MembershipFactory
from tests.measures.submissions import YEAR, item_of, make_submission, move, put


@pytest.fixture
def people(transactional_db):
    return {
        role: MembershipFactory(role=role, organisation_code=code).user
        for role, code in (("data_steward", "BMAS"), ("contributor", "IHK-142"), ("reviewer", "BMAS"))
    }


def write_formula(page, assert_accessible):
    """As a draft, after a code that does not exist was refused."""
    page.goto("/pruefregeln/")
    assert_accessible()
    page.get_by_role("link", name="Prüfregel anlegen").click()
    page.get_by_label("Art der Prüfregel").select_option("formula")
    assert_accessible()
    page.get_by_role("button", name="Weiter").click()
    page.get_by_label("Kürzel", exact=True).fill("more_places_than_training")
    page.get_by_label("Text (deutsch)").fill("EQ-Plätze sind höchstens so viele wie zusätzliche Plätze.")
    page.get_by_label("Text (englisch)").fill("No more training placements than additional places.")
    page.get_by_role("textbox", name="Formel").fill("training_placements <= no_such_indicator")
    page.get_by_label("Gilt ab Berichtsjahr").fill("2020")
    page.get_by_label("Grund").fill("Wunsch der Kammern")
    page.get_by_role("button", name="Als Entwurf speichern").click()
    expect(page.get_by_text("Eine Kennzahl no_such_indicator gibt es nicht.")).to_be_visible()
    assert_accessible()
    page.get_by_role("textbox", name="Formel").fill("training_placements <= additional_places")
    page.get_by_role("button", name="Als Entwurf speichern").click()


def try_and_activate(page, assert_accessible):
    page.get_by_label("Berichtsrunde").select_option(str(YEAR))
    expect(page.locator("#result")).to_contain_text("Gefunden in 1 von 1 Meldungen mit Werten, in 1 Zellen.")
    expect(page.get_by_role("rowheader", name="IHK Köln")).to_be_visible()
    assert_accessible()
    page.get_by_role("link", name="Aktivieren").click()
    page.get_by_label("Grund").fill("Erprobt")
    assert_accessible()
    page.get_by_role("button", name="Aktivieren").click()
    expect(page.get_by_role("cell", name="Wunsch der Kammern")).to_be_visible()
    assert_accessible()


def explain(page, submission, assert_accessible):
    page.goto(f"/erfassung/{submission.pk}/")
    expect(page.locator("#findings")).to_contain_text("(60) ist mehr als")
    assert_accessible()
    page.locator("#findings textarea").fill("Neues Programm")
    page.get_by_role("button", name="Erläuterungen speichern").click()
    expect(page.get_by_text("Ihre Erläuterungen sind gespeichert.")).to_be_visible()
    page.locator("#findings summary").click()
    expect(page.locator("#findings")).to_contain_text("„Neues Programm“")
    assert_accessible()


def refuse(page, submission, assert_accessible):
    page.goto(f"/pruefung/{submission.pk}/")
    page.get_by_role("link", name="Erläuterung beurteilen").click()
    page.get_by_label("Die Erläuterung ablehnen").check()
    assert_accessible()
    page.get_by_label("Warum sie abgelehnt wird").fill("Bitte das Programm nennen")
    page.get_by_role("button", name="Entscheidung speichern").click()
    expect(page.locator("#findings")).to_contain_text("1 Rückfrage: bitte korrigieren oder erläutern")
    expect(page.locator("#findings")).to_contain_text("„Bitte das Programm nennen“")


def test_explanation_being_written_outlasts_the_saving_of_a_cell(page, enter, people):
    put(item_of(make_submission(year=YEAR - 1, days_left=-1)), 10)
    submission = make_submission(indicators=("training_placements", "companies_advised"))
    put(item_of(submission), 60)
    enter(people["contributor"])
    page.goto(f"/erfassung/{submission.pk}/")
    text = page.locator("#findings textarea")
    other = f"{item_of(submission, 'companies_advised').pk}-05-_T"

    with page.expect_response("**/zelle/"):
        page.locator(f"#value-{other}").fill("7")
        text.focus()
        page.keyboard.type("Neues Pro")
    expect(page.locator(f"#state-{other}")).to_contain_text("gespeichert")
    page.keyboard.type("gramm")

    expect(text).to_have_value("Neues Programm")
    page.get_by_role("button", name="Erläuterungen speichern").click()
    expect(page.get_by_text("Ihre Erläuterungen sind gespeichert.")).to_be_visible()
    assert FigureExplanation.objects.get().text == "Neues Programm"


def test_check_goes_from_draft_to_refused_explanation(page, enter, people, assert_accessible):
    submission = make_submission()
    put(item_of(submission), 60)
    put(item_of(submission, "additional_places"), 5)

    enter(people["data_steward"])
    write_formula(page, assert_accessible)
    try_and_activate(page, assert_accessible)
    assert PlausibilityCheck.objects.get(code="more_places_than_training").is_active
    enter(people["contributor"])
    explain(page, submission, assert_accessible)
    move(submission, "submitted")
    enter(people["reviewer"])
    refuse(page, submission, assert_accessible)

    assert FigureExplanation.objects.get().judged_by == people["reviewer"]


def test_explanation_survives_what_is_saved_while_it_is_written(page, enter, people):
    before, submission = make_submission(year=YEAR - 1), make_submission()
    put(item_of(before), 10)
    put(item_of(submission), 100)
    enter(people["contributor"])
    page.goto(f"/erfassung/{submission.pk}/")

    page.locator("#findings textarea").fill("Neues Programm")
    cell = page.locator(f"#value-{item_of(submission).pk}-05-J1")
    cell.fill("3")
    with page.expect_response("**/zelle/"):
        cell.blur()

    expect(page.locator("#findings textarea")).to_have_value("Neues Programm")
