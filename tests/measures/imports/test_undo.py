"""Undoing an import: exactly the state before, every version kept, and undoing that again."""

from decimal import Decimal

import pytest

from measures.enums import ImportStepKind, Origin
from measures.import_workflow import ImportStatus
from measures.models import Figure, FigureVersion, ImportRun, ImportStep, Submission, SubmissionEvent
from measures.selectors.imports.dependents import dependents_of
from measures.services.imports.errors import (
    ImportNeedsReasonError,
    ImportNotAllowedError,
    ImportObstructedError,
    NothingToUndoError,
)
from measures.services.imports.writing.apply import apply_import
from measures.workflow import SubmissionStatus
from tests.measures.imports.undoing import figures, replayed, state, step_of, type_in, undo
from tests.measures.spreadsheets import PLACES, bring_in, person, row, stage, workbook
from tests.measures.submissions import item_of, make_submission, move

pytestmark = pytest.mark.django_db

OCCUPATIONS = ("Kammer", "Kennzahl", "Jahr", "KldB", "Beruf", "Wert")
MECHATRONICS = ("IHK Köln", PLACES, 2030, "26", "Mechatronik", 7)


@pytest.fixture
def submission():
    return make_submission()


@pytest.fixture
def steward():
    return person()


def status(run):
    return ImportRun.objects.get(pk=run.pk).status


def test_new_figures_are_taken_away_and_the_import_is_undone(submission, steward):
    before = state()
    run = bring_in(workbook([row(7), row(3, indicator=PLACES)]), steward)

    step = undo(run, steward, reason="Falsche Datei")

    assert state() == before
    assert (step.kind, step.undoes, step.figure_count, step.actor, step.reason) == (
        ImportStepKind.UNDO,
        run.steps.first(),
        2,
        steward,
        "Falsche Datei",
    )
    assert status(run) == ImportStatus.UNDONE


def test_what_stood_before_comes_back_with_where_it_came_from(submission, steward):
    type_in(item_of(submission), 5, steward)
    bring_in(workbook([row("6 r")]), person())
    before = state()
    run = bring_in(workbook([row("*")]), steward)

    undo(run, steward)

    assert state() == before
    figure = Figure.objects.get()
    assert (figure.value, figure.quality, figure.origin, figure.cell, figure.original) == (
        Decimal(6),
        "revised",
        Origin.IMPORT,
        "E2",
        "6 r",
    )


def test_every_version_is_kept_and_says_which_step_was_undone(submission, steward):
    run = bring_in(workbook([row(7)]), steward)
    step = step_of(run)

    undo(step, steward, reason="Irrtum")

    versions = FigureVersion.objects.order_by("pgh_id").select_related("pgh_context")
    assert [version.pgh_label for version in versions] == ["insert", "delete"]
    assert versions[1].pgh_context.metadata == {
        "user": steward.pk,
        "reason": "Irrtum",
        "import_run": run.pk,
        "undoes": step.pk,
    }


def test_undoing_the_undo_brings_the_import_back_as_often_as_wanted(submission, steward):
    type_in(item_of(submission), 5, steward)
    before = state()
    run = bring_in(workbook([row(7), row("*", indicator=PLACES)]), steward)
    after = state()

    step = step_of(run)
    for _ in range(3):
        step = undo(step, steward)
        assert (state(), status(run)) == (before, ImportStatus.UNDONE)
        step = undo(step, steward)
        assert (state(), status(run)) == (after, ImportStatus.APPLIED)
    assert figures() == replayed()


def test_import_that_was_brought_back_is_undone_by_its_own_step_too(submission, steward):
    before = state()
    run = bring_in(workbook([row(7)]), steward)
    applied = step_of(run)
    undo(undo(applied, steward), steward)

    undo(applied, steward)

    assert (state(), status(run)) == (before, ImportStatus.UNDONE)


def test_undone_step_is_not_undone_twice(submission, steward):
    run = bring_in(workbook([row(7)]), steward)
    step = step_of(run)
    undo(step, steward)

    with pytest.raises(NothingToUndoError):
        undo(step, steward)
    assert ImportStep.objects.count() == 2


def test_levels_and_datenstand_go_back_too(submission, steward):
    before = state()
    run = bring_in(workbook([MECHATRONICS], header=OCCUPATIONS, above=[("Datenstand: 31.03.2031",)]), steward)
    item = item_of(submission, "additional_places")
    assert (item.occupation_level, str(item.data_as_of)) == (2, "2031-03-31")
    after = state()

    step = undo(run, steward)
    assert state() == before
    undo(step, steward)
    assert state() == after


def test_datenstand_alone_is_undone_too(submission, steward):
    bring_in(workbook([row(7)], above=[("Datenstand: 31.01.2031",)]), steward)
    before = state()
    run = bring_in(workbook([row(7)], above=[("Datenstand: 31.03.2031",)]), steward)
    assert step_of(run).figure_count == 0

    step = undo(run, steward)
    assert (state(), status(run)) == (before, ImportStatus.UNDONE)
    undo(step, steward)
    assert str(item_of(submission).data_as_of) == "2031-03-31"


