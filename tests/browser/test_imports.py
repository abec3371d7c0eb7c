"""A chamber brings in its spreadsheet: upload, columns, preview, apply, each step with axe."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from measures.models import Figure
from tests.factories import MembershipFactory
from tests.measures.spreadsheets import QUALIFICATION, row, workbook
from tests.measures.submissions import item_of, make_submission, move, put

SAMPLES = Path(settings.BASE_DIR) / "samples"
FIGURES = sorted(json.loads((SAMPLES / "expected.json").read_text()))
"""The sample files that are imported as figures."""
FAULTY = SAMPLES / "IHK_Koeln_fehlerhaft.xlsx"


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def cologne(portal, enter):
    enter(MembershipFactory(role="contributor", organisation_code="IHK-142").user)


def upload(page, path):
    page.goto("/import/")
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Hochladen und prüfen").click()


def test_spreadsheet_is_uploaded_confirmed_and_applied(cologne, page, assert_accessible, tmp_path):
    make_submission()
    file = tmp_path / "Meldung_2030.xlsx"
    file.write_bytes(workbook([row("1.204"), row(7, indicator="Zusätzliche Ausbildungsplätze")]))

    page.goto("/import/")
    assert_accessible()
    upload(page, file)
    page.wait_for_url("**/zuordnung/")
    assert_accessible()
    page.get_by_role("button", name="Bestätigen und vergleichen").click()
    page.get_by_role("heading", name="Vorschau prüfen").wait_for()
    assert_accessible()
    page.get_by_role("button", name="2 Werte übernehmen").click()
    page.get_by_role("heading", name="Der Import wurde übernommen").wait_for()
    assert_accessible()

    assert {figure.item.indicator.code: int(figure.value) for figure in Figure.objects.all()} == {
        "training_placements": 1204,
        "additional_places": 7,
    }


def test_every_problem_of_a_faulty_file_is_shown_with_its_cell(portal, enter, page, assert_accessible):
    enter(MembershipFactory(role="data_steward", organisation_code="BMAS").user)
    upload(page, FAULTY)
    page.wait_for_url("**/zuordnung/")
    assert_accessible()
    page.get_by_role("button", name="Bestätigen und vergleichen").click()

    problems = page.get_by_role("list", name="Fehler, Rückfragen und Hinweise in der Datei")
    problems.wait_for()
    places = problems.locator(".portal-kinds__place").all_inner_texts()
    assert [place.strip().removeprefix("Meldung ") for place in places] == [
        "A4", "E7", "C8", "E9", "D10", "E11", "2 Einträge", "E2", "E6", "E13"
    ]  # fmt: skip
    assert_accessible()
    problems.get_by_text("2 Einträge").click()
    expect(problems.get_by_text("Meldung E12")).to_be_visible()
    expect(problems.get_by_text("Meldung E14")).to_be_visible()
    page.get_by_role("searchbox").scroll_into_view_if_needed()
    assert_accessible()


def preview_of(page, path):
    upload(page, path)
    page.wait_for_url("**/zuordnung/")
    page.get_by_role("button", name="Bestätigen und vergleichen").click()
    page.get_by_role("heading", name="Vorschau prüfen").wait_for()


@pytest.mark.parametrize("name", FIGURES)
def test_preview_fits_a_screen_with_facts_causes_and_the_next_step(portal, enter, page, name):
    enter(MembershipFactory(role="data_steward", organisation_code="BMAS").user)
    page.set_viewport_size({"width": 1360, "height": 768})

    preview_of(page, SAMPLES / name)

    bar = page.get_by_role("group", name="Nächster Schritt").bounding_box()
    assert bar["y"] + bar["height"] <= 768
    for part in (".portal-facts", ".portal-kinds"):
        for box in (each.bounding_box() for each in page.locator(part).all()):
            assert box["y"] + box["height"] <= bar["y"]


@pytest.mark.parametrize("width", [1360, 320])
def test_bar_with_the_next_step_stays_in_sight_and_never_covers_the_focus(portal, enter, page, width):
    enter(MembershipFactory(role="data_steward", organisation_code="BMAS").user)
    preview_of(page, FAULTY)
    page.set_viewport_size({"width": width, "height": 768})
    page.emulate_media(reduced_motion="reduce")  # what comes into sight does so at once
    bar = page.get_by_role("group", name="Nächster Schritt")

    page.locator(".portal-breadcrumb a").focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        box = bar.bounding_box()
        assert box["y"] + box["height"] <= 769
        covered = page.evaluate(
            """() => {
                const bar = document.querySelector(".portal-actionbar");
                const focused = document.activeElement;
                if (bar.contains(focused)) return false;
                const above = bar.getBoundingClientRect();
                const box = focused.getBoundingClientRect();
                if (box.height > above.top / 2) return box.top > above.top;  // a region that scrolls
                return box.bottom > above.top + 1 && box.top < above.bottom - 1;
            }"""
        )
        assert not covered, page.evaluate("document.activeElement.outerHTML")


def test_bar_leaves_the_page_to_its_content_where_little_height_is_left(portal, enter, page):
    enter(MembershipFactory(role="data_steward", organisation_code="BMAS").user)
    preview_of(page, FAULTY)
    page.set_viewport_size({"width": 320, "height": 256})

    assert page.get_by_role("group", name="Nächster Schritt").bounding_box()["y"] > 256


def test_missing_reason_is_asked_for_beside_its_field_with_the_focus_there(
    cologne, page, assert_accessible, tmp_path
):
    submission = make_submission()
    put(item_of(submission), 5)
    move(submission, "submitted", "approved")
    file = tmp_path / "Meldung_2030.xlsx"
    file.write_bytes(workbook([row(7, indicator=QUALIFICATION)]))
    preview_of(page, file)

    page.get_by_role("button", name="1 Wert übernehmen").click()

    reason = page.get_by_label("Grund")
    expect(reason).to_be_focused()
    expect(reason).to_have_accessible_description(re.compile("Geben Sie einen Grund an"))
    box = page.locator(".portal-errors").bounding_box()
    assert box["y"] + box["height"] <= page.get_by_role("group", name="Nächster Schritt").bounding_box()["y"]
    assert_accessible()


def test_row_is_pointed_at_and_the_sheet_shown_as_it_is_read_then(cologne, page, assert_accessible, tmp_path):
    make_submission()
    file = tmp_path / "Meldung_2030.xlsx"
    file.write_bytes(workbook([row(4), row(7, indicator="Zusätzliche Ausbildungsplätze")]))
    upload(page, file)
    page.wait_for_url("**/zuordnung/")
    sheet = page.get_by_role("group", name="Ausschnitt des Blatts „Meldung“")

    kind = sheet.locator("summary", has_text="Zeile 3")
    kind.focus()
    page.keyboard.press("Enter")
    assert_accessible()
    kind.focus()
    for _ in range(7):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    sheet.locator("summary", has_text="nicht gelesen").wait_for()

    assert page.evaluate("document.activeElement.innerText").split(",")[0].strip() == "nicht gelesen"
    assert_accessible()
    page.get_by_role("button", name="Bestätigen und vergleichen").click()
    page.get_by_role("button", name="1 Wert übernehmen").wait_for()

    upload(page, file)
    page.get_by_role("button", name="1 Wert übernehmen").wait_for()
    page.get_by_role("link", name="Zuordnung ändern").click()
    page.get_by_role("heading", name="Das Portal kennt diesen Aufbau").wait_for()
    assert_accessible()
    page.goto("/import/profile/")
    assert_accessible()
    page.goto("/import/namen/")
    assert_accessible()


def test_file_of_another_type_is_told_at_the_form(cologne, page, assert_accessible, tmp_path):
    letter = tmp_path / "Brief.docx"
    letter.write_bytes(b"no spreadsheet")

    upload(page, letter)

    assert "„.docx“" in page.locator(".kern-error").inner_text()
    assert_accessible()


def test_refused_file_says_why(cologne, page, assert_accessible, tmp_path):
    broken = tmp_path / "kaputt.xlsx"
    broken.write_bytes(b"PK\x03\x04 cut off")

    upload(page, broken)

    page.get_by_role("heading", name="Die Datei wurde nicht angenommen").wait_for()
    assert_accessible()


def test_import_is_given_up_only_after_a_question(cologne, page, assert_accessible, tmp_path):
    make_submission()
    file = tmp_path / "Meldung.xlsx"
    file.write_bytes(workbook([row(5, indicator=QUALIFICATION)]))
    upload(page, file)
    page.wait_for_url("**/zuordnung/")

    page.get_by_role("link", name="Verwerfen").click()
    page.get_by_role("heading", name="Diesen Import verwerfen?").wait_for()
    assert_accessible()
    page.get_by_role("button", name="Verwerfen").click()

    page.get_by_text("Der Import wurde verworfen. Kein Wert wurde geändert.").wait_for()
    assert Figure.objects.count() == 0
