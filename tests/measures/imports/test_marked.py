"""The file handed back with its problems marked: by whom it is had, what it holds, and how it reads again."""

import io
import logging
import zipfile
from http import HTTPStatus
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from measures.models import ImportRun
from measures.selectors.imports.marked.workbook import NAMESPACE
from measures.selectors.imports.messages import problem_text
from tests.list_pages import DOWNLOAD_RECORDED
from tests.measures import own_workbooks as templates
from tests.measures.own_workbooks import with_values
from tests.measures.spreadsheets import person, problems, receive, row, stage, workbook
from tests.measures.submissions import make_submission

pytestmark = pytest.mark.django_db

SAMPLES = Path(settings.BASE_DIR) / "samples"
FAULTY = "IHK_Koeln_fehlerhaft.xlsx"
HEADINGS = ["Art", "Blatt", "Zelle", "Gefunden", "Was falsch ist und was zu tun ist", "Folge"]


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def submission():
    return make_submission()


def download(client, run):
    response = client.get(reverse("measures:import_marked", args=[run.pk]))
    assert response.status_code == HTTPStatus.OK
    return b"".join(response.streaming_content)


def opened(client, run):
    return openpyxl.load_workbook(io.BytesIO(download(client, run)))


def listed(book):
    rows = [list(row[:6]) for row in book.worksheets[0].iter_rows(values_only=True)]
    return rows[rows.index(HEADINGS) + 1 :]


def sentences(book):
    return [row[0] for row in book.worksheets[0].iter_rows(values_only=True, max_row=6)]


def figures(run):
    fields = ("sheet", "cell", "indicator", "year", "organisation", "region", "occupation", "target_group",
              "value", "absence", "quality", "note", "original", "verdict")  # fmt: skip
    return list(run.staged.order_by("pk").values_list(*fields))


def test_workbook_of_the_portals_own_is_still_known_when_it_comes_back_marked(client, sign_in):
    submission = make_submission(indicators=("additional_places", "training_placements"))
    steward = sign_in("data_steward", "BMAS")
    values = {("additional_places", "_T"): 5, ("training_placements", "_T"): "viele"}
    run = stage(with_values(templates.download(submission), values), steward)

    again = stage(download(client, run), steward)

    assert figures(again) == figures(run)
    assert ("error", "not_a_number") in {problem[:2] for problem in problems(again)}
    assert set(problems(again)) == set(problems(run))
    assert [table["template_version"] for table in again.tables] == [
        table["template_version"] for table in run.tables
    ]


def test_every_problem_is_listed_and_its_cell_marked(client, sign_in):
    run = stage((SAMPLES / FAULTY).read_bytes(), sign_in("data_steward", "BMAS"), name=FAULTY)

    book = opened(client, run)

    told = {
        (
            problem.get_severity_display(),
            problem.sheet,
            problem.cell,
            problem.found or None,
            problem_text(problem.code, problem.found, problem.message),
        )
        for problem in run.problems.all()
    }
    assert {tuple(line[:5]) for line in listed(book)} == told
    assert len(listed(book)) == run.problems.count()
    assert [line[0] for line in listed(book)] == ["Fehler"] * 8 + ["Rückfrage"] + ["Hinweis"] * 2
    cell = book["Meldung"]["E7"]
    assert cell.fill.fgColor.rgb.endswith("F4B0B0")
    assert cell.comment.text.startswith("— Allianz-Portal —\nFehler: „-5“ ist negativ")


def test_workbook_speaks_the_readers_language(client, sign_in):
    run = stage((SAMPLES / FAULTY).read_bytes(), sign_in("data_steward", "BMAS"), name=FAULTY)
    client.cookies["django_language"] = "en"

    book = opened(client, run)

    assert book.sheetnames == ["Problems found", "Meldung"]
    assert "Error: “-5” is negative" in book["Meldung"]["E7"].comment.text


def test_download_is_named_after_the_file(client, sign_in, submission):
    run = stage(workbook([row("viele")]), sign_in("data_steward", "BMAS"), name="Köln.2030.xls")

    response = client.get(reverse("measures:import_marked", args=[run.pk]))
    response.close()

    assert response.headers["Content-Disposition"] == (
        "attachment; filename*=utf-8''K%C3%B6ln.2030%20%28gepr%C3%BCft%29.xlsx"
    )
    assert response.headers["Content-Type"].endswith("spreadsheetml.sheet")


