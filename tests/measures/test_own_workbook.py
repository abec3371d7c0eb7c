"""The portal's own workbook: what stands in it, what is locked, who gets it."""

import io
from http import HTTPStatus

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone, translation

from measures.importing.problems import PROBLEMS
from measures.models import Occupation, PlausibilityCheck, ReportingRound
from measures.renderers.own_workbook_keys import VERSION
from measures.selectors import own_workbook as template
from measures.selectors.checks.definitions import definitions_of_year
from tests.measures.own_workbooks import columns, download, keys_of, open_book, row_of
from tests.measures.submissions import NRW, YEAR, extended, item_of, make_submission, put

pytestmark = pytest.mark.django_db

BROKEN_DOWN, PLACES, SINGLE = "training_placements", "additional_places", "welcome_mentors"


@pytest.fixture
def submission():
    return make_submission(indicators=(PLACES, BROKEN_DOWN, SINGLE))


@pytest.fixture
def last_year():
    return make_submission(indicators=(PLACES, BROKEN_DOWN, SINGLE), year=2029)


def report(content):
    sheet = open_book(content).worksheets[0]
    return sheet, columns(sheet)


def by_occupation(item, digits=2):
    item.occupation_level = digits
    item.save()
    return item


def texts(sheet):
    return [str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None]


def rule_of(sheet, cell):
    return next(rule for rule in sheet.data_validations.dataValidation if cell in rule.cells)


def test_every_indicator_has_a_row_for_each_target_group_it_is_asked_by(submission):
    sheet, _ = report(download(submission))

    found = [keys_of(sheet, row) for row in range(9, sheet.max_row + 1)]
    groups = ["_T", "B1", "B2", "B3", "J1", "J2", "J3", "J4", "J5", "J6", "W"]
    stated = [(indicator, NRW, group, "_T") for indicator in (PLACES, BROKEN_DOWN) for group in groups]
    assert [keys for keys in found if keys[3]] == [*stated, (SINGLE, NRW, "_T", "_T")]


def test_workbook_has_no_row_for_a_group_the_indicator_is_not_asked_by():
    sheet, _ = report(download(make_submission(indicators=("companies_advised",))))

    found = [keys_of(sheet, row) for row in range(9, sheet.max_row + 1)]
    assert [keys[2] for keys in found] == ["_T", "B1", "B2", "B3"]


def test_room_for_occupations_offers_the_groups_of_its_indicator():
    """Two indicators asked by different groups have a list each."""
    book = open_book(download(make_submission(indicators=(PLACES, "new_contracts"))))
    sheet = book.worksheets[0]
    column = columns(sheet)["target_group_name"]

    offered = []
    for indicator in (PLACES, "new_contracts"):
        rule = rule_of(sheet, sheet.cell(row_of(sheet, indicator, None, None), column).coordinate)
        ((where, area),) = book.defined_names[rule.formula1].destinations
        offered.append([cell.value for (cell,) in book[where][area]])

    assert set(offered[0]) - set(offered[1]) == {"Am 30. September noch unversorgte Bewerber"}
    assert offered[1][:2] == ["Alle Zielgruppen", "Ausbildende Betriebe"]


def test_rows_for_occupations_are_kept_free_where_they_are_asked_for(submission):
    sheet, _ = report(download(submission))

    free = [keys_of(sheet, row)[0] for row in range(9, sheet.max_row + 1) if not keys_of(sheet, row)[3]]
    assert free == [PLACES] * template.ROOM + [BROKEN_DOWN] * template.ROOM


