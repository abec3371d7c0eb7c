"""A group above its total is an error in a file as it is in the grid: both cells are held and corrected."""

from decimal import Decimal

import pytest

from measures.enums import Verdict
from measures.models import CheckWaiver, Figure, ImportRun, PlausibilityCheck
from measures.selectors.imports.preview import causes
from measures.selectors.visible_imports import VisibleImport
from measures.services.imports.judging.explanations import explain_queries
from measures.services.imports.writing.apply import apply_import
from measures.services.imports.writing.correcting import (
    RowCorrection,
    apply_corrected,
    correct_row,
    corrected_rows,
)
from measures.typed_values import Entry
from partners.models import Organisation
from tests.measures.spreadsheets import QUALIFICATION, counts, person, problems, stage, workbook
from tests.measures.submissions import item_of, make_submission, put, submit_submission

pytestmark = pytest.mark.django_db

BROKEN = ("error", "group_within_total")


@pytest.fixture
def submission():
    return make_submission()


@pytest.fixture
def steward():
    return person()


def lines(**values):
    names = {"total": "Insgesamt", "women": "Frauen", "refugees": "Geflüchtete"}
    return [("IHK Köln", QUALIFICATION, 2030, names[name], value) for name, value in values.items()]


def said(value, group="_T"):
    return RowCorrection(
        organisation="IHK-142",
        indicator="training_placements",
        year=2030,
        region="05",
        occupation="_T",
        target_group=group,
        entry=Entry(value=Decimal(value)),
    )


def correct(run, actor, cell, value, group="_T"):
    row = run.staged.get(cell=cell)
    return correct_row(run_id=run.pk, row_id=row.pk, actor=actor, corrected=said(value, group))


def group_codes(run):
    return dict(run.staged.values_list("cell", "target_group"))


def fresh(run):
    return ImportRun.objects.get(pk=run.pk)


def stored():
    return sorted(Figure.objects.values_list("value", flat=True))


@pytest.mark.parametrize(
    ("group", "total", "is_held"), [(8, 7, True), (7, 7, False), (9, 6, True), (6, 6, False), (5, 3, True)]
)
def test_group_above_the_files_own_total_holds_both_cells(submission, steward, group, total, is_held):
    run = stage(workbook(lines(total=total, women=group)), steward)

    assert problems(run) == ([(*BROKEN, "E2"), (*BROKEN, "E3")] if is_held else [])
    assert counts(run) == ((0, 0, 0, 2) if is_held else (2, 0, 0, 0))


def test_rounded_cells_may_differ_by_what_rounding_allows(submission, steward):
    assert problems(stage(workbook(lines(total=99, women=102)), steward)) == [
        (*BROKEN, "E2"),
        (*BROKEN, "E3"),
    ]
    put(item_of(submission), 100)
    assert problems(stage(workbook(lines(women=102)), steward)) == [(*BROKEN, "E2")]
    Figure.objects.update(value=102)
    assert problems(stage(workbook(lines(women=102)), steward)) == []


def test_group_above_the_stored_total_is_held(submission, steward):
    put(item_of(submission), 7)

    run = stage(workbook(lines(women=8)), steward)

    assert (counts(run), problems(run)) == ((0, 0, 0, 1), [(*BROKEN, "E2")])


def test_total_below_a_stored_group_that_the_file_does_not_name_is_held(submission, steward):
    run = stage(workbook(lines(total=9, women=8)), steward)
    apply_import(run_id=run.pk, actor=steward)

    run = stage(workbook(lines(total=7)), steward)

    assert (counts(run), problems(run)) == ((0, 0, 0, 1), [(*BROKEN, "E2")])


def test_other_groups_are_compared_with_what_is_stored_once_the_total_is_held(submission, steward):
    put(item_of(submission), 4)

    run = stage(workbook(lines(total=7, women=8, refugees=5)), steward)

    assert problems(run) == [(*BROKEN, "E2"), (*BROKEN, "E3"), (*BROKEN, "E4")]
    assert run.held_count == 3


def test_nothing_is_lost_and_correcting_one_cell_frees_the_other(submission, steward):
    run = stage(workbook(lines(total=7, women=8, refugees=5)), steward)
    assert counts(run) == (1, 0, 0, 2)
    women = group_codes(run)["E3"]

    assert correct(run, steward, "E3", 6, women).verdict == Verdict.NEW

    assert (counts(fresh(run)), problems(run), causes(VisibleImport(run))) == ((3, 0, 0, 0), [], [])
    apply_import(run_id=run.pk, actor=steward)
    assert stored() == [5, 6, 7]


