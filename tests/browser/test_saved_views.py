"""A view that is set, saved, found again on the start page, and ordered by mail, in a browser."""

from playwright.sync_api import expect

from reporting.models import SavedView
from tests.factories import MembershipFactory


def test_view_is_saved_as_set_and_found_on_the_start_page(page, enter, assert_accessible):
    user = MembershipFactory(role="contributor", organisation_code="IHK-142").user
    enter(user)

    page.goto("/auswertungen/mismatch/?year=2016")
    page.get_by_label("Angebote reichen zu Stellen").select_option("adjacent")
    page.wait_for_url("**neighbours=adjacent**")
    page.get_by_text("Diese Ansicht speichern").click()
    page.get_by_label("Name", exact=True).fill("Mit Nachbarn")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("„Mit Nachbarn“ steht jetzt auf Ihrer Startseite.")).to_be_visible()

    page.goto("/")
    page.get_by_role("link", name="Mit Nachbarn").click()
    expect(page.get_by_label("Angebote reichen zu Stellen")).to_have_value("adjacent")

    page.goto("/auswertungen/gespeichert/")
    assert_accessible()
    page.get_by_label("Link per E-Mail").select_option("weekly")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("nächste E-Mail am")).to_be_visible()
    assert SavedView.objects.get(person=user).interval == "weekly"