def test_last_year_stands_beside_and_this_year_is_continued(submission, last_year):
    put(item_of(last_year), 12)
    put(item_of(last_year, PLACES), None, absence="confidential")
    put(by_occupation(item_of(last_year, PLACES)), 5, occupation="24")
    put(item_of(submission), 14)
    put(by_occupation(item_of(submission)), 9, occupation="43", target_group="W")

    sheet, places = report(download(submission))

    def stands(row):
        return sheet.cell(row, places["last_year"]).value, sheet.cell(row, places["value"]).value

    assert stands(row_of(sheet, BROKEN_DOWN)) == (12, 14)
    assert stands(row_of(sheet, PLACES)) == ("*", None)
    of_last_year = row_of(sheet, PLACES) + 1
    assert sheet.cell(of_last_year, places["occupation_name"]).value.startswith("24 Metall")
    assert stands(of_last_year) == (5, None)
    of_this_year = row_of(sheet, BROKEN_DOWN, "W") + 1
    assert sheet.cell(of_this_year, places["occupation_name"]).value.startswith("43 Informatik")
    assert stands(of_this_year) == (None, 9)


def test_organisation_of_the_whole_country_is_asked_land_by_land():
    submission = make_submission("BA", ("unplaced_30sep",))
    item = item_of(submission, "unplaced_30sep")
    item.region_level = "land"
    item.save()

    sheet, places = report(download(submission))

    regions = {keys_of(sheet, row)[1] for row in range(9, sheet.max_row + 1)} - {None}
    assert regions == {f"{number:02}" for number in range(1, 17)} | {"_U"}
    letter = openpyxl.utils.get_column_letter(places["region_name"])
    assert not sheet.column_dimensions[letter].hidden


def test_too_many_occupations_are_left_out_and_it_is_said(submission, monkeypatch):
    monkeypatch.setattr(template, "MOST_OCCUPATION_ROWS", 1)
    item = by_occupation(item_of(submission))
    put(item, 7)
    for code in ("24", "43"):
        put(item, 2, occupation=code)

    sheet, places = report(download(submission))

    assert sheet.cell(row_of(sheet, BROKEN_DOWN), places["value"]).value == 7
    assert not any(text.startswith(("24 ", "43 ")) for text in texts(sheet))
    assert "nicht aufgeführt" in sheet["A5"].value


def test_only_what_is_to_be_filled_in_is_unlocked(submission):
    sheet, places = report(download(submission))
    row, room = row_of(sheet, BROKEN_DOWN), row_of(sheet, BROKEN_DOWN, None, None)

    assert sheet.protection.sheet
    assert sheet.protection.password is None

    def unlocked(number):
        return {role for role, column in places.items() if not sheet.cell(number, column).protection.locked}

    assert unlocked(row) == {"value", "quality", "note"}
    assert unlocked(room) == {"value", "quality", "note", "target_group_name", "occupation_name"}
    assert all(other.protection.sheet for other in open_book(download(submission)).worksheets)


def test_value_cell_takes_what_its_indicator_takes_or_an_agreed_sign(submission):
    sheet, places = report(download(submission))
    value = openpyxl.utils.get_column_letter(places["value"])

    never_negative = rule_of(sheet, f"{value}{row_of(sheet, SINGLE)}")
    assert never_negative.type == "custom"
    assert ">=0" in never_negative.formula1
    assert "portal_signs" in never_negative.formula1
    assert "k. A. (nicht bekannt)" in never_negative.prompt
    assert ">=0" not in rule_of(sheet, f"{value}{row_of(sheet, PLACES)}").formula1


@pytest.mark.parametrize(
    ("role", "source"),
    [
        ("target_group_name", "portal_target_groups_0"),
        ("occupation_name", "portal_occupations_2"),
        ("quality", "portal_qualities"),
    ],
)
def test_lists_are_drop_downs_from_the_sheet_of_codes(submission, role, source):
    book = open_book(download(submission))
    sheet = book.worksheets[0]
    room = row_of(sheet, BROKEN_DOWN, None, None)
    rule = rule_of(sheet, sheet.cell(room, columns(sheet)[role]).coordinate)

    assert (rule.type, rule.formula1) == ("list", source)
    ((where, area),) = book.defined_names[source].destinations
    listed = [cell.value for (cell,) in book[where][area]]
    assert where == "Codes"
    assert len(listed) == len(set(listed)) > 1