def test_correcting_the_total_frees_all_groups_that_fit(submission, steward):
    run = stage(workbook(lines(total=7, women=8, refugees=12)), steward)
    assert counts(run) == (0, 0, 0, 3)

    assert correct(run, steward, "E2", 10).verdict == Verdict.HELD
    assert sorted(problems(run)) == [(*BROKEN, "E2"), (*BROKEN, "E4")]
    assert correct(run, steward, "E2", 12).verdict == Verdict.NEW
    assert (counts(fresh(run)), problems(run)) == ((3, 0, 0, 0), [])


def test_correction_that_does_not_fit_holds_both_again(submission, steward):
    run = stage(workbook(lines(total=7, women=8)), steward)
    women = group_codes(run)["E3"]

    assert correct(run, steward, "E3", 9, women).verdict == Verdict.HELD
    assert sorted(problems(run)) == [(*BROKEN, "E2"), (*BROKEN, "E3")]


def test_what_was_held_with_a_corrected_cell_is_written_with_it_after_applying(submission, steward):
    run = stage(workbook(lines(total=7, women=8, refugees=5)), steward)
    apply_import(run_id=run.pk, actor=steward)
    assert stored() == [5]
    women = group_codes(run)["E3"]

    correct(run, steward, "E3", 6, women)

    assert len(corrected_rows(fresh(run))) == 2
    apply_corrected(run_id=run.pk, actor=steward)
    assert stored() == [5, 6, 7]
    assert [figure.corrected_by for figure in run.staged.filter(cell="E2")] == [steward]


def test_total_corrected_below_a_group_that_was_applied_stays_held(submission, steward):
    run = stage(workbook(lines(total=7, women=8, refugees=5)), steward)
    apply_import(run_id=run.pk, actor=steward)

    assert correct(run, steward, "E2", 4).verdict == Verdict.HELD
    assert run.staged.get(cell="E4").verdict == Verdict.NEW
    assert stored() == [5]


def test_severity_is_that_of_the_check_typed_or_imported(submission, steward):
    PlausibilityCheck.objects.filter(code="group_within_total").update(severity="query")

    run = stage(workbook(lines(total=7, women=8)), steward)

    assert {(cause.severity, cause.code) for cause in causes(VisibleImport(run))} == {
        ("query", "finding_asks")
    }
    assert run.held_count == 0
    explain_queries(run_id=run.pk, actor=steward, text="Von der Kammer so bestätigt")
    apply_import(run_id=run.pk, actor=steward)
    assert submit_submission(submission_id=submission.pk, actor=steward).status == "submitted"


def test_jump_that_is_an_error_is_held(steward):
    put(item_of(make_submission(year=2029)), 10)
    make_submission()
    PlausibilityCheck.objects.filter(code="no_jump_from_last_year").update(severity="error")

    run = stage(workbook(lines(total=100)), steward)

    assert (counts(run), problems(run)) == ((0, 0, 0, 1), [("error", "finding_holds", "E2")])
    correct(run, steward, "E2", 12)
    assert problems(run) == []


def test_range_is_asked_of_files_with_its_limits_and_years(submission, steward):
    limits = {"indicators": ["training_placements"], "minimum": "5", "maximum": "50"}
    check = PlausibilityCheck.objects.create(
        code="sizes",
        kind="range",
        severity="query",
        parameters=limits,
        text_de="5 bis 50",
        text_en="5 to 50",
        valid_from=2030,
        status="active",
    )

    assert problems(stage(workbook(lines(total=51)), steward)) == [("query", "finding_asks", "E2")]
    assert problems(stage(workbook(lines(total=4)), steward)) == [("query", "finding_asks", "E2")]
    assert problems(stage(workbook(lines(total=50)), steward)) == []
    check.valid_from = 2031
    check.save()
    assert problems(stage(workbook(lines(total=51)), steward)) == []


@pytest.mark.parametrize(
    ("waived", "is_held"),
    [
        ({}, False),
        ({"organisation": "IHK-101"}, True),
        ({"organisation": "IHK-142"}, False),
        ({"first_year": 2029, "last_year": 2029}, True),
        ({"ended_at": True}, True),
    ],
)
def test_waiver_keeps_a_check_from_holding(submission, steward, waived, is_held):
    known = {"first_year": 2030, "last_year": 2030} | waived
    if organisation := known.pop("organisation", None):
        known["organisation"] = Organisation.objects.get(code=organisation)
    if known.pop("ended_at", None):
        known |= {"ended_at": "2030-01-01T00:00Z", "ended_by": steward, "end_reason": "Geklärt"}
    CheckWaiver.objects.create(
        plausibility_check=PlausibilityCheck.objects.get(code="group_within_total"),
        reason="Sonderzählung",
        given_by=steward,
        **known,
    )

    assert bool(stage(workbook(lines(total=7, women=8)), steward).held_count) is is_held
