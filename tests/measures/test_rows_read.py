"""What is read of the largest tables is what the items concerned have, however many figures others have."""

import re

import pytest
from django.db import connection

from measures.figure_rules import KEY, STATE, columns
from measures.models import Figure, Indicator, Item, Occupation, Submission
from measures.selectors.board.times import last_activities
from measures.selectors.imports import planning
from measures.selectors.imports.returning_sql import APPROVED_AGAIN
from measures.selectors.imports.step_sql import QUESTIONS
from measures.services.imports.judging import comparing, sql
from measures.services.imports.judging.checks_sql import part_of_total
from measures.services.imports.judging.queries_sql import replaces_others
from measures.workflow_triggers import prepared
from partners.models import Organisation
from partners.permissions import access_for
from tests.measures.spreadsheets import bring_in, person, row, stage, workbook
from tests.measures.submissions import make_submission, round_of

pytestmark = pytest.mark.django_db

CHAMBERS, OTHERS = 60, 2400
MORE_VERSIONS = f"""
INSERT INTO measures_figureversion (pgh_created_at, pgh_label, id, {columns((*KEY, *STATE))})
SELECT v.pgh_created_at, v.pgh_label, v.id, -n, {columns((*KEY[1:], *STATE), "v")}
FROM (SELECT * FROM measures_figureversion ORDER BY pgh_id DESC LIMIT 40) v
CROSS JOIN generate_series(1, 500) n
"""
"""Of so many more items that the planner is in no doubt what is cheaper."""

LARGEST = ["measures_figure", "measures_figureversion", "measures_approvedfigure"]


@pytest.fixture
def steward():
    return person()


@pytest.fixture(autouse=True)
def very_many_rows(monkeypatch):
    """Plans as for a file of very many rows, in tables too long to be read whole."""
    monkeypatch.setattr(planning, "MANY", 0)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")


@pytest.fixture
def others():
    """What sixty other chambers state by occupation, known to the planner."""
    codes = [f"{number:05}" for number in range(OTHERS // CHAMBERS)]
    Occupation.objects.bulk_create(
        Occupation(code=code, level=5, label_de=code, is_from_file=True) for code in codes
    )
    chambers = Organisation.objects.filter(kind="chamber").exclude(code="IHK-142")[:CHAMBERS]
    submissions = Submission.objects.bulk_create(
        Submission(round=round_of(), organisation=chamber) for chamber in chambers
    )
    indicator = Indicator.objects.get(code="training_placements")
    items = Item.objects.bulk_create(
        Item(submission=each, indicator=indicator, region_level="land", occupation_level=5)
        for each in submissions
    )
    Figure.objects.bulk_create(
        Figure(item=item, region=item.submission.organisation.region, occupation_id=code, value=1)
        for item in items
        for code in codes
    )
    with connection.cursor() as cursor:
        cursor.execute(MORE_VERSIONS)
        cursor.execute(f"ANALYZE measures_item, {', '.join(LARGEST)}")


def rows_read():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))"
            " FROM pg_stat_xact_user_tables WHERE relname = ANY(%s)",
            [LARGEST],
        )
        return cursor.fetchone()[0]


def test_file_is_judged_without_reading_the_figures_of_others(steward, others):
    make_submission()
    bring_in(workbook([row(7)]), steward)
    run = stage(workbook([row(8)]), steward)
    before = rows_read()

    comparing.compare(run, access_for(steward))

    assert rows_read() - before < OTHERS / 2


@pytest.mark.parametrize(
    "statement",
    [QUESTIONS, APPROVED_AGAIN, sql.compare(), replaces_others(), part_of_total(), prepared("1", "2")],
)
def test_statement_that_joins_as_a_whole_joins_what_the_items_have(statement):
    assert not re.findall(rf"JOIN (?:{'|'.join(LARGEST)})\b", statement)


def test_last_activity_is_found_without_reading_the_versions_of_others(steward, others):
    untouched = make_submission()
    before = rows_read()

    assert last_activities([untouched.pk]) == {}

    assert rows_read() - before < OTHERS / 2