def test_list_of_occupations_has_the_level_that_is_recorded(submission):
    by_occupation(item_of(submission), 1)

    book = open_book(download(submission))

    ((where, area),) = book.defined_names["portal_occupations_1"].destinations
    listed = [cell.value for (cell,) in book[where][area]]
    assert len(listed) == Occupation.objects.filter(level=1).count() + 1
    assert "0 Militär" in listed


def test_named_cells_say_which_workbook_it_is(submission):
    book = open_book(download(submission))

    def named(name):
        ((sheet, cell),) = book.defined_names[name].destinations
        return book[sheet][cell].value

    assert named("portal_template_version") == VERSION
    assert named("portal_template_year") == 2030
    assert named("portal_template_organisation") == "IHK-142"
    assert len(named("portal_template_id")) == 16


def test_technical_rows_and_keys_are_hidden_and_the_headings_stay_in_view(submission):
    sheet, places = report(download(submission))

    assert [number for number, row in sheet.row_dimensions.items() if row.hidden] == [6, 8]
    hidden = {letter for letter, column in sheet.column_dimensions.items() if column.hidden}
    first_key = openpyxl.utils.get_column_letter(places["year"])
    assert {first_key, openpyxl.utils.get_column_letter(places["region_name"])} == hidden
    assert sheet.freeze_panes == "B9"
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$7:$7")
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)


def test_rows_are_high_enough_for_what_they_say(submission):
    """Wrapped text is not fitted by the program that opens the file."""
    guide = open_book(download(submission))["Hinweise"]

    definition = next(row for row in guide.iter_rows() if "Quelle:" in str(row[1].value))
    assert guide.row_dimensions[definition[1].row].height >= 13 * definition[1].value.count("\n")


def test_instructions_name_every_rule_a_value_is_held_to(submission):
    found = texts(open_book(download(submission))["Hinweise"])

    concerning = definitions_of_year(YEAR, ["additional_places", "training_placements"])
    assert len(concerning) == 4
    for check in concerning:
        assert check.text in found
    assert PlausibilityCheck.objects.get(code="appeared_within_invited").text not in found
    first_words = [
        translation.gettext(known.message).replace("{found}", "…").partition("{")[0]
        for known in PROBLEMS.values()
        if known.holds
    ]
    for words in first_words:
        assert any(text.startswith(words) for text in found), words
    assert not any("{" in text for text in found)


def test_instructions_explain_signs_indicators_and_the_window(submission):
    found = texts(open_book(download(submission))["Hinweise"])

    assert {"k. A.", "*", "x", "…"} <= set(found)
    assert any("Am 31. Dezember besetzte Stellen" in text and "Quelle:" in text for text in found)
    assert any(str(ReportingRound.objects.get(year=2030).closes_on.year) in text for text in found)


def test_workbook_says_title_and_language(submission):
    german, english = (open_book(download(submission, language)) for language in ("de", "en"))

    assert (german.properties.title, german.properties.language) == (
        "Meldung zum Berichtsjahr 2030: IHK zu Köln",
        "de-DE",
    )
    assert (english.properties.language, english.sheetnames) == (
        "en-GB",
        ["Report", "Codes", "Instructions"],
    )
    assert german.sheetnames == ["Meldung", "Codes", "Hinweise"]


def test_same_content_gives_the_same_bytes_another_value_others(submission):
    first = download(submission)
    assert download(submission) == first

    put(item_of(submission), 3)
    assert download(submission) != first


def test_text_that_looks_like_a_formula_stays_a_text(submission):
    figure = put(item_of(submission), 3)
    figure.note = '=HYPERLINK("http://example.org")'
    figure.save()

    sheet, places = report(download(submission))

    cell = sheet.cell(row_of(sheet, BROKEN_DOWN), places["note"])
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://example.org")')


