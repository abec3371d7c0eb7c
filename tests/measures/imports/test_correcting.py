"""Held rows put right in the page, and applied once the others are in."""

from decimal import Decimal
from http import HTTPStatus

import pytest
from django.urls import reverse

from measures.enums import Verdict
from measures.import_workflow import ImportStatus
from measures.models import Figure, FigureExplanation, ImportRun, Item, StagedFigure
from measures.selectors.imports.preview import causes
from measures.selectors.visible_imports import VisibleImport
from measures.services.imports.errors import (
    ImportNeedsReasonError,
    ImportNotAllowedError,
    NothingToApplyError,
    QueriesOpenError,
    RowNotHeldError,
)
from measures.services.imports.writing.apply import apply_import
from measures.services.imports.writing.correcting import (
    RowCorrection,
    apply_corrected,
    correct_row,
    corrected_rows,
)
from measures.typed_values import Entry
from measures.workflow import SubmissionStatus
from tests.measures.imports.undoing import figures, replayed, step_of, type_in, undo
from tests.measures.spreadsheets import (
    PLACES,
    QUALIFICATION,
    bring_in,
    counts,
    person,
    problems,
    row,
    stage,
    workbook,
)
from tests.measures.submissions import item_of, make_submission, move, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission():
    return make_submission()


@pytest.fixture
def steward():
    return person()


def said(value=None, absence=None, **changes):
    key = {
        "organisation": "IHK-142",
        "indicator": "training_placements",
        "year": 2030,
        "region": "05",
        "occupation": "_T",
        "target_group": "_T",
    } | changes
    return RowCorrection(**key, entry=Entry(None if value is None else Decimal(value), absence))


def held(run):
    return run.staged.filter(verdict=Verdict.HELD).order_by("pk")[0]


def correct(run, actor, corrected, staged=None):
    return correct_row(run_id=run.pk, row_id=(staged or held(run)).pk, actor=actor, corrected=corrected)


def fresh(run):
    return ImportRun.objects.get(pk=run.pk)


def test_value_is_corrected_before_applying_and_keeps_its_text_and_cell(submission, steward):
    run = stage(workbook([row("siebn"), row(3, indicator=PLACES)]), steward)
    assert counts(run) == (1, 0, 0, 1)

    staged = correct(run, steward, said(7))

    assert (staged.verdict, staged.corrected_by, staged.original) == ("new", steward, "siebn")
    assert (counts(fresh(run)), problems(run), causes(VisibleImport(run))) == ((2, 0, 0, 0), [], [])
    apply_import(run_id=run.pk, actor=steward, hold_errors=False)
    figure = Figure.objects.get(item=item_of(submission))
    assert (figure.value, figure.original, figure.cell) == (Decimal(7), "siebn", "E2")


def test_reason_for_none_is_possible(submission, steward):
    run = stage(workbook([row("?!")]), steward)
    correct(run, steward, said(absence="confidential"))
    apply_import(run_id=run.pk, actor=steward)

    assert Figure.objects.get().absence == "confidential"


def test_unknown_organisation_is_chosen(submission, steward):
    run = stage(workbook([row(7, organisation="Kammer am Dom")]), steward)

    staged = correct(run, steward, said(7))

    assert (staged.verdict, staged.item_id) == ("new", item_of(submission).pk)
    assert problems(run) == []


def test_corrected_row_is_judged_by_all_rules_again(submission, steward):
    run = stage(workbook([row("x1")]), steward)

    assert correct(run, steward, said(-1)).verdict == "held"
    assert problems(run) == [("error", "negative", "E2")]
    assert correct(run, steward, said(5, organisation="IHK-101")).verdict == "held"
    assert problems(run) == [("error", "organisation_not_due", "E2")]
    assert correct(run, steward, said(5, indicator="welcome_mentors", target_group="women")).verdict == "held"
    assert correct(run, steward, said(5)).verdict == "new"
    assert problems(run) == []


def test_problem_of_many_rows_counts_one_less(submission, steward):
    codes = ("26112", "26113", "26114")
    rows = [("IHK Aachen", PLACES, 2030, code, "Beruf", 5) for code in codes]
    header = ("Kammer", "Kennzahl", "Jahr", "KldB", "Beruf", "Wert")
    run = stage(workbook(rows, header=header), steward)
    assert [problem.message["count"] for problem in run.problems.all()] == ["3"]

    for left in ("2", "1"):
        last = run.staged.filter(verdict=Verdict.HELD).order_by("-pk")[0]
        correct(run, steward, said(5, indicator="additional_places", occupation=last.occupation), last)
        assert [problem.message["count"] for problem in run.problems.all()] == [left]
    correct(run, steward, said(5))
    assert problems(run) == []


