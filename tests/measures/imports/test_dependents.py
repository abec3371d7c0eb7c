"""What rests on imported figures: it is named, and it stays; the rest is undone if asked."""

import pgtrigger
import pytest

from measures.import_workflow import ImportStatus
from measures.models import Figure, FigureUse, FigureVersion, ImportRun, Indicator, Item
from measures.selectors.imports.dependents import dependents_of
from measures.services.imports.errors import (
    ImportNeedsReasonError,
    NothingToUndoError,
    StepHasDependentsError,
)
from tests.measures.imports.undoing import approve, correct, figures, replayed, state, step_of, type_in, undo
from tests.measures.spreadsheets import PLACES, bring_in, person, row, workbook
from tests.measures.submissions import item_of, make_submission, send_back_submission, submit_submission

pytestmark = pytest.mark.django_db

OCCUPATIONS = ("Kammer", "Kennzahl", "Jahr", "KldB", "Beruf", "Wert")


@pytest.fixture
def submission():
    return make_submission()


@pytest.fixture
def steward():
    return person()


def two_values(first=7, second=3):
    return workbook([row(first), row(second, indicator=PLACES)])


def kinds(step):
    return [(str(reason.kind), reason.count) for reason in dependents_of(step).reasons]


def values():
    return dict(Figure.objects.values_list("item__indicator__code", "value"))


def status(run):
    return ImportRun.objects.get(pk=run.pk).status


def use_in_report(year=2030):
    """A report that was frozen with what is approved now."""
    versions = FigureVersion.objects.filter(pk__in=approved_versions())
    FigureUse.objects.bulk_create(
        FigureUse(version=version, snapshot="f" * 64, year=year) for version in versions
    )


def approved_versions():
    return Item.objects.values_list("approved_figures__version", flat=True).exclude(approved_figures=None)


@pytest.mark.parametrize("typed", [8, None, 7])
def test_value_changed_or_cleared_by_hand_stays_and_the_rest_is_undone(submission, steward, typed):
    clerk = person("contributor", "IHK-142")
    run = bring_in(two_values(), steward)
    if typed == 7:  # the same number once more, but now it is the clerk's
        type_in(item_of(submission), 8, clerk)
    type_in(item_of(submission), typed, clerk)
    by_hand = figures()
    step = step_of(run)

    found = dependents_of(step)
    assert (found.count, found.blocked, kinds(step)) == (2, 1, [("edit", 1)])
    assert str(clerk) in found.reasons[0].text
    assert found.reasons[0].examples == (
        f"IHK Köln, {item_of(submission).indicator.name}, 2030, Nordrhein-Westfalen: 7",
    )
    with pytest.raises(StepHasDependentsError):
        undo(step, steward)
    assert figures() == by_hand

    undo(step, steward, only_independent=True)
    assert figures() == {figure for figure in by_hand if figure[1] == item_of(submission).pk}
    assert status(run) == ImportStatus.APPLIED


def test_later_import_is_named_and_once_it_is_undone_the_rest_can_be(submission, steward):
    before = state()
    first = bring_in(two_values(), steward)
    second = bring_in(workbook([row(9)]), steward)
    second.file_name = "Nachmeldung.xlsx"
    second.save()

    found = dependents_of(step_of(first))
    assert kinds(step_of(first)) == [("import", 1)]
    assert "Nachmeldung.xlsx" in found.reasons[0].text
    undo(first, steward, only_independent=True)
    assert (values(), status(first)) == ({"training_placements": 9}, ImportStatus.APPLIED)

    undo(second, steward)
    assert values() == {"training_placements": 7}
    undo(step_of_apply(first), steward)
    assert (state(), status(first)) == (before, ImportStatus.UNDONE)


def step_of_apply(run):
    return run.steps.get(kind="apply")


def test_partly_undone_import_is_brought_back_in_parts(submission, steward):
    first = bring_in(two_values(), steward)
    second = bring_in(workbook([row(9)]), steward)
    part = undo(first, steward, only_independent=True)
    undo(second, steward)
    rest = undo(step_of_apply(first), steward)
    assert (Figure.objects.count(), status(first)) == (0, ImportStatus.UNDONE)

    undo(part, steward)
    assert (values(), status(first)) == ({"additional_places": 3}, ImportStatus.APPLIED)
    undo(rest, steward)
    assert values() == {"additional_places": 3, "training_placements": 7}
    undo(step_of_apply(first), steward)
    assert (Figure.objects.count(), status(first)) == (0, ImportStatus.UNDONE)


def test_approval_rests_on_the_version_it_copied(submission, steward):
    run = bring_in(two_values(), steward)
    approve(submission, steward)

    found = dependents_of(step_of(run))
    assert (found.free, kinds(step_of(run))) == (0, [("approval", 2)])
    assert str(submission) in found.reasons[0].text
    with pytest.raises(NothingToUndoError):
        undo(run, steward, only_independent=True, reason="Irrtum")


def test_approval_still_holds_when_a_correction_has_begun(submission, steward):
    run = bring_in(two_values(), steward)
    approve(submission, steward)
    correct(submission, steward)

    assert kinds(step_of(run)) == [("approval", 2)]


def test_approval_of_a_later_correction_frees_nothing_but_names_both(submission, steward):
    run = bring_in(two_values(), steward)
    approve(submission, steward)
    correct(submission, steward)
    type_in(item_of(submission), 8, steward)
    assert kinds(step_of(run)) == [("edit", 1), ("approval", 2)]
    assert dependents_of(step_of(run)).blocked == 2

    approve(submission, steward)
    assert kinds(step_of(run)) == [("edit", 1), ("approval", 1)]


