"""Writing and accepting a text for a report, with the keyboard's and the reader's needs kept."""

from playwright.sync_api import expect

from tests.factories import MembershipFactory
from tests.reporting.narratives import asked


def test_a_text_is_written_and_accepted_on_its_page(page, enter, assert_accessible):
    writer = MembershipFactory(role="coordinator", organisation_code="DIHK").user
    reviewer = MembershipFactory(role="reviewer", organisation_code="BMAS").user
    narrative = asked("DIHK", assignee=writer)

    enter(writer)
    page.goto("/berichte/texte/")
    assert_accessible()
    page.get_by_role("link", name="Beitrag eines Partners").click()
    page.locator("[name=de-text]").fill("# Ausbildung\n\nDie Kammern *berieten* Betriebe.\n\n- eins\n- zwei")
    assert_accessible()
    page.locator("form", has=page.locator("[name=de-text]")).get_by_role(
        "button", name="Zur Prüfung geben"
    ).click()
    expect(page.get_by_text("Der Text wartet auf die Prüfung.")).to_be_visible()

    enter(reviewer)
    page.goto(f"/berichte/texte/{narrative.pk}/")
    expect(page.locator(".report-passages em")).to_have_text("berieten")
    assert_accessible()
    page.get_by_label("Annehmen").check()
    page.get_by_role("button", name="Entscheiden").click()
    expect(page.get_by_text("Der Text ist angenommen.")).to_be_visible()
    page.goto("/berichte/texte/neu/")
    assert_accessible()