def test_good_rows_go_in_first_and_corrected_ones_later_as_a_step_of_their_own(submission, steward):
    run = bring_in(workbook([row("siebn"), row(3, indicator=PLACES)]), steward)
    type_in(item_of(submission, "additional_places"), 4, steward)

    correct(run, steward, said(7))
    assert Figure.objects.count() == 1
    apply_corrected(run_id=run.pk, actor=steward)

    assert set(Figure.objects.values_list("value", flat=True)) == {4, 7}
    assert [step.figure_count for step in run.steps.all()] == [1, 1]
    assert corrected_rows(fresh(run)) == []
    with pytest.raises(NothingToApplyError):
        apply_corrected(run_id=run.pk, actor=steward)


def test_each_step_is_undone_for_itself(submission, steward):
    run = bring_in(workbook([row("siebn"), row(3, indicator=PLACES)]), steward)
    correct(run, steward, said(7))
    apply_corrected(run_id=run.pk, actor=steward)

    undo(step_of(run), steward)
    assert list(Figure.objects.values_list("value", flat=True)) == [3]
    assert fresh(run).status == ImportStatus.APPLIED
    undo(run.steps.order_by("pk")[0], steward)
    assert (Figure.objects.count(), fresh(run).status) == (0, ImportStatus.UNDONE)
    assert figures() == replayed()


def test_row_that_was_applied_is_not_corrected(submission, steward):
    run = bring_in(workbook([row(7)]), steward)

    with pytest.raises(RowNotHeldError):
        correct(run, steward, said(8), run.staged.get())


def test_correcting_into_anothers_figures_is_refused(submission):
    contributor = person("contributor", "IHK-142")
    make_submission("IHK-101")
    run = stage(workbook([row("x1")]), contributor)

    with pytest.raises(ImportNotAllowedError):
        correct(run, contributor, said(5, organisation="IHK-101"))


def test_key_given_elsewhere_with_another_value_is_an_error_on_both_cells(submission, steward):
    run = stage(workbook([row(7)], more_sheets=[[row("acht")]]), steward)

    correct(run, steward, said(8))

    assert set(StagedFigure.objects.filter(import_run=run).values_list("sheet", "verdict")) == {
        ("Meldung", "held"),
        ("Meldung 1", "held"),
    }
    assert {problem[1] for problem in problems(run)} == {"repeated_different"}


def test_key_given_elsewhere_with_the_same_value_is_a_note_and_one_figure(submission, steward):
    run = stage(workbook([row(7)], more_sheets=[[row("siebn")]]), steward)

    assert correct(run, steward, said(7)) is None
    apply_import(run_id=run.pk, actor=steward, hold_errors=False)
    assert Figure.objects.get().value == 7
    assert problems(run) == [("note", "repeated_equal", "E2")]


def test_key_given_elsewhere_with_another_remark_is_an_error_on_both_cells(submission, steward):
    run = stage(workbook([row(7)], more_sheets=[[row("siebn")]]), steward)
    held = run.staged.filter(verdict="held")
    held.update(note="ohne Köln-Süd")

    correct(run, steward, said(7))

    assert {problem[1] for problem in problems(run)} == {"repeated_different"}
    assert held.count() == 2


def test_key_already_applied_with_another_value_is_held(submission, steward):
    run = bring_in(workbook([row(7)], more_sheets=[[row("acht")]]), steward)

    assert correct(run, steward, said(8)).verdict == "held"
    assert corrected_rows(fresh(run)) == []


def test_submission_in_review_is_reopened_with_a_reason(submission, steward):
    run = bring_in(workbook([row("siebn"), row(3, indicator=PLACES)]), steward)
    move(submission, SubmissionStatus.SUBMITTED)
    correct(run, steward, said(7))

    with pytest.raises(ImportNeedsReasonError):
        apply_corrected(run_id=run.pk, actor=steward)
    apply_corrected(run_id=run.pk, actor=steward, reason="Nachgereicht")
    assert Figure.objects.count() == 2


