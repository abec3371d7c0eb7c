"""The mapping page: the sheet as it was understood, corrected by pointing at it; names and signs settled."""

import io
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from measures.forms.imports.mapping import FIELDS_ASKED
from measures.import_workflow import ImportStatus
from measures.models import ImportProfile, ImportRun, Occupation, SupplierAlias
from tests.measures.spreadsheets import PLACES, QUALIFICATION, row, workbook
from tests.measures.submissions import make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def cologne(sign_in):
    make_submission()
    return sign_in("contributor", "IHK-142")


@pytest.fixture
def upload(client, django_capture_on_commit_callbacks):
    def _upload(content):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(
                reverse("measures:import_list"), {"file": SimpleUploadedFile("Meldung.xlsx", content)}
            )
        return ImportRun.objects.latest("pk")

    return _upload


@pytest.fixture
def send(client, django_capture_on_commit_callbacks):
    """``send(run, **changes)`` sends the page's form as proposed, but for the changes, and reads again."""

    def _send(run, *, headers=None, **changes):
        address = reverse("measures:import_mapping", args=[run.pk])
        form = client.get(address).context["form"]
        proposed = {name: form[name].initial or "" for name in form.fields}
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(address, proposed | changes, headers=headers)
        run.refresh_from_db()
        return response

    return _send


def page(client, run):
    return client.get(reverse("measures:import_mapping", args=[run.pk])).context


def rows_shown(client, run):
    (sheet,) = page(client, run)["sheets"]
    return [(shown.number, shown.kind) for shown in sheet.rows]


def staged(run):
    return list(run.staged.values_list("cell", flat=True))


def test_sheet_is_shown_with_its_rows_and_columns(client, upload):
    run = upload(workbook([row(4), row(5, indicator=PLACES)], above=[("Meldung 2030",), ()]))

    (sheet,) = page(client, run)["sheets"]

    assert [(shown.number, shown.kind) for shown in sheet.rows] == [
        (1, "title"),
        (2, "blank"),
        (3, "header"),
        (4, "data"),
        (5, "data"),
    ]
    assert sheet.rows[0].cells == [("Meldung 2030", 5)]
    (area,) = sheet.areas
    assert (area.first_row, [column.role for column in area.columns]) == (
        3,
        ["organisation", "indicator", "year", "target_group", "value"],
    )


def test_row_pointed_at_is_read_so_and_shown_again_before_anything_is_confirmed(client, upload, send):
    run = upload(workbook([row(4), row(5, indicator=PLACES)]))

    send(run, correction="0:3:ignored")

    assert (run.status, staged(run)) == (ImportStatus.MAPPING, ["E2"])
    assert rows_shown(client, run) == [(1, "header"), (2, "data"), (3, "ignored")]
    assert ImportProfile.objects.count() == 0
    send(run)
    assert (run.status, staged(run)) == (ImportStatus.READY, ["E2"])


def test_correction_of_a_sheet_is_remembered_and_can_be_taken_back(client, upload, send):
    first = upload(workbook([row(4), row(5, indicator=PLACES)]))
    send(first, correction="0:3:ignored")
    send(first)

    second = upload(workbook([row(7), row(9, year=2016), row(8, indicator=PLACES)]))
    assert (second.status, staged(second)) == (ImportStatus.READY, ["E2", "E3"])
    third = upload(workbook([row(6), ("IHK Köln", PLACES, 2030, "Insgesamt", 5)]))
    send(third, correction="0::take_back")
    assert (third.status, staged(third)) == (ImportStatus.MAPPING, ["E2", "E3"])


def test_what_was_chosen_is_kept_while_a_row_is_corrected(client, upload, send):
    run = upload(workbook([row(4), row(5)]))

    send(
        run,
        correction="0:3:ignored",
        **{"table-0-column-1-role": "ignore", "table-0-indicator": "additional_places"},
    )
    send(run)

    assert set(run.staged.values_list("cell", "indicator")) == {("E2", "additional_places")}


def test_sheet_is_left_out_and_taken_in_again(client, upload, send):
    run = upload(workbook([row(4)], more_sheets=[[row(5, indicator=PLACES)]]))

    send(run, correction="1::skip")
    assert [(sheet.is_ignored, len(sheet.tables)) for sheet in page(client, run)["sheets"]] == [
        (False, 1),
        (True, 0),
    ]
    send(run, correction="1::read")
    assert [len(sheet.tables) for sheet in page(client, run)["sheets"]] == [1, 1]


def test_table_nobody_found_is_pointed_at(client, upload, send):
    run = upload(workbook([("nur", "Text"), ("noch", "mehr")], header=("Kammer", QUALIFICATION)))
    assert (run.status, run.refusal["code"]) == (ImportStatus.REFUSED, "no_table")
    assert client.get(reverse("measures:import_detail", args=[run.pk])).context["may_point"] is True

    send(run, correction="0:1:header")

    assert run.status in (ImportStatus.MAPPING, ImportStatus.NEEDS_ANSWERS)
    assert rows_shown(client, run)[0] == (1, "header")


