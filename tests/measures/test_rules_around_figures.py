"""Rules of the numbers kept beside the figure, too: in the tree, the catalogue and what was approved."""

import datetime as dt

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from measures.models import (
    ApprovedFigure,
    ControlTotal,
    Figure,
    FigureVersion,
    ImportRun,
    Indicator,
    Occupation,
    SourceFile,
)
from measures.services.recording import CellEntry, save_figures
from measures.typed_values import Entry
from partners.models import Affiliation, Organisation, Region
from partners.violations import broken_rule
from tests.factories import UserFactory
from tests.measures.submissions import (
    NRW,
    approve_submission,
    item_of,
    make_submission,
    move,
    number,
    put,
    start_correction,
)

pytestmark = pytest.mark.django_db

SET_VALUE = "UPDATE measures_figure SET value = %s WHERE item_id = %s"


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def rule_broken_by(change) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        change()
    return broken_rule(caught.value)


@pytest.fixture
def item():
    return item_of(make_submission())


@pytest.fixture
def approved(item):
    put(item, 5)
    move(item.submission, "submitted")
    approve_submission(submission_id=item.submission_id, actor=UserFactory())
    return item


def organisation(code):
    return Organisation.objects.get(code=code)


def test_affiliation_cannot_put_one_owner_above_another():
    make_submission("BA", ("internships",))
    make_submission("BFB", ("internships",))
    member, umbrella = organisation("BFB"), organisation("BA")

    def join(**validity):
        return Affiliation.objects.create(member=member, umbrella=umbrella, **validity)

    assert rule_broken_by(join) == "item_owners_are_an_antichain"
    later = join(valid_from=dt.date(2031, 1, 1))  # the round is that of 2030
    assert (
        rule_broken_by(lambda: Affiliation.objects.filter(pk=later.pk).update(valid_from="2030-12-31"))
        == "item_owners_are_an_antichain"
    )
    assert (
        rule_broken_by(
            lambda: sql("UPDATE partners_affiliation SET valid_from = '2016-01-01' WHERE id = %s", later.pk)
        )
        == "item_owners_are_an_antichain"
    )


@pytest.mark.parametrize(
    ("indicator", "figure", "change", "rule"),
    [
        ("additional_places", {"value": -5}, {"may_be_negative": False}, "figure_not_negative"),
        ("training_placements", {"value": 5}, {"is_recorded": False}, "figure_indicator_is_recorded"),
        (
            "training_placements",
            {"value": 5, "target_group": "J1"},
            {"breakdown": []},
            "figure_target_group_is_asked",
        ),
    ],
)
def test_indicator_cannot_become_narrower_than_its_figures(indicator, figure, change, rule):
    put(item_of(make_submission(), indicator), **figure)

    assert rule_broken_by(lambda: Indicator.objects.filter(code=indicator).update(**change)) == rule


def test_indicator_keeps_the_decimals_of_its_figures(item):
    Indicator.objects.filter(pk=item.indicator_id).update(decimals=1)
    put(item, "1.5")

    def change():
        Indicator.objects.filter(pk=item.indicator_id).update(decimals=0)

    assert rule_broken_by(change) == "figure_decimals_of_indicator"


def test_indicator_without_offending_figures_may_change(item):
    put(item, 5)

    assert Indicator.objects.filter(pk=item.indicator_id).update(breakdown=[], may_be_negative=True) == 1


@pytest.mark.parametrize("column", ["region_id", "target_group_id"])
def test_key_of_a_figure_never_changes(item, column):
    put(item, 5)
    other = {"region_id": "_U", "target_group_id": "J1"}[column]

    assert rule_broken_by(lambda: Figure.objects.filter(item=item).update(**{column: other})) == (
        "figure_key_never_changes"
    )


def test_figure_cannot_be_moved_out_of_an_approved_submission(approved):
    elsewhere = item_of(make_submission("IHK-101"))

    assert (
        rule_broken_by(
            lambda: sql(
                "UPDATE measures_figure SET item_id = %s WHERE item_id = %s", elsewhere.pk, approved.pk
            )
        )
        == "figure_key_never_changes"
    )


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("measures_item", "indicator_id"),
        ("measures_item", "submission_id"),
        ("measures_submission", "organisation_id"),
        ("measures_submission", "round_id"),
        ("measures_reportinground", "year"),
    ],
)
def test_what_a_figure_is_about_never_changes(item, table, column):
    row = {
        "measures_item": item.pk,
        "measures_submission": item.submission_id,
        "measures_reportinground": item.submission.round_id,
    }[table]

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        sql(f"UPDATE {table} SET {column} = {column} + 1 WHERE id = %s", row)


