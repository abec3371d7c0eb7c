"""The rules of the numbers, kept by the database whatever the way in."""

import re
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from measures import triggers
from measures.models import ApprovedFigure, Figure, FigureVersion, Item, Submission, SubmissionEvent
from measures.violations import MESSAGES, message_for
from partners.enums import RegionLevel
from partners.models import Organisation
from partners.violations import broken_rule
from tests.factories import UserFactory
from tests.measures.submissions import NRW, approve_submission, item_of, make_submission, move, put, round_of

pytestmark = pytest.mark.django_db

INSERT = """
INSERT INTO measures_figure (item_id, region_id, occupation_id, target_group_id, value, absence)
VALUES (%s, %s, %s, %s, %s, %s)
"""


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


def test_same_key_twice_is_refused(item):
    put(item, 1)

    assert rule_broken_by(lambda: put(item, 2)) == "figure_unique_key"


@pytest.mark.parametrize("column", ["item_id", "region_id", "occupation_id", "target_group_id"])
def test_no_part_of_the_key_may_be_missing(item, column):
    key = {"item_id": item.pk, "region_id": NRW, "occupation_id": "_T", "target_group_id": "_T"} | {
        column: None
    }

    with pytest.raises(IntegrityError, match=f'null value in column "{column}"'):
        sql(INSERT, *key.values(), 1, None)


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ((NRW, "_T", "_T", None, None), "figure_value_or_absence"),
        ((NRW, "_T", "_T", 1, "unknown"), "figure_value_or_absence"),
        ((NRW, "_T", "_T", None, "lost"), "figure_absence_known"),
        ((NRW, "_T", "_T", -1, None), "figure_not_negative"),
        ((NRW, "_T", "_T", "1.5", None), "figure_decimals_of_indicator"),
        (("DE", "_T", "_T", 1, None), "figure_region_level_of_item"),
        ((NRW, "27", "_T", 1, None), "figure_occupation_level_of_item"),
    ],
)
def test_rule_holds_for_plain_sql(item, values, rule):
    assert rule_broken_by(lambda: sql(INSERT, item.pk, *values)) == rule


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"value": -1}, "figure_not_negative"),
        ({"value": Decimal("0.5")}, "figure_decimals_of_indicator"),
        ({"region_id": "DE"}, "figure_key_never_changes"),
        ({"absence": "unknown"}, "figure_value_or_absence"),
        ({"quality": "perfect"}, "figure_quality_known"),
        ({"origin": "hearsay"}, "figure_origin_known"),
        ({"is_below_half_unit": True}, "figure_below_half_unit_is_zero"),
        ({"origin": "import"}, "figure_import_names_its_cell"),
    ],
)
def test_rule_holds_for_bulk_updates(item, change, rule):
    put(item, 5)

    assert rule_broken_by(lambda: Figure.objects.filter(item=item).update(**change)) == rule


def test_indicator_without_a_breakdown_takes_totals_only():
    item = item_of(make_submission(indicators=("welcome_mentors",)), "welcome_mentors")
    Item.objects.filter(pk=item.pk).update(occupation_level=2)

    assert rule_broken_by(lambda: put(item, 1, target_group="J1")) == "figure_target_group_is_asked"
    assert rule_broken_by(lambda: put(item, 1, occupation="27")) == "figure_occupation_is_asked"


def test_total_and_unassigned_pass_every_level(item):
    Item.objects.filter(pk=item.pk).update(occupation_level=2)

    put(item, 1)
    put(item, 2, occupation="_U", region="_U")
    put(item, 3, occupation="27")

    assert Figure.objects.filter(item=item).count() == 3


def test_levels_stay_while_figures_of_the_old_level_are_stored(item):
    put(item, 1)

    def change():
        Item.objects.filter(pk=item.pk).update(region_level=RegionLevel.COUNTRY)

    assert rule_broken_by(change) == "item_levels_of_its_figures"


def test_organisation_above_an_owner_cannot_own_the_same_indicator(item):
    umbrella = Submission.objects.create(round=round_of(), organisation=Organisation.objects.get(code="DIHK"))

    def change():
        Item.objects.create(submission=umbrella, indicator=item.indicator)

    assert rule_broken_by(change) == "item_owners_are_an_antichain"


