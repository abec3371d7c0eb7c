"""What is stated in a figure is one list of columns, and every place takes all of it."""

from dataclasses import fields

import pytest
from django.db import IntegrityError, connection, transaction

from measures.figure_rules import CONTENT, KEY, PROVENANCE, STAGED_KEY, STATE
from measures.importing.process.transfer import ROW_FIELDS
from measures.models import ApprovedFigure, Figure, FigureVersion, StagedFigure
from measures.renderers.own_workbook.content import StatedValue
from measures.selectors.changes import changes_since_approval
from measures.selectors.imports.dependents import dependents_of
from measures.services.imports.writing.apply import apply_import
from measures.services.recording import CellEntry, save_figures
from measures.typed_values import Entry
from partners.violations import broken_rule
from tests.factories import UserFactory
from tests.measures.imports.undoing import step_of, undo
from tests.measures.spreadsheets import person
from tests.measures.staged import staged_run
from tests.measures.submissions import (
    NRW,
    approve_submission,
    item_of,
    make_submission,
    number,
    put,
    start_correction,
    submit_submission,
)

pytestmark = pytest.mark.django_db

PLAIN = {
    "value": 0,
    "absence": None,
    "quality": "final",
    "is_below_half_unit": False,
    "is_uncertain": False,
    "note": "",
}
OTHERWISE = {
    "value": {"value": 7},
    "absence": {"value": None, "absence": "pending"},
    "quality": {"quality": "estimate"},
    "is_below_half_unit": {"is_below_half_unit": True},
    "is_uncertain": {"is_uncertain": True},
    "note": {"note": "geschätzt"},
}
each_column = pytest.mark.parametrize("column", CONTENT)


@pytest.fixture
def actor():
    return person()


@pytest.fixture
def item():
    return item_of(make_submission())


@pytest.fixture
def approved(item, actor):
    """An item whose figure, a plain 0, was approved."""
    put(item, 0)
    submit_submission(submission_id=item.submission_id, actor=actor, comment="stimmt")
    approve_submission(submission_id=item.submission_id, actor=UserFactory())
    item.submission.refresh_from_db()
    return item


def columns_of(model) -> set[str]:
    return {field.column for field in model._meta.concrete_fields}


def content_of(row) -> dict:
    return {name: getattr(row, name) for name in CONTENT}


def bring_in(item, actor, **content):
    run = staged_run(item, actor, **PLAIN | content)
    verdict = run.staged.get().verdict
    apply_import(run_id=run.pk, actor=actor)
    return run, verdict


def test_lists_are_the_columns_of_the_tables():
    assert columns_of(Figure) == {"id", *KEY, *CONTENT, *PROVENANCE}
    assert columns_of(ApprovedFigure) == {"id", "version_id", *KEY, *CONTENT}
    assert {name for name in columns_of(FigureVersion) if not name.startswith("pgh_")} == {"id", *KEY, *STATE}


def test_rows_of_a_file_carry_the_whole_content():
    assert {*CONTENT, *STAGED_KEY} <= columns_of(StagedFigure)
    assert {*CONTENT, *STAGED_KEY} - {"item_id"} <= {*ROW_FIELDS}
    assert {*CONTENT} == {field.name for field in fields(StatedValue)}
    assert OTHERWISE.keys() == PLAIN.keys() == {*CONTENT}


