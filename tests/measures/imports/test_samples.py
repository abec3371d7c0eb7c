"""The sample spreadsheets, file by file, against what they are known to hold."""

import json
from collections import Counter, defaultdict
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation

from measures.models import ControlTotal, Figure, ImportRun, SourceFile, StagedFigure
from measures.services.imports.judging.queries import ASKED
from partners.models import User
from tests.measures.imports.test_marked import download
from tests.measures.imports.test_marked import figures as staged_figures
from tests.measures.imports.test_report import told as preview_of
from tests.measures.spreadsheets import problems, stage

pytestmark = pytest.mark.django_db

SAMPLES = Path(settings.BASE_DIR) / "samples"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text())
DIHK, COLOGNE = "DIHK_Sammelmeldung_2015-2016.xlsx", "IHK_Koeln_Berufe_2016.xls"
FAULTY = "IHK_Koeln_fehlerhaft.xlsx"
MANY_FIGURES = 1000
JUDGED = ("verdict", "original", "old_value", "old_absence", "last_year")


def run(*names, **options):
    """Run the command; returns its exit code and the object per file."""
    out = StringIO()
    code = 0
    try:
        call_command(
            "import_figures", *(str(SAMPLES / name) for name in names), json=True, stdout=out, **options
        )
    except SystemExit as stop:
        code = stop.code
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def sums_of(figures):
    """Totals of target group _T: what is stated, else the sum of the occupations."""
    stated = {
        (f["indicator"], f["year"], f["organisation"], f["region"])
        for f in figures
        if f["occupation"] == "_T" and f["target_group"] == "_T"
    }
    sums = defaultdict(Counter)
    for figure in figures:
        key = (figure["indicator"], figure["year"], figure["organisation"], figure["region"])
        is_part = figure["occupation"] != "_T" and key in stated
        if figure["target_group"] == "_T" and figure["value"] is not None and not is_part:
            sums[figure["indicator"]][str(figure["year"])] += figure["value"]
    return {indicator: dict(years) for indicator, years in sums.items()}


def assert_as_expected(told, expected):
    figures = told["figures"]
    absences = Counter(figure["absence"] for figure in figures if figure["absence"])
    preliminary = {(f["indicator"], str(f["year"])) for f in figures if f["quality"] == "preliminary"}
    assert told["counts"] == {
        "new": expected["figures"],
        "changed": 0,
        "unchanged": 0,
        "held": expected.get("held", 0),
        "absent": sum(expected["absences"].values()),
    }
    assert len(figures) == expected["figures"]
    assert len({figure["organisation"] for figure in figures}) == expected["organisations"]
    assert sums_of(figures) == expected["sums"]
    assert absences == expected["absences"]
    assert preliminary == {
        (indicator, year) for indicator, years in expected.get("preliminary", {}).items() for year in years
    }
    totals = {total["cell"]: [total["stated"], total["ok"]] for total in told["control_totals"]}
    assert totals == expected["control_totals"]
    found = [[problem["cell"], problem["severity"], problem["code"]] for problem in told["problems"]]
    asked = Counter(code for _cell, _severity, code in found if code in ASKED)
    assert sorted(each for each in found if each[2] not in ASKED) == sorted(expected["problems"])
    assert asked == expected.get("asked", {})


def exit_code(expected):
    return 1 if expected.get("held") else 0


