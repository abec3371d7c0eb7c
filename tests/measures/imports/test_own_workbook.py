"""The portal's own workbook coming back, filled in: from upload to stored figures without a question."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measures.import_workflow import ImportStatus
from measures.models import Figure, ImportRun
from measures.services.imports.reading.read import read_import
from measures.services.imports.receiving import receive_file
from measures.services.imports.writing.apply import apply_import
from partners.models import Organisation
from tests.measures.own_workbooks import (
    columns,
    download,
    fill_in,
    open_book,
    row_of,
    saved,
    version_1,
    with_values,
)
from tests.measures.spreadsheets import bring_in, counts, person, problems, receive, stage
from tests.measures.submissions import item_of, make_submission, put

pytestmark = pytest.mark.django_db

PLACES, QUALIFICATION, MENTORS = "additional_places", "training_placements", "welcome_mentors"
EMPTY = "empty_not_reported"


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def submission():
    return make_submission(indicators=(PLACES, QUALIFICATION, MENTORS))


@pytest.fixture
def steward():
    return person()


def stored():
    return {
        (figure.item.indicator.code, figure.target_group_id, figure.occupation_id): figure.value
        if figure.absence is None
        else figure.absence
        for figure in Figure.objects.select_related("item__indicator")
    }


def told(run):
    """Problems but for the empty cells."""
    return [problem for problem in problems(run) if problem[1] != EMPTY]


def test_what_was_typed_in_is_what_is_stored(submission, steward):
    filled = with_values(
        download(submission),
        {
            (PLACES, "_T"): -3,
            (PLACES, "W"): 0,
            (QUALIFICATION, "_T"): 1204,
            (QUALIFICATION, "J2"): "k. A.",
            (QUALIFICATION, "J3"): "*",
            (QUALIFICATION, "J4"): "x",
            (QUALIFICATION, "J5"): "…",
            (MENTORS, "_T"): 2,
        },
    )
    run = bring_in(filled, steward)

    assert (run.status, counts(run), told(run)) == (ImportStatus.APPLIED, (8, 0, 0, 0), [])
    assert stored() == {
        (PLACES, "_T", "_T"): -3,
        (PLACES, "W", "_T"): 0,
        (QUALIFICATION, "_T", "_T"): 1204,
        (QUALIFICATION, "J2", "_T"): "unknown",
        (QUALIFICATION, "J3", "_T"): "confidential",
        (QUALIFICATION, "J4", "_T"): "not_applicable",
        (QUALIFICATION, "J5", "_T"): "pending",
        (MENTORS, "_T", "_T"): 2,
    }


def test_figure_names_sheet_and_cell_of_the_workbook(submission, steward):
    content = download(submission)
    sheet = open_book(content).worksheets[0]
    bring_in(with_values(content, {(MENTORS, "_T"): 2}), steward)

    figure = Figure.objects.get()
    cell = sheet.cell(row_of(sheet, MENTORS), columns(sheet)["value"]).coordinate
    assert (figure.sheet, figure.cell, figure.original) == ("Meldung", cell, "2")


def test_quality_and_remark_go_with_their_value(submission, steward):
    def change(sheet, places):
        row = row_of(sheet, MENTORS)
        sheet.cell(row, places["value"], 2)
        sheet.cell(row, places["quality"], "vorläufig")
        sheet.cell(row, places["note"], "ohne Außenstelle")
        sheet.cell(row_of(sheet, PLACES), places["value"], 5)

    bring_in(fill_in(download(submission), change), steward)

    assert set(Figure.objects.values_list("value", "quality", "note")) == {
        (Decimal(2), "preliminary", "ohne Außenstelle"),
        (Decimal(5), "final", ""),
    }


def test_word_that_is_no_quality_is_told_and_the_value_final(submission, steward):
    def change(sheet, places):
        row = row_of(sheet, MENTORS)
        sheet.cell(row, places["value"], 2)
        sheet.cell(row, places["quality"], "naja")

    run = bring_in(fill_in(download(submission), change), steward)

    (problem,) = told(run)
    assert problem[:2] == ("query", "template_quality_unknown")
    assert Figure.objects.get().quality == "final"


def test_occupations_are_chosen_from_the_list_or_written(submission, steward):
    def change(sheet, places):
        room = row_of(sheet, QUALIFICATION, None, None)
        for offset, (occupation, group, value) in enumerate(
            [
                ("24 Metallerzeugung und -bearbeitung, Metallbauberufe", "Alle Zielgruppen", 4),
                ("43", "Frauen", 3),
                ("Sonstige / Keine Angabe", "Alle Zielgruppen", 1),
            ]
        ):
            sheet.cell(room + offset, places["occupation_name"], occupation)
            sheet.cell(room + offset, places["target_group_name"], group)
            sheet.cell(room + offset, places["value"], value)

    run = bring_in(fill_in(download(submission), change), steward)

    assert told(run) == []
    assert stored() == {
        (QUALIFICATION, "_T", "24"): 4,
        (QUALIFICATION, "W", "43"): 3,
        (QUALIFICATION, "_T", "_U"): 1,
    }


def test_value_without_its_occupation_is_held_and_the_cell_named(submission, steward):
    def change(sheet, places):
        sheet.cell(row_of(sheet, QUALIFICATION, None, None), places["value"], 4)

    content = download(submission)
    sheet = open_book(content).worksheets[0]
    run = stage(fill_in(content, change), steward)

    room = row_of(sheet, QUALIFICATION, None, None)
    cell = sheet.cell(room, columns(sheet)["occupation"]).coordinate
    assert counts(run) == (0, 0, 0, 1)
    assert told(run) == [("error", "dimension_missing", cell)]


def test_untouched_workbook_changes_nothing(submission, steward):
    item = item_of(submission)
    item.occupation_level = 2
    item.save()
    put(item, 1204)
    put(item, 7, occupation="24")
    put(item, None, absence="pending", target_group="W")
    uncertain, small, unknown = (
        put(item, 12, target_group="J2"),
        put(item, 0, target_group="J3"),
        put(item, None, absence="unknown", target_group="J4"),
    )
    uncertain.is_uncertain = unknown.is_uncertain = small.is_below_half_unit = True
    small.quality, small.note = "estimate", "grob"
    for figure in (uncertain, small, unknown):
        figure.save()

    for language in ("de", "en"):
        run = stage(download(submission, language), steward)
        assert (run.status, counts(run)) == (ImportStatus.READY, (0, 0, 6, 0))


def test_empty_cell_is_not_zero_and_leaves_what_is_stored(submission, steward):
    put(item_of(submission), 1204)

    def change(sheet, places):
        sheet.cell(row_of(sheet, QUALIFICATION), places["value"]).value = None

    run = bring_in(fill_in(download(submission), change), steward)

    assert {code for _severity, code, _cell in problems(run)} == {EMPTY}
    assert stored() == {(QUALIFICATION, "_T", "_T"): 1204}


def test_last_years_column_is_never_read(submission, steward):
    before = make_submission(indicators=(QUALIFICATION,), year=2029)
    put(item_of(before), 900)

    run = stage(with_values(download(submission), {(MENTORS, "_T"): 2}), steward)

    assert list(run.staged.values_list("year", "value")) == [(2030, Decimal(2))]


@pytest.mark.parametrize("dash", ["-", "–"])
def test_dash_may_mean_two_things_and_waits_for_a_person(submission, steward, dash):
    run = stage(with_values(download(submission), {(MENTORS, "_T"): dash}), steward)

    assert counts(run) == (0, 0, 0, 1)
    assert [problem[:2] for problem in told(run)] == [("query", "absence_to_confirm")]


@pytest.mark.parametrize(
    ("typed", "code"),
    [(2.5, "not_whole"), (-1, "negative"), ("viele", "not_a_number"), ("#NV", "cell_error")],
)
def test_value_that_cannot_be_is_held_with_its_cell(submission, steward, typed, code):
    content = with_values(download(submission), {(MENTORS, "_T"): typed})
    run = stage(content, steward)

    sheet = open_book(content).worksheets[0]
    cell = sheet.cell(row_of(sheet, MENTORS), columns(sheet)["value"]).coordinate
    assert told(run) == [("error", code, cell)]
    assert counts(run) == (0, 0, 0, 1)


def test_upload_goes_to_the_preview_without_a_step_between(
    client, sign_in, submission, django_capture_on_commit_callbacks
):
    sign_in("contributor", "IHK-142")
    content = with_values(download(submission), {(MENTORS, "_T"): 2})

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("measures:import_list"), {"file": SimpleUploadedFile("Kopie.xlsx", content)})
    run = ImportRun.objects.get()
    page = client.get(reverse("measures:import_detail", args=[run.pk]))

    assert (run.status, run.questions) == (ImportStatus.READY, [])
    assert page.templates[0].name == "measures/imports/preview.html"
    assert run.tables[0]["template_version"] == 2


def test_sign_in_a_workbook_can_be_settled_by_a_person(
    client, sign_in, submission, django_capture_on_commit_callbacks
):
    contributor = sign_in("contributor", "IHK-142")
    run = receive(with_values(download(submission), {(MENTORS, "_T"): "-"}), contributor)
    read_import(run_id=run.pk)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("measures:import_mapping", args=[run.pk]), {"name-0": "zero"})
    apply_import(run_id=run.pk, actor=contributor)

    assert stored() == {(MENTORS, "_T", "_T"): 0}


def test_first_version_is_still_understood(submission, steward):
    content = version_1(
        2030,
        "IHK-142",
        [
            {"indicator": MENTORS, "target_group": "_T", "region": "05", "value": 2, "last_year": 9},
            {"indicator": QUALIFICATION, "target_group": "W", "region": 5, "value": 7, "note": "neu"},
            {
                "indicator": QUALIFICATION,
                "target_group": "_T",
                "region": "05",
                "occupation": "24 Metall",
                "value": 9,
            },
        ],
    )
    run = bring_in(content, steward)

    assert told(run) == [("note", "template_old_version", "")]
    assert stored() == {
        (MENTORS, "_T", "_T"): 2,
        (QUALIFICATION, "W", "_T"): 7,
        (QUALIFICATION, "_T", "24"): 9,
    }


def test_workbook_of_another_round_is_of_that_round(steward):
    closed = make_submission(indicators=(MENTORS,), year=2028, days_left=-1)

    run = stage(with_values(download(closed), {(MENTORS, "_T"): 2}), steward)

    assert list(run.staged.values_list("year", flat=True)) == [2028]
    assert told(run) == [("note", "template_other_year", "")]


def test_workbook_of_another_organisation_than_chosen_is_of_its_own(submission, steward):
    chosen = Organisation.objects.get(code="IHK-101")
    upload = SimpleUploadedFile("Vorlage.xlsx", with_values(download(submission), {(MENTORS, "_T"): 2}))
    run = receive_file(upload=upload, name=upload.name, actor=steward, supplier_id=chosen.pk)

    read_import(run_id=run.pk)
    run.refresh_from_db()

    assert list(run.staged.values_list("organisation", flat=True)) == ["IHK-142"]
    assert told(run) == [("note", "template_other_organisation", "")]


def test_workbook_of_an_organisation_one_may_not_act_for_is_refused(submission):
    run = stage(with_values(download(submission), {(MENTORS, "_T"): 2}), person("contributor", "IHK-101"))

    assert (run.status, run.refusal["code"]) == (ImportStatus.REFUSED, "not_allowed")


def test_workbooks_of_several_members_may_come_in_one_file(submission, steward):
    other = make_submission("IHK-101", (MENTORS,))
    book = open_book(with_values(download(submission), {(MENTORS, "_T"): 2}))
    theirs = open_book(download(other)).worksheets[0]
    added = book.create_sheet("IHK zwei")
    for row in theirs.iter_rows():
        for cell in row:
            added.cell(cell.row, cell.column, cell.value)
    for row in range(1, added.max_row + 1):
        if added.cell(row, columns(added)["indicator"]).value == MENTORS:
            added.cell(row, columns(added)["value"], 4)

    run = stage(saved(book), steward)

    assert set(run.staged.values_list("organisation", "value")) == {
        ("IHK-142", Decimal(2)),
        ("IHK-101", Decimal(4)),
    }


def test_agency_fills_in_land_by_land(steward):
    submission = make_submission("BA", ("unplaced_30sep", "week_events"))
    item = item_of(submission, "unplaced_30sep")
    item.region_level = "land"
    item.save()

    def change(sheet, places):
        sheet.cell(row_of(sheet, "unplaced_30sep"), places["value"], 11)
        sheet.cell(row_of(sheet, "unplaced_30sep", region="_U"), places["value"], 1)
        sheet.cell(row_of(sheet, "week_events", region="DE"), places["value"], 40)

    run = bring_in(fill_in(download(submission), change), steward)

    assert told(run) == []
    assert set(Figure.objects.values_list("item__indicator__code", "region", "value")) == {
        ("unplaced_30sep", "05", Decimal(11)),
        ("unplaced_30sep", "_U", Decimal(1)),
        ("week_events", "DE", Decimal(40)),
    }
