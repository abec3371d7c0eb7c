"""What an import writes, what it holds, and what it leaves alone."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from measures.enums import Origin
from measures.import_workflow import ImportStatus
from measures.models import (
    Figure,
    FigureVersion,
    ImportRun,
    Indicator,
    Occupation,
    Submission,
    SubmissionEvent,
)
from measures.selectors.imports.messages import problem_text
from measures.selectors.imports.preview import reason_for_refusal
from measures.selectors.visible_imports import VisibleImport
from measures.services.imports.errors import (
    ImportHoldsRowsError,
    ImportNeedsReasonError,
    ImportNotAllowedError,
    ImportNotReadyError,
    ImportOutdatedError,
)
from measures.services.imports.reading.read import read_import
from measures.services.imports.requests import carry_out_request, request_apply
from measures.services.imports.writing.apply import apply_import, discard_import, refresh_import
from measures.workflow import SubmissionStatus
from partners.permissions import access_for
from tests.measures.spreadsheets import (
    PLACES,
    QUALIFICATION,
    bring_in,
    counts,
    person,
    problems,
    receive,
    row,
    stage,
    workbook,
)
from tests.measures.submissions import item_of, make_submission, move, put

pytestmark = pytest.mark.django_db

OCCUPATIONS = ("Kammer", "Kennzahl", "Jahr", "KldB", "Beruf", "Wert")


@pytest.fixture
def submission():
    return make_submission()


@pytest.fixture
def steward():
    return person()


def test_figure_says_who_brought_it_in_and_from_which_cell(submission, steward):
    run = bring_in(workbook([row("1.204")]), steward)

    figure = Figure.objects.get()
    assert (figure.item, figure.value, figure.region_id) == (item_of(submission), Decimal(1204), "05")
    assert (figure.origin, figure.import_run, figure.sheet, figure.cell, figure.original) == (
        Origin.IMPORT,
        run,
        "Meldung",
        "E2",
        "1.204",
    )
    assert (figure.entered_by, run.applied_by, run.status) == (steward, steward, ImportStatus.APPLIED)


def test_version_knows_person_reason_and_import(submission, steward):
    run = bring_in(workbook([row(7)]), steward, reason="Nachlieferung")

    version = FigureVersion.objects.select_related("pgh_context").get()
    assert version.pgh_context.metadata == {
        "user": steward.pk,
        "reason": "Nachlieferung",
        "import_run": run.pk,
    }


def test_same_file_twice_writes_nothing_the_second_time(submission, steward):
    bring_in(workbook([row(7)]), steward)
    again = bring_in(workbook([row(7)]), steward)

    assert counts(again) == (0, 0, 1, 0)
    assert FigureVersion.objects.count() == 1


def test_changed_value_replaces_the_stored_one_and_shows_it(submission, steward):
    bring_in(workbook([row(7)]), steward)
    run = stage(workbook([row(9)]), steward)

    staged = run.staged.get()
    assert (staged.verdict, staged.old_value, staged.value) == ("changed", Decimal(7), Decimal(9))
    apply_import(run_id=run.pk, actor=steward)
    assert Figure.objects.get().value == Decimal(9)
    assert FigureVersion.objects.count() == 2


def test_empty_cell_leaves_the_stored_figure(submission, steward):
    bring_in(workbook([row(7), row(3, indicator=PLACES)]), steward)
    run = bring_in(workbook([row(None), row(4, indicator=PLACES)]), steward)

    assert problems(run) == [("note", "empty_not_reported", "E2")]
    assert set(Figure.objects.values_list("item__indicator__code", "value")) == {
        ("training_placements", Decimal(7)),
        ("additional_places", Decimal(4)),
    }


def test_organisation_that_is_not_due_holds_its_rows_with_one_problem(submission, steward):
    run = stage(workbook([row(5, organisation="IHK Aachen"), row(7)]), steward)

    assert counts(run) == (1, 0, 0, 1)
    assert problems(run) == [("error", "organisation_not_due", "E2")]


def test_umbrella_above_those_due_is_not_due_itself(submission, steward):
    run = stage(workbook([row(5, organisation="Zentralverband des Deutschen Handwerks")]), steward)

    assert counts(run)[:3] == (0, 0, 0)


def test_partner_may_carry_own_figures_only(submission):
    contributor = person("contributor", "IHK-142")
    run = stage(workbook([row(5), row(6, organisation="IHK Aachen")]), contributor)

    assert (run.status, counts(run)) == (ImportStatus.REFUSED, (0, 0, 0, 0))
    assert "IHK Aachen" in reason_for_refusal(VisibleImport(run))
    assert run.staged.count() == 0


def test_umbrella_may_upload_for_its_members(submission):
    run = bring_in(workbook([row(5)]), person("coordinator", "DIHK"))

    assert counts(run) == (1, 0, 0, 0)


def test_rights_are_asked_again_when_applying(submission, steward):
    run = stage(workbook([row(5)]), steward)

    with pytest.raises(ImportNotAllowedError):
        apply_import(run_id=run.pk, actor=person("contributor", "HWK-00032"))
    assert Figure.objects.count() == 0


def test_closed_round_holds_a_partners_rows_but_not_a_stewards(steward):
    make_submission(year=2031, days_left=-1)
    content = workbook([row(5, year=2031), row(6, year=2031, indicator=PLACES)])

    late = stage(content, person("contributor", "IHK-142"))
    assert (counts(late), problems(late)) == ((0, 0, 0, 2), [("error", "round_closed", "E2")])
    assert counts(bring_in(content, steward)) == (2, 0, 0, 0)


def test_submitted_figures_are_held_for_partners(submission):
    contributor = person("contributor", "IHK-142")
    move(submission, SubmissionStatus.SUBMITTED)

    run = stage(workbook([row(5)]), contributor)

    assert (counts(run), problems(run)) == ((0, 0, 0, 1), [("error", "submission_locked", "E2")])


@pytest.mark.parametrize(
    ("steps", "step"),
    [
        ((SubmissionStatus.SUBMITTED,), ("send_back", "submitted", "returned")),
        ((SubmissionStatus.SUBMITTED, SubmissionStatus.APPROVED), ("correct", "approved", "draft")),
    ],
)
def test_submission_in_review_is_reopened_with_a_reason(submission, steward, steps, step):
    move(submission, *steps)
    run = stage(workbook([row(5)]), steward)

    with pytest.raises(ImportNeedsReasonError):
        apply_import(run_id=run.pk, actor=steward)
    apply_import(run_id=run.pk, actor=steward, reason="Korrigierte Meldung")

    event = SubmissionEvent.objects.latest("pk")
    assert (event.action, event.from_status, event.to_status) == step
    assert (event.reason, event.actor) == ("Korrigierte Meldung", steward)
    assert Figure.objects.get().value == Decimal(5)


def test_approved_submission_that_does_not_change_stays_approved(submission, steward):
    bring_in(workbook([row(5)]), steward)
    move(submission, SubmissionStatus.SUBMITTED, SubmissionStatus.APPROVED)

    bring_in(workbook([row(5)]), steward)

    assert Submission.objects.get(pk=submission.pk).status == SubmissionStatus.APPROVED
    assert not SubmissionEvent.objects.filter(action="correct").exists()


def test_item_without_figures_takes_the_files_level_of_occupations(submission, steward):
    rows = [
        ("IHK Köln", PLACES, 2030, "_T", "Insgesamt", 12),
        ("IHK Köln", PLACES, 2030, "26", "Mechatronik", 7),
        ("IHK Köln", PLACES, 2030, "29", "Köche", 5),
    ]
    bring_in(workbook(rows, header=OCCUPATIONS), steward)

    assert item_of(submission, "additional_places").occupation_level == 2
    assert set(Figure.objects.values_list("occupation", "value")) == {
        ("_T", Decimal(12)),
        ("26", Decimal(7)),
        ("29", Decimal(5)),
    }


def test_occupation_the_list_lacks_is_taken_over_with_the_files_label(submission, steward):
    bring_in(
        workbook([("IHK Köln", PLACES, 2030, "26112", "Mechatroniker/in", 7)], header=OCCUPATIONS), steward
    )

    occupation = Occupation.objects.get(code="26112")
    assert (occupation.level, occupation.label_de, occupation.is_from_file) == (5, "Mechatroniker/in", True)


def test_another_level_than_the_stored_one_is_held(submission, steward):
    bring_in(workbook([("IHK Köln", PLACES, 2030, "26", "Mechatronik", 7)], header=OCCUPATIONS), steward)

    run = stage(
        workbook(
            [("IHK Köln", PLACES, 2030, "261", "Mechatronik und Automatisierung", 7)], header=OCCUPATIONS
        ),
        steward,
    )

    assert (counts(run), problems(run)) == ((0, 0, 0, 1), [("error", "occupation_level_conflict", "F2")])


def test_breakdown_nobody_asked_for_is_held(steward):
    make_submission(indicators=("welcome_mentors",))
    run = stage(
        workbook([("IHK Köln", "Willkommenslotsen", 2030, "Frauen", 2)]),
        steward,
    )

    assert (counts(run), problems(run)) == ((0, 0, 0, 1), [("error", "target_group_not_asked", "E2")])


def test_target_group_of_another_indicator_is_held_for_each_group(steward):
    make_submission(indicators=("companies_advised",))
    run = stage(
        workbook(
            [
                ("IHK Köln", "Beratene Betriebe", 2030, group, 2)
                for group in ("Insgesamt", "Frauen", "Geflüchtete", "Ausbildende Betriebe")
            ]
        ),
        steward,
    )

    code = "target_group_of_another_indicator"
    assert (counts(run), problems(run)) == ((2, 0, 0, 2), [("error", code, "E3"), ("error", code, "E4")])
    with override("de"):
        texts = [problem_text(each.code, each.found, each.message) for each in run.problems.order_by("row")]
    assert texts[0] == (
        "Die Kennzahl „Beratene Betriebe“ wird für die Zielgruppe „Frauen“ nicht abgefragt. "
        "Nicht übernommene Werte: 1."
    )


def test_older_edition_than_the_stored_one_is_a_query(submission, steward):
    bring_in(workbook([row(5)], above=[("Datenstand: 31.03.2031",)]), steward)
    assert str(item_of(submission).data_as_of) == "2031-03-31"

    run = stage(workbook([row(6)], above=[("Datenstand: 31.01.2031",)]), steward)

    assert [problem[:2] for problem in problems(run)] == [("query", "data_as_of_older")]
    assert counts(run) == (0, 1, 0, 0)


def test_older_edition_that_repeats_what_is_stored_does_not_set_the_day_back(submission, steward):
    for day in ("31.03.2031", "31.12.2030"):
        bring_in(workbook([row(5)], above=[(f"Stand: {day}",)]), steward)

    assert str(item_of(submission).data_as_of) == "2031-03-31"


def test_older_edition_is_asked_about_once_however_often_it_is_compared(submission, steward):
    bring_in(workbook([row(5)], above=[("Stand: 31.03.2031",)]), steward)
    run = stage(workbook([row(6)], above=[("Stand: 31.12.2030",)]), steward)

    refresh_import(run_id=run.pk, access=access_for(steward))

    assert [problem[:2] for problem in problems(run)] == [("query", "data_as_of_older")]


def item_goes(submission):
    item_of(submission).delete()


def indicator_is_given_up(submission):
    Indicator.objects.filter(code="training_placements").update(is_recorded=False)


@pytest.mark.parametrize(
    ("change", "code"),
    [(item_goes, "organisation_not_due"), (indicator_is_given_up, "indicator_not_recorded")],
)
def test_what_is_no_longer_asked_for_is_held_when_applying(submission, steward, change, code):
    run = stage(workbook([row(7), row(3, indicator=PLACES)]), steward)
    change(submission)
    request_apply(run_id=run.pk, actor=steward)

    run = carry_out_request(run_id=run.pk)

    assert (run.status, run.notice["code"], counts(run)) == (ImportStatus.READY, "outdated", (1, 0, 0, 1))
    assert [problem[1] for problem in problems(run)] == [code]
    assert not Figure.objects.exists()


@pytest.mark.parametrize("value", ["123456789012345678901234567,5", "99999999999999,99999999", 10**30])
def test_number_too_large_to_be_stored_is_held_in_rows_and_told_in_totals(submission, steward, value):
    make_submission("IHK-101")
    rows = [row(value), row(3, organisation="IHK Aachen"), row(value, organisation="Summe")]

    run = stage(workbook(rows), steward)

    assert counts(run) == (1, 0, 0, 1)
    assert problems(run) == [("error", "too_large", "E2"), ("error", "too_large", "E4")]


def test_total_whose_parts_add_up_beyond_what_can_be_stored_is_not_kept(submission, steward):
    make_submission("IHK-101")
    part = 6 * 10**13
    rows = [row(part), row(part, organisation="IHK Aachen"), row(3, organisation="Summe")]

    run = stage(workbook(rows), steward)

    assert (counts(run), run.control_totals.count()) == ((2, 0, 0, 0), 0)
    assert problems(run) == [("query", "control_total_differs", "E4")]


def test_second_of_two_files_of_different_levels_is_told_and_not_lost(submission, steward):
    first, second = (
        stage(workbook([("IHK Köln", QUALIFICATION, 2030, code, "Beruf", 5)], header=OCCUPATIONS), steward)
        for code in ("26112", "261")
    )
    apply_import(run_id=first.pk, actor=steward)
    request_apply(run_id=second.pk, actor=steward)

    second = carry_out_request(run_id=second.pk)

    assert (second.status, second.notice["code"]) == (ImportStatus.READY, "outdated")
    assert problems(second) == [("error", "occupation_level_conflict", "F2")]


def test_all_or_nothing_is_possible(submission, steward):
    run = stage(workbook([row(5), row(6, organisation="IHK Atlantis")]), steward)

    with pytest.raises(ImportHoldsRowsError):
        apply_import(run_id=run.pk, actor=steward, hold_errors=False)
    assert Figure.objects.count() == 0


def test_second_apply_is_refused(submission, steward):
    run = bring_in(workbook([row(5)]), steward)

    with pytest.raises(ImportNotReadyError):
        apply_import(run_id=run.pk, actor=steward)


def test_preview_that_is_outdated_is_compared_again(submission, steward):
    run = stage(workbook([row(5)]), steward)
    put(item_of(submission), 4)

    with pytest.raises(ImportOutdatedError):
        apply_import(run_id=run.pk, actor=steward, only_as_previewed=True)
    refreshed = refresh_import(run_id=run.pk, access=access_for(steward))
    assert counts(refreshed) == (0, 1, 0, 0)
    assert counts(apply_import(run_id=run.pk, actor=steward, only_as_previewed=True)) == (0, 1, 0, 0)


def test_reading_twice_gives_the_same_staging(submission, steward):
    run = stage(workbook([row(5), row("x1")]), steward)
    before = list(run.staged.values_list("cell", "verdict")), problems(run)

    ImportRun.objects.filter(pk=run.pk).update(status=ImportStatus.UPLOADED)
    again = read_import(run_id=run.pk, asks_for_mapping=False)

    assert (list(again.staged.values_list("cell", "verdict")), problems(again)) == before


def test_discarded_import_can_no_longer_be_applied(submission, steward):
    run = stage(workbook([row(5)]), steward)
    discard_import(run_id=run.pk)

    with pytest.raises(ImportNotReadyError):
        apply_import(run_id=run.pk, actor=steward)
    assert run.staged.count() == 0


def test_odd_text_comes_through_copy_as_it_is(submission, steward):
    odd = 'Tab\tund "Anführung" \\N; Zeile\nzwei, \\. Ende'
    header = (*OCCUPATIONS[:5], "Wert", "Anmerkung")
    bring_in(
        workbook([("IHK Köln", PLACES, 2030, "26112", 'Mechatroniker/in "neu"\\n', 7, odd)], header=header),
        steward,
    )

    figure = Figure.objects.select_related("occupation").get()
    assert figure.note == 'Tab und "Anführung" \\N; Zeile zwei, \\. Ende'
    assert figure.occupation.label_de == 'Mechatroniker/in "neu"\\n'


def test_waiting_import_is_read_by_one_worker_only(submission, steward):
    run = receive(workbook([row(5)]), steward)

    assert read_import(run_id=run.pk, asks_for_mapping=False).status == ImportStatus.READY
    assert read_import(run_id=run.pk, asks_for_mapping=False) is None


@pytest.mark.parametrize(
    # From 500 rows on, they are joined as a whole: two statements more.
    ("count", "to_read", "to_apply"),
    [
        (10, 68, 27),
        (100, 68, 27),
        (500, 70, 29),
        (1_500, 70, 29),
        pytest.param(10_000, 70, 29, marks=pytest.mark.long),
    ],
)
def test_reading_and_applying_ask_the_database_as_often_for_many_rows(  # noqa: PLR0913, PLR0917  # two counts
    submission, steward, django_assert_num_queries, count, to_read, to_apply
):
    header = ("Kammer", "Kennzahl", "Jahr", "Zielgruppe", "KldB", "Wert")
    codes = [f"{group}{number:03}" for group in range(21, 30) for number in range(1000)]
    codes += [f"{31 + number // 1000}{number % 1000:03}" for number in range(1000)]
    rows = [("IHK Köln", PLACES, 2030, "Insgesamt", code, 3) for code in codes[:count]]
    run = receive(workbook(rows, header=header), steward)

    with django_assert_num_queries(to_read):
        read_import(run_id=run.pk, asks_for_mapping=False)
    with django_assert_num_queries(to_apply):
        apply_import(run_id=run.pk, actor=steward)

    assert Figure.objects.count() == count