def as_dry_run(preview):
    """What the preview tells of an import, without what it says beyond the shell's dry run."""
    figures = [figure for figure in preview["figures"] if figure["verdict"] != "held"]
    return {key: told for key, told in preview.items() if key != "causes"} | {
        "figures": [{key: told for key, told in figure.items() if key not in JUDGED} for figure in figures]
    }


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.long) if facts["figures"] > MANY_FIGURES else name
        for name, facts in EXPECTED.items()
    ],
)
def test_sample_is_told_alike_in_shell_and_portal_and_reads_the_same_handed_back(
    client, sign_in, settings, tmp_path, name
):
    """The shell's dry run leaves nothing; the portal's preview says the same, and so does the file marked."""
    settings.MEDIA_ROOT = tmp_path
    code, [told] = run(name, figures=True)

    assert (code, told["status"]) == (exit_code(EXPECTED[name]), EXPECTED[name]["status"])
    assert_as_expected(told, EXPECTED[name])
    assert [
        model.objects.count() for model in (Figure, ImportRun, SourceFile, StagedFigure, ControlTotal)
    ] == [0, 0, 0, 0, 0]

    steward = sign_in("data_steward", "BMAS")
    received = stage((SAMPLES / name).read_bytes(), steward, name=name)
    assert as_dry_run(preview_of(client, received)) == told

    again = stage(download(client, received), steward, name="zurück.xlsx")
    assert staged_figures(again) == staged_figures(received)
    assert set(problems(again)) == set(problems(received))


@pytest.mark.parametrize("name", EXPECTED)
def test_applied_sample_stores_every_figure_with_its_cell(name):
    code, [told] = run(name, figures=True, apply=True)

    stored = {
        (f.item.indicator.code, f.item.submission.round.year, f.item.submission.organisation.code,
         f.region_id, f.occupation_id, f.target_group_id, f.value, f.absence, f.quality,
         f.is_below_half_unit, f.is_uncertain, f.note, f.sheet, f.cell)
        for f in Figure.objects.select_related("item__indicator", "item__submission__round",
                                               "item__submission__organisation")
    }  # fmt: skip
    assert (code, told["status"]) == (exit_code(EXPECTED[name]), "applied")
    assert stored == {tuple(figure.values()) for figure in told["figures"]}


@pytest.mark.long
def test_all_samples_twice_change_nothing_the_second_time():
    run(*EXPECTED, apply=True)

    _code, told = run(*EXPECTED, apply=True)

    assert [(one["counts"]["new"], one["counts"]["changed"]) for one in told] == [(0, 0)] * len(EXPECTED)


def test_chambers_own_file_after_the_umbrellas_adds_its_occupations_only():
    run(DIHK, apply=True)

    _code, [told] = run(COLOGNE, apply=True)

    assert told["counts"] == {"new": 18, "changed": 0, "unchanged": 1, "held": 0, "absent": 0}


def test_worst_outcome_of_several_files_is_the_exit_code(tmp_path):
    broken = tmp_path / "kaputt.xlsx"
    broken.write_bytes(b"PK\x03\x04 broken")

    assert run(DIHK)[0] == 0
    assert run(DIHK, FAULTY)[0] == 1
    code, told = run(DIHK, broken, FAULTY)
    assert (code, [one["status"] for one in told]) == (2, ["ready", "refused", "ready"])
    assert told[1]["reason"] != ""


def test_missing_file_is_refused(tmp_path):
    code, [told] = run(tmp_path / "fehlt.xlsx")

    assert (code, told["status"], told["file"]) == (2, "refused", "fehlt.xlsx")


def test_every_outcome_has_the_same_keys(tmp_path):
    (tmp_path / "leer.xlsx").write_bytes(b"")
    (tmp_path / "offen.csv").write_text("Kammer;Wert\nIHK Köln;5\n")

    code, told = run(
        FAULTY, tmp_path / "leer.xlsx", tmp_path / "offen.csv", tmp_path / "fehlt.xlsx", figures=True
    )

    keys = [
        "file", "sha256", "status", "reason", "tables", "account", "counts", "control_totals", "problems",
        "figures",
    ]  # fmt: skip
    assert code == 2
    assert [list(one) for one in told] == [keys] * 4
    assert [one["status"] for one in told] == ["ready", "refused", "needs_answers", "refused"]
    assert [one["sha256"][:8] for one in told[1:]] == ["e3b0c442", told[2]["sha256"][:8], ""]