def test_pointing_at_nothing_changes_nothing(client, upload, send):
    run = upload(workbook([row(4)]))

    for said in ("9:1:data", "0:99:data", "0:2:horoscope", "0:2", "0:2:data:x", "x:2:data"):
        send(run, correction=said)

        assert (run.status, staged(run)) == (ImportStatus.MAPPING, ["E2"]), said


def test_page_follows_while_the_file_is_read_again(client, upload, send):
    run = upload(workbook([row(4), row(5, indicator=PLACES)]))
    address = reverse("measures:import_mapping", args=[run.pk])
    htmx = {"HX-Request": "true"}

    answer = send(run, correction="0:3:ignored", headers=htmx)
    assert answer.templates[0].name == "measures/imports/_again.html"

    ImportRun.objects.filter(pk=run.pk).update(status=ImportStatus.UPLOADED)
    assert client.get(address, headers=htmx).status_code == HTTPStatus.NO_CONTENT
    ImportRun.objects.filter(pk=run.pk).update(status=ImportStatus.MAPPING)
    again = client.get(address, {"at": "0:3"}, headers=htmx)
    assert again.templates[0].name == "measures/imports/_mapping.html"
    assert again.content.decode().count(" autofocus") == 1
    ImportRun.objects.filter(pk=run.pk).update(status=ImportStatus.DISCARDED)
    assert client.get(address, headers=htmx).headers["HX-Redirect"] == reverse(
        "measures:import_detail", args=[run.pk]
    )


def test_unknown_name_comes_with_what_it_resembles_best_first(client, upload, send):
    run = upload(workbook([row(4, organisation="IHK Kölnn")]))

    (name,) = page(client, run)["form"].names()

    scores = [score for _code, _name, score in name.unclear.candidates]
    assert name.unclear.candidates[0][0] == "IHK-142"
    assert scores == sorted(scores, reverse=True)
    send(run, **{"name-0": "IHK-142"})
    assert (run.held_count, SupplierAlias.objects.get().found) == (0, "IHK Kölnn")


def test_name_taken_for_the_wrong_thing_is_put_right_for_good(client, upload, send):
    run = upload(workbook([row(4)]))

    send(
        run,
        **{"wrong-indicator-found": QUALIFICATION.upper(), "wrong-indicator-code": "additional_places"},
    )

    assert set(run.staged.values_list("indicator", flat=True)) == {"additional_places"}
    second = upload(workbook([row(5)]))
    assert set(second.staged.values_list("indicator", flat=True)) == {"additional_places"}


def test_wrong_name_needs_both_halves(client, upload, send):
    run = upload(workbook([row(4)]))

    response = send(run, **{"wrong-indicator-found": "Plätze"})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert list(response.context["form"].errors) == ["wrong-indicator-code"]


def test_every_sign_is_shown_with_how_it_was_read_and_may_mean_something_else(client, upload, send):
    run = upload(workbook([row("-"), row("k. A.", indicator=PLACES)]))

    signs = [
        (name.unclear.found, name.unclear.meaning, name.unclear.source, name.unclear.is_open)
        for name in page(client, run)["form"].names()
    ]
    assert signs == [("-", "zero", "standard", False), ("k. A.", "unknown", "standard", True)]

    send(run, **{"name-0": "confidential"})
    assert sorted(run.staged.values_list("cell", "absence", "verdict")) == [
        ("E2", "confidential", "new"),
        ("E3", "unknown", "held"),
    ]


def test_unknown_occupation_of_very_many_is_typed_with_suggestions(client, upload, send):
    Occupation.objects.bulk_create(
        Occupation(code=f"{code}", level=5, label_de=f"Beruf {code}", label_en="")
        for code in range(26100, 26500)
    )
    header = ("Kammer", "Kennzahl", "Jahr", "Beruf", "Wert")
    run = upload(
        workbook(
            [("IHK Köln", PLACES, 2030, "Zauberei", 4), ("IHK Köln", PLACES, 2030, "Mechatronik", 4)],
            header=header,
        )
    )
    form = page(client, run)["form"]
    name = next(name for name in form.names() if name.unclear.found == "Zauberei")

    assert name.field.field.widget.attrs["list"] == "codes-occupation"
    assert [kind for kind, _labels in form.suggestions()] == ["codes-occupation"]
    send(run, **{name.field.name: "26112 Mechatronik"})
    assert SupplierAlias.objects.get(found="Zauberei").code == "26112"


@pytest.mark.long
def test_form_of_a_file_with_very_many_tables_can_be_sent(client, upload, send):
    run = upload(workbook([row(4)], more_sheets=[[row(number)] for number in range(60)]))

    form = page(client, run)["form"]

    assert len(form.fields) < FIELDS_ASKED + 100 < 1000
    assert send(run).status_code == HTTPStatus.FOUND
    assert run.status == ImportStatus.READY


