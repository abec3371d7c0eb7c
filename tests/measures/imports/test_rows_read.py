"""What an import reads of the largest tables is what its items have, however many figures others have."""

import pytest
from django.db import connection

from measures.models import Figure, Item, Occupation
from measures.selectors.imports import planning
from measures.selectors.imports.dependents import dependents_of
from measures.services.imports.judging import comparing
from partners.permissions import access_for
from tests.measures.imports.undoing import step_of, undo
from tests.measures.spreadsheets import bring_in, person, row, stage, workbook
from tests.measures.submissions import item_of, make_submission

pytestmark = pytest.mark.django_db

BY_OCCUPATION = "training_placements"
OTHERS = 300
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
    """What another chamber states by occupation."""
    item = item_of(make_submission("IHK-101", (BY_OCCUPATION,)), BY_OCCUPATION)
    Item.objects.filter(pk=item.pk).update(occupation_level=5)
    codes = [f"{number:05}" for number in range(OTHERS)]
    Occupation.objects.bulk_create(
        Occupation(code=code, level=5, label_de=code, is_from_file=True) for code in codes
    )
    Figure.objects.bulk_create(
        Figure(item=item, region=item.submission.organisation.region, occupation_id=code, value=1)
        for code in codes
    )


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


def test_step_is_asked_about_and_undone_without_reading_the_versions_of_others(steward, others):
    make_submission()
    run = bring_in(workbook([row(7)]), steward)
    before = rows_read()

    dependents_of(step_of(run))
    undo(run, steward)

    assert rows_read() - before < OTHERS / 2
    assert Item.objects.filter(figures__value=1).exists()