def test_readable_output_names_counts_and_every_cause():
    out = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("import_figures", str(SAMPLES / FAULTY), stdout=out, figures=True)

    assert stop.value.code == 1
    text = out.getvalue()
    cells = ["A4", "E7", "C8", "E9", "D10", "E11", "E12", "E14"]
    assert [cell for cell in cells if f" {cell}: " in text] == cells
    assert "internships  2016  IHK-142  05  _T  _T  1204" in text


def test_shell_writes_in_its_own_name_and_nobody_can_sign_in_with_it():
    run(COLOGNE, apply=True)

    shell = User.objects.get(email="shell@portal.invalid")
    assert (shell.is_active, shell.has_usable_password()) == (False, False)
    assert set(Figure.objects.values_list("entered_by", flat=True)) == {shell.pk}


@pytest.mark.parametrize("option", [{"organisation": "NIEMAND"}, {"user": "niemand@example.org"}])
def test_unknown_organisation_or_person_stops_the_command(option):
    with pytest.raises(CommandError):
        run(COLOGNE, **option)


def why(**options):
    """What ``--why`` prints of the umbrella's file, line by line."""
    out = StringIO()
    call_command("import_figures", str(SAMPLES / DIHK), why=True, stdout=out, **options)
    return [line.strip() for line in out.getvalue().splitlines()]


def test_shell_says_in_german_why_a_file_was_read_as_it_was():
    lines = why()
    values = "Zahl oder vereinbartes Zeichen in F"

    assert [line for line in lines if line.startswith(("Warum", "Bereich", "Zeile"))] == [
        "Warum das Blatt „Sammelmeldung“ so gelesen wurde:",
        "Bereich A4:G400: Tabelle – 396 Zeilen mit Werten unter der Kopfzeile in Zeile 4",
        "Zeilen 1-2: Titel – über der Kopfzeile in Zeile 4",
        "Zeile 4: Kopfzeile – Worte ohne Wert über den Zeilen mit Werten, die in Zeile 5 beginnen",
        f"Zeilen 5-399: Daten – bekannt: Organisation, Land, Kennzahl, Zielgruppe, Jahr; {values}",
        "Zeile 400: Summe – „Summe“ steht für alle",
        "Zeile 402: Anmerkung – unter der letzten Zeile mit Werten, Zeile 400",
    ]
    assert "Spalte A „Kammer“: Organisation – die Überschrift ist ein Wort für: Organisation" in lines
    assert (
        "„Berichtsjahre 2015 und 2016, Stand: 31.01.2017“ in A2: Datenstand 2017-01-31 – "
        "steht über der Tabelle" in lines
    )


def test_shell_says_in_english_why_a_file_was_read_as_it_was():
    with translation.override("en"):
        lines = why()

    assert "Row 400: total – “Summe” stands for all" in lines
    assert "Column F “Wert”: values – the heading is a word for: values" in lines


def test_reasons_come_as_data_where_they_are_asked_for():
    _, [with_reasons] = run(DIHK, why=True)
    _, [without] = run(DIHK)

    total = next(entry for entry in with_reasons["why"] if entry["place"] == "400")
    assert total == {
        "sheet": "Sammelmeldung",
        "kind": "row",
        "place": "400",
        "text": "",
        "taken_for": "total",
        "meaning": {},
        "evidence": [
            {"code": "total_word", "params": {"found": "Summe"}, "message": "„Summe“ steht für alle"}
        ],
    }
    assert {entry["kind"] for entry in with_reasons["why"]} == {"area", "row", "column", "word"}
    assert "why" not in without
    assert [key for key in with_reasons if key != "why"] == list(without)


def test_refused_file_has_no_reasons(tmp_path):
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("import_figures", str(tmp_path / "fehlt.xlsx"), why=True, json=True, stdout=out)

    assert json.loads(out.getvalue())["why"] == []