@pytest.mark.parametrize("count", [1, 3])
def test_workbook_takes_the_same_queries_whatever_is_asked(django_assert_num_queries, count):
    submission = make_submission(indicators=(PLACES, BROKEN_DOWN, SINGLE)[:count])
    before = make_submission(indicators=(PLACES, BROKEN_DOWN, SINGLE)[:count], year=2029)
    for item in (*submission.items.all(), *before.items.all()):
        put(item, 4)

    with django_assert_num_queries(11):
        download(submission)


@pytest.mark.parametrize(
    ("role", "organisation"),
    [
        ("contributor", "IHK-142"),
        ("coordinator", "DIHK"),
        ("reviewer", "BMAS"),
        ("data_steward", "BMAS"),
        ("auditor", "BMAS"),
    ],
)
def test_workbook_is_there_for_whoever_sees_the_submission(client, sign_in, submission, role, organisation):
    sign_in(role, organisation)

    response = client.get(reverse("measures:submission_own_workbook", args=[submission.pk]))

    assert response.status_code == HTTPStatus.OK
    assert response.headers["Content-Disposition"] == 'attachment; filename="Meldung_2030_IHK-142.xlsx"'
    assert open_book(response.content).sheetnames[0] == "Meldung"


@pytest.mark.parametrize(("role", "organisation"), [("contributor", "IHK-101"), ("coordinator", "ZDH")])
def test_workbook_of_others_is_not_found(client, sign_in, submission, role, organisation):
    sign_in(role, organisation)

    assert client.get(reverse("measures:submission_own_workbook", args=[submission.pk])).status_code == 404
    chosen = client.get(reverse("measures:import_own_workbook"), {"submission": submission.pk})
    assert chosen.status_code == HTTPStatus.NOT_FOUND


def test_workbook_comes_in_the_readers_language_or_the_one_asked_for(client, sign_in, submission):
    sign_in("contributor", "IHK-142")
    address = reverse("measures:submission_own_workbook", args=[submission.pk])

    def first_sheet(**more):
        response = client.get(address, **more)
        return openpyxl.load_workbook(io.BytesIO(response.content)).sheetnames[0]

    assert first_sheet() == "Meldung"
    assert first_sheet(headers={"Accept-Language": "en"}) == "Report"
    assert first_sheet(data={"language": "en"}) == "Report"
    assert first_sheet(data={"language": "fr"}) == "Meldung"


def test_import_page_offers_the_workbooks_of_ones_own_open_rounds(client, sign_in, submission):
    closed = make_submission("IHK-142", (SINGLE,), year=2028, days_left=-1)
    other = make_submission("HWK-00001", (SINGLE,))

    def offered():
        form = client.get(reverse("measures:import_list")).context["own_workbook_form"]
        return {pk for pk, _label in form.fields["submission"].choices}

    sign_in("contributor", "IHK-142")
    assert offered() == {submission.pk}
    sign_in("coordinator", "DIHK")
    assert submission.pk in offered()
    assert not {closed.pk, other.pk} & offered()
    sign_in("data_steward", "BMAS")
    assert {submission.pk, other.pk} <= offered()


def test_workbook_chosen_on_the_import_page_is_downloaded(client, sign_in, submission):
    sign_in("contributor", "IHK-142")

    page = client.get(reverse("measures:import_list"))
    response = client.get(reverse("measures:import_own_workbook"), {"submission": submission.pk})

    assert reverse("measures:import_own_workbook") in page.content.decode()
    assert open_book(response.content).sheetnames[0] == "Meldung"


def test_submission_links_to_its_workbook(client, sign_in, submission):
    sign_in("contributor", "IHK-142")

    page = client.get(reverse("measures:submission_detail", args=[submission.pk])).content.decode()

    assert reverse("measures:submission_own_workbook", args=[submission.pk]) in page


def test_extension_keeps_the_workbook_on_offer(client, sign_in):
    late = make_submission("IHK-142", (SINGLE,), year=2028, days_left=-1)
    extended(late, timezone.localdate())
    sign_in("contributor", "IHK-142")

    form = client.get(reverse("measures:import_list")).context["own_workbook_form"]

    assert [pk for pk, _label in form.fields["submission"].choices] == [late.pk]
