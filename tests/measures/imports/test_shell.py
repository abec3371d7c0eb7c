"""What the shell's options do, and the codes it ends with."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from measures.importing.vocabulary import Answers, TableAnswers
from measures.models import Figure, ImportRun
from measures.services.imports.confirming.confirm import confirm_mapping
from tests.measures.imports.undoing import type_in
from tests.measures.spreadsheets import PLACES, person, row, stage, workbook
from tests.measures.submissions import item_of, make_submission

pytestmark = pytest.mark.django_db

FAULTY = [row(5), row("x1", indicator=PLACES)]


@pytest.fixture
def submission(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_submission()


@pytest.fixture
def shell(tmp_path):
    """``shell(content, **options)`` runs the command on a file and returns its code and what it printed."""

    def _shell(content=None, **options):
        files = []
        if content is not None:
            path = tmp_path / "Meldung.xlsx"
            path.write_bytes(content)
            files = [str(path)]
        out, code = io.StringIO(), 0
        try:
            call_command("import_figures", *files, stdout=out, stderr=io.StringIO(), **options)
        except SystemExit as stop:
            code = stop.code
        except CommandError as error:
            code = error.returncode
        return code, out.getvalue()

    return _shell


def test_all_or_nothing_writes_nothing_while_a_row_is_held(shell, submission):
    assert shell(workbook(FAULTY), apply=True, all_or_nothing=True)[0] == 4
    assert (Figure.objects.filter(item__submission=submission).count(), ImportRun.objects.count()) == (0, 0)

    assert shell(workbook(FAULTY), apply=True)[0] == 1
    assert Figure.objects.filter(item__submission=submission).count() == 1


def test_only_the_sheets_named_are_read(shell, submission):
    content = workbook([row(5)], more_sheets=[[row(7, indicator=PLACES)]])

    code, told = shell(content, sheet=["Meldung 1"], json=True, figures=True)

    assert code == 0
    assert [figure["value"] for figure in json.loads(told)["figures"]] == [7]


def test_sheet_that_is_missing_is_refused_with_those_there_are(shell, submission):
    code, told = shell(workbook([row(5)]), sheet=["Tabelle"], json=True)

    assert code == 2
    assert "Meldung" in json.loads(told)["reason"]


def test_report_is_written_to_a_file_beside_the_readable_text(shell, submission, tmp_path):
    code, told = shell(workbook([row(5)]), report=tmp_path / "report.json")

    assert code == 0
    assert json.loads((tmp_path / "report.json").read_text())["counts"]["new"] == 1
    assert told.startswith("Meldung.xlsx: ")


def test_report_that_cannot_be_written_is_refused(shell, submission, tmp_path):
    assert shell(workbook([row(5)]), report=tmp_path / "fehlt" / "bericht.json")[0] == 2


def test_file_must_fit_the_profile_that_is_named(shell, submission):
    steward = person()
    known = stage(workbook([row(5)]), steward)
    fingerprint = known.tables[0]["fingerprint"]
    answers = json.loads(Answers(tables={fingerprint: TableAnswers()}).to_json())
    confirm_mapping(run_id=known.pk, answers=answers, actor=steward)

    assert shell(workbook([row(6)]), profile=fingerprint)[0] == 0
    other = workbook([("IHK Köln", 3)], header=["Kammer", "EQ-Plätze 2030"])
    assert shell(other, profile=fingerprint, apply=True)[0] == 3
    assert shell(other, profile="unknown")[0] == 2
    assert Figure.objects.filter(item__submission=submission).count() == 0


def test_import_is_undone_only_with_apply(shell, submission):
    shell(workbook([row(5), row(7, indicator=PLACES)]), apply=True)
    run = ImportRun.objects.get()

    assert shell(undo=run.pk)[0] == 0
    assert Figure.objects.filter(import_run=run).count() == 2
    assert shell(undo=run.pk, apply=True)[0] == 0
    assert Figure.objects.filter(import_run=run).count() == 0
    assert shell(undo=run.pk, apply=True)[0] == 2


def test_what_others_rest_on_is_undone_only_as_far_as_asked(shell, submission):
    shell(workbook([row(5), row(7, indicator=PLACES)]), apply=True)
    type_in(item_of(submission), 8, person("contributor", "IHK-142"))
    run = ImportRun.objects.get()

    assert shell(undo=run.pk, apply=True)[0] == 2
    assert shell(undo=run.pk, apply=True, only_independent=True)[0] == 1
    assert list(Figure.objects.filter(item__submission=submission).values_list("value", flat=True)) == [8]


@pytest.mark.parametrize("options", [{}, {"undo": 999_999}])
def test_nothing_to_do_is_an_error(shell, submission, options):
    assert shell(**options)[0] == 2
