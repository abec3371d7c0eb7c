"""The small spreadsheets of tests/measures/importing/cases, sent through the shell's import."""

import contextlib
import io
import json

import pytest
from django.core.management import call_command

from tests.measures.importing.cases import all_cases
from tests.measures.importing.cases.files import write_file
from tests.measures.importing.cases.verdicts import judge, outcome_of_report

pytestmark = [pytest.mark.django_db, pytest.mark.long]


def test_shell_reports_every_case_as_a_careful_person_would(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    files = [write_file(case, tmp_path) for case in all_cases().values()]
    out = io.StringIO()

    with contextlib.suppress(SystemExit):  # its code is that of the worst file
        call_command("import_figures", *files, json=True, figures=True, stdout=out, stderr=io.StringIO())

    reports = {report["file"]: report for report in map(json.loads, out.getvalue().splitlines())}
    verdicts = {
        name: str(judge(case, outcome_of_report(reports[case.file_name])))
        for name, case in all_cases().items()
    }
    wrong = {name: verdict for name, verdict in verdicts.items() if verdict}
    assert wrong == {}