def test_approval_before_the_import_does_not_rest_on_it(submission, steward):
    type_in(item_of(submission), 5, steward)
    approve(submission, steward)
    before = figures()
    run = bring_in(two_values(), steward, reason="Korrektur der Kammer")

    assert kinds(step_of(run)) == []
    step = undo(run, steward)
    assert figures() == before

    undo(step, steward, reason="Doch richtig")  # the submission is approved again
    assert values() == {"training_placements": 7, "additional_places": 3}


def test_approval_of_what_the_import_was_undone_to_keeps_that(submission, steward):
    type_in(item_of(submission), 5, steward)
    run = bring_in(two_values(), steward)
    step = undo(run, steward)
    approve(submission, steward)

    assert kinds(step) == [("approval", 1)]
    with pytest.raises(ImportNeedsReasonError):
        undo(step, steward, only_independent=True)
    undo(step, steward, only_independent=True, reason="Doch richtig")
    assert values() == {"training_placements": 5, "additional_places": 3}


def test_approval_of_the_import_brought_back_holds_the_first_step_too(submission, steward):
    run = bring_in(two_values(), steward)
    first = step_of(run)
    again = undo(undo(first, steward), steward)
    approve(submission, steward)

    assert kinds(again) == [("approval", 2)]
    assert kinds(first) == [("approval", 2)]


def test_approval_of_a_value_that_a_later_import_left_behind_still_counts(submission, steward):
    first = bring_in(workbook([row(7)]), steward)
    second = bring_in(workbook([row(9)]), steward)
    undo(second, steward)
    approve(submission, steward)

    assert kinds(step_of(first)) == [("approval", 1)]


def test_submission_only_handed_in_does_not_hold_the_figures(submission, steward):
    run = bring_in(two_values(), steward)
    submit_submission(submission_id=submission.pk, actor=steward, comment="stimmt")

    assert kinds(step_of(run)) == []
    undo(run, steward, reason="Falsche Datei")
    assert Figure.objects.count() == 0


def test_report_is_named_with_its_year(submission, steward):
    run = bring_in(two_values(), steward)
    approve(submission, steward)
    use_in_report()

    found = dependents_of(step_of(run))
    assert kinds(step_of(run)) == [("approval", 2), ("report", 2)]
    assert "2030" in found.reasons[1].text
    assert found.blocked == 2


def test_report_keeps_its_figures_after_a_correction_was_undone(submission, steward):
    first = bring_in(workbook([row(7)]), steward)
    approve(submission, steward)
    use_in_report()
    correct(submission, steward)
    second = bring_in(workbook([row(9)]), steward)
    assert kinds(step_of(second)) == []

    undo(second, steward)
    assert kinds(step_of(first)) == [("approval", 1), ("report", 1)]


def test_report_of_what_another_import_stated_does_not_hold_this_one(submission, steward):
    bring_in(workbook([row(7)]), steward)
    approve(submission, steward)
    use_in_report()
    correct(submission, steward)
    before = figures()
    second = bring_in(workbook([row(9)]), steward)

    undo(second, steward)
    assert {figure[5] for figure in figures()} == {figure[5] for figure in before}
    assert figures() == before


def test_send_back_before_approval_leaves_nothing_to_rest_on(submission, steward):
    run = bring_in(two_values(), steward)
    submit_submission(submission_id=submission.pk, actor=steward, comment="stimmt")
    send_back_submission(submission_id=submission.pk, actor=steward, reason="Bitte prüfen")

    undo(run, steward)
    assert Figure.objects.count() == 0


def test_levels_others_record_by_now_keep_an_undone_import_out(submission, steward):
    run = bring_in(
        workbook([("IHK Köln", PLACES, 2030, "26", "Mechatronik", 7)], header=OCCUPATIONS), steward
    )
    step = undo(run, steward)
    bring_in(workbook([("IHK Köln", PLACES, 2030, "261", "Mechatronik", 4)], header=OCCUPATIONS), steward)

    found = dependents_of(step)
    assert (found.free, kinds(step)) == (0, [("level", 1)])
    assert "Zusätzlich angebotene Ausbildungsplätze" in found.reasons[0].text


def test_indicator_that_asks_for_something_else_by_now_keeps_them_out(submission, steward):
    run = bring_in(
        workbook([("IHK Köln", PLACES, 2030, "26", "Mechatronik", 7)], header=OCCUPATIONS), steward
    )
    step = undo(run, steward)
    Indicator.objects.filter(code="additional_places").update(breakdown=[])

    assert kinds(step) == [("rule", 1)]


def test_organisation_no_longer_asked_keeps_them_out(submission, steward):
    run = bring_in(two_values(), steward)
    step = undo(run, steward)
    with pgtrigger.ignore("measures.Item:recorded_stays"):  # as databases from before the rule have it
        item_of(submission).delete()

    assert kinds(step) == [("gone", 1)]
    undo(step, steward, only_independent=True)
    assert values() == {"additional_places": 3}


def test_earlier_value_that_is_no_longer_allowed_is_not_restored(submission, steward):
    type_in(item_of(submission), 5, steward)
    run = bring_in(two_values(), steward)
    Indicator.objects.filter(code="training_placements").update(may_be_negative=True)
    type_in(item_of(submission), -5, steward)
    third = bring_in(workbook([row(4)]), steward)
    Indicator.objects.filter(code="training_placements").update(may_be_negative=False)

    assert kinds(step_of(third)) == [("rule", 1)]
    assert kinds(step_of(run)) == [("import", 1)]


def test_figures_always_equal_what_their_versions_tell(submission, steward):
    run = bring_in(two_values(), steward)
    type_in(item_of(submission), 8, steward)
    undo(run, steward, only_independent=True)
    approve(submission, steward)

    assert figures() == replayed()
