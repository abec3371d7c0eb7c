"""Each check finds what it is there for: the database is broken on purpose, with its triggers off."""

import hashlib
from collections.abc import Iterator

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from measures.figure_rules import CONTENT
from measures.models import ControlTotal, ImportRun, Indicator, Item, SourceFile, StagedFigure
from reporting.checks import CHECKS
from reporting.checks.installed import find_missing_constraints
from reporting.enums import DocumentFormat, Language
from reporting.models import Document, ProgressReport
from reporting.services import reports
from reporting.snapshot import collect
from tests.factories import MembershipFactory
from tests.list_pages import released
from tests.measures.submissions import start_correction
from tests.reporting.stated import approve, state

KOELN, AACHEN = "IHK-142", "IHK-101"
KOELNS = """item_id IN (
    SELECT i.id FROM measures_item i
    JOIN measures_submission s ON s.id = i.submission_id
    JOIN partners_organisation o ON o.id = s.organisation_id WHERE o.code = 'IHK-142'
)"""
THE_FILE = b"what was sent"


@pytest.fixture(scope="module")
def told_once(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    with (
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("told")),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        tell()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def told(told_once, db) -> None:
    """What is told, made once; each test breaks it and takes that back."""


def tell() -> None:
    """A little of everything: figures with parts and groups, an import with a control total, a report."""
    person = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    Item.objects.filter(
        submission__organisation__code=KOELN,
        indicator__code="training_placements",
        submission__round__year=2016,
    ).update(occupation_level=2)
    state(
        KOELN,
        "training_placements",
        2016,
        {
            ("05", "_T", "_T"): 40,
            ("05", "11", "_T"): 15,
            ("05", "_U", "_T"): 25,
            ("05", "_T", "J5"): 12,
        },
        origin="form",
        entered_by=person,
    )
    state(KOELN, "welcome_mentors", 2016, 3, origin="form", entered_by=person)
    source = SourceFile(
        name="IHK.xlsx",
        size=len(THE_FILE),
        uploaded_by=person,
        sha256=hashlib.sha256(THE_FILE).hexdigest(),
    )
    source.content.save("ihk.xlsx", ContentFile(THE_FILE), save=False)
    source.save()
    run = ImportRun.objects.create(
        source_file=source,
        file_name="IHK.xlsx",
        status="applied",
        created_by=person,
        applied_by=person,
        applied_at=timezone.now(),
    )
    item = state(
        AACHEN,
        "welcome_mentors",
        2016,
        4,
        origin="import",
        import_run=run,
        sheet="Tab",
        cell="B2",
        original="4",
    )
    StagedFigure.objects.create(
        import_run=run,
        sheet="Tab",
        cell="B2",
        row=2,
        column=2,
        indicator="welcome_mentors",
        year=2016,
        organisation=AACHEN,
        region="05",
        occupation="_T",
        target_group="_T",
        value=4,
        verdict="new",
        item_id=item.pk,
    )
    ControlTotal.objects.create(
        import_run=run,
        sheet="Tab",
        cell="B3",
        scope="organisations",
        indicator=Indicator.objects.get(code="welcome_mentors"),
        year=2016,
        region_id="DE",
        occupation_id="_T",
        target_group_id="_T",
        stated=4,
        sum=4,
        is_ok=True,
    )
    approve(KOELN, AACHEN, year=2016)
    snapshot = reports._store(collect(year=2016, taken_at=timezone.now()), person)
    report = ProgressReport.objects.create(
        year=2016, status="ready", snapshot=snapshot, requested_by=person, finished_at=timezone.now()
    )
    document = Document(report=report, format=DocumentFormat.HTML, language=Language.GERMAN, size=1)
    document.file.save("x.html", ContentFile(b"x"), save=False)
    document.sha256 = hashlib.sha256(b"x").hexdigest()
    document.save()
    released(report)


def found() -> set[str]:
    return {check.code for check in CHECKS if list(check.find())}


def break_it(statement: str) -> None:
    with connection.cursor() as cursor:
        # What was deferred so far is judged before the break, not after it.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET LOCAL session_replication_role = replica")
        for each in statement.split(";"):
            cursor.execute(each)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_a_sound_database_has_no_difference(told):
    assert found() == set()


DROP = "ALTER TABLE {} DROP CONSTRAINT {}"
BREAKS = {
    "constraints_are_in_force": DROP.format("measures_figure", "figure_unique_key"),
    "triggers_are_in_force": "ALTER TABLE measures_figure DISABLE TRIGGER ALL",
    "figure_codes_are_known": "UPDATE measures_figure SET target_group_id = 'nobody' WHERE value = 3",
    "figure_not_negative": f"UPDATE measures_figure SET value = -1 WHERE {KOELNS}",
    "figure_decimals_of_indicator": f"UPDATE measures_figure SET value = 1.5 WHERE {KOELNS}",
    "figure_indicator_is_recorded": "UPDATE measures_indicator SET is_recorded = false "
    "WHERE code = 'welcome_mentors'",
    "figure_occupation_is_asked": "UPDATE measures_indicator SET breakdown = '{target_group}' "
    "WHERE code = 'training_placements'",
    "figure_target_group_is_asked": "UPDATE measures_indicator SET breakdown = '{occupation}' "
    "WHERE code = 'training_placements'",
    "figure_target_group_of_indicator": "UPDATE measures_indicator SET target_groups = '{B1}' "
    "WHERE code = 'training_placements'",
    "total_agrees_with_its_parts": "UPDATE measures_current_sum SET value = 41 WHERE value = 40",
    "group_is_within_its_total": "UPDATE measures_figure SET value = 41 WHERE value = 12",
    "control_total_agrees_with_its_file": "UPDATE measures_controltotal SET stated = 5, sum = 5",
    "figure_region_level_of_item": "UPDATE measures_item SET region_level = 'country'",
    "figure_occupation_level_of_item": "UPDATE measures_item SET occupation_level = 1",
    "chamber_reports_in_its_land": f"UPDATE measures_figure SET region_id = '09' WHERE {KOELNS}",
    "owners_are_an_antichain": """INSERT INTO measures_submission (round_id, organisation_id, status)
        SELECT r.id, o.id, 'draft' FROM measures_reportinground r, partners_organisation o
        WHERE r.year = 2016 AND o.code = 'DIHK';
        INSERT INTO measures_item (submission_id, indicator_id, region_level, occupation_level)
        SELECT s.id, n.id, 'land', 0 FROM measures_submission s
        JOIN partners_organisation o ON o.id = s.organisation_id
        JOIN measures_reportinground r ON r.id = s.round_id, measures_indicator n
        WHERE o.code = 'DIHK' AND r.year = 2016 AND n.code = 'welcome_mentors'""",
    "owner_is_asked": "UPDATE measures_roundindicator SET asked_of = '{agency}'",
    "extension_is_later_than_the_round": "UPDATE measures_submission "
    "SET extended_until = '2001-01-01', extension_reason = 'x'",
    "owner_existed_in_its_year": "UPDATE partners_organisation SET valid_until = '2015-01-01' "
    "WHERE code = 'IHK-142'",
    "newest_version_is_the_figure": "UPDATE measures_figure SET note = 'x' WHERE value = 3",
    "imported_figure_is_as_in_its_cell": "UPDATE measures_stagedfigure SET value = 5",
    "what_is_gone_was_deleted": "DELETE FROM measures_figure WHERE value = 3",
    "figure_names_its_origin": "UPDATE measures_importrun SET status = 'ready'",
    "approved_figure_is_its_version": "UPDATE measures_approvedfigure SET note = 'x' WHERE value = 3",
    "figure_use_names_a_version": """INSERT INTO measures_figureuse (snapshot, year, version_id)
        SELECT sha256, 2016, 0 FROM reporting_snapshot""",
    "approved_submission_has_its_figures_approved": "DELETE FROM measures_approvedfigure WHERE value = 3",
    "approved_figure_was_approved": "DELETE FROM measures_submissionevent",
    "steps_follow_each_other": "UPDATE measures_submissionevent SET from_status = 'draft' "
    "WHERE to_status = 'approved'",
    "status_is_the_last_step": "UPDATE measures_submission SET status = 'returned' WHERE status = 'approved'",
    "current_totals_are_recomputed": "UPDATE measures_current_sum SET value = value + 1",
    "approved_totals_are_recomputed": "DELETE FROM measures_approved_sum",
    "current_totals_are_their_newest_state": "DELETE FROM measures_current_sum_version",
    "approved_totals_are_their_newest_state": "UPDATE measures_approved_sum_version SET basis = 'at_least'",
    "items_are_as_their_newest_version": "DELETE FROM measures_itemversion",
    "printed_numbers_are_their_versions": "DELETE FROM measures_figureuse",
    # the sum of both stays as it was
    "versions_are_those_frozen": "UPDATE measures_figureversion SET value = 7 - value WHERE value IN (3, 4)",
    "source_file_is_what_was_sent": "UPDATE measures_sourcefile SET sha256 = repeat('0', 64)",
    "snapshot_is_what_was_frozen": "UPDATE reporting_snapshot SET data = replace(data, '2016', '2017')",
    "document_is_what_was_made": "UPDATE reporting_document SET file = 'nowhere.html'",
    "decided_by_somebody_else": """UPDATE measures_submissionevent e SET actor_id = h.actor_id
        FROM measures_submissionevent h
        WHERE h.submission_id = e.submission_id AND h.action = 'submit' AND e.action = 'approve'""",
    "report_released_by_somebody_else": """UPDATE reporting_progressreport SET released_by_id = (
        SELECT actor_id FROM measures_submissionevent WHERE action = 'submit' LIMIT 1)""",
    "roles_at_entitled_bodies": """INSERT INTO partners_membership
        (user_id, organisation_id, role, valid_from)
        SELECT u.id, o.id, 'reviewer', '2020-01-01' FROM partners_user u, partners_organisation o
        WHERE o.code = 'IHK-142' LIMIT 1""",
}


MORE_BREAKS = [
    (
        "steps_follow_each_other",
        "UPDATE measures_submissionevent SET action = 'endorse' WHERE to_status = 'approved'",
    ),
    ("current_totals_are_recomputed", "UPDATE measures_current_sum SET qualities = '{estimate}'"),
    ("approved_totals_are_recomputed", "UPDATE measures_approvedfigure SET is_uncertain = true"),
    ("newest_version_is_the_figure", "UPDATE measures_figure SET cell = 'Z9' WHERE value = 4"),
    ("control_total_agrees_with_its_file", "DELETE FROM measures_stagedfigure"),
    (
        "approved_figure_is_its_version",
        "UPDATE measures_submission SET approved_at = '2020-01-01' WHERE status = 'approved'",
    ),
    (
        "decided_by_somebody_else",
        """UPDATE measures_submissionevent e SET actor_id = v.entered_by_id
        FROM measures_figureversion v JOIN measures_item i ON i.id = v.item_id
        WHERE i.submission_id = e.submission_id AND e.action = 'approve' AND v.value = 3""",
    ),
    (
        "decided_by_somebody_else",
        """UPDATE measures_plausibilitycheckversion SET severity = 'error', status = 'active',
            valid_from = 2014, valid_until = NULL, parameters = '{}', pgh_created_at = '2020-01-01';
        INSERT INTO measures_checkwaiver (
            plausibility_check_id, first_year, last_year, reason, given_by_id, given_at, end_reason
        )
        SELECT k.id, 2016, 2016, 'x', e.actor_id, e.at - interval '1 hour', ''
        FROM measures_submissionevent e, measures_plausibilitycheck k WHERE e.action = 'approve' LIMIT 1""",
    ),
    (
        "report_released_by_somebody_else",
        """UPDATE reporting_progressreport SET released_by_id = r.applied_by_id, requested_by_id = (
            SELECT max(id) FROM partners_user
        ) FROM measures_importrun r""",
    ),
]


CONTENT_AS_OTHERWISE = {
    "value": "5",
    "absence": "'unknown', value = NULL",
    "quality": "'estimate'",
    "is_below_half_unit": "true, value = 0",
    "is_uncertain": "true",
    "note": "'another'",
}
COMPARED = {
    "newest_version_is_the_figure": "measures_figure",
    "imported_figure_is_as_in_its_cell": "measures_stagedfigure",
    "approved_figure_is_its_version": "measures_approvedfigure",
    "approved_submission_has_its_figures_approved": "measures_approvedfigure",
}


@pytest.mark.parametrize("code", COMPARED)
def test_every_comparison_looks_at_all_that_is_stated(told, code):
    [check] = [check for check in CHECKS if check.code == code]
    noticed = []
    for column in CONTENT:
        with transaction.atomic():
            break_it(f"UPDATE {COMPARED[code]} SET {column} = {CONTENT_AS_OTHERWISE[column]} WHERE value = 4")
            noticed += [column] if list(check.find()) else []
            transaction.set_rollback(True)

    assert noticed == list(CONTENT)


# What these keep no check asks once more, so that they are there and valid is all there is to know.
KEPT_BY_THE_DATABASE = {
    "figure_unique_key": "measures_figure",
    "figure_value_or_absence": "measures_figure",
    "figure_absence_known": "measures_figure",
    "figure_quality_known": "measures_figure",
    "figure_below_half_unit_is_zero": "measures_figure",
    "approved_figure_unique_key": "measures_approvedfigure",
    "approved_figure_value_or_absence": "measures_approvedfigure",
    "indicator_stock_not_over_years": "measures_indicator",
    "round_closes_after_it_opens": "measures_reportinground",
    "affiliation_one_umbrella_at_a_time": "partners_affiliation",
}
ADD = "ALTER TABLE {} ADD CONSTRAINT {} {}"


@pytest.mark.parametrize("name", KEPT_BY_THE_DATABASE)
def test_constraint_that_is_gone_is_found(db, name):
    break_it(DROP.format(KEPT_BY_THE_DATABASE[name], name))

    assert list(find_missing_constraints()) == [f"{KEPT_BY_THE_DATABASE[name]}: {name}"]


def test_constraint_that_was_never_validated_is_found(db):
    table, name = "measures_figure", "figure_quality_known"
    break_it(f"{DROP.format(table, name)}; {ADD.format(table, name, 'CHECK (true) NOT VALID')}")

    assert list(find_missing_constraints()) == [f"{table}: {name}"]


def test_constraint_of_the_same_name_elsewhere_is_no_substitute(db):
    name = "figure_quality_known"
    elsewhere = ADD.format("measures_approvedfigure", name, "CHECK (true)")
    break_it(f"{DROP.format('measures_figure', name)}; {elsewhere}")

    assert list(find_missing_constraints()) == [f"measures_figure: {name}"]


def test_order_of_the_log_is_that_of_its_rows(told):
    """As the trigger has it: a clock that was set back between two steps changes nothing."""
    break_it("UPDATE measures_submissionevent SET at = at - interval '1 hour' WHERE to_status = 'approved'")

    assert found() & {"steps_follow_each_other", "status_is_the_last_step"} == set()


def test_rules_bind_what_was_approved_too(told):
    break_it("UPDATE measures_approvedfigure SET value = -1 WHERE value = 3")

    assert "figure_not_negative" in found()


def test_approved_figures_keep_the_levels_of_their_time(told):
    item = Item.objects.get(submission__organisation__code=KOELN, approved_figures__value=3)
    steward = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    start_correction(submission_id=item.submission_id, actor=steward, reason="other regions")
    item.figures.all().delete()
    Item.objects.filter(pk=item.pk).update(region_level="country")
    item.figures.create(region_id="DE", value=3)

    assert "figure_region_level_of_item" not in found()


@pytest.mark.parametrize(("code", "statement"), MORE_BREAKS)
def test_check_finds_other_breaks_too(told, code, statement):
    break_it(statement)

    assert code in found()


@pytest.mark.parametrize("code", [check.code for check in CHECKS])
def test_every_check_finds_its_break(told, code):
    break_it(BREAKS[code])

    assert code in found()