def test_file_above_the_limit_comes_back_as_its_list_of_problems(client, sign_in, submission, settings):
    settings.IMPORT_MAX_MARKED_ROWS = 3
    rows = [
        row("viele"),
        row(1, indicator="Praktikumsplätze"),
        row(2, indicator="Zusätzliche Ausbildungsplätze"),
    ]
    run = stage(workbook(rows), sign_in("data_steward", "BMAS"))

    book = opened(client, run)

    assert book.sheetnames == ["Probleme der Prüfung"]
    assert any("mehr als 3 Zeilen" in str(line) for line in sentences(book))
    assert [line[:4] for line in listed(book)] == [
        ["Fehler", "Meldung", "E2", "viele"],
        ["Fehler", "Meldung", "E3", "IHK Köln"],
    ]


def test_more_problems_than_the_limit_come_back_as_a_list(client, sign_in, submission, settings):
    header = ("Kammer", "Jahr", "EQ-Plätze", "Praktikumsplätze", "Zusätzliche Ausbildungsplätze")
    run = stage(
        workbook([("IHK Köln", 2030, "viele", "einige", "manche")], header=header),
        sign_in("data_steward", "BMAS"),
    )
    settings.IMPORT_MAX_MARKED_ROWS = 2

    assert len(listed(opened(client, run))) == 3


def test_marking_that_takes_too_long_leaves_the_list_of_problems(client, sign_in, submission, settings):
    settings.IMPORT_MAX_MARKING_SECONDS = 0
    run = stage(workbook([row("viele")]), sign_in("data_steward", "BMAS"))

    book = opened(client, run)

    assert any("zu viel Zeit oder Speicher" in str(line) for line in sentences(book))
    assert [line[2] for line in listed(book)] == ["E2"]


def test_workbook_that_cannot_be_kept_is_noted_for_those_who_run_the_portal(
    client, sign_in, submission, caplog
):
    content = workbook([row("viele")])
    book = openpyxl.load_workbook(io.BytesIO(content))
    book.active["A1"].font = openpyxl.styles.Font(family=2)
    odd = io.BytesIO()
    book.save(odd)
    run = stage(_with(odd.getvalue(), b'family val="2"', b'family val="99"'), sign_in("data_steward", "BMAS"))

    with caplog.at_level(logging.WARNING):
        handed_back = opened(client, run)

    assert handed_back["Meldung"]["E2"].comment.text.startswith("— Allianz-Portal —")
    assert "Max value is 14" in caplog.text


def _with(content, old, new):
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        for info in source.infolist():
            target.writestr(info.filename, source.read(info).replace(old, new))
    return made.getvalue()


@pytest.mark.parametrize("count", [1, 3])
def test_marking_asks_the_database_as_often_for_many_problems(
    client, sign_in, submission, django_assert_num_queries, count
):
    rows = [row("viele", indicator=name) for name in ("EQ-Plätze", "Praktikumsplätze", "Unbekanntes")[:count]]
    run = stage(workbook(rows), sign_in("data_steward", "BMAS"))

    with django_assert_num_queries(16 + DOWNLOAD_RECORDED):
        download(client, run)


def test_one_file_at_a_time_is_marked_for_a_person(client, sign_in, submission):
    steward = sign_in("data_steward", "BMAS")
    run = stage(workbook([row("viele")]), steward)
    elsewhere = connection.copy()
    with elsewhere.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [NAMESPACE, steward.pk])

    response = client.get(reverse("measures:import_marked", args=[run.pk]))
    elsewhere.close()

    assert response.headers["Location"] == reverse("measures:import_detail", args=[run.pk])
    assert opened(client, run).sheetnames == ["Probleme der Prüfung", "Meldung"]


def test_only_who_sees_the_import_gets_the_workbook(client, sign_in, submission):
    run = stage(workbook([row("viele")]), person("contributor", "IHK-142"))
    address = reverse("measures:import_marked", args=[run.pk])

    sign_in("contributor", "HWK-00032")
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND
    sign_in("auditor", "BMAS")
    assert opened(client, run).sheetnames == ["Probleme der Prüfung", "Meldung"]


@pytest.mark.parametrize("status", ["uploaded", "refused", "failed", "cancelled"])
def test_what_was_not_read_has_nothing_to_mark(client, sign_in, status):
    run = receive(workbook([row("viele")]), sign_in("data_steward", "BMAS"))
    ImportRun.objects.filter(pk=run.pk).update(status=status)

    assert client.get(reverse("measures:import_marked", args=[run.pk])).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("value", ["viele", ""])
def test_preview_links_to_the_marked_file_where_something_stands_out(client, sign_in, submission, value):
    rows = [row(value), row(1, indicator="Praktikumsplätze")]
    run = stage(workbook(rows), sign_in("data_steward", "BMAS"))

    page = client.get(reverse("measures:import_detail", args=[run.pk])).content.decode()

    assert reverse("measures:import_marked", args=[run.pk]) in page
    assert reverse("measures:import_report", args=[run.pk]) in page