@pytest.mark.parametrize("status", ["submitted", "endorsed", "approved"])
def test_figures_of_a_submission_in_review_cannot_change(item, status):
    figure = put(item, 5)
    steps = {"endorsed": ["submitted", "endorsed"], "approved": ["submitted", "approved"]}
    move(item.submission, *steps.get(status, [status]))

    changes = [
        lambda: put(item, 1, target_group="J1"),
        lambda: Figure.objects.filter(pk=figure.pk).update(value=6),
        figure.delete,
        lambda: sql("DELETE FROM measures_figure WHERE item_id = %s", item.pk),
    ]

    assert [rule_broken_by(change) for change in changes] == ["figure_submission_is_editable"] * 4


def test_orm_bulk_and_sql_leave_the_same_versions(item):
    Figure.objects.bulk_create(
        [Figure(item=item, region_id=NRW, target_group_id=group, value=1) for group in ("J1", "J2")]
    )
    sql(INSERT, item.pk, NRW, "_T", "_T", 10, None)
    Figure.objects.filter(target_group="J1").update(value=2)
    sql("UPDATE measures_figure SET value = 11 WHERE target_group_id = '_T' AND item_id = %s", item.pk)
    sql("DELETE FROM measures_figure WHERE target_group_id = 'J2' AND item_id = %s", item.pk)

    versions = FigureVersion.objects.filter(item=item).order_by("pgh_id")
    assert sorted((v.pgh_label, v.target_group_id, int(v.value)) for v in versions) == [
        ("delete", "J2", 1),
        ("insert", "J1", 1),
        ("insert", "J2", 1),
        ("insert", "_T", 10),
        ("update", "J1", 2),
        ("update", "_T", 11),
    ]


def test_update_that_changes_nothing_leaves_no_version(item):
    put(item, 5)

    Figure.objects.filter(item=item).update(value=5)

    assert FigureVersion.objects.filter(item=item).count() == 1


def test_versions_are_never_changed_or_deleted(item):
    put(item, 5)

    for statement in ("UPDATE measures_figureversion SET value = 6", "DELETE FROM measures_figureversion"):
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
            sql(statement)


@pytest.mark.parametrize(
    "model", [Figure, FigureVersion, ApprovedFigure, SubmissionEvent], ids=lambda m: m.__name__
)
def test_truncate_is_refused(model):
    assert rule_broken_by(lambda: sql(f"TRUNCATE {model._meta.db_table} CASCADE")) == "never_truncated"


def test_log_of_a_submission_is_never_changed(item):
    move(item.submission, "submitted")
    approve_submission(submission_id=item.submission_id, actor=UserFactory())

    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        SubmissionEvent.objects.update(reason="anders")
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        SubmissionEvent.objects.all().delete()


@pytest.mark.parametrize(
    ("start", "status"),
    [
        ([], "endorsed"),
        ([], "returned"),
        (["submitted", "returned"], "draft"),
        (["submitted", "approved"], "submitted"),
    ],
)
def test_status_takes_known_steps_only(item, start, status):
    move(item.submission, *start)

    def change():
        Submission.objects.filter(pk=item.submission_id).update(status=status)

    assert rule_broken_by(change) == "status_takes_known_steps"


@pytest.mark.parametrize(
    ("status", "rule"),
    [
        ("submitted", "submission_submitted_has_who_and_when"),
        ("approved", "submission_approved_has_who_and_when"),
        ("lost", "submission_status_known"),
    ],
)
def test_submission_keeps_its_constraints(status, rule):
    organisation = Organisation.objects.get(code="IHK-142")

    def change():
        Submission.objects.create(round=round_of(), organisation=organisation, status=status)

    assert rule_broken_by(change) == rule


def test_every_rule_has_words_for_people():
    of_triggers = f"{triggers.figure_triggers()[0].func}{[t.func for t in triggers.item_triggers()]}"
    rules = set(re.findall(r"'((?:figure|item)_[a-z_]+)'", of_triggers))
    constraints = {constraint.name for constraint in Figure._meta.constraints}

    assert sorted((rules | constraints) - MESSAGES.keys()) == []


def test_violation_is_said_in_words(item):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        put(item, -1)

    assert str(message_for(caught.value)) == "Diese Kennzahl kann nicht unter null liegen."