@pytest.mark.parametrize("first_undone", [0, 1])
def test_datenstand_is_that_of_the_imports_still_in_force(submission, steward, first_undone):
    before = state()
    runs = [
        bring_in(workbook([row(7)], above=[("Datenstand: 31.01.2031",)]), steward),
        bring_in(workbook([row(3, indicator=PLACES), row(7)], above=[("Datenstand: 31.03.2031",)]), steward),
    ]

    undo(runs[first_undone], steward)
    left = "2031-03-31" if first_undone == 0 else "2031-01-31"
    assert str(item_of(submission).data_as_of) == left
    undo(runs[1 - first_undone], steward)
    assert state() == before


def test_same_file_again_writes_no_step(submission, steward):
    content = workbook([row(7)], above=[("Datenstand: 31.03.2031",)])
    bring_in(content, steward)

    assert bring_in(content, steward).steps.count() == 0


def test_import_repeating_the_same_values_does_not_rest_on_the_first(submission, steward):
    before = state()
    run = bring_in(workbook([row(7)]), steward)
    bring_in(workbook([row(7)], more_sheets=[[row(7)]]), steward)

    assert dependents_of(step_of(run)).reasons == ()
    undo(run, steward)
    assert state() == before


def test_import_after_undoing_another_goes_back_to_where_that_left_off(submission, steward):
    type_in(item_of(submission), 5, steward)
    before = state()
    first = bring_in(workbook([row(6)]), steward)
    between = state()
    second = bring_in(workbook([row(7)]), steward)

    undo(second, steward)
    assert state() == between
    undo(first, steward)
    assert state() == before


@pytest.mark.parametrize(
    ("steps", "step"),
    [
        ((SubmissionStatus.SUBMITTED,), ("send_back", "submitted", "returned")),
        ((SubmissionStatus.SUBMITTED, SubmissionStatus.ENDORSED), ("send_back", "endorsed", "returned")),
        ((SubmissionStatus.SUBMITTED, SubmissionStatus.APPROVED), ("correct", "approved", "draft")),
    ],
)
def test_submission_in_review_is_reopened_with_a_reason(submission, steward, steps, step):
    before = state()
    run = bring_in(workbook([row(7)]), steward)
    move(submission, *steps)

    with pytest.raises(ImportNeedsReasonError):
        undo(run, steward)
    undo(run, steward, reason="Falsche Datei")

    event = SubmissionEvent.objects.filter(action=step[0]).latest("pk")
    assert (event.action, event.from_status, event.to_status, event.reason) == (*step, "Falsche Datei")
    assert state() == before


def test_steps_of_review_are_not_taken_back(submission, steward):
    run = bring_in(workbook([row(7)]), steward)
    move(submission, SubmissionStatus.SUBMITTED)
    step = undo(run, steward, reason="Falsche Datei")

    undo(step, steward)

    assert Submission.objects.get(pk=submission.pk).status == SubmissionStatus.RETURNED


def test_partner_undoes_what_was_brought_in_for_the_own_organisation(submission):
    contributor = person("contributor", "IHK-142")
    run = bring_in(workbook([row(7)]), contributor)

    undo(run, contributor)

    assert Figure.objects.count() == 0


def test_others_figures_are_not_undone_by_a_partner(submission, steward):
    run = bring_in(workbook([row(7)]), steward)

    with pytest.raises(ImportNotAllowedError):
        undo(run, person("contributor", "HWK-00032"))
    assert Figure.objects.count() == 1


@pytest.mark.parametrize("obstacle", ["closed", "submitted"])
def test_closed_round_and_review_stop_a_partner_but_not_a_steward(steward, obstacle):
    submission = make_submission(year=2031, days_left=-1 if obstacle == "closed" else 30)
    run = bring_in(workbook([row(5, year=2031)]), steward)
    if obstacle == "submitted":
        move(submission, SubmissionStatus.SUBMITTED)

    with pytest.raises(ImportObstructedError):
        undo(run, person("contributor", "IHK-142"), reason="Irrtum")
    undo(run, steward, reason="Irrtum")
    assert Figure.objects.count() == 0


def test_import_not_applied_yet_has_no_step(submission, steward):
    assert stage(workbook([row(7)]), steward).steps.count() == 0


@pytest.mark.parametrize("count", [500, 1_500, pytest.param(4_000, marks=pytest.mark.long)])
def test_undoing_asks_the_database_as_often_for_many_figures(
    submission, steward, django_assert_num_queries, count
):
    codes = [f"{group}{number:03}" for group in range(21, 26) for number in range(1000)][:count]
    rows = [("IHK Köln", PLACES, 2030, code, f"Beruf {code}", 3) for code in codes]
    run = stage(workbook(rows, header=OCCUPATIONS), steward)
    apply_import(run_id=run.pk, actor=steward)
    step = step_of(run)

    with django_assert_num_queries(12):
        assert dependents_of(step).free == count
    with django_assert_num_queries(44):
        undo(step, steward)
    assert Figure.objects.count() == 0


def test_many_figures_are_undone_and_brought_back_before_any_statistics_know_them(submission, steward):
    codes = [f"{group}{number:03}" for group in range(21, 24) for number in range(1000)][:3_000]
    rows = [("IHK Köln", PLACES, 2030, code, f"Beruf {code}", 3) for code in codes]
    run = bring_in(workbook(rows, header=OCCUPATIONS), steward)
    after = state()

    step = undo(run, steward)
    assert Figure.objects.count() == 0
    undo(step, steward)
    assert state() == after
