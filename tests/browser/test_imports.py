"""A chamber brings in its spreadsheet: upload, columns, preview, apply, each step with axe."""

from pathlib import Path

import pytest
from django.conf import settings

from measures.models import Figure
from tests.factories import MembershipFactory
from tests.measures.spreadsheets import QUALIFICATION, row, workbook
from tests.measures.submissions import make_submission

FAULTY = Path(settings.BASE_DIR) / "samples" / "IHK_Koeln_fehlerhaft.xlsx"


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

    problems = page.get_by_role("group", name="Auffälligkeiten in der Datei")
    problems.wait_for()
    cells = problems.locator("tbody tr td:nth-child(3)").all_inner_texts()
    assert [cell.strip() for cell in cells] == [
        "A4", "E7", "C8", "E9", "D10", "E11", "E12", "E14", "E2", "E6", "E13"
    ]  # fmt: skip
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