@pytest.mark.parametrize(
    ("table", "trigger"),
    [
        ("measures_figure", "insert_insert"),
        ("measures_figure", "update_update"),
        ("measures_figure", "delete_delete"),
        ("measures_figure", "origin_of_a_change"),
        ("measures_approvedfigure", "is_the_figure_insert"),
        ("measures_approvedfigure", "is_the_figure_update"),
        ("measures_indicator", "fits_its_figures"),
    ],
)
def test_triggers_in_the_database_name_every_column(table, trigger):
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT pg_get_triggerdef(oid) || pg_get_functiondef(tgfoid) FROM pg_trigger
            WHERE tgrelid = %s::regclass AND tgname LIKE %s
            """,
            [table, f"pgtrigger_{trigger}_%"],
        )
        [(text,)] = cursor.fetchall()

    assert [column for column in CONTENT if column not in text] == []


@each_column
def test_import_takes_each_column_for_a_change_and_undo_brings_it_back(item, actor, column):
    bring_in(item, actor)
    run, verdict = bring_in(item, actor, **OTHERWISE[column])

    assert verdict == "changed"
    assert content_of(Figure.objects.get()) == PLAIN | OTHERWISE[column]
    undo(run, actor)
    assert content_of(Figure.objects.get()) == PLAIN


def test_import_of_the_same_content_changes_nothing(item, actor):
    bring_in(item, actor, **OTHERWISE["note"])
    run = staged_run(item, actor, **PLAIN | OTHERWISE["note"])

    assert run.staged.get().verdict == "unchanged"


@each_column
def test_edit_of_each_column_rests_on_the_import(item, actor, column):
    run, _verdict = bring_in(item, actor)
    Figure.objects.update(**OTHERWISE[column])

    assert [reason.kind for reason in dependents_of(step_of(run)).reasons] == ["edit"]


@each_column
def test_content_changed_by_hand_comes_from_the_system(item, actor, column):
    bring_in(item, actor)

    Figure.objects.update(**OTHERWISE[column])

    figure = Figure.objects.get()
    assert (figure.origin, figure.entered_by, figure.import_run, figure.cell) == ("system", None, None, "")
    assert content_of(FigureVersion.objects.latest("pgh_id")) == PLAIN | OTHERWISE[column]


@each_column
def test_approval_copies_each_column_and_nothing_else_changes_it(item, actor, column):
    put(item, 0)
    Figure.objects.update(**OTHERWISE[column])
    submit_submission(submission_id=item.submission_id, actor=actor, comment="stimmt")
    approve_submission(submission_id=item.submission_id, actor=UserFactory())

    assert content_of(ApprovedFigure.objects.get()) == PLAIN | OTHERWISE[column]
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        ApprovedFigure.objects.update(**{column: PLAIN[column]})
    assert broken_rule(caught.value) in {"approved_figure_is_the_figure", "approved_figure_value_or_absence"}


@each_column
def test_each_column_changed_since_approval_is_shown(approved, actor, column):
    start_correction(submission_id=approved.submission_id, actor=actor, reason="Nachtrag")
    Figure.objects.update(**OTHERWISE[column])

    [change] = changes_since_approval(approved.submission)
    figure = Figure.objects.get()
    assert change.kind == "changed"
    assert (change.before, change.after) == (number(0), Entry(figure.value, figure.absence))
    assert len(change.remarks) == (column not in {"value", "absence"})


@pytest.mark.parametrize(
    ("column", "remark"),
    [
        ("quality", ("Qualität", "endgültig", "geschätzt")),
        ("is_below_half_unit", ("Unter der Hälfte der Einheit", "Nein", "Ja")),
        ("is_uncertain", ("Unsicher", "Nein", "Ja")),
        ("note", ("Anmerkung", "–", "geschätzt")),
    ],
)
def test_remark_changed_since_approval_is_put_in_words(approved, actor, column, remark):
    start_correction(submission_id=approved.submission_id, actor=actor, reason="Nachtrag")
    Figure.objects.update(**OTHERWISE[column])

    [change] = changes_since_approval(approved.submission)
    assert [(shown.label, shown.before, shown.after) for shown in change.remarks] == [remark]


def test_remarks_of_a_figure_that_came_or_went_are_shown_on_its_side(approved, actor):
    start_correction(submission_id=approved.submission_id, actor=actor, reason="Nachtrag")
    Figure.objects.all().delete()
    put(approved, 5, target_group="J1")
    Figure.objects.update(note="neu erhoben")

    gone, new = sorted(changes_since_approval(approved.submission), key=lambda change: change.kind)
    assert (gone.kind, gone.remarks) == ("deleted", ())
    assert [(shown.before, shown.after) for shown in new.remarks] == [("", "neu erhoben")]


@each_column
def test_what_is_typed_keeps_nothing_of_the_content_before(item, actor, column):
    put(item, 0)
    Figure.objects.update(**OTHERWISE[column])
    before = Figure.objects.get()

    save_figures(
        submission_id=item.submission_id,
        cells=[CellEntry(item.pk, NRW, number(9), Entry(before.value, before.absence))],
        actor=actor,
    )

    assert content_of(Figure.objects.get()) == PLAIN | {"value": 9}