def test_round_closed_for_a_partner_holds_the_corrected_row_too():
    make_submission(year=2031, days_left=-1)
    contributor = person("contributor", "IHK-142")
    run = stage(workbook([row("x1", year=2031)]), contributor)

    assert correct(run, contributor, said(5, year=2031)).verdict == "held"
    assert problems(run) == [("error", "round_closed", "E2")]


def test_row_is_corrected_and_applied_in_the_browser(client, sign_in, submission):
    steward = sign_in("data_steward", "BMAS")
    run = bring_in(workbook([row("siebn"), row(3, indicator=PLACES)]), steward)
    detail = reverse("measures:import_detail", args=[run.pk])
    address = reverse("measures:import_row", args=[run.pk, held(run).pk])
    assert address in client.get(detail).content.decode()

    form = client.get(address).context["form"]
    data = {name: form[name].initial for name in form.fields}
    refused = client.post(address, data)
    assert (refused.status_code, list(refused.context["form"].errors)) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        ["value"],
    )
    assert client.post(address, data | {"value": "-1"}).headers["Location"] == address
    assert client.post(address, data | {"value": "1.007"}).headers["Location"] == detail
    assert client.get(detail).context["corrected_count"] == 1
    client.post(reverse("measures:import_apply_corrected", args=[run.pk]), {"reason": ""})
    assert set(Figure.objects.values_list("value", flat=True)) == {3, 1007}
    assert client.get(address).headers["Location"] == detail


def test_all_or_nothing_is_chosen_on_the_page(client, sign_in, submission):
    run = stage(workbook([row("siebn"), row(3, indicator=PLACES)]), sign_in("data_steward", "BMAS"))

    client.post(reverse("measures:import_apply", args=[run.pk]), {"holds": "all"})

    assert fresh(run).holds_errors is False


@pytest.mark.parametrize("role", ["auditor", "reviewer"])
def test_who_only_reads_may_not_correct(client, sign_in, submission, role):
    run = stage(workbook([row("siebn")]), person())
    sign_in(role, "BMAS")

    for address in (
        reverse("measures:import_row", args=[run.pk, held(run).pk]),
        reverse("measures:import_apply_corrected", args=[run.pk]),
    ):
        assert client.post(address, {}).status_code == HTTPStatus.FORBIDDEN


def test_others_row_is_not_found(client, sign_in, submission):
    run = stage(workbook([row("siebn")]), person("contributor", "IHK-142"))
    sign_in("contributor", "HWK-00032")

    address = reverse("measures:import_row", args=[run.pk, held(run).pk])
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND


def test_corrected_value_is_asked_about_like_any_other(submission, steward):
    put(item_of(make_submission(year=2029)), 40)
    type_in(item_of(submission), 5, person("contributor", "IHK-142"))
    run = stage(workbook([row("x1")]), steward)

    correct(run, steward, said(41))
    assert [cause.code for cause in causes(VisibleImport(run))] == ["replaces_others"]

    correct(run, steward, said(90), run.staged.get())
    assert {cause.code for cause in causes(VisibleImport(run))} == {
        "replaces_others",
        "no_jump_from_last_year",
    }


def test_odd_value_corrected_after_applying_needs_a_reason_that_explains_it(submission, steward):
    run = bring_in(workbook([row("siebn"), row(3, indicator=PLACES)]), steward)
    type_in(item_of(submission), 5, person("contributor", "IHK-142"))
    correct(run, steward, said(7))

    with pytest.raises(QueriesOpenError):
        apply_corrected(run_id=run.pk, actor=steward)
    apply_corrected(run_id=run.pk, actor=steward, reason="Nachgezählt")

    assert Figure.objects.get(item=item_of(submission)).value == 7
    assert FigureExplanation.objects.get().text == "Nachgezählt"


def test_applying_what_was_corrected_leaves_the_levels_of_other_items(submission, steward):
    header = ("Kammer", "Kennzahl", "Jahr", "KldB", "Beruf", "Wert")
    rows = [("IHK Köln", PLACES, 2030, "", "", "x1"), ("IHK Köln", QUALIFICATION, 2030, "26112", "Beruf", 5)]
    run = bring_in(workbook(rows, header=header), steward)
    undo(run, steward)
    levels = set(Item.objects.values_list("pk", "region_level", "occupation_level"))

    correct(run, steward, said(3, indicator="additional_places"))
    apply_corrected(run_id=run.pk, actor=steward)

    assert set(Item.objects.values_list("pk", "region_level", "occupation_level")) == levels