def test_level_of_a_code_never_changes():
    def change():
        Occupation.objects.filter(code="27").update(level=3)

    assert rule_broken_by(change) == "occupation_level_is_its_digits"
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Region.objects.filter(code=NRW).update(level="country")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE measures_approvedfigure SET value = 6",
        "UPDATE measures_approvedfigure SET note = 'x'",
        "UPDATE measures_approvedfigure SET target_group_id = 'J1'",
        "DELETE FROM measures_approvedfigure",
        """INSERT INTO measures_approvedfigure (item_id, region_id, occupation_id, target_group_id, value,
            absence, quality, is_below_half_unit, is_uncertain, note, version_id)
        SELECT item_id, region_id, occupation_id, 'J1', value, absence, quality, is_below_half_unit,
            is_uncertain, note, version_id FROM measures_approvedfigure""",
    ],
)
def test_approved_figures_are_what_was_approved(approved, statement):
    assert rule_broken_by(lambda: sql(statement)) == "approved_figure_is_the_figure"


def test_a_report_rests_on_versions_that_are_there(approved):
    use = """INSERT INTO measures_figureuse (snapshot, year, version_id)
        SELECT 'x', 2016, pgh_id + %s FROM measures_figureversion"""

    assert rule_broken_by(lambda: sql(use % 1_000_000)) == "figure_use_names_a_version"
    sql(use % 0)
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        sql("DELETE FROM measures_figureversion")


def test_approved_figures_stay_while_a_correction_is_under_way(approved):
    start_correction(submission_id=approved.submission_id, actor=UserFactory(), reason="Zahlendreher")
    Figure.objects.filter(item=approved).update(value=6)

    for statement in ("UPDATE measures_approvedfigure SET value = 6", "DELETE FROM measures_approvedfigure"):
        assert rule_broken_by(lambda statement=statement: sql(statement)) == "approved_figure_is_the_figure"
    assert [figure.value for figure in ApprovedFigure.objects.all()] == [5]


def test_value_changed_by_hand_does_not_pass_for_the_work_of_whoever_was_there_before(item):
    person = UserFactory()
    cell = CellEntry(item_id=item.pk, region=NRW, entry=number(5), seen=Entry())
    save_figures(submission_id=item.submission_id, cells=[cell], actor=person)

    sql(SET_VALUE, 6, item.pk)

    versions = FigureVersion.objects.filter(item=item).order_by("pgh_id")
    assert [(int(v.value), v.origin, v.entered_by_id) for v in versions] == [
        (5, "form", person.pk),
        (6, "system", None),
    ]
    assert versions[1].entered_at > versions[0].entered_at


def test_value_changed_by_hand_leaves_the_cell_of_its_file(item):
    figure = put(item, 5)
    Figure.objects.filter(pk=figure.pk).update(sheet="Tabelle1", cell="B2", original="7", value=7)
    figure.refresh_from_db()
    assert (figure.sheet, figure.cell, figure.original) == ("Tabelle1", "B2", "7")

    Figure.objects.filter(pk=figure.pk).update(value=8)

    figure.refresh_from_db()
    assert (figure.origin, figure.import_run_id, figure.sheet, figure.cell, figure.original) == (
        "system",
        None,
        "",
        "",
        "",
    )


@pytest.mark.parametrize("origin", ["form", "api"])
def test_what_a_person_entered_names_the_person(item, origin):
    def change():
        Figure.objects.create(item=item, region_id=NRW, value=1, origin=origin)

    assert rule_broken_by(change) == "figure_entry_names_its_person"


@pytest.mark.parametrize("change", [{"stated": 9}, {"sum": 3}, {"is_ok": False}])
def test_control_total_says_truly_whether_it_agrees(change):
    person = UserFactory()
    source = SourceFile.objects.create(name="IHK.xlsx", size=1, sha256="0" * 64, uploaded_by=person)
    run = ImportRun.objects.create(source_file=source, file_name="IHK.xlsx", created_by=person)
    key = {"region_id": "DE", "occupation_id": "_T", "target_group_id": "_T"}
    indicator = Indicator.objects.get(code="welcome_mentors")
    ControlTotal.objects.create(
        import_run=run,
        cell="B3",
        scope="organisations",
        indicator=indicator,
        year=2016,
        **key,
        stated=6,
        sum=4,
        tolerance=2,
        is_ok=True,
    )

    assert rule_broken_by(lambda: ControlTotal.objects.update(**change)) == "control_total_agrees_or_not"