UNSETTLED_COLUMNS = {
    "unknown chamber": (("Kennzahl", "Jahr", "IHK Köln", "IHK Irgendwo"), (PLACES, 2030, 4, 5), 3, ["C2"]),
    "half-year alone": (("Kammer", "Kennzahl", "1. Halbjahr 2030"), ("IHK Köln", PLACES, 4), 2, []),
    "half-year": (("Kammer", "Kennzahl", "2031", "1. Halbjahr 2030"), ("IHK Köln", PLACES, 4, 5), 3, ["C2"]),
    "unknown word": (("Kammer", "Kennzahl", "2030", "Bubatz"), ("IHK Köln", PLACES, 4, 5), 3, ["C2"]),
    "without heading": (("Kammer", "Kennzahl", "2030", None), ("IHK Köln", PLACES, 4, 5), 3, ["C2"]),
    "words": (("Kammer", "Kennzahl", "2030", "Bubatz"), ("IHK Köln", PLACES, 4, "Firlefanz"), 3, ["C2"]),
}


@pytest.fixture(params=UNSETTLED_COLUMNS.values(), ids=UNSETTLED_COLUMNS)
def unsettled(request):
    """A file with a column nobody understands, the column's place, and the cells that are read anyway."""
    header, line, column, cells = request.param
    others = {PLACES: QUALIFICATION, 4: 6, 5: 7, "Firlefanz": "Larifari"}
    second = [others.get(value, value) for value in line]
    return workbook([line, tuple(second)], header=header), column, cells


def open_questions(run):
    return [(question["code"], question["cell"], question["column"]) for question in run.questions]


def test_confirming_answers_no_question_about_a_column(client, upload, send, unsettled):
    content, column, cells = unsettled
    run = upload(content)
    asked, read = open_questions(run), staged(run)
    assert [place for _code, _cell, place in asked] == [column]
    role = page(client, run)["form"][f"table-0-column-{column}-role"]
    assert (role.initial, role.field.required) == ("", False)

    send(run)

    assert (open_questions(run), staged(run)) == (asked, read)
    assert read[: len(cells)] == cells
    (profile,) = ImportProfile.objects.all()
    assert str(column) not in {**profile.answers["table"]["roles"], **profile.answers["table"]["columns"]}
    later = upload(content)
    assert (open_questions(later), staged(later)) == (asked, read)


def test_role_chosen_for_a_column_answers_the_question_for_good(client, upload, send, unsettled):
    content, column, _cells = unsettled
    run = upload(content)
    letter = "ABCD"[column]

    send(run, **{f"table-0-column-{column}-role": "ignore"})
    assert [question for question in open_questions(run) if question[2] >= 0] == []
    assert not any(cell.startswith(letter) for cell in staged(run))
    later = upload(content)
    assert open_questions(later) == open_questions(run)


def test_preselected_role_counts_as_an_answer_once_it_is_chosen(client, upload, send):
    header = ("Kammer", "Kennzahl", "2031", "1. Halbjahr 2030")
    run = upload(workbook([("IHK Köln", PLACES, 4, 5)], header=header))

    send(run, **{"table-0-column-3-role": "value"})

    assert (run.questions, set(run.staged.values_list("cell", "year"))) == ([], {("C2", 2031), ("D2", 2030)})
    assert page(client, run)["form"]["table-0-column-3-role"].initial == "value"


def test_choice_made_while_a_row_is_corrected_answers_too(client, upload, send):
    run = upload(workbook([("IHK Köln", PLACES, 4, 5)], header=("Kammer", "Kennzahl", "2030", "Bubatz")))

    send(run, correction="0:2:data", **{"table-0-column-3-role": "ignore"})
    assert (run.status, run.questions) == (ImportStatus.MAPPING, [])
    send(run)

    assert (run.status, run.questions, staged(run)) == (ImportStatus.READY, [], ["C2"])


def test_confirming_leaves_words_in_a_column_open(client, upload, send):
    lines = [("IHK Köln", kind, 4, "Handel") for kind in (PLACES, QUALIFICATION)]
    run = upload(workbook(lines, header=("Kammer", "Kennzahl", "2030", "Branche")))
    asked, still_open = run.questions, "nach Ihrer Bestätigung noch offen"
    address = reverse("measures:import_mapping", args=[run.pk])
    assert [(question["code"], question["cell"]) for question in asked] == [("wording", "D1")]
    assert still_open not in client.get(address).content.decode()

    send(run)
    assert (run.status, run.questions) == (ImportStatus.NEEDS_ANSWERS, asked)
    assert still_open in client.get(address).content.decode()
    send(run, **{"name-0": "none"})

    assert (run.status, run.questions, staged(run)) == (ImportStatus.READY, [], ["C2", "C3"])


def test_question_about_the_name_of_a_sheet_names_the_sheet_alone(client, upload):
    book = load_workbook(io.BytesIO(workbook([("IHK Köln", 4)], header=("Kammer", "EQ-Plätze 2030"))))
    book.active.title = "nur Vollzeit"
    book.save(written := io.BytesIO())
    run = upload(written.getvalue())
    assert [question["cell"] for question in run.questions] == [""]

    shown = client.get(reverse("measures:import_mapping", args=[run.pk])).content.decode()

    assert ("(nur Vollzeit)" in shown, "(nur Vollzeit," in shown) == (True, False)
